"""The sheets of one workbook wait for each other: what a row speaks of must be there before the row is written."""

from clients.importing.kinds import kind_of
from clients.models import ImportRun

State = ImportRun.State
_TO_COME = (State.READING, State.PREVIEW, State.COMMITTING, State.PAUSED)


def waits_for(run: ImportRun) -> list[ImportRun]:
    """The sheets that must be written before this one: the first, and those of the kinds it speaks of."""
    if not run.part_of_id:
        return []
    first = [run.part_of] if run.part_of.state != State.DONE else []
    siblings = run.part_of.parts.filter(kind__in=kind_of(run).after, state__in=_TO_COME).exclude(pk=run.pk)
    return [*first, *siblings.order_by("pk")]


def sheets_waiting_for(run: ImportRun) -> list[ImportRun]:
    """The sheets in preview that are judged anew once this one is written."""
    whole = run.part_of or run
    parts = whole.parts.filter(state=State.PREVIEW).order_by("pk")
    return [part for part in parts if not run.part_of_id or run.kind in kind_of(part).after]


def names_of_known(run: ImportRun, rows, user) -> dict:
    """Names of what rows were taken for, where that is no client, as far as the person may see it."""
    known = kind_of(run).known
    keys = {row.object_id for row in rows} | {one for row in rows for one in row.candidates}
    return known.names(keys - {None}, user) if known and keys - {None} else {}
