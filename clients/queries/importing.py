"""Imports and their rows, seen by those who may import."""

from django.db import connection
from django.db.models import Count, Q, QuerySet

from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.queries.walls import walls_closed_to
from lawcrm.firm.roles import may

VERDICTS = ("create", "update", "same", "ask", "refuse")


class ImportRunQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Whoever may import sees the firm's imports; nobody else sees any."""
        return self.all() if may(user, "clients.import") else self.none()

    def whole(self):
        """Workbooks, not their single sheets."""
        return self.filter(part_of__isnull=True)

    def with_people(self):
        return self.select_related("made_by", "job")


def count_verdicts(run, *, written: bool = False) -> dict[str, int]:
    """How many rows have each verdict; they add up to the rows of the file. `written`: of those carried out."""
    rows = run.rows.filter(applied_at__isnull=False) if written else run.rows
    found = dict(rows.order_by().values_list("verdict").annotate(Count("pk")))
    return {"rows": sum(found.values()), **{verdict: found.get(verdict, 0) for verdict in VERDICTS}}


def rows_read(run) -> int:
    """Rows staged so far, those of further sheets among them."""
    return run.rows.count() + sum(part.rows.count() for part in run.parts.all())


def rows_to_write(run, after: int = 0) -> QuerySet:
    """Rows that a commit has still to carry out, in the file's order; those after row `after`."""
    return (
        run.rows.filter(number__gt=after, applied_at__isnull=True, verdict__in=("create", "update", "ask"))
        .exclude(verdict="ask", decision__in=("", "same"))
        .order_by("number")
    )


def rows_to_hand_back(run) -> QuerySet:
    """Rows that did not get in: refused ones, and those left undecided."""
    return run.rows.filter(verdict__in=("refuse", "ask"), applied_at__isnull=True).order_by("number")


def rows_to_take_back(run) -> QuerySet:
    """Rows that were written and not looked at yet for taking back, the last one first."""
    written = run.rows.filter(applied_at__isnull=False, verdict__in=("create", "update"), outcome="")
    return written.order_by("-number")


def sheets_of(run) -> list:
    """All sheets read from the workbook that the run belongs to, the clients first; nothing where there is one only."""
    whole = run.part_of or run
    parts = list(whole.parts.order_by("pk"))
    return [whole, *parts] if parts else []


def count_outcomes(run) -> dict[str, int]:
    """What became of the rows that were to be taken back."""
    found = dict(run.rows.exclude(outcome="").order_by().values_list("outcome").annotate(Count("pk")))
    return {name: found.get(name, 0) for name in ("reversed", "kept", "failed")}


def prints_of(run, before: int) -> dict[str, int]:
    """What earlier rows of the run must not be repeated by: print -> row number."""
    rows = run.rows.filter(number__lt=before).order_by("-number").values_list("number", "keys")
    return {fingerprint: number for number, keys in rows for fingerprint in keys}


def bearers_of(run, prints: list[str]) -> dict[str, int]:
    """Which rows bear one of these: print -> row number."""
    rows = run.rows.filter(keys__overlap=prints).values_list("number", "keys") if prints else ()
    return {one: number for number, keys in rows for one in keys if one in prints}


def repeats_of(run, number: int) -> QuerySet:
    """Rows that were refused or left because they repeat this one."""
    told = [{"code": "repeats_row", "params": {"row": number}}]
    return run.rows.filter(Q(problems__contains=told) | Q(reasons__contains=told)).order_by("number")


_WORDS = """
    SELECT problem->>'field', word, count(*)
    FROM clients_importrow, jsonb_array_elements(problems) AS problem,
         jsonb_array_elements_text(coalesce(
             problem->'params'->'words',
             jsonb_build_array(coalesce(problem->'params'->>'word', problem->'params'->>'name'))
         )) AS word
    WHERE run_id = %s AND verdict = 'refuse' AND problem->>'code' = ANY(%s)
    GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT %s
"""
STRANGE = ("unknown_choice", "person_unknown", "person_ambiguous", "department_unknown", "tag_unknown")


def strange_words(run, most: int = 24) -> list[tuple[str, str, int]]:
    """(field, word, rows) of words that stand in none of our lists, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [run.pk, list(STRANGE), most])
        return [row for row in cursor.fetchall() if row[1]]


def neighbours_of(run, number: int, verdict: str = "") -> tuple[int | None, int | None]:
    """The numbers of the rows before and after this one, among those of the verdict."""
    rows = rows_of(run, verdict)
    before = rows.filter(number__lt=number).order_by("-number").values_list("number", flat=True).first()
    return before, rows.filter(number__gt=number).order_by("number").values_list("number", flat=True).first()


def rows_with_outcome(run, outcome: str) -> QuerySet:
    return run.rows.filter(outcome=outcome).order_by("number")


def rows_undecided(run) -> QuerySet:
    return run.rows.filter(verdict="ask", decision="").order_by("number")


def earlier_import_of(run):
    """The latest finished import of the very same file, if there is one."""
    return (
        type(run)
        .objects.filter(file_hash=run.file_hash, state=run.State.DONE)
        .exclude(pk=run.pk)
        .order_by("-id")
        .first()
    )


def rows_of(run, verdict: str = "") -> QuerySet:
    """The rows of one verdict, or all."""
    return run.rows.filter(verdict=verdict) if verdict in VERDICTS else run.rows.all()


def names_for(rows, clients) -> dict:
    """Names of the clients these rows were taken for, among the `clients` a person may see; of one that was merged since,
    the name of the client it lives on in."""
    wanted = {row.client_id for row in rows} | {one for row in rows for one in row.candidates}
    wanted -= {None}
    names = _names_of(wanted, clients)
    if elsewhere := _living_on_in(wanted - names.keys(), clients.model):
        theirs = _names_of(elsewhere.values(), clients)
        names |= {old: theirs[new] for old, new in elsewhere.items() if new in theirs}
    return names


def gone_with_them(rows, clients, user) -> set:
    """Clients of rows taken back that are there no longer: what such rows say is nobody's secret, but for what a wall around
    the client closes to the user still."""
    keys = {row.client_id for row in rows if row.outcome == "reversed"} - {None}
    if not keys:
        return set()
    there = clients.model.objects.unscoped().filter(pk__in=keys).order_by().values_list("pk", flat=True)
    return keys - set(there) - {key for kind, key in walls_closed_to(user) if kind == "client"}


def _names_of(keys, clients) -> dict:
    return dict(clients.filter(pk__in=set(keys)).order_by().values_list("pk", "name"))


def _living_on_in(keys: set, model, longest: int = 20) -> dict:
    """Merged client -> the one it lives on in, along chains of merges: one query for each step of the longest."""
    last = {key: key for key in keys}
    for _step in range(longest):
        held = (
            model.objects.unscoped().filter(pk__in=set(last.values()), merged_into__isnull=False).order_by()
        )
        into = dict(held.values_list("pk", "merged_into_id")) if last else {}
        if not into:
            break
        last = {old: into.get(now, now) for old, now in last.items()}
    return {old: now for old, now in last.items() if now != old}
