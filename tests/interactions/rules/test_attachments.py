"""Files judged by their own bytes."""

import io
import zipfile

import pytest

from interactions.rules.attachments import MOST_BYTES, NotAccepted, Problem, clean_name, judge

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
PDF = b"%PDF-1.7\n"


def office(*names) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("Draft.PDF", PDF, "application/pdf"),
        ("scan.png", PNG, "image/png"),
        ("photo.jpeg", b"\xff\xd8\xff\xe0" + b"\0" * 9, "image/jpeg"),
        ("photo.webp", b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        ("voice.m4a", b"\0\0\0\x20ftypM4A ", "audio/mp4"),
        ("voice.mp3", b"ID3\x04", "audio/mpeg"),
        ("合同.docx", office("word/document.xml"), ".document"),
        ("sums.xlsx", office("xl/workbook.xml"), ".sheet"),
        ("talk.pptx", office("ppt/presentation.xml"), ".presentation"),
        ("note.txt", "下周一开庭".encode("gb18030"), "text/plain"),
        ("mail.eml", b"From: a@b.example\r\nSubject: x\r\n\r\nBody", "message/rfc822"),
        ("mail.txt", b"From: a@b.example\r\nSubject: x\r\n\r\nBody", "text/plain"),
    ],
)
def test_what_is_taken(name, data, media_type):
    assert judge(name, data).media_type.endswith(media_type)


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("empty.pdf", b"", Problem.EMPTY),
        ("large.txt", b"a" * (MOST_BYTES + 1), Problem.TOO_LARGE),
        ("virus.exe", b"MZ\x90\0", Problem.UNKNOWN),
        ("letter.pdf", PNG, Problem.MISNAMED),
        ("letter.txt", PDF, Problem.MISNAMED),
        ("no ending", PDF, Problem.MISNAMED),
        ("page.txt", b"<html><script>alert(1)</script>", Problem.UNKNOWN),
        ("drawing.txt", b"<svg onload=alert(1)>", Problem.UNKNOWN),
        ("script.txt", b"#!/bin/sh\nrm", Problem.UNKNOWN),
        ("macros.docx", office("word/document.xml", "word/vbaProject.bin"), Problem.MACROS),
        ("plain.docx", office("else.xml"), Problem.UNKNOWN),
        ("broken.docx", b"PK\x03\x04 and nothing more", Problem.UNKNOWN),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Problem.UNKNOWN),
        ("signs.txt", b"a\0b", Problem.UNKNOWN),
    ],
)
def test_what_is_not(name, data, problem):
    with pytest.raises(NotAccepted) as refused:
        judge(name, data)
    assert refused.value.problem == problem


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\合同.pdf", "合同.pdf"),
        ('a"b\r\nX: y.pdf', "abX y.pdf"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_made_harmless(name, kept):
    assert clean_name(name) == kept
