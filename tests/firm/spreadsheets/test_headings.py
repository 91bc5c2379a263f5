"""The heading row is found under titles and blank lines, and what is wrong with it is told by column letter."""

import pytest

from lawcrm.firm.spreadsheets.headings import clean_title, find_headings, fold_heading
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.reader import Cell, Row

KNOWN = {"name", "phone", "客户名称", "电话"}


def row(number: int, *texts: str, kind: str = "text") -> Row:
    return Row(number, tuple(Cell(text, kind if text else "empty") for text in texts))


def find(*rows):
    headings, below = find_headings(rows, lambda title: fold_heading(title) in KNOWN)
    return headings, [found.number for found in below]


def test_first_row():
    headings, below = find(row(1, "Name", "Phone"), row(2, "Ann", "1"))
    assert [(column.letter, column.title) for column in headings.columns] == [("A", "Name"), ("B", "Phone")]
    assert (headings.row, headings.skipped, below) == (1, (), [2])


def test_title_rows_above_are_skipped_and_told():
    headings, below = find(
        row(1, "某某律师事务所客户名册"),
        row(3, "", "制表：", "行政部", "2024"),
        row(4, "客户名称", "电话"),
        row(6, "陈伟", "1"),
    )
    assert (headings.row, headings.skipped, below) == (4, (1, 3), [6])


def test_without_known_headings_the_fullest_row_of_text_wins():
    headings, below = find(row(1, "List"), row(2, "Alpha", "Beta", "Gamma"), row(3, "x", "y", "z"))
    assert (headings.row, below) == (2, [3])


def test_blank_and_duplicate_headings_are_told_by_letter():
    headings, _below = find(
        row(1, "Name", "", "Phone", " Ｎａｍｅ\u200b"), row(2, "Ann", "?", "1", "Anne", "extra")
    )
    assert headings.blank == ("B", "E")
    assert headings.duplicates == {"Name": ("A", "D")}


def test_blank_rows_below_are_not_rows():
    _headings, below = find(row(1, "Name", "Phone"), row(2, " ", ""), row(3, "Ann"))
    assert below == [3]


def test_rows_are_not_gathered_in_memory():
    def endless():
        yield row(1, "Name", "Phone")
        number = 1
        while True:
            number += 1
            yield row(number, "Ann", "1")

    _headings, below = find_headings(endless(), lambda title: True)
    assert next(below).number == 2


@pytest.mark.parametrize(
    ("rows", "code"), [([], "no_rows"), ([row(1, " ")], "no_rows"), ([row(1, "\u200b")], "no_headings")]
)
def test_nothing_to_find(rows, code):
    with pytest.raises(Refused) as refused:
        find(*rows)
    assert refused.value.code == code


def test_headings_are_compared_as_people_do():
    assert fold_heading("Ｅ-mail  Address*") == fold_heading("email_address")
    assert clean_title("\ufeff 客户\u200b名称\n") == "客户名称"
