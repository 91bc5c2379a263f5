"""Search: what a record is found by. The query is judged as Postgres does, by a reader of the same syntax."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rules.search_tokens import LONGEST, Searchable, lexemes_for, national_digits, tsquery_for

LEXEME = re.compile(r"'((?:[^'\\]|''|\\\\)*)'(:\*)?")


def matches(lexemes, query):
    """Whether a list of lexemes answers a tsquery of lexemes, &, | and brackets (& binds tighter)."""
    if not query:
        return False

    def answer(found):
        wanted, beginning = found[1].replace("''", "'").replace("\\\\", "\\"), found[2]
        return str(any(lexeme.startswith(wanted) if beginning else lexeme == wanted for lexeme in lexemes))

    expression = LEXEME.sub(answer, query)
    assert re.fullmatch(r"(True|False|[&|() ])*", expression), query
    return eval(expression.replace("&", "and").replace("|", "or"))


ZHANG = Searchable(
    names=("张三丰", "Zhang Sanfeng", "张君宝"),
    is_person=True,
    phones=("+86 138 0013 8000", "010-88886666转801"),
    emails=("Zhang.San@Example.com",),
    words=("wx_taiji",),
)
HUAWEI = Searchable(names=("北京华为技术有限公司", "Huawei Technologies Co., Ltd."), is_person=False)


@pytest.mark.parametrize(
    "question",
    [
        "张", "三", "丰", "张三", "三丰", "张三丰", " 张 三 ", "张\u200b三", "张君", "君宝",
        "zhang", "ZHANG", "zhangsan", "zhangsanfeng", "zhang san feng", "sanfeng", "feng", "zsf", "zs", "sf",
        "zhangjunbao", "zjb", "Sanfeng Zhang", "zhang'san",
        "8000", "38000", "138000", "00138000", "13800138000", "1380", "138 0013 8000", "+86 13800138000",
        "008613800138000", "８０００", "88886666", "010-88886666", "+86 10 8888 6666", "66 66 88 88 66 66"[6:],
        "zhang.san@example.com", "zhang.san", "zhang.san@ex", "Zhang.San@", "taiji", "wx_taiji",
        "张三丰 8000", "zhang 8000", "三丰 zhang.san@example.com",
    ],
)  # fmt: skip
def test_finds_the_person(question):
    assert matches(lexemes_for(ZHANG), tsquery_for(question))


@pytest.mark.parametrize(
    "question",
    ["李", "张丰", "丰三", "张三李", "hang", "sfz", "8001", "0013800", "zhang li", "张三丰 8001", "san@example.com"]
    + ["", "  ", "()", "' | '", "!!", "@", "@example.com", "\0"],
)  # fmt: skip
def test_does_not_find_the_person(question):
    assert not matches(lexemes_for(ZHANG), tsquery_for(question))


@pytest.mark.parametrize(
    "question",
    [
        "华",
        "华为",
        "为技",
        "北京华为",
        "北京华为技术有限公司",
        "beijinghuawei",
        "huawei",
        "huaweijishu",
        "jishu",
    ]
    + ["bjhwjs", "hwjs", "hw", "Techno", "huawei tech", "北京 华为", "hua wei"],
)
def test_finds_the_company(question):
    assert matches(lexemes_for(HUAWEI), tsquery_for(question))


def test_a_surname_is_found_by_each_reading():
    for name, questions in {
        "曾国藩": ["zeng", "zengguofan"],
        "覃辉": ["qinhui", "tanhui"],
        "吕布": ["lvbu", "lubu"],
    }.items():
        for question in questions:
            assert matches(lexemes_for(Searchable((name,), True)), tsquery_for(question))


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("13800138000", "13800138000"),
        ("+8613800138000", "13800138000"),
        ("0086 138-0013-8000", "13800138000"),
        ("010-88886666", "01088886666"),
        ("+86 10 88886666 ext. 801", "1088886666"),
        ("+86 021 66668888", "02166668888"),
        ("8613800138000", "13800138000"),
        ("8613800138", "8613800138"),
        ("+44 20 7123 4567", "442071234567"),
        ("", ""),
    ],
)
def test_national_digits(phone, digits):
    assert national_digits(phone) == digits


def test_few_and_short():
    assert len(lexemes_for(ZHANG)) <= 35
    assert len(lexemes_for(HUAWEI)) <= 32
    long = Searchable(("某" * 200, "x" * 200), False, emails=("y" * 200 + "@example.com",))
    assert max(len(lexeme) for lexeme in lexemes_for(long)) == LONGEST
    assert matches(lexemes_for(long), tsquery_for("x" * 60))


words = st.text("张三李四欧阳华为曾单吕AbcdéÉ123 .-'", min_size=1, max_size=10)


@given(words, st.data())
def test_any_run_of_characters_in_a_name_finds_it(name, data):
    lexemes = lexemes_for(Searchable((name,), data.draw(st.booleans())))
    start = data.draw(st.integers(0, len(name) - 1))
    run = re.match("[\u4e00-\u9fff]*", name[start:])[0]
    if run:
        assert matches(lexemes, tsquery_for(run[: data.draw(st.integers(1, len(run)))]))


@given(words, st.booleans())
def test_a_name_finds_itself(name, is_person):
    lexemes = lexemes_for(Searchable((name,), is_person))
    query = tsquery_for(name)
    assert matches(lexemes, query) or not query


@given(st.text(max_size=60))
def test_no_text_can_leave_its_quotes(text):
    matches([], tsquery_for(text))


@given(st.integers(10**10, 10**11 - 1).map(str), st.integers(4, 11))
def test_any_number_of_last_digits_finds_a_phone(number, length):
    lexemes = lexemes_for(Searchable((), True, phones=(number,)))
    assert matches(lexemes, tsquery_for(number[-length:]))
    assert matches(lexemes, tsquery_for(number[:length]))
