"""What the benchmark has done by processes of their own: `python -m lawcrm.desk.bench DEED ARGUMENTS`."""

from __future__ import annotations

import contextlib
import io
import json
import time
from datetime import date, timedelta
from statistics import median

from django.db import connection, transaction

SCANS = 30
CHECKS = 200
HEADINGS = (
    "Name", "Latin name", "Kind", "Phone", "Email", "Address", "Registration number", "Identity number", "Birth date",
    "Client since", "Grade", "Source", "Responsible lawyer", "Note",
)  # fmt: skip
MORE = ("Industry", "Business field", "Service type", "WeChat", "Website", "Employer")


def nightly() -> dict:
    """Everybody judged as of tomorrow, as the night would."""
    from clients.actions.assess_all import assess_next
    from lawcrm.firm import clock

    began, cursor = time.perf_counter(), {}
    with clock.standing_at(clock.now() + timedelta(days=1)):
        while assess_next(cursor):
            pass
    return {
        "seconds": time.perf_counter() - began,
        **{name: cursor.get(name, 0) for name in ("judged", "changed")},
    }


def due_scan() -> dict:
    """What each minute costs when nothing is due."""
    from interactions.actions.reminders import escalate_late, send_reminders

    send_reminders(), escalate_late()
    took = []
    for _scan in range(SCANS):
        began = time.perf_counter()
        send_reminders(), escalate_late()
        took.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": median(took)}


def find_twins() -> dict:
    """The nightly search for clients and people that are in twice."""
    from clients.actions.duplicates import find_all_next

    began, cursor, more = time.perf_counter(), {}, True
    while more:
        with transaction.atomic():
            more = find_all_next(cursor)
    return {
        "seconds": time.perf_counter() - began,
        **{whom: place["clients"] for whom, place in {"clients": cursor, "people": cursor["people"]}.items()},
        "pairs": cursor["pairs"] + cursor["people"]["pairs"],
    }


def nightly_triggers() -> dict:
    """Two nights of the triggers: the first, in which most comes up, and the next, in which little does."""
    from interactions.actions.triggers import look_next
    from lawcrm.firm import clock

    nights = []
    for ahead in (1, 2):
        began, cursor = time.perf_counter(), {}
        with clock.standing_at(clock.now() + timedelta(days=ahead)):
            more = True
            while more:
                with transaction.atomic():
                    more = look_next(cursor)
        nights.append({"seconds": time.perf_counter() - began, **cursor})
    return {"first": nights[0], "next": nights[1]}


def minute_tick(open_ones: str, due_ones: str, late_ones: str) -> dict:
    """A tick among so many open follow-ups: one in which nothing has come due, and one in which so many have, and so
    many are taken to a supervisor."""
    from clients.models import Client
    from interactions.models import FollowUp
    from lawcrm.desk.bench import duties
    from lawcrm.desk.bench.firms import connect
    from lawcrm.firm.actions.schedule import tick
    from lawcrm.firm.actions.seals import seal_trail
    from lawcrm.firm.wake import wake

    def timed() -> float:
        began = time.perf_counter()
        tick()
        return time.perf_counter() - began

    wake("firm.send_outbox", expires=1)  # the library of the queue is loaded once in a worker's life
    missing = max(int(open_ones) - FollowUp.objects.unscoped().unfinished().count(), 0)
    each = -(-missing // max(Client.objects.unscoped().count(), 1))
    with connect(connection.settings_dict["NAME"], autocommit=True) as held:
        duties.add(
            held,
            of="TRUE",
            each=each,
            due_at="date_trunc('day', now()) + n * interval '13 days' + interval '1 day'",
        )
        while seal_trail():  # what was loaded, and written since
            pass
        timed()  # what the firm was loaded with comes due here
        idle = [timed() for _tick in range(SCANS // 3)]
        some = "c.id IN (SELECT id FROM clients_client ORDER BY id LIMIT %(many)s)"
        duties.add(held, of=some, each=1, due_at="now()", many=int(due_ones))
        late = {"due_at": "now() - interval '3 days'", "remind_at": "NULL", "escalate_at": "now()"}
        duties.add(held, of=some, each=1, many=int(late_ones), **late)
    busy = timed()
    return {"idle": median(idle), "busy": busy, "open": FollowUp.objects.unscoped().unfinished().count()}


def conflict_check() -> dict:
    """Names of the firm's own clients in other writings, as opposing parties: each asked of every name on record."""
    from clients.models import Client
    from clients.rules.names import has_han, syllables_of
    from matters.queries.conflicts import Subject, search
    from matters.rules.company_names import stem_of

    known = Client.objects.unscoped().order_by("pk").values_list("name", flat=True)
    every = max(known.count() // CHECKS, 1)
    asked = []
    for place, name in enumerate(list(known[::every])[:CHECKS]):
        stem = stem_of(name)
        spelled = " ".join(syllables_of(stem, is_person=False)) if has_han(stem) else stem.title()
        asked.append((name, stem, spelled, f"{stem} Holdings")[place % 4])
    search(Subject(asked[0], role="opposing"))
    took = []
    for name in asked:
        began = time.perf_counter()
        search(Subject(name, role="opposing"))
        took.append((time.perf_counter() - began) * 1000)
    return {"milliseconds": median(took), "slow": sorted(took)[int(len(took) * 0.95)]}


def write_wide_sheet(path: str, rows: str, beyond: str, seed: str) -> dict:
    """The same with twenty columns, each row somebody whom no other row names."""
    return write_sheet(path, rows, beyond, seed, wide=True)


def write_sheet(path: str, rows: str, beyond: str, seed: str, *, wide: bool = False) -> dict:
    """A client list of the demo's own making, none of whose clients the firm has yet."""
    from openpyxl import Workbook

    from clients.enums import ClientKind
    from lawcrm.desk.demo.people import lawyers
    from lawcrm.desk.demo.stories import StoryTeller

    first, number = int(beyond), int(rows)
    teller = StoryTeller(seed=int(seed) + 1, today=date.today(), clients=first + number, lawyers=40)
    names = [f"{one.given_name} {one.family_name}" for one in lawyers(40, int(seed))]
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append((*HEADINGS, *MORE) if wide else HEADINGS)
    for one in range(first, first + number):
        story = teller.story(one)
        told = story.fields
        name = f"{told['name']} {one}" if wide else told["name"]
        more = (
            (f"Trade {one % 90}", "Commercial", "Advice", f"wx{one}", f"www.c{one}.example", "")
            if wide
            else ()
        )
        sheet.append([
            name, told.get("latin_name", ""), str(ClientKind(told["kind"]).label), told.get("phone", ""),
            told.get("email", ""), told.get("address", ""), told.get("registration_number", ""),
            told.get("identity_number", ""), told.get("birth_date"), told["client_since"], told["grade"],
            told["source"].capitalize(), names[story.responsible], told["note"], *more,
        ])  # fmt: skip
    book.save(path)
    return {"rows": number}


def import_sheet(path: str) -> dict:
    """The import as the command does it: read, judged, committed by its job."""
    from django.core.management import call_command

    from clients.rules.readings import dictionary

    dictionary()  # a worker has read names before
    told, began = io.StringIO(), time.perf_counter()
    with contextlib.suppress(SystemExit):  # its exit code tells of refused rows
        call_command("import_clients", path, by="admin", json=True, stdout=told)
    seconds = time.perf_counter() - began
    report = json.loads(told.getvalue())
    counts = {name: report[name] for name in ("created", "updated", "same", "ask", "refused")}
    return {"seconds": seconds, "written": report["created"] + report["updated"], "told": counts}


def import_in_two(path: str) -> dict:
    """The same, timed apart: until the preview stands, and the writing."""
    from clients.actions.importing.reading import stage_import
    from clients.actions.importing.writing import start_commit
    from lawcrm.firm.actions.jobs import run_next_chunk
    from lawcrm.firm.models import User

    by, began = User.objects.get(username="admin"), time.perf_counter()
    with open(path, "rb") as file:
        run = stage_import(by=by, file=file, file_name="bench.xlsx", at_once=True)
    preview, began = time.perf_counter() - began, time.perf_counter()
    run = start_commit(run, by=by, wake=False)
    while run_next_chunk(run.job_id):
        pass
    seconds = time.perf_counter() - began
    run.refresh_from_db()
    written = run.counts["created"] + run.counts["updated"]
    return {"preview": preview, "seconds": seconds, "written": written, "told": run.counts}


def import_in_the_background(path: str) -> dict:
    """The same, as a worker does it: behind people who wait for a page."""
    from lawcrm.firm.background import stand_back

    stand_back()
    return import_in_two(path)


def export_list(columns: str) -> dict:
    """All clients with so many columns as a workbook, written as a worker does it."""
    from django.http import QueryDict

    from lawcrm.firm.actions.exports import start_export
    from lawcrm.firm.actions.jobs import run_next_chunk
    from lawcrm.firm.exporting import listing_of
    from lawcrm.firm.queries.people import person_named

    by, listing = person_named("partner"), listing_of("clients")
    codes = listing.chosen_first(QueryDict())[: int(columns)]
    began = time.perf_counter()
    export = start_export(by=by, listing=listing, query="", columns=codes, format="xlsx")
    while export.job_id and run_next_chunk(export.job_id):
        pass
    seconds = time.perf_counter() - began
    export.refresh_from_db()
    return {"seconds": seconds, "rows": export.rows, "size": export.size}


def read_sheet(path: str) -> dict:
    """The floor of reading: openpyxl alone."""
    from openpyxl import load_workbook

    began = time.perf_counter()
    rows = sum(1 for _row in load_workbook(path, read_only=True).active.iter_rows(values_only=True))
    return {"seconds": time.perf_counter() - began, "rows": rows}
