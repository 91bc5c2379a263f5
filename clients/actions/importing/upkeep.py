"""Dropping imports, handing rows back, forgetting what was read."""

from functools import partial

from django.db import transaction

from clients.actions.importing.runs import State, held
from clients.importing import storing
from clients.models import ImportRun
from clients.queries.kept import abandoned_imports, staged_imports
from lawcrm.firm import retention
from lawcrm.firm.actions import audit


@transaction.atomic
def discard_import(run: ImportRun, *, by) -> None:
    """Drops an import that was not committed, with everything read from the file."""
    run = held(run, State.PREVIEW, State.FAILED)
    audit.record(by=by, verb="import.discarded", obj=run)
    transaction.on_commit(partial(storing.forget, run.stored_as))
    run.delete()


@transaction.atomic
def note_hand_back(run: ImportRun, *, by, verb: str = "import.rows_handed_back") -> None:
    """Rows were taken out as a workbook: an export like any other."""
    audit.record(by=by, verb=verb, obj=run)


@transaction.atomic
def forget_old_imports() -> None:
    """Drops what old imports read from files: those never finished altogether, of the others all but their figures.

    How old is the firm's to say: the class "imports" of what is kept (clients/kept.py).
    """
    long_ago = retention.before(retention.days_of("imports"))
    abandoned_imports(long_ago).delete()
    staged_imports(long_ago).delete()
    storing.forget_written_before(long_ago.timestamp())
