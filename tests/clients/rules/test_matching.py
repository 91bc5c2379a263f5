"""Matching: the same, perhaps, or new; for forms, imports and merges alike."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rules.matching import (
    DIFFERENT,
    EQUAL,
    NEAR,
    SIMILAR,
    Candidate,
    compare,
    lookup_keys,
    match,
    name_agreement,
)

BORN, OTHER_DAY = date(1990, 3, 7), date(1991, 3, 7)
PHONE, MAIL = "13800138000", "a@example.com"


def person(name="张三丰", **values):
    return Candidate(key=values.pop("key", name), is_person=True, name=name, **values)


def company(name="北京华为技术有限公司", **values):
    return Candidate(key=values.pop("key", name), is_person=False, name=name, **values)


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (person("张三丰"), person(" 张 三丰\u200b"), EQUAL),
        (person("张三丰"), person("Zhang Sanfeng", latin_name="张三丰"), EQUAL),
        (person("张君宝"), person("张三丰", former_names=("张君宝",)), EQUAL),
        (person("Peter O'Donnell"), person("PETER O’DONNELL"), EQUAL),
        (person("Wei Chen"), person("Chen Wei"), SIMILAR),
        (person("张三丰"), person("Zhang Sanfeng"), SIMILAR),
        (person("张三丰"), person("Sanfeng ZHANG"), SIMILAR),
        (person("欧阳娜娜"), person("Nana Ouyang"), SIMILAR),
        (person("曾国藩"), person("Zeng Guofan"), SIMILAR),
        (person("张三丰"), person("张三峰"), NEAR),
        (person("张三丰"), person("张四丰"), NEAR),
        (person("John Smith"), person("Jon Smith"), NEAR),
        (person("Tim Smith"), person("Jim Smith"), NEAR),
        (person("John Smith"), person("Mary Smith"), DIFFERENT),
        (person("张三"), person("李四"), DIFFERENT),
        (person("张三"), person("张四"), DIFFERENT),
        (person("张三"), person("张三丰"), NEAR),
        (person("Li"), person("Lu"), DIFFERENT),
        (company("北京华为技术有限公司"), company("北京华为技术股份有限公司"), SIMILAR),
        (company("Acme Ltd"), company("ACME, Inc."), SIMILAR),
        (company("华为技术"), company("北京华为技术有限公司"), NEAR),
        (company("华为技术有限公司"), company("腾讯科技有限公司"), DIFFERENT),
        (company("Acme Ltd"), company("Apex Ltd"), DIFFERENT),
        (person("张三"), company("张三有限公司"), SIMILAR),
        (company("!!"), company("??"), DIFFERENT),
    ],
)
def test_names(one, other, agreement):
    assert name_agreement(one, other) == agreement
    assert name_agreement(other, one) == agreement


@pytest.mark.parametrize(
    ("one", "other", "kind", "reasons"),
    [
        # numbers decide
        ({"identity": "1"}, {"identity": "1"}, "same", {"name", "identity_number"}),
        ({"identity": b"1"}, {"identity": b"1", "name": "Zhang Sanfeng"}, "same", {"similar_name", "identity_number"}),
        ({"identity": "1"}, {"identity": "1", "name": "李四"}, "unsure", {"identity_number", "name_differs"}),
        ({"identity": "1"}, {"identity": "2"}, "new", {"name", "identity_differs"}),
        ({"identity": "1", "phone": PHONE}, {"identity": "2", "phone": PHONE}, "unsure",
         {"name", "phone", "identity_differs"}),
        ({"identity": "1", "phone": PHONE}, {"identity": "2", "phone": PHONE, "name": "李四"}, "new",
         {"phone", "name_differs", "identity_differs"}),
        ({"identity": "1"}, {"identity": None}, "unsure", {"name"}),
        # a phone or mail address and a name
        ({"phone": PHONE}, {"phone": "+86 138-0013-8000"}, "same", {"name", "phone"}),
        ({"email": MAIL}, {"email": MAIL.upper()}, "same", {"name", "email"}),
        ({"phone": PHONE}, {"phone": PHONE, "name": "Sanfeng Zhang"}, "same", {"similar_name", "phone"}),
        ({"phone": PHONE}, {"phone": PHONE, "name": "张三峰"}, "unsure", {"near_name", "phone"}),
        ({"phone": PHONE}, {"phone": PHONE, "name": "李四"}, "new", {"phone", "name_differs"}),
        ({"phone": PHONE, "email": MAIL}, {"phone": PHONE, "email": MAIL, "name": "李四"}, "unsure",
         {"phone", "email", "name_differs"}),
        ({"phone": PHONE, "birth_date": BORN}, {"phone": PHONE, "birth_date": OTHER_DAY}, "unsure",
         {"name", "phone", "birth_date_differs"}),
        # a name
        ({}, {}, "unsure", {"name"}),
        ({"birth_date": BORN}, {"birth_date": BORN}, "same", {"name", "birth_date"}),
        ({"birth_date": BORN}, {"birth_date": OTHER_DAY}, "new", {"name", "birth_date_differs"}),
        ({"address": "北京市朝阳区1号"}, {"address": "北京市 朝阳区 1号"}, "same", {"name", "address"}),
        ({"address": "北京"}, {"address": "北京"}, "unsure", {"name"}),
        ({"birth_date": BORN}, {"birth_date": BORN, "name": "Zhang Sanfeng"}, "unsure", {"similar_name", "birth_date"}),
        ({}, {"name": "Zhang Sanfeng"}, "new", {"similar_name"}),
        ({"phone": PHONE}, {"phone": "13900139000"}, "unsure", {"name"}),
        # the same Latin name, and Chinese names that are not the same
        ({"name": "张伟", "latin_name": "Zhang Wei", "phone": PHONE},
         {"name": "张薇", "latin_name": "Zhang Wei", "phone": PHONE}, "unsure", {"near_name", "phone"}),
        ({"name": "張偉", "phone": PHONE}, {"name": "张伟", "phone": PHONE}, "same", {"similar_name", "phone"}),
        # brothers and twins
        ({"phone": PHONE, "birth_date": BORN}, {"phone": PHONE, "birth_date": OTHER_DAY, "name": "张三峰"}, "new",
         {"near_name", "phone", "birth_date_differs"}),
        ({"birth_date": BORN}, {"birth_date": BORN, "name": "张三峰"}, "unsure", {"near_name", "birth_date"}),
        # nothing
        ({}, {"name": "李四"}, "new", set()),
        ({"birth_date": BORN}, {"birth_date": BORN, "name": "李四"}, "new", set()),
    ],
)  # fmt: skip
def test_people(one, other, kind, reasons):
    comparison = compare(person(**one), person(**other))
    assert (comparison.kind, set(comparison.reasons)) == (kind, reasons)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ({"registration": "1"}, {"registration": "1", "name": "改名有限公司"}, "same"),
        ({"registration": "1"}, {"registration": "2"}, "unsure"),
        ({"registration": "1"}, {"registration": "2", "name": "北京华为技术股份有限公司"}, "new"),
        ({}, {}, "same"),
        ({}, {"name": "北京华为技术股份有限公司"}, "unsure"),
        ({"phone": PHONE}, {"phone": PHONE, "name": "北京华为技术股份有限公司"}, "same"),
        ({"phone": PHONE}, {"phone": PHONE, "name": "华为技术"}, "unsure"),
        ({}, {"name": "华为技术"}, "new"),
        ({"email": MAIL}, {"email": MAIL, "name": "腾讯科技"}, "new"),
        # the same characters in the other script, and Ltd in full
        ({}, {"name": "北京華為技術有限公司"}, "unsure"),
        ({"phone": PHONE}, {"phone": PHONE, "name": "北京華為技術有限公司"}, "same"),
        ({"name": "Acme Ltd", "phone": PHONE}, {"name": "Acme Limited", "phone": PHONE}, "same"),
        # companies of one group share a switchboard
        ({"name": "Acme Ltd", "phone": PHONE}, {"name": "Acme GmbH", "phone": PHONE}, "unsure"),
        ({"name": "Acme Co., Ltd.", "phone": PHONE}, {"name": "Acme Company", "phone": PHONE}, "same"),
        # names that many bear, and names that are one's own
        ({"name": "阳光幼儿园"}, {"name": "阳光幼儿园"}, "unsure"),
        ({"name": "阳光幼儿园", "phone": PHONE}, {"name": "阳光幼儿园", "phone": PHONE}, "same"),
        ({"name": "北京市朝阳区人民法院"}, {"name": "北京市朝阳区人民法院"}, "same"),
        # a slip in a long name; a number is none
        ({}, {"name": "北京华为技木有限公司"}, "unsure"),
        ({"name": "北京市第一建筑公司"}, {"name": "北京市第二建筑公司"}, "new"),
        (
            {"name": "北京市第一建筑公司", "phone": PHONE},
            {"name": "北京市第二建筑公司", "phone": PHONE},
            "new",
        ),
    ],
)
def test_organisations(one, other, kind):
    assert compare(company(**one), company(**other)).kind == kind


def test_a_person_and_an_organisation_are_asked_about():
    shop, owner = company("单记裁缝铺", phone=PHONE), person("单记裁缝铺", phone=PHONE)
    assert compare(shop, owner).kind == "unsure"
    assert "kind_differs" in compare(shop, owner).reasons
    assert compare(company("Acme", phone=PHONE), person("John Smith", phone=PHONE)).kind == "new"
    assert compare(person("张三"), company("张三有限公司")).kind == "new"


class TestMatch:
    def test_nobody(self):
        verdict = match(person(), [])
        assert (verdict.kind, verdict.match, verdict.possible) == ("new", None, ())

    def test_the_one(self):
        known = [person("李四", key=1), person(key=2, phone=PHONE), person(key=3)]
        verdict = match(person(phone=PHONE), known)
        assert (verdict.kind, verdict.match.key, verdict.reasons) == ("same", 2, ("name", "phone"))
        assert [comparison.other.key for comparison in verdict.possible] == [2, 3]

    def test_two_that_are_both_the_same_are_asked_about(self):
        known = [person(key=1, identity="1"), person(key=2, phone=PHONE)]
        verdict = match(person(identity="1", phone=PHONE), known)
        assert (verdict.kind, verdict.match) == ("unsure", None)
        assert verdict.reasons[0] == "several_match"

    def test_a_shared_phone_is_told_but_does_not_stop(self):
        verdict = match(person("李四", phone=PHONE), [person("王五", key=1, phone=PHONE)])
        assert (verdict.kind, verdict.match, verdict.reasons) == ("new", None, ("phone", "name_differs"))


people = st.builds(
    Candidate,
    key=st.integers(),
    is_person=st.booleans(),
    name=st.sampled_from(["张三", "张三丰", "Zhang San", "Acme Ltd", "Acme", "李四", "华为有限公司", "华为"]),
    latin_name=st.sampled_from(["", "Zhang San", "Li Si"]),
    identity=st.sampled_from([None, "1", "2"]),
    registration=st.sampled_from([None, "1", "2"]),
    phone=st.sampled_from(["", PHONE, "13900139000"]),
    email=st.sampled_from(["", MAIL]),
    birth_date=st.sampled_from([None, BORN, OTHER_DAY]),
)


@given(people, people)
def test_it_does_not_matter_who_was_first(one, other):
    there, back = compare(one, other), compare(other, one)
    assert (there.kind, there.reasons) == (back.kind, back.reasons)


@given(people)
def test_everyone_is_the_same_as_themselves_unless_only_a_name_that_many_bear_is_known(one):
    detailed = one.identity or one.registration or one.phone or one.email or one.birth_date
    registered = not one.is_person and one.forms
    alone = not (detailed or registered)
    assert compare(one, one).kind == ("unsure" if alone else "same")


@given(people, people)
def test_whoever_is_or_may_be_the_same_by_an_equal_name_a_number_or_an_address_is_looked_up(one, other):
    comparison, ours, theirs = compare(one, other), lookup_keys(one), lookup_keys(other)
    if {"name", "phone", "email"} & set(comparison.reasons):
        assert ours.phones & theirs.phones or ours.emails & theirs.emails or ours.sort_keys & theirs.sort_keys
