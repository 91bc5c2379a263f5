"""The first look at a file, before anything is unpacked: is it of a kind we read, and of a size we can bear?

Works on the raw bytes and the zip directory only, so that a bomb is refused in milliseconds. What a directory can
hide (a member that inflates to more than it declares) is caught later, where members are inflated under a count.
Standard library only: the child process runs it as well.
"""

import os
import struct
import zipfile
from typing import BinaryIO

from .limits import DEFAULT_LIMITS, Limits, Refused

XLSX, TEXT, CARDS = "xlsx", "text", "vcard"

_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _LONGEST_COMMENT = 22, 65_535

# What the first bytes of files say that people rename to .xlsx or .csv.
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_or_protected"),
    (b"%PDF", "not_a_sheet"),
    (b"{\\rtf", "not_a_sheet"),
    (b"\x89PNG", "not_a_sheet"),
    (b"\xff\xd8\xff", "not_a_sheet"),
    (b"GIF8", "not_a_sheet"),
    (b"Rar!", "not_a_sheet"),
    (b"7z\xbc\xaf", "not_a_sheet"),
    (b"\x1f\x8b", "not_a_sheet"),
    (b"\x7fELF", "not_a_sheet"),
    (b"MZ\x90", "not_a_sheet"),
    (b"SQLite format 3", "not_a_sheet"),
)


def inspect(stream: BinaryIO, *, limits: Limits = DEFAULT_LIMITS) -> str:
    """XLSX, TEXT or CARDS, or Refused. Leaves the stream at its beginning."""
    size = stream.seek(0, os.SEEK_END)
    if not size:
        raise Refused("empty_file")
    if size > limits.file_bytes:
        raise Refused("file_too_big", size=size, limit=limits.file_bytes)
    stream.seek(0)
    head = stream.read(4096)
    if head.startswith(b"PK"):
        _check_directory_size(stream, size, limits)
        _check_archive(stream, limits)
        kind = XLSX
    else:
        kind = _check_text(head)
    stream.seek(0)
    return kind


def _check_text(head: bytes) -> str:
    for magic, code in _FOREIGN:
        if head.startswith(magic):
            raise Refused(code)
    # The same in UTF-16: a web page saved as .xls or .csv is markup whatever its encoding.
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head", b"<style")):
        raise Refused("markup")
    if start.startswith(b"begin:vcard"):
        return CARDS
    controls = sum(byte < 32 and byte not in b"\x00\t\n\v\f\r\x1a\x1b" for byte in head)
    if (
        controls > max(2, len(head) // 100)
        and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        and b"\x00" not in head
    ):
        raise Refused("not_a_sheet")
    return TEXT


def _check_directory_size(stream: BinaryIO, size: int, limits: Limits) -> None:
    """zipfile reads the whole directory into memory before one can ask it anything: look at its length first."""
    tail_size = min(size, _END_SIZE + _LONGEST_COMMENT)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise Refused("damaged_archive")
    entries, length = struct.unpack_from("<HL", tail, at + 10)
    if at >= 20 and tail[at - 20 : at - 16] == _LOCATOR_64:
        entries, length = _directory_size_64(stream, tail[at - 20 : at])
    if entries > limits.entries:
        raise Refused("too_many_entries", count=entries, limit=limits.entries)
    if length > min(limits.directory_bytes, size):
        raise Refused("damaged_archive")


def _directory_size_64(stream: BinaryIO, locator: bytes) -> tuple[int, int]:
    (offset,) = struct.unpack_from("<Q", locator, 8)
    try:
        stream.seek(offset)
        record = stream.read(56)
        if record[:4] != _END_64:
            raise Refused("damaged_archive")
        return struct.unpack_from("<QQ", record, 32)
    except (OSError, OverflowError, struct.error):
        raise Refused("damaged_archive") from None


def _check_archive(stream: BinaryIO, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    # zipfile's RuntimeError: a password, or a way of packing it does not know
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, OverflowError, struct.error):
        raise Refused("damaged_archive") from None
    _check_kind({member.filename for member in members})
    _check_budget(members, limits)


def _check_kind(names: set[str]) -> None:
    if "mimetype" in names and "content.xml" in names:
        raise Refused("open_document")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("not_a_sheet")
    if "xl/workbook.bin" in names:
        raise Refused("binary_workbook")
    if "xl/vbaProject.bin" in names:
        raise Refused("macros")


def _check_budget(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(members) > limits.entries:
        raise Refused("too_many_entries", count=len(members), limit=limits.entries)
    if len({member.filename for member in members}) != len(members):
        raise Refused("damaged_archive")
    for member in members:
        if member.flag_bits & 0x1:
            raise Refused("old_or_protected")
        # bzip2 and lzma members inflate without a bound in zipfile; no office program writes them
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("damaged_archive")
        if member.file_size > limits.entry_bytes:
            raise Refused("unpacks_too_big", size=member.file_size, limit=limits.entry_bytes)
        if (
            member.file_size > limits.ratio_from_bytes
            and member.file_size > limits.ratio * member.compress_size
        ):
            raise Refused(
                "packed_too_tightly",
                ratio=member.file_size // max(1, member.compress_size),
                limit=limits.ratio,
            )
    total = sum(member.file_size for member in members)
    if total > limits.unpacked_bytes:
        raise Refused("unpacks_too_big", size=total, limit=limits.unpacked_bytes)
