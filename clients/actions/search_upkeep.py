"""Making the words anew by which rows are found: after an upgrade that makes others of the same values.

A job goes through all rows in the order of their ids; how far it came is kept with what it wrote, so that a worker that
dies costs one chunk. Rows whose words are as they would be made now are not written. Nothing a person wrote changes,
so versions and the audit trail stay as they are.
"""

import re
from collections.abc import Sequence

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.queries.known_facts import facts_by_client, facts_by_person
from clients.search import refresh_person_search, refresh_search
from clients.search_refreshers import Refresher, refreshers, register
from lawcrm.firm.actions.jobs import OPEN, start_job
from lawcrm.firm.bulk import copy_over
from lawcrm.firm.jobs import register as register_job
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

KIND = "clients.refresh_search"
CHUNK = 2_000  # rows of one transaction

job_words.label(KIND, _("Making the words of the search anew"))


@transaction.atomic
def refresh_all_words(*, by, wake: bool = True) -> Job:
    """The job that does it: the one under way, or a new one."""
    going_on = Job.objects.select_for_update().filter(kind=KIND, state__in=OPEN).order_by("pk").first()
    if going_on:
        return going_on
    total = sum(_rows_of(one).count() for one in refreshers())
    return start_job(kind=KIND, by=by, params={}, total=total, wake=wake)


@register_job(KIND)
def refresh_chunk(job) -> bool:
    number, after = job.cursor.get("list", 0), job.cursor.get("after")
    if number >= len(refreshers()):
        return False
    refresher = refreshers()[number]
    rows = _next(refresher, after)
    job.cursor = {
        "list": number if rows else number + 1,
        "after": str(rows[-1].pk) if rows else None,
        "changed": job.cursor.get("changed", 0) + _refresh(refresher, rows),
    }
    job.done += len(rows)
    job.result = {"changed": job.cursor["changed"]}
    return True


def _rows_of(refresher: Refresher):
    return apps.get_model(refresher.model).objects.unscoped().order_by("pk")


def _next(refresher: Refresher, after: str | None) -> list:
    """The next rows, under lock: whoever saves one meanwhile waits, and then makes its words of what is new."""
    rows = _rows_of(refresher).filter(pk__gt=after) if after else _rows_of(refresher)
    wanted = {*refresher.read, *refresher.written}
    return list(rows.select_for_update(of=("self",), no_key=True).only(*wanted)[:CHUNK])


def _refresh(refresher: Refresher, rows: Sequence) -> int:
    """Writes the rows whose words change. Returns how many."""
    stood = {row.pk: _words_and_place(row, refresher) for row in rows}
    refresher.refresh(rows)
    for row in rows:
        row._meta.get_field("search").pre_save(row, False)
    changed = [row for row in rows if stood[row.pk] != _words_and_place(row, refresher)]
    copy_over(apps.get_model(refresher.model), changed, refresher.written)
    return len(changed)


def _words_and_place(row, refresher: Refresher) -> tuple:
    """The search column as a set (Postgres writes the words in an order of its own), the other fields as they are."""
    words = frozenset(re.findall(r"'((?:[^']|'')*)'", row.search or ""))
    return words, *(getattr(row, name) for name in refresher.written if name != "search")


def _clients(rows: Sequence) -> None:
    known = facts_by_client([row.pk for row in rows])
    for row in rows:
        refresh_search(row, known[row.pk])


def _people(rows: Sequence) -> None:
    known = facts_by_person([row.pk for row in rows])
    for row in rows:
        refresh_person_search(row, known[row.pk])


register(
    "clients.Client",
    *("name", "latin_name", "former_names", "kind", "phone", "email", "wechat", "employer"),
    *("address", "position", "group_name", "listing", "website"),
    refresh=_clients,
    written=("search", "sort_key"),
)
register("clients.ClientPerson", "position")
register(
    "clients.Person",
    *("name", "latin_name", "phone", "email", "wechat"),
    refresh=_people,
    written=("search", "sort_key"),
)
