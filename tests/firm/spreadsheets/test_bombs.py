"""Hostile files are refused with one clear line, quickly, and the process that asked is unharmed."""

import os
import re
import resource
import subprocess
import sys
import time
import zipfile

import pytest

from lawcrm.firm.spreadsheets import guard, messages, reader
from lawcrm.firm.spreadsheets.limits import Limits, Refused
from lawcrm.firm.spreadsheets.reader import open_sheet

from . import files

BEFORE_UNPACKING = {
    "512 MB in one string": (lambda: files.big_string(512), "unpacks_too_big"),
    "140 MB in one string": (lambda: files.big_string(140), "packed_too_tightly"),
    "an end record claiming 4 GB of directory": (files.huge_directory, "damaged_archive"),
    "3,000 members": (lambda: files.many_entries(3_000), "too_many_entries"),
    "500 members sharing one body": (files.overlapping, "packed_too_tightly"),
    "bzip2 member": (lambda: files.with_method(zipfile.ZIP_BZIP2), "damaged_archive"),
    "lzma member": (lambda: files.with_method(zipfile.ZIP_LZMA), "damaged_archive"),
    "macros": (lambda: files.workbook(files.GOOD, extra={"xl/vbaProject.bin": b"x"}), "macros"),
    "binary workbook": (
        lambda: files.workbook(files.GOOD, extra={"xl/workbook.bin": b"x"}),
        "binary_workbook",
    ),
    "truncated": (lambda: files.workbook(files.GOOD)[:-200], "damaged_archive"),
    "truncated to 4 bytes": (lambda: files.workbook(files.GOOD)[:4], "damaged_archive"),
    "any zip": (files.plain_zip, "not_a_sheet"),
    "open document": (files.open_document, "open_document"),
    "old Excel or protected": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_or_protected"),
    "web page": (lambda: b"\xef\xbb\xbf <!DOCTYPE html><table>", "markup"),
    "web page in UTF-16": (lambda: "<html><table>".encode("utf-16"), "markup"),
    "XML spreadsheet": (lambda: b'<?xml version="1.0"?><Workbook/>', "markup"),
    "PDF": (lambda: b"%PDF-1.7\n", "not_a_sheet"),
    "random bytes": (lambda: bytes(range(1, 256)) * 8, "not_a_sheet"),
    "empty": (lambda: b"", "empty_file"),
}

IN_THE_CHILD = {
    "billion laughs": (files.laughs, "forbidden_xml"),
    "quadratic entities": (files.quadratic, "forbidden_xml"),
    "entity in the shared strings": (files.laughing_strings, "forbidden_xml"),
    "two cells, 16 billion claimed": (files.two_cells, "too_many_columns"),
    "a million rows down": (lambda: files.two_cells("A1048576"), "too_many_rows"),
    "two cells a thousand columns wide": (lambda: files.two_cells("ALL2"), "too_many_columns"),
    "two cells 100,000 rows apart": (lambda: files.two_cells("A100001"), "too_many_rows"),
    "one shared string 20,000 times": (files.repeated_string, "too_much_text"),
    "40,000 characters in a cell": (
        lambda: files.workbook(files.sheet(files.inline_row("x" * 40_000))),
        "cell_too_long",
    ),
    "200,000 levels of nesting": (files.deep, "damaged_sheet"),
    "directory that lies": (files.lying_directory, "damaged_"),
    "member missing": (lambda: files.workbook(files.GOOD, drop=("xl/workbook.xml",)), "damaged_archive"),
    "sheet is not XML": (lambda: files.workbook("hello"), "damaged_sheet"),
    "sheet stops half way": (lambda: files.workbook(files.GOOD[:-40]), "damaged_sheet"),
    "shared string that is not there": (
        lambda: files.workbook(files.sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')),
        "damaged_sheet",
    ),
    "macros by content type": (
        lambda: files.workbook(files.GOOD, extra={"[Content_Types].xml": files.MACRO_TYPES}),
        "macros",
    ),
    "quotation mark never closed": (lambda: b'Name,Note\nAnn,"' + b"x" * 40_000, "cell_too_long"),
    "500 columns of text": (lambda: b",".join([b"x"] * 500), "too_many_columns"),
    "150,000 lines": (lambda: b"a,b\n" * 150_000, "too_many_rows"),
}


@pytest.fixture
def saved(tmp_path):
    def save(data: bytes):
        path = tmp_path / "upload"
        path.write_bytes(data)
        return path

    return save


def processor_time_of_children() -> float:
    """What readers have used: a machine with much else to do takes longer, not more."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("case", BEFORE_UNPACKING)
def test_refused_before_unpacking(case, saved):
    build, code = BEFORE_UNPACKING[case]
    path = saved(build())
    with path.open("rb") as stream:
        began = time.thread_time()
        with pytest.raises(Refused) as refused:
            guard.inspect(stream)
        took = time.thread_time() - began
    assert refused.value.code == code
    assert took < 0.05


@pytest.mark.parametrize("case", IN_THE_CHILD)
def test_refused_by_the_child(case, saved):
    build, code = IN_THE_CHILD[case]
    path = saved(build())
    began = processor_time_of_children()
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code.startswith(code)
    assert processor_time_of_children() - began < 3
    assert re.fullmatch(r"[A-Z][^\n%]{15,200}\.", messages.explain(refused.value))


@pytest.mark.alone
def test_time_spent_on_the_rows_is_not_the_readers(saved):
    path = saved(b"a,b\n" * 50_000)
    with open_sheet(path, limits=Limits(wall_seconds=1)) as sheet:
        rows = sheet.rows()
        next(rows)
        time.sleep(1.8)
        assert sum(1 for _row in rows) == 49_999


def test_wide_and_empty_cells_are_harmless(saved):
    path = saved(files.wide_and_empty(rows=30))
    with open_sheet(path) as sheet:
        assert list(sheet.rows()) == []


def test_an_endless_token_does_not_burn_the_processor(saved):
    """Scanning a 20 MB attribute again for each chunk would take minutes."""
    path, began = saved(files.endless_attribute()), processor_time_of_children()
    with pytest.raises(Refused):
        read(path)
    assert processor_time_of_children() - began < 60


@pytest.mark.parametrize("build", [files.outside_entity, files.outside_entity_utf16])
def test_no_file_is_read_through_an_entity(build, saved, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary-7431")
    with pytest.raises(Refused) as refused:
        read(saved(build(secret)))
    assert refused.value.code == "forbidden_xml"
    assert "canary" not in messages.explain(refused.value)


def test_memory_of_the_child_is_bounded(saved):
    """Many short, distinct strings: within the limits of a file, and read; with less memory allowed, refused."""
    strings = "".join(f"<si><t>{number:032d}</t></si>" for number in range(300_000))
    path = saved(files.workbook(files.GOOD, strings=f"<sst {files.MAIN}>{strings}</sst>"))
    read(path)
    with pytest.raises(Refused) as refused:
        read(path, limits=Limits(memory_bytes=32 * files.MB))
    assert refused.value.code == "too_much_memory"


def test_a_reader_that_never_ends_is_stopped(saved):
    with pytest.raises(Refused) as refused:
        read(saved(b"a,b\n" * 90_000), limits=Limits(wall_seconds=0.01))
    assert refused.value.code == "too_slow"


def test_the_child_is_gone_and_the_parent_as_small_as_before(saved):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = _children()
    for build in (files.laughs, files.two_cells, files.repeated_string):
        with pytest.raises(Refused):
            read(saved(build()))
    assert _children() == children
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60 * 1024


def test_leaving_early_ends_the_child(saved):
    path = saved(b"a,b\n" * 90_000)
    children = _children()
    with open_sheet(path) as sheet:
        next(sheet.rows())
    assert _children() == children


def test_the_child_has_no_environment_and_no_third_party_code():
    listed = subprocess.run(
        [sys.executable, "-S", "-E", "-c", f"import sys, {reader._CHILD}; print(*sys.modules)"],
        cwd=reader._ROOT,
        env={"LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {name.partition(".")[0] for name in listed} & {"django", "celery", "openpyxl", "psycopg"}


def read(path, **options) -> None:
    with open_sheet(path, **options) as sheet:
        for _row in sheet.rows():
            pass


def _children() -> list[str]:
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children") as listed:
        return listed.read().split()
