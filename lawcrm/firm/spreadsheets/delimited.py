"""CSV and TSV: which encoding, which delimiter, and the records. Runs in the child process; standard library only.

Encoding: a byte order mark, else strict UTF-8, else GB18030 if what it yields looks like Chinese as people write it,
else we ask. GB18030 can decode almost anything, so that decoding without an error proves nothing.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from .limits import Limits, Refused, column_letter

ENCODINGS = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 (GBK)",
    "big5": "Big5",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",\t;|"
_SAMPLE_CHARS = 64 * 1024


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """(text, encoding), or Refused with previews of what the bytes could mean."""
    if encoding is not None:
        return _decode_as(data, encoding), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], name), name
    if b"\x00" in data:
        name = _utf16_without_mark(data)
        if name:
            return data.decode(name), name
    text = _try(data, "utf-8")
    if text is not None:
        return text, "utf-8"
    text = _try(data, "gb18030")
    if text is not None and _looks_chinese(text):
        return text, "gb18030"
    raise Refused("encoding_unknown", candidates=_candidates(data))


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _decode_as(data: bytes, encoding: str) -> str:
    text = _try(data, encoding) if encoding in ENCODINGS else None
    if text is None:
        raise Refused("wrong_encoding", encoding=ENCODINGS.get(encoding, encoding[:40]))
    return text.removeprefix("\ufeff")


def _candidates(data: bytes) -> list[dict[str, str]]:
    """First lines under each encoding that could be meant, for the person to recognise."""
    found = []
    for name in ("gb18030", "big5", "cp1252", "utf-16-le", "utf-16-be"):
        text = _try(data, name)
        if text is not None and "\x00" not in text:
            found.append(
                {
                    "encoding": name,
                    "label": ENCODINGS[name],
                    "preview": "\n".join(text.splitlines()[:3])[:300],
                }
            )
    return found


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows as zero bytes on one side of the delimiters; a stray NUL in UTF-8 text does not look like that."""
    if len(data) % 2:
        return None
    scores = {}
    for name in ("utf-16-le", "utf-16-be"):
        text = _try(data, name)
        if text is not None and "\x00" not in text and any(mark in text for mark in ",\t;\r\n"):
            scores[name] = _plausible(text[:_SAMPLE_CHARS])
    best = max(scores, key=scores.get, default=None)
    if best is None or scores[best] < 0.95:
        return None
    ascii_text = data[: 2 * _SAMPLE_CHARS]
    if ascii_text.count(0) * 20 < len(ascii_text) and _try(data, "utf-8") is not None:
        return None
    return best


def _plausible(text: str) -> float:
    """Share of characters that business text in Latin or Chinese letters is made of."""
    usual = sum(
        character in "\t\r\n" or " " <= character <= "\u024f" or "\u2010" <= character <= "\u2027"
        or "\u3000" <= character <= "\u303f" or "\u4e00" <= character <= "\u9fff" or "\uff00" <= character <= "\uffef"
        for character in text
    )  # fmt: skip
    return usual / len(text)


def _looks_chinese(text: str) -> bool:
    """Real Chinese keeps to the common characters of GB 2312; Big5, UTF-8 and Windows-1252 read as GBK do not."""
    common = rare = foreign = 0
    for character in text[:_SAMPLE_CHARS]:
        if character < "\x80":
            continue
        code = character.encode("gb18030", "replace")
        if len(code) != 2 or code[1] < 0xA1 or 0xAA <= code[0] < 0xB0:
            foreign += 1
        elif code[0] >= 0xD8 or 0xA4 <= code[0] < 0xAA or code[0] < 0xA1:
            rare += 1
        else:
            common += 1
    total = common + rare + foreign
    return common >= 0.6 * total and foreign <= max(1, 0.1 * total)


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first records into the most even number of columns."""
    sample = text[:_SAMPLE_CHARS]
    first = sample.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[float, int]:
    widths = Counter()
    try:
        for number, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if len(record) > 1:
                widths[len(record)] += 1
            if number >= 50:
                break
    except csv.Error:
        pass
    if not widths:
        return 0, 0
    width, times = widths.most_common(1)[0]
    return times * min(width, 12), width


def records(text: str, delimiter: str, limits: Limits) -> Iterator[list]:
    """[record number, [text or None, ...]], numbered as a spreadsheet program would number its rows."""
    csv.field_size_limit(limits.cell_chars)
    text, number = _without_hint(text)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    total = cells = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refused("cell_too_long", row=number, limit=limits.cell_chars) from None
        while record and not record[-1]:
            record.pop()
        if record:
            cells += len(record)
            total += sum(map(len, record))
            _check(number, record, cells, total, limits)
            yield [number, [text or None for text in record]]


def _without_hint(text: str) -> tuple[str, int]:
    """The first line `sep=;` is a hint to Excel, not a record; it still counts as row 1."""
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        return text[5:].removeprefix("\r").removeprefix("\n"), 1
    return text, 0


def _check(number: int, record: list[str], cells: int, total: int, limits: Limits) -> None:
    if number > limits.rows:
        raise Refused("too_many_rows", row=number, limit=limits.rows)
    if len(record) > limits.columns:
        raise Refused("too_many_columns", column=column_letter(len(record) - 1), limit=limits.columns)
    if cells > limits.cells:
        raise Refused("too_many_cells", limit=limits.cells)
    if total > limits.text_chars:
        raise Refused("too_much_text")
