"""What goes out is inert, in cells and in headings, and comes back as it left."""

import csv
import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from lawcrm.firm.spreadsheets.reader import open_sheet
from lawcrm.firm.spreadsheets.writer import could_run, restore_text, write_csv, write_workbook

TRIGGERS = [
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "\x00=",
    "＝",
    "＋",
    "－",
    "＠",
    " =",
    "\ufeff=",
    "\u00a0@",
    "\u200b+",
    "==",
    "'=",
]
DANGEROUS = [f"{trigger}1+1" for trigger in TRIGGERS] + [
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "@SUM(1)",
]
HARMLESS = ["Ann", "a=b", "1-2", "x@y.example", "陈伟", "'quoted'", "", "#N/A", "TRUE", "5%", "_x0041_"]


def workbook_of(headings, rows, **options) -> bytes:
    buffer = io.BytesIO()
    write_workbook(buffer, headings, rows, **options)
    return buffer.getvalue()


def csv_of(headings, rows) -> bytes:
    buffer = io.BytesIO()
    write_csv(buffer, headings, rows)
    return buffer.getvalue()


def read_back(data: bytes, tmp_path):
    path = tmp_path / "back"
    path.write_bytes(data)
    with open_sheet(path) as sheet:
        return list(sheet.rows())


@pytest.mark.parametrize("text", DANGEROUS)
def test_workbook_keeps_dangerous_text_as_text(text, tmp_path):
    data = workbook_of([text], [[text]])
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data)).active for cell in row]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert [cell.quotePrefix for cell in cells] == [True, True]
    assert [row.cells[0].formula for row in read_back(data, tmp_path)] == [False, False]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_puts_an_apostrophe_before_dangerous_text(text):
    records = list(csv.reader(io.StringIO(csv_of([text], [[text]]).decode("utf-8-sig"), newline="")))
    assert records == [[f"'{text}".replace("\x00", "")]] * 2


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_alone(text):
    assert not could_run(text)


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS])
def test_round_trip_restores_the_value(text, tmp_path):
    expected = text.replace("\x00", "")
    if not expected:
        return
    (_heading, row) = read_back(workbook_of(["Name"], [[text]]), tmp_path)
    assert row.texts == [expected]
    (_heading, row) = read_back(csv_of(["Name"], [[text]]), tmp_path)
    assert [restore_text(found) for found in row.texts] == [expected]


def test_types_are_kept_where_a_spreadsheet_can_keep_them(tmp_path):
    values = [
        12,
        Decimal("10.50"),
        datetime.date(2024, 2, 29),
        datetime.datetime(2024, 2, 29, 9, 30),
        True,
        None,
        123456789012,
        "110101199003071234",
        datetime.date(1899, 1, 1),
        float("nan"),
    ]
    (_heading, row) = read_back(workbook_of(["h"] * len(values), [values]), tmp_path)
    assert [(cell.text, cell.kind) for cell in row.cells] == [
        ("12", "number"),
        ("10.5", "number"),
        ("2024-02-29", "date"),
        ("2024-02-29T09:30:00", "date"),
        ("True", "text"),
        ("", "empty"),
        ("123456789012", "text"),
        ("110101199003071234", "text"),
        ("1899-01-01", "text"),
        ("nan", "text"),
    ]


def test_notes_stand_behind_the_last_column(tmp_path):
    data = workbook_of(
        ["Name", "Phone"], [(["Ann"], "No phone."), (["Bo", "1"], "=No")], notes_column="Problem"
    )
    assert [row.texts for row in read_back(data, tmp_path)] == [
        ["Name", "Phone", "Problem"],
        ["Ann", "", "No phone."],
        ["Bo", "1", "=No"],
    ]


def test_characters_xml_cannot_hold_are_dropped_and_overlong_text_is_cut(tmp_path):
    (_heading, row) = read_back(
        workbook_of(
            ["h"],
            [
                ["a\x01b\ufffe\ud800c\r\n"],
            ],
        ),
        tmp_path,
    )
    assert row.texts == ["abc\r\n"]
    (_heading, row) = read_back(workbook_of(["h"], [["x" * 40_000]]), tmp_path)
    assert len(row.texts[0]) == 32_767


def test_csv_says_its_encoding():
    assert csv_of(["名称"], []).startswith(b"\xef\xbb\xbf")
