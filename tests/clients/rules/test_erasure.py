"""Which names and identifiers are sure enough to strike everywhere, and how they are found in a text."""

import pytest

from clients.rules.erasure import GONE, Finder, is_distinctive, is_sure, needles_of


@pytest.mark.parametrize(
    ("name", "sure"),
    [
        ("王芳", False),
        ("欧阳娜娜", True),
        ("王小明", False),
        ("Anna Li", False),
        ("Anna Bell", True),
        ("Alexander", False),
    ],
)
def test_which_names_are_sure(name, sure):
    assert is_distinctive(name) is sure


def test_an_organisation_of_which_everybody_speaks_is_not_sure():
    assert not is_distinctive("中国银行", organisation=True)
    assert is_distinctive("郑州锦茂科技有限公司", organisation=True)


@pytest.mark.parametrize(
    ("kind", "value", "sure"),
    [
        ("phone", "13800001111", True),
        ("phone", "8801", False),
        ("email", "a@b.example", True),
        ("address", "Shanghai", False),
        ("address", "南京市白石区建设大道332号", True),
        ("wechat", "sunshine", False),
        ("wechat", "sunny_88", True),
        ("website", "jinmao.example", True),
        ("employer", "Siemens Healthineers", False),
        ("position", "General Counsel", False),
    ],
)
def test_which_identifiers_are_sure(kind, value, sure):
    assert is_sure(kind, value) is sure


def test_needles():
    found = needles_of(
        ["Anna Bell", "王芳", "", "X"],
        [
            ("phone", "13800001111"),
            ("email", "a@b.example"),
            ("phone", "12"),
            ("website", "https://www.b.example/"),
        ],
        borne_by_others={"Anna Bell", "a@b.example"},
    )
    assert found.certain == ("13800001111", "b.example")
    assert found.doubtful == ("Anna Bell", "王芳")
    assert found.shared == ("a@b.example", "Anna Bell")


@pytest.mark.parametrize(
    ("needle", "text", "left"),
    [
        ("Anna Bell", "Joanna Bell, ANNA BELL; Anna Bellini", f"Joanna Bell, {GONE}; Anna Bellini"),
        ("Anna Bell", "请联系Anna Bell。", f"请联系{GONE}。"),
        ("欧阳娜娜", "欧阳娜娜来电", f"{GONE}来电"),
        ("13812349876", "138 1234 9876, 138-1234-9876, +86 138 1234 9876", f"{GONE}, {GONE}, {GONE}"),
        ("13812349876", "No 9138123498761", "No 9138123498761"),
        ("0371-84230189", "(0371) 8423 0189", GONE),
        ("+442071234567", "020 7123 4567 or +44 (0)20 7123 4567", f"{GONE} or {GONE}"),
    ],
)
def test_how_needles_are_found(needle, text, left):
    assert Finder([needle]).strike(text) == left


def test_striking_goes_into_every_shape():
    value = {"王芳": ["call 王芳", 3, None], "n": {"x": "MINA@b.example"}}
    struck = Finder(["王芳", "mina@b.example"]).strike(value)
    assert struck == {GONE: [f"call {GONE}", 3, None], "n": {"x": GONE}}
    assert Finder([]).strike(value) == value and not Finder([]).is_in("anything")
