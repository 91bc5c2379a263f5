"""An import as all its actions hold it."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from clients.importing import storing
from clients.models import ImportRow, ImportRun
from lawcrm.firm.policy import current_policy
from lawcrm.firm.presenters import jobs as job_words
from lawcrm.firm.spreadsheets.limits import Limits

SECONDS = 15  # of reading or judging in one chunk of a job
ENCODING_TROUBLE = ("encoding_unknown", "wrong_encoding")

ABOVE_THE_ROWS = 30  # titles and headings, which the reader counts too
_ONE_IMPORT_WRITES = 7_262_001  # advisory lock

State, Verdict = ImportRun.State, ImportRow.Verdict

job_words.label("clients.import", _("Writing the rows"))
job_words.label("clients.import.read", _("Reading a client list"))
job_words.label("clients.import.assess", _("Relationships are assessed anew"))
job_words.label("clients.import.undo", _("Taking an import back"))
job_words.label("clients.import.judge", _("Judging the rows of a client list"))


class NotNow(Exception):
    """The import is not in a state for this: read already, being written, done."""


def held(run: ImportRun, *states: str) -> ImportRun:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in states:
        raise NotNow(held.state)
    return held


def one_at_a_time() -> None:
    """Two imports that bring the same client write one after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_IMPORT_WRITES])


def run_of(job) -> ImportRun:
    return ImportRun.objects.select_for_update().get(pk=job.params["run"])


def limits() -> Limits:
    return Limits(rows=current_policy().import_max_rows + ABOVE_THE_ROWS)


def once_each(rows: Iterable, key: Callable) -> list[list]:
    """The rows in turns: in none of them does a key stand twice, and what stands twice keeps its order."""
    turns, seen = [], Counter()
    for row in rows:
        turn = seen[key(row)]
        seen[key(row)] += 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(row)
    return turns


def forget_file(run: ImportRun) -> None:
    """The file goes when the transaction that no longer needs it has committed."""
    transaction.on_commit(partial(storing.forget, run.stored_as))
    run.stored_as = ""
