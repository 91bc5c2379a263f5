"""One row of an import, cell by cell: as it stands in the file, as it was read, what the profile has and will have."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clients.importing.columns import SECRET
from clients.importing.finding import value_of
from clients.importing.judging import cells_of, values_of
from clients.importing.kinds import CATALOGUE as COLUMNS
from clients.importing.plan import Plan
from clients.importing.previews import hidden
from clients.models import Client, ImportRow, ImportRun
from clients.presenters.importing import firm_names, problem_text, told
from clients.presenters.problems import change_words
from lawcrm.firm.sealed import MASK
from lawcrm.firm.spreadsheets.limits import column_letter
from lawcrm.firm.words import listed


@dataclass(slots=True)
class CellLine:
    """A column of the file, or a value that the file does not hold."""

    column: int | None
    letter: str
    heading: str
    field: str
    stood: str
    read: str
    how: str = ""
    problem: str = ""
    now: str = ""
    after: str = ""
    changed: bool = False
    editable: bool = False
    typed: str = ""


def cell_lines(run: ImportRun, row: ImportRow, client: Client | None) -> list[CellLine]:
    """`client`: whom the row was taken for, where the reader may see them."""
    plan, cells, values = Plan.of(run.mapping), cells_of(row), values_of(row)
    people = firm_names({*plan.columns.values(), *values})
    lines = [
        _line(run, row, name, index, cells[index].text, values, client, people)
        for index, name in sorted(plan.columns.items())
        if name in COLUMNS
    ]
    there = set(plan.columns.values())
    lines += [
        _line(run, row, name, None, "", values, client, people)
        for name in values
        if name not in there and name in COLUMNS
    ]
    if "former_names" in row.changes:
        _tell_former_names(lines, run, row, client, people)
    return lines


def _tell_former_names(lines: list[CellLine], run, row, client, people) -> None:
    """They follow from a new name, whether or not the file speaks of them."""
    old, new = row.changes["former_names"]
    line = next((one for one in lines if one.field == str(COLUMNS["former_names"].title)), None)
    if line is None:
        line = _line(run, row, "former_names", None, "", {"former_names": new}, client, people)
        line.heading = _("(follows from the name)")
        lines.append(line)
    line.now, line.after = (told("former_names", side, people) for side in (old, new))


def _line(run, row, name, index, stood, values, client, people) -> CellLine:
    secret = name in SECRET
    line = CellLine(
        column=index,
        letter=column_letter(index) if index is not None else "",
        heading=run.headings[index]
        if index is not None and index < len(run.headings)
        else _("(set for all)")
        if name in Plan.of(run.mapping).defaults
        else _("(from the same cell)"),
        field=str(COLUMNS[name].title),
        stood=hidden(name, stood) if secret else stood,
        read=hidden(name, values.get(name, "")) if secret else told(name, values.get(name), people),
        how=listed(change_words(note["code"], note["params"]) for note in row.notes if note["field"] == name),
        problem=" ".join(problem_text(one, stood) for one in row.problems if one["field"] == name),
        editable=index is not None and run.state == ImportRun.State.PREVIEW,
        typed="" if secret else stood,
    )
    if client is not None:
        had = value_of(client, name)
        line.now = (MASK if had else "") if secret else told(name, had, people)
        line.changed = name in row.changes
        line.after = line.read if line.changed else line.now
    return line
