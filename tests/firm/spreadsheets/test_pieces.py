"""Files written piece by piece: whole whatever the pieces, inert whatever the values, and read back as they were."""

import csv
import io
import json
import sys
import tempfile
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcrm.firm.spreadsheets.pieces import CsvPieces, XlsxPieces
from lawcrm.firm.spreadsheets.reader import open_sheet
from lawcrm.firm.spreadsheets.writer import could_run, restore_text

HEADINGS = ["Name", "=cmd", "Date"]
TRIGGERS = [
    "=1+1",
    "+86 10",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "=cmd|' /C calc'!A0",
    "==1",
    " =1",
    "＝1",
    "'=1",
]


def written(kind, rows, *, headings=HEADINGS, at_once=1000) -> bytes:
    """The file, each piece written by somebody who knows only the state the last one left as JSON."""
    state, bodies = {}, []
    for start in range(0, len(rows), at_once) or (0,):
        pieces = kind(headings, title="Clients: [all]", state=state)
        if not bodies:
            bodies.append(pieces.begin())
        bodies.append(pieces.rows(rows[start : start + at_once]))
        state = json.loads(json.dumps(pieces.state))
    last, first = kind(headings, title="Clients: [all]", state=state).finish()
    return b"".join([first, *bodies, last])


def read_by_ourselves(data: bytes) -> list[tuple[str, ...]]:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        with open_sheet(file) as sheet:
            return [tuple(restore_text(cell.text) for cell in row.cells) for row in sheet.rows()]


def test_the_pieces_make_one_workbook_however_they_are_cut():
    rows = [[f"客户{n}", "<a&b>", date(2024, 5, n % 28 + 1)] for n in range(57)]
    one, many = written(XlsxPieces, rows), written(XlsxPieces, rows, at_once=5)
    for data in (one, many):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert sheet.title == "Clients all" or "Clients" in sheet.title
        found = list(sheet.iter_rows(values_only=True))
        assert found[0] == tuple(HEADINGS)
        assert found[1:] == [
            (name, mark, datetime.combine(day, datetime.min.time())) for name, mark, day in rows
        ]


def test_the_same_rows_make_the_same_file():
    rows = [["a", 1, None], ["b", "", Decimal("2.5")]]
    assert written(XlsxPieces, rows) == written(XlsxPieces, rows)


def test_an_empty_list_is_a_file_with_headings():
    assert read_by_ourselves(written(XlsxPieces, [])) == [tuple(HEADINGS)]
    assert read_by_ourselves(written(CsvPieces, [])) == [tuple(HEADINGS)]


@pytest.mark.parametrize("text", TRIGGERS)
def test_nothing_runs_in_a_workbook_neither_as_value_nor_as_heading(text):
    sheet = openpyxl.load_workbook(io.BytesIO(written(XlsxPieces, [[text]], headings=[text]))).active
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type != "f" and cell.quotePrefix, text


@pytest.mark.parametrize("text", TRIGGERS)
def test_nothing_runs_in_a_table_of_text_neither_as_value_nor_as_heading(text):
    data = written(CsvPieces, [[text]], headings=[text])
    assert data.startswith(b"\xef\xbb\xbf")
    for [cell] in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert cell == f"'{text}" and not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "text", ["110101199003071234", "0571", "007", "1E10", "12e-3", "'0123", "138001380001"]
)
def test_long_and_leading_zero_numbers_stay_text_in_both(text):
    cell = openpyxl.load_workbook(io.BytesIO(written(XlsxPieces, [[text]], headings=["n"]))).active["A2"]
    assert (cell.data_type, cell.number_format, cell.value) == ("s", "@", text)
    data = written(CsvPieces, [[text]], headings=["n"])
    assert f"'{text}" in data.decode("utf-8-sig")
    assert read_by_ourselves(data)[1] == (text,)


UGLY = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), st.sampled_from("=+-@\t\r\n'\"0_x,;")
    ),
    min_size=1,
    max_size=40,
)


@pytest.mark.parametrize("kind", [XlsxPieces, CsvPieces])
@settings(max_examples=25, deadline=None)
@given(texts=st.lists(UGLY, min_size=1, max_size=40))
def test_every_text_comes_back(kind, texts):
    rows = read_by_ourselves(
        written(kind, [["begin", text, "end"] for text in texts], headings=["a", "b", "c"])
    )
    assert [row[1] for row in rows[1:]] == texts


def test_no_letter_or_digit_begins_what_runs():
    """The writer asks `could_run` only of texts that begin with something else."""
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        assert not (character.isalnum() and could_run(character)), hex(code)


def test_days_before_spreadsheets_begin_are_text():
    sheet = openpyxl.load_workbook(
        io.BytesIO(written(XlsxPieces, [[date(1899, 5, 1)]], headings=["d"]))
    ).active
    assert sheet["A2"].value == "1899-05-01"


def test_moments_keep_their_minute():
    at = datetime(2026, 3, 4, 17, 5)
    sheet = openpyxl.load_workbook(io.BytesIO(written(XlsxPieces, [[at]], headings=["d"]))).active
    assert sheet["A2"].value == at
