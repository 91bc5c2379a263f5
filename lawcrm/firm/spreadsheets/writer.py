"""Files that go out hold text, numbers and dates, and nothing a program would run.

A cell that begins like a formula is stored as marked text in XLSX, and behind an apostrophe in CSV, which has no types.
Long digit strings stay text: a spreadsheet keeps only 15 digits of a number and would damage an identity number.
"""

import csv
import datetime
import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

_TRIGGERS = "=+-@\t\r\n\x00"
_IGNORED_BEFORE = " \u00a0\u3000\ufeff\u200b\u200c\u200d\u2060\u00ad'"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_MARKS = "'"
_TAKEN_FOR_NUMBER = re.compile(r"0\d+|\d{12,}|\d+(?:\.\d*)?[eE][+-]?\d+")
_LONGEST = 32_767
_DIGITS_KEPT = 11
_NOTE_FILL = PatternFill("solid", fgColor="FDECEA")


def could_run(text: str) -> bool:
    """Would some spreadsheet program take this text for a formula? Full-width signs and hidden leaders included."""
    if text[:1] in _TRIGGERS and text:
        return True
    start = unicodedata.normalize("NFKC", text[:64]).lstrip(_IGNORED_BEFORE + "\t\r\n")
    return start[:1] in _TRIGGERS and bool(start)


def would_be_damaged(text: str) -> bool:
    """Would a spreadsheet that opens a CSV make another value of it? It keeps 15 digits, and no leading zeros."""
    return bool(_TAKEN_FOR_NUMBER.fullmatch(text.lstrip(_MARKS)))


def needs_mark(text: str) -> bool:
    """Whether the text stands behind an apostrophe in a CSV, where a value has no other way to say that it is text."""
    return bool(text) and (would_be_damaged(text) or could_run(text))


def restore_text(text: str) -> str:
    """Undo the apostrophe that write_csv put before a value, so that our own files come back as they left."""
    return text[1:] if text[:1] == "'" and needs_mark(text[1:]) else text


def write_csv(
    target, headings: Sequence[str], rows: Iterable[Sequence[Any]], *, delimiter: str = ","
) -> None:
    """`target`: a file open for binary writing. UTF-8 with a byte order mark, since Excel guesses otherwise."""
    target.write(b"\xef\xbb\xbf")
    writer = csv.writer(_Encoder(target), delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow([_csv_text(heading) for heading in headings])
    for row in rows:
        writer.writerow([_csv_text(value) for value in row])


class _Encoder:
    def __init__(self, target):
        self.target = target

    def write(self, text: str) -> None:
        self.target.write(text.encode("utf-8", "replace"))


def _csv_text(value: Any) -> str:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    text = _as_text(value).replace("\x00", "")
    return f"'{text}" if needs_mark(text) else text


def csv_line(values: Sequence[Any]) -> str:
    """One line of a CSV file, every value quoted."""
    return ",".join(['"' + _csv_text(value).replace('"', '""') + '"' for value in values]) + "\r\n"


def write_workbook(
    target,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    notes_column: str | None = None,
    sheet_title: str = "Sheet",
) -> None:
    """`target`: a path or a file open for binary writing.

    With `notes_column`, each row is (values, note): the note stands behind the row's last column, marked in colour.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(sheet_title))
    sheet.freeze_panes = "A2"
    titles = [*headings, notes_column] if notes_column else list(headings)
    for number in range(1, len(titles) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 60 if number > len(headings) else 20
    sheet.append([_heading(sheet, title) for title in titles])
    for row in rows:
        values, note = row if notes_column else (row, None)
        cells = [_cell(sheet, value) for value in values]
        if notes_column:
            cells += [None] * (len(headings) - len(cells))
            cells.append(_note(sheet, note))
        sheet.append(cells)
    book.save(target)


def _heading(sheet, title: str) -> WriteOnlyCell:
    cell = _text_cell(sheet, str(title))
    cell.font = Font(bold=True)
    return cell


def _note(sheet, note: Any) -> WriteOnlyCell:
    cell = _text_cell(sheet, _as_text(note))
    cell.fill = _NOTE_FILL
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _cell(sheet, value: Any):
    if value is None or value == "":
        return None
    if _is_short_number(value):
        return value
    if isinstance(value, datetime.datetime) and value.tzinfo is None:
        return _dated(sheet, value, "yyyy-mm-dd hh:mm")
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return _dated(sheet, value, "yyyy-mm-dd")
    return _text_cell(sheet, _as_text(value))


def _is_short_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    return value == value and abs(value) < 10**_DIGITS_KEPT


def _dated(sheet, value, code: str):
    if value.year < 1900 or (value.year, value.month) < (1900, 3):
        return _text_cell(
            sheet, value.isoformat()
        )  # spreadsheets count days from 1900 and get its February wrong
    cell = WriteOnlyCell(sheet, value)
    cell.number_format = code
    return cell


def _text_cell(sheet, text: str) -> WriteOnlyCell:
    if len(text) > _LONGEST:
        text = text[: _LONGEST - 1] + "…"
    cell = WriteOnlyCell(sheet, "text")
    cell._value = _xml_text(text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = could_run(text)
    return cell


def _xml_text(text: str) -> str:
    """What XML cannot carry is dropped or, for a carriage return, written as OOXML writes it."""
    text = _LOOKS_ESCAPED.sub("_x005F_x", text)
    return _FORBIDDEN.sub("", text).replace("\r", "_x000D_")


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else value.isoformat()
    return str(value)


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Sheet"
