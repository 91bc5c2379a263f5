"""Parting what one cell holds: signs in brackets part nothing, and no cell is too long to be read."""

import pytest

from clients.rules.facts import parted
from clients.rules.in_a_cell import emails_in, phones_in, wechat_in
from clients.rules.normalise import read_email, read_phone

LONGEST = 32_767  # characters of a spreadsheet's cell
SIGNS = (
    "\n",
    "\r\n",
    " ",
    "\n ",
    "/",
    ";",
    "; ",
    "、",
    "(",
    ")",
    "()",
    "<",
    "@",
    "<@",
    "a@",
    "x(",
    "(a;",
    ")\n(",
    "1",
    "a",
)


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("021-62345678 (day; night)/13900139000", ["021-62345678 (day; night)", "13900139000"]),
        ("13800138000 (office", ["13800138000 (office"]),
        ("13800138000\n(office)\n\n13900139000", ["13800138000 (office)", "13900139000"]),
        ("(office)", ["(office)"]),
        ("\n \n", []),
    ],
)
def test_signs_in_brackets_part_nothing(cell, parts):
    assert phones_in(cell) == parts


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("a@b.example (bills; reminders), c@d.example", ["a@b.example (bills; reminders)", "c@d.example"]),
        ("a@b.example/c@d.example", ["a@b.example", "c@d.example"]),
        ("Bell, Anna < a@b.example >; Fox <c@d.example>", ["a@b.example", "c@d.example"]),
    ],
)
def test_addresses_are_parted(cell, parts):
    assert emails_in(cell) == parts


@pytest.mark.parametrize("sign", SIGNS)
def test_the_longest_cell_is_read(sign):
    """It would take hours where a pattern went over the rest of the text from each of its signs."""
    run = sign * (LONGEST // len(sign) - 2)
    for cell in (run, f"a{run}b", f"1{run}2"):
        assert sum(map(len, phones_in(cell))) <= len(cell)
        assert sum(map(len, emails_in(cell))) <= len(cell)
        assert wechat_in(cell) == ""
        assert len(parted(cell)[0]) <= len(cell)
        assert read_phone(cell) and read_email(cell)
