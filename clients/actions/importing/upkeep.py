"""Dropping imports, handing rows back, forgetting what was read."""

from datetime import timedelta
from functools import partial

from django.db import transaction

from clients.actions.importing.runs import State, held
from clients.importing import storing
from clients.models import ImportRow, ImportRun
from lawcrm.firm import clock
from lawcrm.firm.actions import audit

KEPT = timedelta(days=30)  # rows read from files, and files waiting for somebody to name their encoding


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
    """Drops what old imports read from files: uncommitted runs altogether, of the others all but their figures."""
    long_ago = clock.now() - KEPT
    ImportRun.objects.filter(created_at__lt=long_ago, state__in=(State.PREVIEW, State.FAILED)).delete()
    ImportRow.objects.filter(run__state=State.DONE, run__committed_at__lt=long_ago).delete()
    storing.forget_older_than(KEPT.total_seconds(), now=clock.now().timestamp())
