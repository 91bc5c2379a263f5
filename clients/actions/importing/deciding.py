"""A person's answers where an import asks, and corrections made in the preview itself."""

from uuid import UUID

from django.db import transaction

from clients.actions.importing.judging import end_of_rows, judge_of
from clients.actions.importing.runs import State, Verdict, held
from clients.importing.finding import differences, may_be_new
from clients.importing.judging import cells_of, values_of
from clients.importing.kinds import kind_of
from clients.importing.plan import Plan
from clients.models import ImportRow, ImportRun
from clients.queries.further_facts import attach_further
from clients.queries.importing import bearers_of, repeats_of, rows_undecided
from clients.queries.matching import clients_by_key
from lawcrm.firm.actions import audit
from lawcrm.firm.bulk import copy_in, copy_over
from lawcrm.firm.spreadsheets.reader import EMPTY, Cell, Row

_DECIDED = ("decision", "client_id", "object_id", "changes")
LONGEST_CELL = 2_000


@transaction.atomic
def decide_row(run: ImportRun, *, by, number: int, decision: str, client_id=None) -> ImportRow:
    """Answers a row the import asks about: "create", "update" (of one of its candidates), or "same": leave it.

    `client_id`: the candidate chosen. Raises NotNow where the import is past deciding, and ValueError for an answer the
    row does not offer.
    """
    run = held(run, State.PREVIEW)
    row = ImportRow.objects.select_for_update().get(run=run, number=number, verdict=Verdict.ASK)
    chosen = UUID(str(client_id)) if decision == Verdict.UPDATE else None
    if chosen and chosen not in row.candidates:
        raise ValueError(f"{chosen} is not offered")
    if decision == Verdict.CREATE and not may_be_new(row, Plan.of(run.mapping)):
        raise ValueError("the row cannot be a new client")
    if decision not in (Verdict.CREATE, Verdict.UPDATE, Verdict.SAME, ""):
        raise ValueError(decision)
    _decide(run, [(row, decision, chosen)])
    return row


@transaction.atomic
def decide_all(run: ImportRun, *, by, decision: str) -> int:
    """One answer for every row not yet decided that offers it; "update" where only one client comes into question.

    Returns how many rows it answered. Raises NotNow, and ValueError for no answer.
    """
    run = held(run, State.PREVIEW)
    plan, rows = Plan.of(run.mapping), list(rows_undecided(run).select_for_update())
    if decision == Verdict.UPDATE:
        answers = [(row, decision, row.candidates[0]) for row in rows if len(row.candidates) == 1]
    elif decision == Verdict.CREATE:
        answers = [(row, decision, None) for row in rows if may_be_new(row, plan)]
    elif decision == Verdict.SAME:
        answers = [(row, decision, None) for row in rows]
    else:
        raise ValueError(decision)
    _decide(run, answers)
    return len(answers)


def _decide(run: ImportRun, answers: list[tuple]) -> None:
    """Notes the answers, and what an update would change."""
    blanks, known = Plan.of(run.mapping).blanks, kind_of(run).known
    keys = {chosen for _row, _decision, chosen in answers if chosen}
    clients = clients_by_key(keys) if not known else {}
    attach_further(clients.values())
    for row, decision, chosen in answers:
        row.decision, row.changes = decision, {}
        if known:
            row.object_id = chosen
            row.changes = known.changes(values_of(row), chosen, blanks) if chosen else {}
        else:
            row.client_id = chosen
            row.changes = differences(values_of(row), clients[chosen], blanks) if chosen in clients else {}
    copy_over(ImportRow, [row for row, _decision, _chosen in answers], _DECIDED)


@transaction.atomic
def fix_cell(run: ImportRun, *, by, number: int, column: int, text: str) -> ImportRow:
    """Corrects one cell in the preview. The row is judged again, and with it the rows that only repeated it.

    Raises NotNow, and ValueError for a column that means nothing.
    """
    run = held(run, State.PREVIEW)
    if column not in Plan.of(run.mapping).columns:
        raise ValueError(column)
    row = ImportRow.objects.select_for_update().get(run=run, number=number)
    cells = list(cells_of(row).cells)
    cells += [EMPTY] * (column + 1 - len(cells))
    cells[column] = Cell(text[:LONGEST_CELL], "text") if text.strip() else EMPTY
    again = [Row(number, tuple(cells)), *(cells_of(other) for other in repeats_of(run, number))]
    for one in again:
        _judge_one(run, one, by)
    end_of_rows(run)
    audit.record(by=by, verb="import.cell_fixed", obj=run)
    return ImportRow.objects.get(run=run, number=number)


def _judge_one(run: ImportRun, row: Row, by) -> None:
    ImportRow.objects.filter(run=run, number=row.number).delete()
    judge = judge_of(run, by=by, seen={})
    judge.seen = bearers_of(run, judge.prints_of(row))
    copy_in(ImportRow, judge.judge([row]))
