"""What is to become of each row: judged as rows come from the file, and again when the columns mean something else."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction

from clients.actions.importing.runs import SECONDS, State, forget_file, held, run_of
from clients.importing.columns import signature
from clients.importing.contact_columns import of_clients_alone, of_people_alone
from clients.importing.judging import Judge, cells_of, fill_down
from clients.importing.kinds import kind_of
from clients.importing.people import PeopleByName
from clients.importing.plan import Plan
from clients.models import ImportMapping, ImportRow, ImportRun
from clients.queries.importing import count_verdicts, prints_of
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.bulk import copy_in, count_anew
from lawcrm.firm.jobs import register
from lawcrm.firm.memory import without_collection
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.spreadsheets.limits import Refused
from lawcrm.firm.spreadsheets.reader import Row

JUDGE_AT_ONCE = 3_000  # rows; more are judged anew by a worker
BATCH = 2_000  # rows judged together
MANY = 20_000  # rows that change what the planner should think of their table


def stage_rows(run: ImportRun, rows: Iterable[Row], *, by, after: int, until: float | None) -> int | None:
    judge = judge_of(run, by=by, seen=prints_of(run, after + 1) if after else {})
    last = after
    for batch in batches(filled_down(run, rows, after)):
        with without_collection():
            copy_in(ImportRow, judge.judge(batch))
        last = batch[-1].number
        if until and time.monotonic() >= until:
            return last
    return None


def filled_down(run: ImportRun, rows: Iterable[Row], after: int) -> Iterable[Row]:
    """Of people the client is often named once, in a merged cell: an empty one says what the one above it says."""
    fields = Plan.of(run.mapping).columns
    if run.kind == ImportRun.Kind.CLIENTS:
        return of_clients_alone(rows, run.headings, fields)
    columns = {name: index for index, name in fields.items()}
    if run.kind != ImportRun.Kind.PEOPLE or "client" not in columns:
        return rows
    staged = run.rows.filter(number__lte=after).order_by("-number").first() if after else None
    whose = [columns[name] for name in ("client", "client_number") if name in columns]
    filled = fill_down(rows, whose, cells_of(staged) if staged else None)
    return of_people_alone(filled, run.kind, run.headings, fields)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def judge_of(run: ImportRun, *, by, seen: dict[str, int]) -> Judge:
    """`seen`: what rows judged before bear, so that repeats are found."""
    kind, plan = kind_of(run), Plan.of(run.mapping)
    people = PeopleByName(working_people())
    return Judge(
        run_id=run.pk,
        resource=kind.resource(people=people, today=clock.today(by), plan=plan),
        plan=plan,
        finder=kind.finder(by=by, plan=plan, run=run),
        prints=kind.prints,
        seen=seen,
    )


def end_of_rows(run: ImportRun) -> None:
    run.counts = count_verdicts(run)
    if not run.counts["rows"]:
        raise Refused("no_rows")
    if run.counts["rows"] >= MANY:
        count_anew(ImportRow)
    run.state = State.PREVIEW
    forget_file(run)
    run.save()


@transaction.atomic
def map_columns(run: ImportRun, *, by, plan: Plan, save_as: str = "") -> ImportRun:
    """Says anew what columns mean and what may be written, and judges every row again. Raises NotNow."""
    run = held(run, State.PREVIEW)
    run.mapping = plan.to_json()
    if save_as:
        ImportMapping.objects.update_or_create(
            name=save_as,
            defaults={"signature": signature(run.headings), "columns": run.mapping, "made_by": by},
        )
    judge_all(run, by=by)
    return run


@transaction.atomic
def explain_words(run: ImportRun, *, by, name: str, words: dict[str, str]) -> ImportRun:
    """Says what words of the file mean that are in none of our lists; every row is judged again. Raises NotNow."""
    run = held(run, State.PREVIEW)
    run.mapping = Plan.of(run.mapping).with_words(name, words).to_json()
    judge_all(run, by=by)
    return run


def judge_all(run: ImportRun, *, by) -> None:
    if run.counts["rows"] <= JUDGE_AT_ONCE:
        _judge_again(run, by=by, after=0, until=None)
        end_of_rows(run)
        run.save()
        return
    run.state = State.READING
    params = {"run": str(run.pk)}
    run.job = start_job(kind="clients.import.judge", by=by, params=params, total=run.counts["rows"])
    run.save()


@register("clients.import.judge")
def judge_chunk(job) -> bool:
    run = run_of(job)
    until = time.monotonic() + SECONDS
    last = _judge_again(run, by=job.requested_by, after=job.cursor.get("row", 0), until=until)
    job.cursor = {"row": last}
    job.done = run.rows.filter(number__lte=last).count() if last else job.total
    if last is None:
        end_of_rows(run)
    return last is not None


def _judge_again(run: ImportRun, *, by, after: int, until: float | None) -> int | None:
    judge = judge_of(run, by=by, seen=prints_of(run, after + 1) if after else {})
    while True:
        staged = list(run.rows.filter(number__gt=after).order_by("number")[:BATCH])
        if not staged:
            return None
        rows = [cells_of(row) for row in staged]
        ImportRow.objects.filter(pk__in=[row.pk for row in staged]).delete()
        with without_collection():
            copy_in(ImportRow, judge.judge(rows))
        after = staged[-1].number
        if until and time.monotonic() >= until:
            return after
