"""Damaged files: every one is read or refused with a line; none breaks the reader.

Many more: LAWCRM_FUZZ=10000 make test ARGS=tests/firm/spreadsheets/test_fuzz.py
"""

import io
import logging
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawcrm.firm.spreadsheets import child, messages
from lawcrm.firm.spreadsheets.limits import Limits, Refused
from lawcrm.firm.spreadsheets.reader import open_sheet
from lawcrm.firm.spreadsheets.writer import write_workbook

from . import files

EXAMPLES = int(os.environ.get("LAWCRM_FUZZ", "150"))
SMALL = Limits(
    file_bytes=files.MB, unpacked_bytes=4 * files.MB, entry_bytes=4 * files.MB, text_chars=files.MB
)
quick = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def _made() -> bytes:
    buffer = io.BytesIO()
    write_workbook(buffer, ["Name", "电话"], [[f"Ann {n}", n] for n in range(5)])
    return buffer.getvalue()


SEEDS = [
    files.workbook(files.GOOD),
    _made(),
    "名称,电话\n陈伟,138\n".encode("gb18030"),
    "Name;Phone\nAnn;1".encode("utf-16"),
]


def read_in_process(data: bytes) -> None:
    """What the child does, without the cost of a process for each example."""
    try:
        for _line in child.lines(io.BytesIO(data), {}, SMALL):
            pass
    except Refused as refused:
        assert messages.explain(refused)


@quick
@given(data=st.data())
def test_mutated_files(data):
    seed = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(seed) - 1))
        seed[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
        seed = seed or bytearray(b"x")
    read_in_process(bytes(seed))


@quick
@given(cut=st.integers(0, 6_000), seed=st.sampled_from(SEEDS))
def test_cut_files(cut, seed):
    read_in_process(seed[:cut])


@quick
@given(st.binary(max_size=400))
def test_arbitrary_bytes(data):
    read_in_process(data)


@quick
@given(st.text(max_size=300))
def test_arbitrary_sheet_xml(text):
    read_in_process(files.workbook(files.sheet(text.replace("\x00", "").encode("utf-8", "replace").decode())))


@quick
@given(
    place=st.text("ABXZ019$ -", max_size=12),
    kind=st.sampled_from(["s", "n", "b", "e", "d", "str", "inlineStr", "", "x"]),
    style=st.text("0123-x", max_size=4),
    value=st.text("0123456789.eE+-nainf_ ", max_size=24),
)
def test_arbitrary_cells(place, kind, style, value):
    cell = f'<row r="1"><c r="{place}" t="{kind}" s="{style}"><v>{value}</v></c></row>'
    read_in_process(files.workbook(files.sheet(cell)))


def test_a_bug_in_the_reader_is_logged_and_refused(tmp_path, caplog):
    """The child reports what it did not expect as a refusal; the log names the error, not the person's data."""
    broken = tmp_path / "odd.xlsx"
    broken.write_bytes(files.workbook(files.GOOD))
    caplog.set_level(logging.ERROR)
    with pytest.raises(Refused) as refused, open_sheet(broken, sheet=5) as sheet:  # a name must be text
        list(sheet.rows())
    assert refused.value.code == "unreadable"
    assert "spreadsheet reader failed" in caplog.text
