"""Which files may go with a contact, judged by their own bytes; a name that says something else is refused."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

MOST_BYTES = 5 * 1024 * 1024
MOST_FILES = 10
LONGEST_NAME = 150
MOST_PARTS = 2_000  # entries of an office file: a letter has some twenty


class Problem(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    MISNAMED = "misnamed"
    MACROS = "macros"


@dataclass(frozen=True, slots=True)
class Kind:
    media_type: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", (".pdf",))
PNG = Kind("image/png", (".png",))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"))
WEBP = Kind("image/webp", (".webp",))
TEXT = Kind("text/plain", (".txt", ".md", ".csv", ".log"))
MAIL = Kind("message/rfc822", (".eml",))
M4A = Kind("audio/mp4", (".m4a",))
MP3 = Kind("audio/mpeg", (".mp3",))
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind(f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = Kind(f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX = Kind(f"{_OFFICE}presentationml.presentation", (".pptx",))
KINDS = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX, TEXT, MAIL, M4A, MP3)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
_MAIL_HEADERS = (
    "from:",
    "to:",
    "subject:",
    "date:",
    "received:",
    "mime-version:",
    "return-path:",
    "message-id:",
)


class NotAccepted(Exception):
    """A file that is not taken, and why."""

    def __init__(self, problem: Problem):
        super().__init__(problem.value)
        self.problem = problem


def judge(name: str, data: bytes) -> Kind:
    """What the file is. Raises NotAccepted."""
    if not data:
        raise NotAccepted(Problem.EMPTY)
    if len(data) > MOST_BYTES:
        raise NotAccepted(Problem.TOO_LARGE)
    ending = PurePath(name.lower()).suffix
    found = _kinds_of(data)
    if not found:
        raise NotAccepted(Problem.UNKNOWN)
    kind = next((kind for kind in found if ending in kind.endings), None)
    if kind is None:
        raise NotAccepted(Problem.MISNAMED)
    return kind


def _kinds_of(data: bytes) -> tuple[Kind, ...]:
    """What the bytes may be; text may be plain or a mail."""
    if data.startswith(b"%PDF-"):
        return (PDF,)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return (PNG,)
    if data.startswith(b"\xff\xd8\xff"):
        return (JPEG,)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return (WEBP,)
    if data[4:8] == b"ftyp" and data[8:11] == b"M4A":
        return (M4A,)
    if data.startswith(b"ID3") or data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return (MP3,)
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return _text(data)


def _office(data: bytes) -> tuple[Kind, ...]:
    """By the parts an office file names; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename.lower() for entry in archive.infolist()[: MOST_PARTS + 1]}
    except (zipfile.BadZipFile, ValueError, RuntimeError):  # the last: packed in a way zipfile does not know
        return ()
    if len(names) > MOST_PARTS or "[content_types].xml" not in names:
        return ()
    if any(name.endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) or "activex" in name for name in names):
        raise NotAccepted(Problem.MACROS)
    parts = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
    return tuple(kind for part, kind in parts.items() if part in names)


def _text(data: bytes) -> tuple[Kind, ...]:
    """Text without control characters, in one of the encodings met here; pages that a browser would run are none."""
    text = _decoded(data)
    if text is None or any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text):
        return ()
    start = text.lstrip("\ufeff \t\r\n")[:2_000].lower()
    if start.startswith(("<!doctype", "<html", "<script", "<svg", "<?xml", "<?php", "#!", "mz")):
        return ()
    first = start.split("\n", 1)[0]
    return (MAIL, TEXT) if first.startswith(_MAIL_HEADERS) else (TEXT,)


def _decoded(data: bytes) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def clean_name(name: str) -> str:
    """The file's own name without folders and signs that a file system or a header would misread."""
    base = PurePath(name.replace("\\", "/")).name
    kept = "".join(sign for sign in base if sign.isprintable() and sign not in '<>:"/|?*').strip(" .")
    path = PurePath(kept or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix
