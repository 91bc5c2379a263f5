"""Names: when two spellings are one name, how a Chinese name is read, and where it stands in a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from clients.rules.names import (
    display_name,
    initials_of,
    normal_form,
    parts,
    readings_of,
    romanised,
    sort_key,
    split_legal_form,
    split_person_name,
    syllables_of,
)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("张三", "张三"),
        (" 张 三 ", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("张　三", "张三"),
        ("ＡＢＣ１２３", "abc123"),
        ("Müller & Co.,Ltd.", "muller co ltd"),
        ("MULLER  &  CO., LTD", "muller co ltd"),
        ("华为（北京）有限公司", "华为北京有限公司"),
        ("华为(北京)有限公司", "华为北京有限公司"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("U.S.A. Inc.", "usa inc"),
        ("Straße", "strasse"),
        ("Łódź Øre", "lodz ore"),
        ("买买提·艾力", "买买提艾力"),
        ("5G 通信", "5g 通信"),
        ("がぎぐ", "がぎぐ"),
        ("한국 전력", "한국전력"),
        ("Smith-Jones", "smith jones"),
        ("\u202eevil\u202c", "evil"),
        ("—…!", ""),
        ("", ""),
    ],
)
def test_normal_form(name, normal):
    assert normal_form(name) == normal


@given(st.text(max_size=40))
def test_the_normal_form_is_its_own(text):
    normal = normal_form(text)
    assert normal_form(normal) == normal
    assert "".join(parts(normal)) == normal.replace(" ", "")


@given(st.text("张三李四欧阳ABCxyz \u200b\u3000", max_size=12))
def test_width_case_and_blanks_make_no_difference(text):
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert normal_form(wide.upper()) == normal_form(text)
    assert normal_form(f"\ufeff{text}\t") == normal_form(text)


@pytest.mark.parametrize(
    ("name", "stem", "form"),
    [
        ("北京华为技术有限公司", "北京华为技术", "有限公司"),
        ("华为技术股份有限公司", "华为技术", "股份有限公司"),
        ("华为技术有限责任公司", "华为技术", "有限责任公司"),
        ("金杜律师事务所", "金杜", "律师事务所"),
        ("天健会计师事务所（特殊普通合伙）", "天健", "会计师事务所特殊普通合伙"),
        ("星火合伙企业（有限合伙）", "星火", "合伙企业有限合伙"),
        ("Acme Co., Ltd.", "acme", "co ltd"),
        ("ACME COMPANY LIMITED", "acme", "company limited"),
        ("Acme Pte. Ltd.", "acme", "pte ltd"),
        ("Acme L.L.C.", "acme", "llc"),
        ("Müller GmbH & Co. KG", "muller", "gmbh co kg"),
        ("Foo Sdn Bhd", "foo", "sdn bhd"),
        ("公司", "公司", ""),
        ("Limited", "limited", ""),
        ("中国红十字会", "中国红十字会", ""),
        ("Incognito Bar", "incognito bar", ""),
    ],
)
def test_legal_form(name, stem, form):
    assert split_legal_form(name) == (stem, form)


@pytest.mark.parametrize(
    ("name", "family", "given", "latin", "initials"),
    [
        ("张三丰", "张", "三丰", "Zhang Sanfeng", "zsf"),
        ("曾国藩", "曾", "国藩", "Zeng Guofan", "zgf"),
        ("单雄信", "单", "雄信", "Shan Xiongxin", "sxx"),
        ("仇和", "仇", "和", "Qiu He", "qh"),
        ("解缙", "解", "缙", "Xie Jin", "xj"),
        ("查良镛", "查", "良镛", "Zha Liangyong", "zly"),
        ("朴正熙", "朴", "正熙", "Piao Zhengxi", "pzx"),
        ("区伟", "区", "伟", "Ou Wei", "ow"),
        ("任正非", "任", "正非", "Ren Zhengfei", "rzf"),
        ("华佗", "华", "佗", "Hua Tuo", "ht"),
        ("尉健行", "尉", "健行", "Wei Jianxing", "wjx"),
        ("乐毅", "乐", "毅", "Yue Yi", "yy"),
        ("翟志刚", "翟", "志刚", "Zhai Zhigang", "zzg"),
        ("欧阳娜娜", "欧阳", "娜娜", "Ouyang Nana", "oynn"),
        ("长孙无忌", "长孙", "无忌", "Zhangsun Wuji", "zswj"),
        ("尉迟恭", "尉迟", "恭", "Yuchi Gong", "ycg"),
        ("万俟卨", "万俟", "卨", "Moqi Xie", "mqx"),
        ("單于飛", "單于", "飛", "Chanyu Fei", "cyf"),
        ("吕布", "吕", "布", "Lyu Bu", "lb"),
        ("欧阳", "欧", "阳", "Ou Yang", "oy"),
        ("曾", "曾", "", "Zeng", "z"),
        ("买买提·艾力", "", "买买提艾力", "", "mmtal"),
        ("John Smith", "", "john smith", "", "js"),
    ],
)
def test_personal_names(name, family, given, latin, initials):
    assert split_person_name(name) == (family, given)
    assert romanised(name) == latin
    assert initials_of(name, is_person=True) == initials


def test_some_surnames_are_read_in_two_ways():
    assert readings_of("覃辉", is_person=True) == [["qin", "hui"], ["tan", "hui"]]
    assert readings_of("曾记餐馆", is_person=False)[1][0] == "zeng"


def test_organisations_are_read_as_words():
    assert syllables_of("重庆银行", is_person=False) == ["chong", "qing", "yin", "hang"]
    assert initials_of("上海ABC贸易有限公司", is_person=False) == "shamyyxgs"


@pytest.mark.parametrize(
    ("family", "given", "family_first", "shown"),
    [
        ("陈", "伟", True, "陈伟"),
        ("陈", "伟", False, "陈伟"),
        ("Chen", "Wei", True, "Chen Wei"),
        ("Lin", "Grace", False, "Grace Lin"),
        ("", "Cher", True, "Cher"),
    ],
)
def test_display(family, given, family_first, shown):
    assert display_name(family, given, family_first=family_first) == shown


def test_the_list_is_in_the_order_of_the_readings():
    people = [
        "张三",
        "章回",
        "李四",
        "Zhang San",
        "欧阳修",
        "Åke",
        "曾国藩",
        "安然",
        "张安",
        "Abel",
        "吕布",
        "卢俊义",
    ]
    assert sorted(people, key=lambda name: sort_key(name, is_person=True)) == [
        "Abel", "Åke", "安然", "李四", "卢俊义", "吕布", "欧阳修", "曾国藩", "Zhang San", "张安", "张三", "章回",
    ]  # fmt: skip


@given(st.text(max_size=300), st.booleans())
def test_any_name_has_a_place(name, is_person):
    assert len(sort_key(name, is_person=is_person)) <= 240
    if name:
        assert sort_key(name, is_person=is_person)


@given(st.text("重庆银行长春大厦单县乐山会计朝阳区六安都江堰万向节能和记张三", min_size=1, max_size=12))
def test_reads_as_pypinyin_does(text):
    assert syllables_of(text, is_person=False) == lazy_pinyin(text)
