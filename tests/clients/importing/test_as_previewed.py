"""What is previewed is what is stored: 20,000 rows, cell by cell, and every change of a cell told."""

import random

import pytest

from clients.importing.columns import COLUMNS
from clients.importing.finding import value_of
from clients.importing.judging import cells_of, values_of
from clients.importing.plan import Plan
from clients.models import Client
from lawcrm.firm.models import User
from tests.clients.importing.build import commit, make_firm, stage

pytestmark = pytest.mark.django_db
ROWS = 20_000
HEADINGS = [
    "Name",
    "Kind",
    "Responsible lawyer",
    "Phone",
    "Email",
    "Address",
    "Client since",
    "Grade",
    "Source",
    "Note",
]
FULL = {ord(digit): chr(0xFF10 + int(digit)) for digit in "0123456789"}


def messy(chance: random.Random, text: str) -> str:
    """The same as somebody's spreadsheet may hold it."""
    ways = (
        str,
        lambda t: f" {t} ",
        lambda t: f"\u200b{t}",
        lambda t: t.translate(FULL),
        lambda t: t + "\u00a0",
    )
    return chance.choice(ways)(text)


def rows(chance: random.Random) -> list[list[str]]:
    made = []
    for number in range(ROWS):
        since = chance.choice((f"20{number % 20 + 1:02d}-03-05", f"20{number % 20 + 1:02d}年3月5日"))
        made.append([
            messy(chance, f"Client {number:05d} Miller"),
            chance.choice(("Natural person", "自然人", "Private", "Rubbish" if number % 500 == 0 else "民营")),
            "lawyer", messy(chance, f"139{number:08d}"), messy(chance, f"c{number}@Example.com"),
            messy(chance, f"Road {number}"), since, chance.choice("ABCD"), chance.choice(("直接", "Referred", "")),
            chance.choice(("", "line one\nline two", "x")),
        ])  # fmt: skip
    return made


def test_twenty_thousand_rows(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    admin = make_firm()
    run = stage(admin, rows(random.Random(7)), HEADINGS, at_once=True)
    assert (
        run.counts["rows"]
        == ROWS
        == sum(run.counts[name] for name in ("create", "update", "same", "ask", "refuse"))
    )
    columns = Plan.of(run.mapping).columns
    previewed = {}
    for row in run.rows.filter(verdict="create").iterator(chunk_size=2_000):
        values, cells, told = values_of(row), cells_of(row), {note["field"] for note in row.notes}
        previewed[row.client_id] = values
        for index, name in columns.items():
            _accounted(name, cells[index].text, values.get(name), told)
    run = commit(run, admin)
    assert run.counts["created"] == len(previewed) == Client.objects.count()
    for client in Client.objects.defer("search").iterator(chunk_size=2_000):
        values = previewed[client.pk]
        assert {name: value_of(client, name) for name in values} == values
        others = COLUMNS.keys() - values.keys() - {"reference"}  # a client's own key
        assert [name for name in others if value_of(client, name)] == []


LISTS = ("kind", "grade", "source", "responsible")


def _accounted(name: str, stood: str, value, told: set) -> None:
    """A cell is stored as it stood, or the preview says what became of it (a word of a list is its code)."""
    if name in LISTS or (stood == "" and value is None):
        return
    said = value if isinstance(value, str) else value.isoformat()
    assert said == stood or name in told, (name, stood, value)


def test_the_lawyer_is_the_one_named(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    admin = make_firm()
    commit(stage(admin, [["A Miller", "Person", "lawyer2"]], HEADINGS[:3]), admin)
    assert Client.objects.get().responsible == User.objects.get(username="lawyer2")
