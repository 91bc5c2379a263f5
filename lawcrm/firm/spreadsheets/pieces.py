"""Files that go out, written a piece at a time: what one piece leaves behind for the next is a small JSON state.

A hundred thousand rows never lie in memory together, and a worker that dies between two pieces loses nothing: whoever
goes on needs the state and the pieces that were kept. No clear text touches a disk on the way.

A piece of a workbook is a run of deflate blocks that ends on a byte and looks at nothing before it, so that the pieces
joined are the one compressed sheet. Its checksum and size stand in front of it, known only at the end: the first part
of the file is therefore written last.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from lawcrm.firm.spreadsheets.writer import (
    _FORBIDDEN,
    _LOOKS_ESCAPED,
    _as_text,
    _is_short_number,
    _sheet_title,
    could_run,
    csv_line,
)

MOST_ROWS = 1_048_575  # of a sheet, its headings aside
LONGEST = 32_767  # signs in a cell
_LEVEL = 5
_NEEDS_CARE = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^ | $")
_DAY_ONE = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets get the February before wrong
_PLAIN, _TEXT, _MARKED, _HEADING, _DAY, _MOMENT = range(6)


class CsvPieces:
    """UTF-8 with a byte order mark, since Excel guesses otherwise; every line quoted."""

    suffix, media_type, most_rows = "csv", "text/csv; charset=utf-8", None

    def __init__(self, headings: Sequence[str], *, title: str = "", widths=(), state: dict | None = None):
        self.headings, self.state = headings, state if state is not None else {}

    def begin(self) -> bytes:
        return b"\xef\xbb\xbf" + self.rows([self.headings])

    def rows(self, rows: Iterable[Sequence[Any]]) -> bytes:
        return "".join(map(csv_line, rows)).encode("utf-8", "replace")

    def finish(self) -> tuple[bytes, bytes]:
        """What comes behind all pieces, and what comes before them."""
        return b"", b""


class XlsxPieces:
    """One sheet, its first row the headings. `state`: checksum, sizes and rows so far."""

    suffix = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    most_rows = MOST_ROWS

    def __init__(
        self, headings: Sequence[str], *, title: str, widths: Sequence[int] = (), state: dict | None = None
    ):
        self.headings, self.title = [str(heading) for heading in headings], _sheet_title(title)
        self.widths = list(widths) or [20] * len(self.headings)
        self.letters = [get_column_letter(number) for number in range(1, len(self.headings) + 1)]
        self.state = state if state is not None else {}
        self.state.setdefault("row", 0)
        self.state.setdefault("crc", 0)
        self.state.setdefault("size", 0)
        self.state.setdefault("packed", 0)

    def begin(self) -> bytes:
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(self.widths, start=1)
        )
        head = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
            '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
        )
        return self._packed(head + self._row(self.headings, _HEADING))

    def rows(self, rows: Iterable[Sequence[Any]]) -> bytes:
        return self._packed("".join([self._row(row) for row in rows]))

    def finish(self) -> tuple[bytes, bytes]:
        """What comes behind all pieces, and what comes before them."""
        filters = f'<autoFilter ref="A1:{self.letters[-1]}{max(self.state["row"], 1)}"/>'
        end = self._packed(f"</sheetData>{filters}</worksheet>", last=True)
        entries = [_Entry(name, text.encode()) for name, text in self._other_parts()]
        sheet = _Entry("xl/worksheets/sheet1.xml", crc=self.state["crc"], size=self.state["size"])
        sheet.packed_size, sheet.method = self.state["packed"], 8
        front, offset = [], 0
        for entry in entries:
            entry.offset = offset
            front.append(entry.header() + entry.data)
            offset += len(front[-1])
        sheet.offset = offset
        front.append(sheet.header())
        begins = offset + len(front[-1]) + self.state["packed"]
        directory = b"".join(entry.listed() for entry in (*entries, sheet))
        count = len(entries) + 1
        ending = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), begins, 0)
        return end + directory + ending, b"".join(front)

    def _packed(self, text: str, *, last: bool = False) -> bytes:
        data = text.encode("utf-8", "replace")
        press = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        packed = press.compress(data) + press.flush(zlib.Z_FINISH if last else zlib.Z_FULL_FLUSH)
        state = self.state
        state["crc"] = zlib.crc32(data, state["crc"])
        state["size"] += len(data)
        state["packed"] += len(packed)
        return packed

    def _row(self, values: Sequence[Any], style: int = _TEXT) -> str:
        self.state["row"] += 1
        number = self.state["row"]
        cells = [
            _cell(f"{letter}{number}", value, style)
            for letter, value in zip(self.letters, values, strict=True)
            if value is not None and value != ""
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def _other_parts(self) -> Iterator[tuple[str, str]]:
        yield "[Content_Types].xml", _CONTENT_TYPES
        yield "_rels/.rels", _RELATIONS
        name = escape(self.title, {'"': "&quot;"})
        yield "xl/workbook.xml", _WORKBOOK.replace("TITLE", name)
        yield "xl/_rels/workbook.xml.rels", _BOOK_RELATIONS
        yield "xl/styles.xml", _STYLES


def _cell(place: str, value: Any, style: int) -> str:
    if type(value) is str:
        return _text_cell(place, value, style)
    if _is_short_number(value):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, date):
        serial = _serial(value)
        if serial is not None:
            code = _MOMENT if isinstance(value, datetime) else _DAY
            return f'<c r="{place}" s="{code}"><v>{serial}</v></c>'
    return _text_cell(place, _as_text(value), style)


def _text_cell(place: str, text: str, style: int) -> str:
    if (
        not text[0].isalnum() and could_run(text) and style != _HEADING
    ):  # nothing that runs begins with a letter or digit
        style = _MARKED
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    space = ""
    if _NEEDS_CARE.search(text):
        space = ' xml:space="preserve"'
        text = _FORBIDDEN.sub("", _LOOKS_ESCAPED.sub("_x005F_x", text))
        text = escape(text).replace("\r", "_x000D_")
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _serial(value: date) -> float | int | None:
    """The day's number, as spreadsheets count; None where they cannot."""
    if isinstance(value, datetime):
        if value.tzinfo is not None or value.date() < _FIRST_DAY:
            return None
        passed = value.hour * 3600 + value.minute * 60 + value.second
        return round((value.date() - _DAY_ONE).days + passed / 86_400, 8)
    return (value - _DAY_ONE).days if value >= _FIRST_DAY else None


class _Entry:
    """One member of the archive, as its header and the directory at the end tell of it."""

    def __init__(self, name: str, data: bytes = b"", *, crc: int | None = None, size: int | None = None):
        self.name, self.data, self.method, self.offset = name.encode(), data, 0, 0
        self.crc = zlib.crc32(data) if crc is None else crc
        self.size = len(data) if size is None else size
        self.packed_size = self.size

    def _common(self) -> bytes:
        # version 2.0, no flags, 1 January 1980: the same rows make the same file
        return struct.pack(
            "<5H3I2H", 20, 0, self.method, 0, 0x21, self.crc, self.packed_size, self.size, len(self.name), 0
        )

    def header(self) -> bytes:
        return b"PK\x03\x04" + self._common() + self.name

    def listed(self) -> bytes:
        rest = struct.pack("<3H2I", 0, 0, 0, 0, self.offset)
        return b"PK\x01\x02" + struct.pack("<H", 20) + self._common() + rest + self.name


FORMATS = {"xlsx": XlsxPieces, "csv": CsvPieces}

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_WORKBOOK = (
    f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="TITLE" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_BOOK_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_ROOT = 'numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6">'
    f"<xf {_ROOT.format(number=0, font=0)}/>"
    f'<xf {_ROOT.format(number=49, font=0)} applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>'
    f'<xf {_ROOT.format(number=49, font=0)} applyNumberFormat="1" quotePrefix="1"/>'
    f'<xf {_ROOT.format(number=49, font=1)} applyNumberFormat="1" applyFont="1" quotePrefix="1"/>'
    f'<xf {_ROOT.format(number=164, font=0)} applyNumberFormat="1"/>'
    f'<xf {_ROOT.format(number=165, font=0)} applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
