"""Address cards (vCard 2.1, 3.0 and 4.0) as rows of one wide table. Runs in the child process; standard library only.

A card is a row, numbered from 1; the row before them, number 0, names the columns. Columns that may hold several
values hold a line for each, its fields parted by tabs: the label ("work cell"), then the value (of an address: its
seven parts). Photographs, sounds and keys are passed over unread.
"""

import binascii
import io
import re
from collections.abc import Iterator
from urllib.parse import unquote

from . import delimited
from .limits import Limits, Refused

TITLES = ("KIND", "FN", "FAMILY", "GIVEN", "ADDITIONAL", "PREFIX", "SUFFIX", "SOUND FAMILY", "SOUND GIVEN", "NICKNAME",
          "ORG", "DEPARTMENT", "TITLE", "TEL", "EMAIL", "ADR", "URL", "WECHAT", "BDAY", "GENDER", "NOTE",
          "CATEGORIES")  # fmt: skip
PLACE = {title: place for place, title in enumerate(TITLES)}

_TEXTS = {
    b"FN": "FN", b"NICKNAME": "NICKNAME", b"TITLE": "TITLE", b"ROLE": "TITLE", b"BDAY": "BDAY", b"GENDER": "GENDER",
    b"X-GENDER": "GENDER", b"KIND": "KIND", b"X-ADDRESSBOOKSERVER-KIND": "KIND", b"NOTE": "NOTE",
    b"CATEGORIES": "CATEGORIES", b"X-PHONETIC-LAST-NAME": "SOUND FAMILY", b"X-PHONETIC-FIRST-NAME": "SOUND GIVEN",
    b"X-WECHAT": "WECHAT", b"X-WEIXIN": "WECHAT",
}  # fmt: skip
_LABELLED = {b"TEL": "TEL", b"EMAIL": "EMAIL", b"URL": "URL", b"ADR": "ADR"}
_PARTS = {b"N": ("FAMILY", "GIVEN", "ADDITIONAL", "PREFIX", "SUFFIX"), b"ORG": ("ORG", "DEPARTMENT")}
_WANTED = {*_TEXTS, *_LABELLED, *_PARTS, b"IMPP", b"X-ABSHOWAS", b"X-ABLABEL", b"BEGIN", b"END", b"AGENT"}
_UNSAID = {"pref", "voice", "internet", "x-internet", "other", "x-other", "text"}
_WIDEST = 9  # bytes of a Chinese character in quoted-printable
_MOST_PROPERTIES = 1_000
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_APPLE_LABEL = re.compile(r"_\$!<(.*)>!\$_")


def records(data: bytes, encoding: str | None, limits: Limits) -> tuple[str, Iterator[list]]:
    """The encoding of what does not name its own, and the rows."""
    data, encoding = _plain(data, encoding)
    return encoding, _rows(data, encoding, limits)


def _plain(data: bytes, encoding: str | None) -> tuple[bytes, str]:
    """The file without mark and in an encoding whose line ends are bytes; which one that is."""
    try:
        text, encoding = delimited.decode(data, encoding)
    except Refused as refused:
        if refused.code != "encoding_unknown" or b"CHARSET=" not in data.upper():
            raise
        return data, ""  # written in several: each property must say in which
    if encoding.startswith("utf-16"):
        return text.encode("utf-8", "surrogatepass"), "utf-8"
    return data.removeprefix(b"\xef\xbb\xbf"), encoding


def _rows(data: bytes, encoding: str, limits: Limits) -> Iterator[list]:
    yield [0, list(TITLES)]
    total = 0
    for card in _cards(data, encoding, limits):
        row = card.row()
        total += sum(len(text) for text in row if text)
        if card.number > limits.rows:
            raise Refused("too_many_rows", row=card.number, limit=limits.rows)
        if total > limits.text_chars:
            raise Refused("too_much_text")
        if row:
            yield [card.number, row]


def _cards(data: bytes, encoding: str, limits: Limits) -> Iterator["_Card"]:
    """Each card once it is whole. A card inside a card (an assistant's) is passed over."""
    card = None
    number = inside = 0
    for name, group, parameters, value in _properties(data, limits):
        if name == b"BEGIN":
            if card is None:
                number += 1
                card = _Card(number, encoding, limits)
            elif card.agent:
                inside += 1
            else:
                raise Refused("damaged_archive")
        elif card is None:
            continue
        elif inside:
            inside -= name == b"END"
        elif name == b"END":
            yield card
            card = None
        else:
            card.take(name, group, parameters, value)
    if card is not None:
        raise Refused("damaged_archive")  # cut short


def _properties(data: bytes, limits: Limits) -> Iterator[tuple[bytes, bytes, list, bytes]]:
    """(name, group, parameters, value) of each property we want, from its lines."""
    head: list | None = None  # name, group, parameters of the property being gathered
    parts: list[bytes] = []
    size = card = 0
    soft = False  # quoted-printable goes on in the next line
    for line in _lines(data):
        if head is not None and (soft or line[:1] in (b" ", b"\t")):
            more = line if soft else line[1:]
        else:
            if head is not None:
                yield *head, b"".join(parts)
            head, more = _head(line)
            parts, size = [], 0
            card += head is not None and head[0] == b"BEGIN"
        if head is None:
            soft = False
            continue
        soft = _quoted(head[2]) and more.endswith(b"=")
        more = more[:-1] if soft else more
        size += len(more)
        if size > _WIDEST * limits.cell_chars:
            raise Refused("cell_too_long", row=card, limit=limits.cell_chars)
        parts.append(more)
    if head is not None:
        yield *head, b"".join(parts)


def _lines(data: bytes) -> Iterator[bytes]:
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    for line in io.BytesIO(data):
        yield line.rstrip(b"\r\n")


def _head(line: bytes) -> tuple[list | None, bytes]:
    """[name, group, parameters] of a property we want, or None; and what stands behind its colon."""
    if len(line) > 4_000:
        name = re.match(rb"(?:[\w-]+\.)?([\w-]+)", line)
        if not name or name[1].upper() not in _WANTED:
            return None, b""
    colon = _colon(line)
    if colon < 0:
        return None, b""
    name, *parameters = line[:colon].split(b";")
    group, dot, name = name.strip().rpartition(b".")
    name = name.upper()
    if name not in _WANTED:
        return None, b""
    pairs = []
    for parameter in parameters:
        key, sign, value = parameter.partition(b"=")
        pairs.append((key.strip().upper(), value.strip(b'" ')) if sign else (b"TYPE", key.strip()))
    return [name, group, pairs], line[colon + 1 :]


def _colon(line: bytes) -> int:
    """Where the value begins: behind the first colon that does not stand in quotation marks."""
    colon = line.find(b":")
    if b'"' not in line[: max(colon, 0)]:
        return colon
    quoted = False
    for place, byte in enumerate(line):
        if byte == 34:
            quoted = not quoted
        elif byte == 58 and not quoted:
            return place
    return colon


def _quoted(parameters: list) -> bool:
    return any(value.upper() == b"QUOTED-PRINTABLE" for _key, value in parameters)


class _Card:
    """One card while its properties come in."""

    def __init__(self, number: int, encoding: str, limits: Limits):
        self.number, self.encoding, self.limits = number, encoding, limits
        self.cells: dict[str, str] = {}
        self.labelled: list[list] = []  # column, group, label, fields
        self.labels: dict[bytes, str] = {}  # group -> Apple's own label
        self.count = 0
        self.agent = False

    def take(self, name: bytes, group: bytes, parameters: list, value: bytes) -> None:
        self.count += 1
        if self.count > _MOST_PROPERTIES:
            raise Refused("too_many_cells", limit=_MOST_PROPERTIES)
        self.agent = name == b"AGENT"
        text = self._text(parameters, value)
        if not text.strip():
            return
        if name in _TEXTS:
            self._take_text(_TEXTS[name], text, parameters)
        elif name in _PARTS:
            self._take_parts(_PARTS[name], text)
        elif name in _LABELLED:
            parts = [_unescape(part) for part in _split(text)][:7] if name == b"ADR" else [_number(text)]
            self._add(_LABELLED[name], group, parameters, parts)
        else:
            self._take_own(name, group, parameters, text)

    def _take_own(self, name: bytes, group: bytes, parameters: list, text: str) -> None:
        """What no standard knows but many programs write."""
        if name == b"X-ABLABEL":
            self.labels[group] = _APPLE_LABEL.sub(r"\1", text)
        elif name == b"X-ABSHOWAS" and text.strip().upper() == "COMPANY":
            self.cells["KIND"] = "org"
        elif name == b"IMPP":
            service = b" ".join(value for key, value in parameters if key == b"X-SERVICE-TYPE").lower()
            if b"wechat" in service or text.lower().startswith(("wechat:", "weixin:", "x-wechat:")):
                scheme, _colon, said = text.rpartition(":")
                self.cells["WECHAT"] = _line(unquote(said) if scheme else said)

    def _text(self, parameters: list, value: bytes) -> str:
        encodings = {found.upper() for key, found in parameters if key in (b"ENCODING", b"TYPE")}
        try:
            if b"QUOTED-PRINTABLE" in encodings:
                value = binascii.a2b_qp(value)
            elif encodings & {b"B", b"BASE64"}:
                value = binascii.a2b_base64(value)
        except binascii.Error:
            return ""
        named = next((found for key, found in parameters if key == b"CHARSET"), b"").decode(
            "ascii", "replace"
        )
        text = _decoded(value, named, self.encoding)
        if len(text) > self.limits.cell_chars:
            raise Refused("cell_too_long", row=self.number, limit=self.limits.cell_chars)
        return text.replace("\x00", "")

    def _take_text(self, column: str, text: str, parameters: list) -> None:
        text = _unescape(text).strip()
        if column == "BDAY":
            text = _birthday(text, dict(parameters))
        if column == "NOTE":
            text = "\n".join(filter(None, (self.cells.get("NOTE"), text)))
        elif column == "KIND":
            text = text.lower()
        elif column == "GENDER":
            text = text.partition(";")[0]
        else:
            text = _line(text)
        if column in ("NOTE", "KIND") or column not in self.cells:
            self.cells[column] = text

    def _take_parts(self, columns: tuple[str, ...], text: str) -> None:
        if columns[0] in self.cells:
            return
        for column, part in zip(columns, _split(text), strict=False):
            self.cells[column] = _line(_unescape(part))

    def _add(self, column: str, group: bytes, parameters: list, fields: list[str]) -> None:
        label = " ".join(_types(parameters))
        self.labelled.append([column, group, label, [_line(field) for field in fields]])

    def row(self) -> list:
        lines: dict[str, list[str]] = {}
        for column, group, label, fields in self.labelled:
            own = _line(self.labels.get(group, "")) if group else ""
            if any(fields):
                lines.setdefault(column, []).append("\t".join([f"{label} {own}".strip(), *fields]))
        cells = self.cells | {column: "\n".join(several) for column, several in lines.items()}
        for text in cells.values():
            if len(text) > self.limits.cell_chars:
                raise Refused("cell_too_long", row=self.number, limit=self.limits.cell_chars)
        row = [cells.get(title) or None for title in TITLES]
        while row and row[-1] is None:
            row.pop()
        return row


def _decoded(value: bytes, named: str, ours: str) -> str:
    """By the encoding the property names, else by the file's; what neither can read shows as U+FFFD."""
    for encoding in (named, "utf-8", ours, "gb18030"):
        try:
            if encoding:
                return value.decode("gb18030" if encoding.lower() in ("gbk", "gb2312") else encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return value.decode("utf-8", "replace")


def _split(text: str) -> list[str]:
    """The parts between semicolons that no backslash keeps together."""
    return [part.replace("\x00", "\\;") for part in text.replace("\\;", "\x00").split(";")]


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _types(parameters: list) -> Iterator[str]:
    for key, value in parameters:
        if key == b"PREF" and value:
            yield "pref"
        if key != b"TYPE":
            continue
        for word in value.decode("utf-8", "replace").lower().split(","):
            word = word.strip('" ')
            if word == "pref" or (word and word not in _UNSAID and word != "quoted-printable"):
                yield word[:40]


def _number(text: str) -> str:
    """tel:+86-138;ext=5 as the number itself; what is no address of that kind as it stands."""
    text = _unescape(text).strip()
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() in ("tel", "mailto", "sms"):
        number, _semicolon, more = rest.partition(";")
        extension = re.search(r"ext=(\d+)", more)
        return f"{number} ext {extension[1]}" if extension else number
    return text


def _birthday(text: str, parameters: dict) -> str:
    """As ISO writes it; a year that stands for none is left out, a lunar date says so."""
    if omitted := parameters.get(b"X-APPLE-OMIT-YEAR", b"").decode("ascii", "replace"):
        text = re.sub(rf"^{re.escape(omitted)}-?", "--", text)
    text = text.partition("T")[0]
    text = re.sub(r"^--(\d\d)-?(\d\d)$", r"--\1-\2", text)
    text = re.sub(r"^(\d{4})-?(\d\d)-?(\d\d)$", r"\1-\2-\3", text)
    lunar = parameters.get(b"CALSCALE", b"").lower() == b"chinese"
    return f"农历{text}" if lunar else text
