"""Work on many at once: the nightly assessment, the scan for what is due, an import. Each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from lawcrm.desk.bench.firms import CHECKOUT, connect, environment
from lawcrm.desk.bench.report import Check
from lawcrm.desk.demo.loading import Table

SCANS = 30
HEADINGS = ("Name", "Latin name", "Kind", "Phone", "Email", "Address", "Registration number", "Identity number",
            "Birth date", "Client since", "Grade", "Source", "Responsible lawyer", "Note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What a process did: the figures it printed, and the most memory it held."""

    figures: dict
    most_mib: float


def run(work: str, database: str, *arguments: str) -> Done:
    """Calls one of the functions below in a process of its own."""
    command = [sys.executable, "-m", "lawcrm.desk.bench.work", work, *arguments]
    finished = subprocess.run(
        command, cwd=CHECKOUT, env=environment(database), check=True, capture_output=True, text=True
    )
    figures = json.loads(finished.stdout.splitlines()[-1])
    return Done(figures, figures.pop("most_mib"))


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


def write_sheet(path: str, rows: str, beyond: str, seed: str) -> dict:
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
    sheet.append(HEADINGS)
    for one in range(first, first + number):
        story = teller.story(one)
        told = story.fields
        sheet.append([
            told["name"], told.get("latin_name", ""), str(ClientKind(told["kind"]).label), told.get("phone", ""),
            told.get("email", ""), told.get("address", ""), told.get("registration_number", ""),
            told.get("identity_number", ""), told.get("birth_date"), told["client_since"], told["grade"],
            told["source"].capitalize(), names[story.responsible], told["note"],
        ])  # fmt: skip
    book.save(path)
    return {"rows": number}


def import_sheet(path: str) -> dict:
    """The import as its commands do it: read, judged, committed by its job."""
    from lawcrm.desk.bench.importing import import_file

    began = time.perf_counter()
    figures = import_file(Path(path))
    return {"seconds": time.perf_counter() - began, **figures}


def read_sheet(path: str) -> dict:
    """The floor of reading: openpyxl alone."""
    from openpyxl import load_workbook

    began = time.perf_counter()
    rows = sum(1 for _row in load_workbook(path, read_only=True).active.iter_rows(values_only=True))
    return {"seconds": time.perf_counter() - began, "rows": rows}


def copy_rows(database: str, rows: int) -> float:
    """The floor of writing: so many rows of the clients' table by COPY alone, indexes and all. Rows a second."""
    from clients.models import Client

    with connect(database) as held:
        chosen = held.execute("SELECT * FROM clients_client LIMIT %s", [rows])
        columns = [column.name for column in chosen.description]
        copied = chosen.fetchall()
        held.execute("CREATE TEMPORARY TABLE copied (LIKE clients_client INCLUDING INDEXES)")
        names = ", ".join(f'"{name}"' for name in columns)
        began = time.perf_counter()
        with held.cursor().copy(f"COPY copied ({names}) FROM STDIN") as copy:
            for row in copied:
                copy.write_row(row)
        held.commit()
        assert Table(Client).name == "clients_client"
    return len(copied) / (time.perf_counter() - began)


# -- as lines of the table --------------------------------------------------------------------------------------


def checks(
    database: str, *, clients: int, seed: int, rows: int, folder: Path
) -> tuple[list[Check], dict[str, str]]:
    """All of it, the import last: it adds to the firm."""
    night, scan = run("nightly", database), run("due_scan", database)
    found = [
        Check(f"nightly assessment of {night.figures['judged']:,}", night.figures["seconds"], 60.0, "s"),
        Check("its most memory", night.most_mib, 1024.0, "MiB"),
        Check("scan for what is due", scan.figures["milliseconds"], 10.0, "ms"),
    ]
    notes = {found[0].what: f"{night.figures['changed']:,} judged differently"}
    imported = _import(database, clients=clients, seed=seed, rows=rows, folder=folder)
    return [*found, *imported[0]], {**notes, **imported[1]}


def _import(
    database: str, *, clients: int, seed: int, rows: int, folder: Path
) -> tuple[list[Check], dict[str, str]]:
    try:
        from lawcrm.desk.bench import importing  # noqa: F401
    except ImportError:
        return [], {}
    sheet = str(folder / f"bench-{rows}.xlsx")
    run("write_sheet", database, sheet, str(rows), str(clients + 1_000), str(seed))
    read, copied = run("read_sheet", database, sheet), copy_rows(database, rows)
    done = run("import_sheet", database, sheet)
    check = Check(
        f"import of {rows:,} rows",
        done.figures["written"] / done.figures["seconds"],
        2_000.0,
        "rows/s",
        at_least=True,
    )
    beside = f"COPY alone {copied:,.0f} rows/s, openpyxl reading {rows / read.figures['seconds']:,.0f} rows/s; {done.figures['told']}"
    memory = Check("its most memory ", done.most_mib, 1024.0, "MiB")
    return [check, memory], {check.what: beside}


def _most_mib() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    figures = {"nightly": nightly, "due_scan": due_scan, "write_sheet": write_sheet, "import_sheet": import_sheet,
               "read_sheet": read_sheet}[sys.argv[1]](*sys.argv[2:])  # fmt: skip
    print(json.dumps({**figures, "most_mib": _most_mib()}))
