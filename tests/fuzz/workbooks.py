"""Workbooks spoilt in their archive, in their XML, or in what their cells say."""

import io
import re
import struct
import zipfile
from random import Random

from tests.firm.spreadsheets import files
from tests.fuzz import hostile

HEADINGS = ("Name", "Kind", "Responsible lawyer", "Phone", "Email", "Birth date", "Identity number", "Client since",
            "Grade", "Business field", "Note")  # fmt: skip
SOUND = (
    "陈伟",
    "Natural person",
    "lawyer",
    "13800138000",
    "wei@example.cn",
    "1980-05-03",
    "",
    "2020-01-02",
    "A",
    "Civil",
    "x",
)
STYLES = (
    f'<styleSheet {files.MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/></numFmts>'
    '<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>'
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r'(?<=\s)([\w:]{1,40})="([^"]*)"')
_TEXT = re.compile(r">([^<]+)<")


def base(random: Random) -> bytes:
    """A small workbook with all that a workbook can have: shared strings, styles, dates, merged cells, dimensions."""
    strings = [*HEADINGS, *SOUND[:4]]
    rows = ["".join(f'<c r="{chr(65 + n)}1" t="s"><v>{n}</v></c>' for n in range(len(HEADINGS)))]
    for number in range(2, 2 + random.randint(1, 6)):
        rows.append("".join(_cell(random, number, column) for column in range(len(HEADINGS))))
    body = "".join(f'<row r="{number}" spans="1:11">{cells}</row>' for number, cells in enumerate(rows, 1))
    sheet = files.sheet(body, after='<mergeCells count="1"><mergeCell ref="A9:B9"/></mergeCells>')
    sheet = sheet.replace("<sheetData>", '<dimension ref="A1:K7"/><sheetData>')
    table = "".join(f"<si><t>{text}</t></si>" for text in strings)
    shared = f'<sst {files.MAIN} count="{len(strings)}" uniqueCount="{len(strings)}">{table}</sst>'
    made = files.workbook(
        sheet,
        strings=shared,
        styles=STYLES,
        sheets=("People", "More")[: random.randint(1, 2)],
        properties='<workbookPr date1904="1"/>' if random.random() < 0.1 else "",
        extra={"xl/worksheets/sheet2.xml": files.GOOD.encode()},
    )
    return _archive(_parts(made))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _cell(random: Random, row: int, column: int) -> str:
    place = f"{chr(65 + column)}{row}"
    shape = random.random()
    if shape < 0.25:
        return files.inline(place, _escaped(random.choice(hostile.TEXTS)))
    if shape < 0.35:
        return (
            f'<c r="{place}" s="{random.randint(0, 5)}"><v>{_escaped(random.choice(hostile.TEXTS))}</v></c>'
        )
    if shape < 0.4:
        return f'<c r="{place}" t="{random.choice("bedsn")}"><v>{random.choice(("0", "1", "7", "#N/A", "2024-01-01"))}</v></c>'
    if shape < 0.45:
        return f'<c r="{place}" t="str"><f>1+1</f><v>{_escaped(random.choice(hostile.TEXTS))}</v></c>'
    return files.inline(place, _escaped(SOUND[column] + (str(row) if column in (0, 3) else "")))


def _escaped(text: str) -> str:
    return _FORBIDDEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;")


def mutated(random: Random, data: bytes) -> bytes:
    way = random.random()
    if way < 0.55:
        return _spoil_parts(random, data)
    if way < 0.85:
        return random.choice(_ARCHIVES)(random, data)
    return spoil_bytes(random, data)


def spoil_bytes(random: Random, data: bytes) -> bytes:
    """A few bytes changed, taken out, put in, doubled; or the end cut off."""
    spoilt = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 3, 8, 40))):
        if not spoilt:
            break
        at = random.randrange(len(spoilt))
        length = random.choice((0, 1, 1, 2, 4, 16, 200))
        if random.random() < 0.15:
            spoilt[at:at] = spoilt[at : at + length] * random.randint(1, 50)
        else:
            spoilt[at : at + length] = random.randbytes(random.choice((0, 1, 1, 2, 4, 9)))
    return bytes(spoilt[: random.randrange(len(spoilt) + 1)] if random.random() < 0.15 else spoilt)


# -- inside the parts ---------------------------------------------------------------------------------------


def _spoil_parts(random: Random, data: bytes) -> bytes:
    parts = _parts(data)
    likely = [
        name
        for name in parts
        if name.endswith(("sheet1.xml", "sharedStrings.xml", "styles.xml", "workbook.xml", ".rels"))
    ]
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        name = random.choice(likely)
        parts[name] = _spoil_xml(random, parts[name])
    return _archive(parts)


def _spoil_xml(random: Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "surrogateescape")
    for _ in range(random.choice((1, 1, 2, 4))):
        text = random.choice(_XML)(random, text)
    if random.random() < 0.05:
        text = _long(random, text)
    encoding = random.choice(("utf-8",) * 30 + ("utf-16", "utf-16-be", "gb18030", "utf-32"))
    spoilt = text.encode(encoding, "replace" if encoding == "gb18030" else "surrogatepass")
    return spoil_bytes(random, spoilt) if random.random() < 0.1 else spoilt


def _attribute(random: Random, text: str) -> str:
    found = list(_ATTRIBUTE.finditer(text))
    if not found:
        return text
    one = random.choice(found)
    value = random.choice(hostile.ATTRIBUTES).replace('"', "&quot;")
    return text[: one.start(2)] + value + text[one.end(2) :]


def _drop_attribute(random: Random, text: str) -> str:
    found = list(_ATTRIBUTE.finditer(text))
    if not found:
        return text
    one = random.choice(found)
    return text[: one.start()] + text[one.end() :]


def _content(random: Random, text: str) -> str:
    found = list(_TEXT.finditer(text))
    one = random.choice(found) if found else None
    new = random.choice(hostile.IN_XML) if random.random() < 0.5 else _escaped(random.choice(hostile.TEXTS))
    return text[: one.start(1)] + new + text[one.end(1) :] if one else text + new


def _tags(random: Random, text: str) -> str:
    """A stretch between two tags goes, comes twice, or changes its place."""
    places = [one.start() for one in _TAG.finditer(text)]
    if len(places) < 4:
        return text
    first, second = sorted(random.sample(places, 2))
    piece = text[first:second][:20_000]
    what = random.random()
    if what < 0.35:
        return text[:first] + text[second:]
    if what < 0.7:
        return text[:second] + piece * random.choice((1, 2, 20)) + text[second:]
    at = random.choice(places)
    return text[:at] + piece + text[at:]


def _rename(random: Random, text: str) -> str:
    old = random.choice(
        ("row", "c", "v", "t", "is", "si", "sheetData", "worksheet", "xf", "sheet", "Relationship", "sst")
    )
    new = random.choice(("x:" + old, old.upper(), old + "2", "mergeCell", "c", "row"))
    return re.sub(rf"(</?){old}(?=[\s/>])", rf"\g<1>{new}", text, count=random.choice((0, 1, 2)))


def _declaration(random: Random, text: str) -> str:
    said = random.choice((
        '<?xml version="1.0" encoding="utf-16"?>', '<?xml version="1.0" encoding="x-none"?>', '<?xml version="9"?>',
        '<?xml version="1.0" encoding="gb18030"?>', '<!DOCTYPE worksheet SYSTEM "file:///etc/passwd">', "\ufeff", "\n\n",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>', '<?xml version="1.0" encoding="ebcdic-cp-us"?>',
    ))  # fmt: skip
    return said + re.sub(r"^<\?xml[^>]*>", "", text)


def _long(random: Random, text: str) -> str:
    places = [one.end() for one in _TAG.finditer(text)]
    at = random.choice(places) if places else 0
    return (
        text[:at]
        + random.choice((" " * 3_000_000, "<x/>" * 60_000, "x" * 70_000, "<!--" + "-" * 9_999 + "->"))
        + text[at:]
    )


_XML = (_attribute, _attribute, _attribute, _attribute, _drop_attribute, _content, _content, _content, _tags, _tags, _rename,
        _declaration)  # fmt: skip


# -- the archive --------------------------------------------------------------------------------------------


def _archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            member = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))  # no clock in the file
            archive.writestr(member, content, method)
    return buffer.getvalue()


def _members(random: Random, data: bytes) -> bytes:
    """A member missing, renamed, empty, doubled, or one that should not be there."""
    parts = _parts(data)
    name = random.choice(list(parts))
    what = random.randrange(6)
    if what == 0:
        del parts[name]
    elif what == 1:
        parts[
            random.choice((name.upper(), "/" + name, name + "/", "../" + name, name.replace("/", "\\")))
        ] = parts.pop(name)
    elif what == 2:
        parts[name] = random.choice(
            (b"", b"\x00" * 100, b"PK\x03\x04", b"<x/>", parts[random.choice(list(parts))])
        )
    elif what == 3:
        parts[
            random.choice(
                ("xl/vbaProject.bin", "xl/workbook.bin", "mimetype", "content.xml", "xl/" + "d/" * 200 + "x")
            )
        ] = b"x"
    elif what == 4:
        parts["xl/media/image1.png"] = b"\x00" * random.choice((100, 3_000_000))
    else:
        parts.update({f"xl/media/{number}": b"" for number in range(random.choice((50, 2_100)))})
    return _archive(
        parts, random.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    )


def _headers(random: Random, data: bytes) -> bytes:
    """A number in a local header, in the directory or in its end record says something else."""
    spoilt = bytearray(data)
    signature, size = random.choice(((b"PK\x03\x04", 30), (b"PK\x01\x02", 46), (b"PK\x05\x06", 22)))
    places = [one.start() for one in re.finditer(re.escape(signature), data)]
    for _ in range(random.choice((1, 1, 2, 5))):
        at = random.choice(places) + random.randrange(4, size - 1)
        if random.random() < 0.5:
            spoilt[at] = random.choice((0, 1, 8, 0x7F, 0x80, 0xFF))
        elif at + 4 <= len(spoilt):
            struct.pack_into(
                "<L", spoilt, at, random.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF))
            )
    return bytes(spoilt)


def _around(random: Random, data: bytes) -> bytes:
    junk = random.choice(
        (b"MZ\x90\x00", b"\x00" * 70_000, b"PK\x05\x06" + b"\x00" * 18, b"BEGIN:VCARD\r\n", b"Name,Phone\r\n")
    )
    return random.choice(
        (junk + data, data + junk, data + data, data[: len(data) // 2] + junk + data[len(data) // 2 :])
    )


_ARCHIVES = (_members, _members, _headers, _headers, _around)
