"""The sample lists in tests/data are what their script makes, and the reader finds its way in them."""

import pytest

from lawcrm.firm.spreadsheets.headings import find_headings, fold_heading
from lawcrm.firm.spreadsheets.reader import open_sheet
from tests.data import make_samples

KNOWN = {fold_heading(title) for title in make_samples.EN + make_samples.ZH}
NAMES = ["clients_en.xlsx", "clients_zh.xlsx", "clients_ugly.csv", "clients_ugly.xlsx"]


def read(path):
    with open_sheet(path) as sheet:
        headings, below = find_headings(sheet.rows(), lambda title: fold_heading(title) in KNOWN)
        return headings, list(below), sheet


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_up_to_date(name, tmp_path):
    make_samples.main(tmp_path)
    assert read(tmp_path / name)[:2] == read(make_samples.HERE / name)[:2]


@pytest.mark.parametrize("name", ["clients_en.xlsx", "clients_zh.xlsx"])
def test_clean_lists(name):
    headings, rows, _sheet = read(make_samples.HERE / name)
    assert (headings.row, len(headings.columns), len(rows), headings.blank, headings.duplicates) == (
        1,
        14,
        40,
        (),
        {},
    )


@pytest.mark.parametrize("name", ["clients_ugly.csv", "clients_ugly.xlsx"])
def test_ugly_lists(name):
    headings, rows, sheet = read(make_samples.HERE / name)
    assert (headings.row, headings.skipped) == (4, (1, 3))
    assert headings.blank == ("G",)
    assert headings.duplicates == {"备注": ("O", "P")}
    assert [row.number for row in rows] == [5, 6, 7, 8, *range(10, 22)]
    damaged = rows[3][8]
    assert (damaged.kind, damaged.text[:7]) == (
        ("text", "1.10101") if sheet.format == "csv" else ("number", "1.10101")
    )
    assert (sheet.encoding, sheet.merges) == (("gb18030", []) if sheet.format == "csv" else ("", ["A1:P1"]))
