"""XLSX as a stream of rows, straight from the XML. Runs in the child process; standard library only.

Why not openpyxl: it turns stored numbers into floats before one can see what was stored, trusts the declared
dimensions, and takes three times as long (docs/decisions/0002-own-xlsx-reader.md). Document type declarations, and
with them every entity trick, are refused at the first byte of one.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from .limits import Limits, Refused, column_letter
from .values import CellFormat, date_text, format_of, number_text

_CHUNK = 64 * 1024
_DEEPEST = 64
_MERGES_TOLD = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# zipfile's RuntimeError: a password, or a way of packing it does not know
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, OSError)


class Part:
    """One XML member, fed to expat in counted chunks. Subclasses list handlers by local element name."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits):
        self.archive, self.name, self.limits = archive, name, limits
        self.starts, self.ends = {}, {}
        self.depth = 0
        self.collecting = False
        self.parts: list[str] = []
        self.size = 0
        self.row = 0

    def on(self, name: str, start=None, end=None) -> None:
        if start:
            self.starts[name] = start
        if end:
            self.ends[name] = end

    def feed(self) -> Iterator[None]:
        """Parse the member; yields after each chunk, so that what was gathered can be passed on."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._first
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _forbid
        self.parser = parser
        fed = 0
        try:
            with self.archive.open(self.name) as member:
                while chunk := member.read(_CHUNK):
                    fed += len(chunk)
                    if fed > self.limits.entry_bytes:
                        raise Refused("unpacks_too_big", size=fed, limit=self.limits.entry_bytes)
                    parser.Parse(chunk, False)
                    # one token that never ends would be scanned again with each chunk
                    if fed - parser.CurrentByteIndex > 2 * 1024 * 1024:
                        raise Refused("damaged_sheet", row=self.row + 1)
                    yield
                parser.Parse(b"", True)
                yield
        except expat.ExpatError as error:
            if error.code == 1:  # XML_ERROR_NO_MEMORY
                raise MemoryError from None
            raise Refused("damaged_sheet", row=self.row + 1) from None
        except UNREADABLE:
            raise Refused("damaged_archive") from None
        except (LookupError, ValueError):  # an encoding that nobody knows or that expat cannot be taught
            raise Refused("damaged_sheet", row=self.row + 1) from None

    def run(self):
        for _chunk in self.feed():
            pass
        return self

    def _first(self, name, attributes):
        """The root element tells the prefix that this producer writes before each name (mostly none)."""
        prefix = name[: name.rfind(":") + 1]
        self.starts = {prefix + key: handler for key, handler in self.starts.items()}
        self.ends = {prefix + key: handler for key, handler in self.ends.items()}
        self.parser.StartElementHandler = self._start
        self._start(name, attributes)

    def _start(self, name, attributes):
        handler = self.starts.get(name)
        if handler is not None:
            handler(attributes)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refused("damaged_sheet", row=self.row + 1)

    def _end(self, name):
        self.depth -= 1
        handler = self.ends.get(name)
        if handler is not None:
            handler()

    def _characters(self, data):
        if self.collecting:
            self.size += len(data)
            if self.size > self.limits.cell_chars:
                raise Refused("cell_too_long", row=self.row or 1, limit=self.limits.cell_chars)
            self.parts.append(data)

    def collect(self, _attributes=None):
        self.collecting = True

    def stop(self):
        self.collecting = False

    def take(self) -> str:
        text = "".join(self.parts)
        self.parts.clear()
        self.size = 0
        return text


class Relations(Part):
    """What a part refers to: identifier -> (kind, member name)."""

    def __init__(self, archive, owner: str, limits):
        folder, base = posixpath.split(owner)
        super().__init__(archive, _member(archive, posixpath.join(folder, "_rels", base + ".rels")), limits)
        self.folder = folder
        self.by_id: dict[str, tuple[str, str]] = {}
        self.on("Relationship", self._relationship)

    def _relationship(self, attributes):
        if attributes.get("TargetMode") == "External":
            return
        target = posixpath.normpath(posixpath.join("/", self.folder, attributes.get("Target", ""))).lstrip(
            "/"
        )
        self.by_id[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    def first(self, kind: str) -> str | None:
        return next((target for found, target in self.by_id.values() if found == kind), None)


class WorkbookPart(Part):
    """The list of sheets, and which calendar its dates are counted in."""

    def __init__(self, archive, name, limits):
        super().__init__(archive, name, limits)
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False
        self.on("sheet", self._sheet)
        self.on("workbookPr", self._properties)

    def _sheet(self, attributes):
        relation = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        visible = attributes.get("state", "visible") == "visible"
        self.sheets.append((attributes.get("name", ""), relation, visible))

    def _properties(self, attributes):
        self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class StylesPart(Part):
    """Style number -> how a number in that style is meant."""

    def __init__(self, archive, name, limits):
        super().__init__(archive, name, limits)
        self.codes: dict[str, str] = {}
        self.formats: list[CellFormat] = []
        self.in_cells = False
        self.on("numFmt", self._number_format)
        self.on("cellXfs", self._cells_begin, self._cells_end)
        self.on("xf", self._style)

    def _number_format(self, attributes):
        self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]

    def _cells_begin(self, _attributes):
        self.in_cells = True

    def _cells_end(self):
        self.in_cells = False

    def _style(self, attributes):
        if self.in_cells:
            number = attributes.get("numFmtId", "0")
            self.formats.append(format_of(number, self.codes.get(number)))


class StringsPart(Part):
    """The shared strings, without the phonetic guides that East Asian editions store beside them."""

    def __init__(self, archive, name, limits):
        super().__init__(archive, name, limits)
        self.strings: list[str] = []
        self.total = 0
        self.phonetic = False
        self.on("t", self._text, self.stop)
        self.on("rPh", self._phonetic_begins, self._phonetic_ends)
        self.on("si", None, self._string_ends)

    def _text(self, _attributes):
        self.collecting = not self.phonetic

    def _phonetic_begins(self, _attributes):
        self.phonetic = True

    def _phonetic_ends(self):
        self.phonetic = False

    def _string_ends(self):
        text = unescape(self.take())
        self.total += len(text)
        if self.total > self.limits.text_chars or len(self.strings) >= self.limits.cells:
            raise Refused("too_much_text")
        self.strings.append(text)


class SheetPart(Part):
    """Rows of one sheet as [row number, [cell, ...]]; declared dimensions are not even looked at."""

    def __init__(self, archive, name, limits, *, strings, formats, from_1904):
        super().__init__(archive, name, limits)
        self.strings, self.formats, self.from_1904 = strings, formats, from_1904
        self.cells: list = []
        self.ready: list = []
        self.merges: list[str] = []
        self.columns: dict[str, int] = {}
        self.column = -1
        self.cell_count = self.text_total = self.rows_out = 0
        self.kind = self.style = None
        self.formula = self.phonetic = False
        self.on("row", self._row_begins, self._row_ends)
        self.on("c", self._cell_begins, self._cell_ends)
        self.on("v", self.collect, self.stop)
        self.on("t", self._text, self.stop)
        self.on("f", self._formula)
        self.on("rPh", self._phonetic_begins, self._phonetic_ends)
        self.on("mergeCell", self._merge)

    def rows(self) -> Iterator[list]:
        for _chunk in self.feed():
            yield from self.ready
            self.ready.clear()

    def _row_begins(self, attributes):
        stated = attributes.get("r")
        number = int(stated) if stated and stated.isdecimal() and len(stated) < 10 else self.row + 1
        if number <= self.row:
            raise Refused("damaged_sheet", row=self.row + 1)
        self.row = number
        self.cells = []
        self.column = -1

    def _row_ends(self):
        if self.cells:
            if self.row > self.limits.rows:
                raise Refused("too_many_rows", row=self.row, limit=self.limits.rows)
            self.ready.append([self.row, self.cells])
            self.rows_out += 1
            self.cells = []

    def _cell_begins(self, attributes):
        self.cell_count += 1
        if self.cell_count > self.limits.cells:
            raise Refused("too_many_cells", limit=self.limits.cells)
        place = attributes.get("r")
        self.column = self._column(place) if place else self.column + 1
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s")
        self.formula = False
        self.parts.clear()
        self.size = 0

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        index = self.columns.get(letters)
        if index is None:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise Refused("damaged_sheet", row=self.row)
            index = 0
            for letter in letters.upper():
                index = index * 26 + ord(letter) - 64
            index -= 1
            self.columns[letters] = index
        return index

    def _formula(self, _attributes):
        self.formula = True

    def _text(self, _attributes):
        self.collecting = not self.phonetic

    def _phonetic_begins(self, _attributes):
        self.phonetic = True

    def _phonetic_ends(self):
        self.phonetic = False

    def _cell_ends(self):
        if not self.parts and not self.formula:
            return
        cell = self._cell(self.take())
        if cell is None:
            return
        if self.column >= self.limits.columns:
            raise Refused("too_many_columns", column=column_letter(self.column), limit=self.limits.columns)
        missing = self.column - len(self.cells)
        if missing < 0:
            raise Refused("damaged_sheet", row=self.row)
        if missing:
            self.cells.extend([None] * missing)
        self.cells.append(cell)

    def _cell(self, raw: str):
        kind = self.kind
        if kind == "s":
            raw = self._shared(raw)
        elif kind == "inlineStr" or kind == "str":
            raw = unescape(raw)
        elif raw:
            return self._typed(kind, raw)
        self.text_total += len(raw)
        if self.text_total > self.limits.text_chars:
            raise Refused("too_much_text")
        if self.formula:
            return ["text" if raw else "formula", raw, "", 1]
        return raw or None

    def _shared(self, raw: str) -> str:
        try:
            return self.strings[int(raw)] if raw else ""
        except (ValueError, IndexError):
            raise Refused("damaged_sheet", row=self.row) from None

    def _typed(self, kind: str, raw: str) -> list:
        formula = int(self.formula)
        if kind == "b":
            return ["bool", "TRUE" if raw.strip() == "1" else "FALSE", "", formula]
        if kind == "e":
            return ["error", raw, "", formula]
        if kind == "d":
            return ["date", raw.removesuffix("T00:00:00").removesuffix("Z"), "", formula]
        style = self._format()
        if style.kind:
            text = date_text(raw, style.kind, from_1904=self.from_1904)
            if text:
                return ["time" if text[2:3] == ":" else "date", text, style.code, formula]
        return ["number", number_text(raw), style.code, formula]

    def _format(self) -> CellFormat:
        try:
            return self.formats[int(self.style or 0)]
        except (ValueError, IndexError):
            return CellFormat("", None)

    def _merge(self, attributes):
        if len(self.merges) < _MERGES_TOLD:
            self.merges.append(attributes.get("ref", "")[:32])


class Workbook:
    """An opened workbook: which sheets there are, and the rows of the one asked for (or the first with rows)."""

    def __init__(self, stream, limits: Limits):
        self.limits = limits
        try:
            self.archive = zipfile.ZipFile(stream)
            if b"macroEnabled" in self.archive.read("[Content_Types].xml"):
                raise Refused("macros")
        except (*UNREADABLE, ValueError):
            raise Refused("damaged_archive") from None
        main = Relations(self.archive, "", limits).run().first("officeDocument") or "xl/workbook.xml"
        self.book = WorkbookPart(self.archive, _member(self.archive, main), limits).run()
        self.relations = Relations(self.archive, main, limits).run()
        self.sheets = [
            (name, self.relations.by_id[relation][1], visible)
            for name, relation, visible in self.book.sheets
            if self.relations.by_id.get(relation, ("",))[0] == "worksheet"
        ]
        self.merges: list[str] = []
        self.sheet = ""

    def rows(self, wanted: str | None = None) -> Iterator[list]:
        candidates = self._candidates(wanted)
        shared = self._part("sharedStrings", StringsPart)
        styles = self._part("styles", StylesPart)
        for name, target, _visible in candidates:
            part = SheetPart(
                self.archive,
                _member(self.archive, target),
                self.limits,
                strings=shared.strings if shared else [],
                formats=styles.formats if styles else [],
                from_1904=self.book.from_1904,
            )
            self.sheet = name
            yield from part.rows()
            self.merges = part.merges
            if part.rows_out:
                return

    def _candidates(self, wanted: str | None) -> list:
        if wanted is not None:
            chosen = [sheet for sheet in self.sheets if sheet[0] == wanted]
            if not chosen:
                raise Refused("no_such_sheet", sheet=wanted[:40])
            return chosen
        return [sheet for sheet in self.sheets if sheet[2]] or self.sheets

    def _part(self, kind: str, part):
        target = self.relations.first(kind)
        return part(self.archive, _member(self.archive, target), self.limits).run() if target else None


def unescape(text: str) -> str:
    """OOXML writes characters that XML cannot hold as _xHHHH_."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda match: _character(int(match[1], 16), match[0]), text)


def _character(code: int, as_written: str) -> str:
    """No half of a pair, which is no character, and no NUL, which no database keeps."""
    if not code:
        return ""
    return as_written if 0xD800 <= code <= 0xDFFF else chr(code)


def _member(archive: zipfile.ZipFile, name: str) -> str:
    """Member names are compared without regard to case, as office programs do."""
    if name in archive.NameToInfo:
        return name
    folded = name.casefold()
    for member in archive.NameToInfo:
        if member.casefold() == folded:
            return member
    raise Refused("damaged_archive")


def _forbid(*_arguments):
    raise Refused("forbidden_xml")
