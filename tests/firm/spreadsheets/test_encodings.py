"""Text files: characters arrive whole, or the person is asked; never silently wrong."""

import codecs
import random

import pytest

from lawcrm.firm.spreadsheets import delimited, messages
from lawcrm.firm.spreadsheets.limits import DEFAULT_LIMITS, Refused
from lawcrm.firm.spreadsheets.reader import open_sheet

CHINESE_HEADINGS = ["客户名称", "客户性质", "负责律师", "电话", "地址", "备注"]
ENGLISH_HEADINGS = ["Name", "Kind", "Responsible lawyer", "Phone", "Address", "Note"]
GIVEN = "伟芳娜敏静丽强磊军洋艳勇杰娟涛明超秀霞平刚桂英华玉萍红梅琪瑶婷淑雯倩晖昊霖珊"
FAMILY = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董"
TRADITIONAL = str.maketrans(
    "张刘陈杨黄赵吴孙马罗郑谢许韩冯邓萧伟静丽强军艳杰娟涛华红",
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭偉靜麗強軍豔傑娟濤華紅",
)

BOM = {"utf-8-sig": b"", "utf-16-le+bom": codecs.BOM_UTF16_LE, "utf-16-be+bom": codecs.BOM_UTF16_BE}
ALWAYS_RIGHT = [
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "utf-16-le+bom",
    "utf-16-be+bom",
    "utf-16-le",
    "utf-16-be",
]
ROWS = [0, 1, 5, 50, 1000]


def table(language: str, rows: int) -> list[list[str]]:
    rng = random.Random(f"{language}{rows}")
    if language == "en":
        body = [
            [f"Ann Miller {n}", "Individual", "Chen Wei", f"1380013{n:04d}", "1 High Street", ""]
            for n in range(rows)
        ]
        return [ENGLISH_HEADINGS, *body]
    body = [
        [
            rng.choice(FAMILY) + "".join(rng.sample(GIVEN, 2)),
            "自然人",
            "陈伟",
            f"1380013{n:04d}",
            f"北京市朝阳区建国路{n}号",
            "老客户",
        ]
        for n in range(rows)
    ]
    return [CHINESE_HEADINGS, *body]


def encode(rows: list[list[str]], charset: str) -> bytes:
    text = "".join(",".join(row) + "\r\n" for row in rows)
    name = charset.removesuffix("+bom")
    return BOM.get(charset, b"") + text.encode(name)


def read(path, **options) -> list[list[str]]:
    with open_sheet(path, **options) as sheet:
        return [row.texts for row in sheet.rows()]


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    return [row[:-1] if not row[-1] else row for row in rows]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("charset", ALWAYS_RIGHT)
def test_read_right(charset, language, rows, tmp_path):
    path = tmp_path / "list.csv"
    expected = table(language, rows)
    path.write_bytes(encode(expected, charset))
    assert read(path) == trimmed(expected)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("seed", range(4))
def test_big5_is_asked_about_and_then_read_right(rows, seed, tmp_path):
    path = tmp_path / "list.csv"
    headings = ["客戶名稱", "客戶性質", "負責律師", "電話", "地址", "備註"]
    rng = random.Random(seed)
    body = [
        [
            (rng.choice(FAMILY) + rng.choice(GIVEN)).translate(TRADITIONAL),
            "自然人",
            "陳偉",
            "13800138000",
            "臺北市中正區",
            "老客戶",
        ]
        for _ in range(rows)
    ]
    rows_in = [headings, *body]
    path.write_bytes("".join(",".join(row) + "\r\n" for row in rows_in).encode("big5", "replace"))
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "encoding_unknown"
    assert "big5" in [found["encoding"] for found in refused.value.params["candidates"]]
    assert read(path, encoding="big5")[0] == headings


@pytest.mark.parametrize(
    "data",
    ["Müller,Café\r\nJosé,Zoë\r\n".encode("cp1252"), "客户名称,电话\n陈伟,138".encode()[:-6] + b"\xe9\xff,1"],
)
def test_what_is_not_sure_is_asked(data, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "encoding_unknown"
    assert messages.explain(refused.value).startswith("The characters of this text file")


def test_utf8_with_one_broken_byte_is_not_taken_for_gb18030():
    """Cut in the middle of a character and continued: UTF-8 read as GB18030 looks Chinese at first sight."""
    data = "".join(",".join(row) + "\n" for row in table("zh", 50)).encode()
    broken = data[:100] + b"\xff" + data[101:]
    with pytest.raises(Refused):
        delimited.decode(broken)


def test_wrong_choice_of_encoding_is_told(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(encode(table("zh", 5), "gb18030"))
    with pytest.raises(Refused) as refused:
        read(path, encoding="utf-8")
    assert (
        messages.explain(refused.value) == "The text file is not written in UTF-8. Choose another encoding."
    )


def test_stray_nul_in_utf8_is_dropped(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,Phone\nAnn\x00 Miller,138\nBo,139\n" * 3)
    assert read(path)[1] == ["Ann Miller", "138"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_delimiter_is_seen(delimiter, tmp_path):
    path = tmp_path / "list.txt"
    note = "one, two; three" if delimiter == "\t" else "one\ttwo"
    path.write_text(
        delimiter.join(["Name", "Note", "Phone"]) + "\n" + delimiter.join(["Ann", note, "1"]) + "\n"
    )
    assert read(path) == [["Name", "Note", "Phone"], ["Ann", note, "1"]]


def test_rows_keep_the_numbers_a_spreadsheet_program_shows(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b'Name,Note\r\n\r\nAnn,"two\r\nlines"\r\n,,\r\nBo\r\nCy,a,b,c\r\n')
    with open_sheet(path) as sheet:
        found = [(row.number, row.texts) for row in sheet.rows()]
    assert found == [
        (1, ["Name", "Note"]),
        (3, ["Ann", "two\r\nlines"]),
        (5, ["Bo"]),
        (6, ["Cy", "a", "b", "c"]),
    ]


def test_excel_hint_line_is_obeyed_and_counted(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(b"sep=;\r\nName;Phone\r\nAnn, Bo;1\r\n")
    with open_sheet(path) as sheet:
        assert [(row.number, row.texts) for row in sheet.rows()] == [
            (2, ["Name", "Phone"]),
            (3, ["Ann, Bo", "1"]),
        ]
    assert (sheet.delimiter, sheet.encoding, DEFAULT_LIMITS.rows) == (";", "utf-8", 100_000)
