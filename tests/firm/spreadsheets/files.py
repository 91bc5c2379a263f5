"""Small hostile and odd files, made on the spot: nothing dangerous lies in the repository."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from lawcrm.firm.spreadsheets.limits import column_letter

MB = 1024 * 1024
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)

MACRO_TYPES = TYPES.replace("application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")


def workbook(
    sheet: str | bytes,
    *,
    strings: str | bytes | None = None,
    styles: str | None = None,
    properties: str = "",
    sheets: tuple[str, ...] = ("People",),
    extra: dict[str, bytes] | None = None,
    drop: tuple[str, ...] = (),
) -> bytes:
    """A minimal workbook around one sheet's XML, as small as the format allows."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="s{number}"/>' for number, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="s{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _name in enumerate(sheets, 1)
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships {RELATIONS}><Relationship Id="r" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {RELATIONS}>{related}"
        + (
            f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            if strings
            else ""
        )
        + (f'<Relationship Id="y" Type="{OFFICE}/styles" Target="styles.xml"/>' if styles else "")
        + "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    if strings:
        parts["xl/sharedStrings.xml"] = strings
    if styles:
        parts["xl/styles.xml"] = styles
    parts.update(extra or {})
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if name not in drop:
                archive.writestr(name, content)
    return buffer.getvalue()


def sheet(rows: str, *, after: str = "", before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<worksheet {MAIN}><sheetData>{rows}</sheetData>{after}</worksheet>'


def inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


GOOD = sheet(
    f'<row r="1">{inline("A1", "Name")}{inline("B1", "Phone")}</row><row r="2">{inline("A2", "Ann")}</row>'
)


def big_string(megabytes: int) -> bytes:
    """One cell whose text unpacks to so many megabytes (written piece by piece, to stay small ourselves)."""
    buffer = io.BytesIO(workbook("", drop=("xl/worksheets/sheet1.xml",)))
    with (
        zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        head, _, tail = sheet(inline("A1", "...")).partition("...")
        member.write(head.encode())
        for _ in range(megabytes):
            member.write(b"A" * MB)
        member.write(tail.encode())
    return buffer.getvalue()


def two_cells(far: str = "XFD1048576") -> bytes:
    """A few kilobytes that claim sixteen billion cells."""
    row = far.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = f'<row r="1">{inline("A1", "a")}</row><row r="{row}">{inline(far, "b")}</row>'
    return workbook(sheet(rows).replace("<sheetData>", f'<dimension ref="A1:{far}"/><sheetData>'))


def laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return workbook(sheet(inline_row("&a9;"), before=f"<!DOCTYPE worksheet [{entities}]>"))


def quadratic() -> bytes:
    return workbook(
        sheet(inline_row("&a;" * 5_000), before=f'<!DOCTYPE worksheet [<!ENTITY a "{"x" * 50_000}">]>')
    )


def outside_entity(secret: Path) -> bytes:
    before = f'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file://{secret}">]>'
    return workbook(sheet(inline_row("&a;"), before=before))


def outside_entity_utf16(secret: Path) -> bytes:
    text = sheet(inline_row("&a;"), before=f'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file://{secret}">]>')
    return workbook(text.replace('<?xml version="1.0"?>', "").encode("utf-16"))


def laughing_strings() -> bytes:
    strings = f'<!DOCTYPE sst [<!ENTITY a "ha">]><sst {MAIN}><si><t>&a;</t></si></sst>'
    return workbook(GOOD, strings=strings)


def inline_row(text: str) -> str:
    return f'<row r="1">{inline("A1", text)}</row>'


def repeated_string() -> bytes:
    """One long shared string named by very many cells: small on disk, small unpacked, huge when read."""
    strings = f"<sst {MAIN}><si><t>{'x' * 32_000}</t></si></sst>"
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    return workbook(sheet(cells), strings=strings)


def wide_and_empty(rows: int) -> bytes:
    """Styled cells without values across all 16,384 columns."""
    letters = [column_letter(index) for index in range(16_384)]
    lines = (
        f'<row r="{n}">' + "".join(f'<c r="{letter}{n}" s="0"/>' for letter in letters) + "</row>"
        for n in range(1, rows + 1)
    )
    return workbook(sheet("".join(lines)))


def endless_attribute() -> bytes:
    return workbook(sheet(f'<row r="1" x="{"y" * (20 * MB)}"/>'))


def deep(levels: int = 200_000) -> bytes:
    return workbook(sheet("<z>" * levels + "</z>" * levels))


def many_entries(count: int) -> bytes:
    return workbook(GOOD, extra={f"xl/media/{n}": b"" for n in range(count)})


def lying_directory() -> bytes:
    """The directory declares 1,000 bytes for a member that inflates to 60 MB."""
    payload = sheet("").encode() + b" " * (60 * MB)
    data = bytearray(workbook(payload))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if struct.unpack_from("<L", data, at + offset)[0] == len(payload):
                struct.pack_into("<L", data, at + offset, 1_000)
    return bytes(data)


def huge_directory() -> bytes:
    """An end record that claims a directory of nearly four gigabytes."""
    data = bytearray(workbook(GOOD))
    at = data.rfind(b"PK\x05\x06")
    struct.pack_into("<HHL", data, at + 8, 9, 9, 0xFFFFFFF0)
    return bytes(data)


def overlapping() -> bytes:
    """Many directory entries that share one compressed body (the better zip bomb)."""
    body = zlib.compress(b"\0" * (8 * MB), 9)[2:-4]
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, len(body), 8 * MB, 1, 0) + b"a" + body
    directory = b""
    names = [b"[Content_Types].xml", b"xl/workbook.xml", *(b"xl/%d.xml" % n for n in range(500))]
    for name in names:
        directory += (
            struct.pack(
                "<4s6H3L5H2L",
                b"PK\x01\x02",
                20,
                20,
                0,
                8,
                0,
                0,
                0,
                len(body),
                8 * MB,
                len(name),
                0,
                0,
                0,
                0,
                0,
                0,
            )
            + name
        )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(names), len(names), len(directory), len(local), 0)
    return local + directory + end


def with_method(method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


def open_document() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def plain_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    return buffer.getvalue()
