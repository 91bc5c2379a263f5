"""What is to become of each row: create, update, same, ask or refuse, each with its reasons. Nothing is written here.

Rows are judged in batches: their cells are read one by one, the clients they may be are looked up for all at once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from clients.importing.columns import ListResource, RowReading
from clients.importing.plan import Plan
from clients.importing.storing import pack, unpack
from clients.importing.widgets import ABOVE
from clients.models import ImportRow
from clients.queries.import_rows import rows_by_number
from clients.rules.normalise import is_total
from lawcrm.firm.ids import new_id
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.spreadsheets.reader import EMPTY, Cell, Row, cell_from

Verdict = ImportRow.Verdict
DATES = {
    "birth_date": PartialDate.parse,
    **dict.fromkeys(("client_since", "consent_on", "consent_until", "since"), date.fromisoformat),
    "at": datetime.fromisoformat,
}


_MARKS = "+"  # among the fields an update wrote over; no field is called so


@dataclass(slots=True)
class StagedRow:
    """An ImportRow on its way to or from the table (a model's instance takes longer to make than all the rest)."""

    run_id: UUID
    number: int
    cells: bytes = b""
    values: bytes = b""
    verdict: str = ""
    decision: str = ""
    client_id: UUID | None = None
    id: int | None = None
    keys: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    candidates: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    applied_at: datetime | None = None
    object_id: UUID | None = None
    before: bytes = b""
    outcome: str = ""
    why: list = field(default_factory=list)


@dataclass(slots=True)
class Judge:
    """Judges the rows of one run in order; remembers what it has seen, so that repeats within the file are found.

    `seen`: print -> number of the row that bears it first.
    """

    run_id: UUID
    resource: ListResource
    plan: Plan
    finder: object  # find(values of rows) -> Found for each
    prints: Callable[[dict], list[str]]
    seen: dict[str, int] = field(default_factory=dict)
    values: dict[int, dict] = field(default_factory=dict)
    defaults: dict = field(init=False)

    def __post_init__(self):
        self.defaults = from_stored(self.plan.defaults)

    def judge(self, rows: Sequence[Row]) -> list[StagedRow]:
        """The rows to stage, one for each given row."""
        readings = [self._read(row) for row in rows]
        sound = [reading.values for reading in readings if not reading.problems]
        prints = [[] if reading.problems else self.prints(reading.values) for reading in readings]
        self._recall(prints)
        found = iter(self.finder.find(sound))
        return [
            self._staged(row, reading, keys, None if reading.problems else next(found))
            for row, reading, keys in zip(rows, readings, prints, strict=True)
        ]

    def prints_of(self, row: Row) -> list[str]:
        """What no other row of the file may bear, where the row is sound."""
        reading = self._read(row)
        return [] if reading.problems else self.prints(reading.values)

    def _recall(self, prints: Sequence[list[str]]) -> None:
        """The values of earlier rows that rows of this batch may repeat, fetched at once."""
        first = {number for keys in prints if (number := self._first_with(keys)) is not None}
        self.values = (
            {row.number: values_of(row) for row in rows_by_number(self.run_id, first)} if first else {}
        )

    def _read(self, row: Row) -> RowReading:
        cells = {name: row[index] for index, name in self.plan.columns.items()}
        reading = self.resource.read(cells, self.defaults)
        if (
            reading.problems
            and (first := next((cell.text for cell in row.cells if cell), ""))
            and is_total(first)
        ):
            told = {"field": "", "code": "total_row", "params": {"name": first[:80]}}
            reading.problems, reading.notes = [told], []  # beside that nothing of it matters
        column_of = {name: index for index, name in self.plan.columns.items()} if reading.problems else {}
        for problem in reading.problems:
            problem["column"] = column_of.get(problem["field"])
        reading.problems.sort(key=lambda problem: -1 if problem["column"] is None else problem["column"])
        return reading

    def _staged(self, row: Row, reading: RowReading, keys: list[str], found) -> StagedRow:
        staged = StagedRow(
            run_id=self.run_id,
            number=row.number,
            cells=self._packed([cell.sent() for cell in row.cells], row.number, "cells"),
            values=self._packed(to_stored(reading.values), row.number, "values"),
            problems=reading.problems,
            notes=reading.notes,
        )
        if reading.problems:
            staged.verdict = Verdict.REFUSE
            return staged
        staged.keys = keys
        first = self._first_with(staged.keys)
        if first is not None:
            return self._repeat(staged, reading, first)
        for fingerprint in staged.keys:
            self.seen[fingerprint] = row.number
        self.values[row.number] = reading.values
        apply_finding(staged, found)
        return staged

    def _first_with(self, prints: Iterable[str]) -> int | None:
        return min((self.seen[one] for one in prints if one in self.seen), default=None)

    def _repeat(self, staged: StagedRow, reading: RowReading, first: int) -> StagedRow:
        """A row that says again what an earlier one said is nothing new; one that says otherwise needs a person."""
        staged.keys = []
        same = self.values[first] == reading.values
        staged.verdict = Verdict.SAME if same else Verdict.REFUSE
        told = {"field": "", "column": None, "code": "repeats_row", "params": {"row": first}}
        if same:
            staged.reasons = [{"code": "repeats_row", "params": {"row": first}}]
        else:
            staged.problems = [told]
        return staged

    def _packed(self, value, number: int, part: str) -> bytes:
        return pack(value, run_id=self.run_id, number=number, part=part)


def fill_down(rows: Iterable[Row], columns: Sequence[int], above: Row | None) -> Iterator[Row]:
    """`columns`: whose first is filled in from the row above where it is empty, and the others with it."""
    for row in rows:
        if above is not None and not row[columns[0]] and above[columns[0]]:
            cells = [*row.cells, *[EMPTY] * (max(columns) + 1 - len(row.cells))]
            for index in columns:
                if not cells[index] and above[index]:
                    cells[index] = Cell(above[index].text, ABOVE)
            row = Row(row.number, tuple(cells))
        above = row
        yield row


def apply_finding(staged, found) -> None:
    """Writes onto a row whom it was taken for and what follows."""
    staged.verdict = found.verdict
    staged.reasons = found.reasons
    staged.candidates = found.candidates
    staged.changes = found.changes
    staged.client_id = (
        found.client_id if found.client_id else new_id() if found.verdict == Verdict.CREATE else None
    )
    staged.problems = found.problems
    staged.object_id = found.object_id


def cells_of(staged) -> Row:
    """The cells as they stood in the file."""
    sent = unpack(staged.cells, run_id=staged.run_id, number=staged.number, part="cells")
    return Row(staged.number, tuple(cell_from(cell) for cell in sent))


def values_of(staged) -> dict:
    return from_stored(unpack(staged.values, run_id=staged.run_id, number=staged.number, part="values"))


def to_stored(values: dict) -> dict:
    return {
        name: value.isoformat() if isinstance(value, date | PartialDate) else value
        for name, value in values.items()
    }


def from_stored(stored: dict) -> dict:
    return {name: DATES[name](value) if value and name in DATES else value for name, value in stored.items()}


def keep_before(row, stood: dict, **marks) -> None:
    """Keeps, sealed, what an update wrote over, and as marks what else the row did to what was there."""
    marks = {name: mark for name, mark in marks.items() if mark}
    kept = {**to_stored(stood), **({_MARKS: marks} if marks else {})}
    row.before = pack(kept, run_id=row.run_id, number=row.number, part="before") if kept else b""


def before_of(row: ImportRow) -> dict:
    """What an update wrote over."""
    kept = _kept(row)
    return from_stored({name: value for name, value in kept.items() if name != _MARKS})


def marks_of(row: ImportRow) -> dict:
    """What else the row did to what was there: what taking it back must undo besides its fields."""
    return _kept(row).get(_MARKS, {})


def _kept(row: ImportRow) -> dict:
    return unpack(row.before, run_id=row.run_id, number=row.number, part="before") if row.before else {}
