"""Cells as the rules want them."""

from decimal import Decimal

import pytest

from clients.importing.widgets import raw_value
from lawcrm.firm.spreadsheets.reader import Cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13800138000", 13800138000),
        ("-5", -5),
        ("1.5", Decimal("1.5")),
        ("1.1E+17", Decimal("1.1E+17")),
        ("²", "²"),
        ("１２", "１２"),
        ("sNaN", "sNaN"),
        ("inf", "inf"),
        ("", ""),
        ("9" * 5_000, "9" * 5_000),
        ("1e9999", "1e9999"),
    ],
)
def test_what_a_file_calls_a_number(text, value):
    assert raw_value(Cell(text, "number")) == value
