"""Work on many at once, as lines of the table: each done by a process of its own (lawcrm.desk.bench.deeds)."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management import get_commands

from lawcrm.desk.bench.firms import CHECKOUT, connect, environment
from lawcrm.desk.bench.report import Check

MOST_COPIED = 20_000  # rows held in memory to be copied


@dataclass(frozen=True, slots=True)
class Done:
    """What a process did: the figures it printed, and the most memory it held."""

    figures: dict
    most_mib: float


def run(deed: str, database: str, *arguments: str) -> Done:
    """One deed in a process of its own."""
    finished = subprocess.run(
        _command(deed, arguments),
        cwd=CHECKOUT,
        env=environment(database),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures = json.loads(finished.stdout.splitlines()[-1])
    return Done(figures, figures.pop("most_mib"))


def begin(deed: str, database: str, *arguments: str) -> subprocess.Popen:
    """One deed in a process of its own, while others go on."""
    return subprocess.Popen(
        _command(deed, arguments), cwd=CHECKOUT, env=environment(database), stdout=subprocess.DEVNULL
    )


def _command(deed: str, arguments: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-m", "lawcrm.desk.bench", deed, *arguments]


def copy_rows(database: str, rows: int) -> float:
    """The floor of writing: so many rows of the clients' table by COPY alone, indexes and all. Rows a second."""
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
    return len(copied) / (time.perf_counter() - began)


# -- as lines of the table --------------------------------------------------------------------------------------


def checks(
    database: str, *, clients: int, seed: int, rows: int, folder: Path
) -> tuple[list[Check], dict[str, str]]:
    """All of it, the import last: it adds to the firm."""
    from lawcrm.desk.bench import meanwhile  # builds on this

    night, scan = run("nightly", database), run("due_scan", database)
    found = [
        Check(f"nightly assessment of {night.figures['judged']:,}", night.figures["seconds"], 60.0, "s"),
        Check("memory of the nightly assessment", night.most_mib, 1024.0, "MiB"),
        Check("scan for what is due", scan.figures["milliseconds"], 10.0, "ms"),
    ]
    asked = run("conflict_check", database)
    found.append(Check("conflict check of a name, p95", asked.figures["slow"], 300.0, "ms"))
    notes = {found[0].what: f"{night.figures['changed']:,} judged differently"}
    notes[found[-1].what] = f"p50 {asked.figures['milliseconds']:.0f} ms"
    due, told = _due(database, clients)
    found, notes = [*found, *due], {**notes, **told}
    twins = run("find_twins", database)
    found += [
        Check(f"search for twins among {twins.figures['clients']:,}", twins.figures["seconds"], 120.0, "s"),
        Check("memory of the search for twins", twins.most_mib, 1024.0, "MiB"),
    ]
    notes[found[-2].what] = (
        f"{twins.figures['people']:,} people too, {twins.figures['pairs']:,} pairs compared"
    )
    exported = run("export_list", database, "20")
    found += [
        Check(
            f"export of {exported.figures['rows']:,} rows x 20 columns",
            exported.figures["rows"] / exported.figures["seconds"],
            2_000.0,
            "rows/s",
            at_least=True,
        ),
        Check("memory of the export", exported.most_mib, 256.0, "MiB"),
    ]
    imported = _import(database, clients=clients, seed=seed, rows=rows, folder=folder)
    beside = meanwhile.check(database, clients=clients, seed=seed, rows=2 * rows, folder=folder)
    large = _import_large(database, clients=clients, seed=seed, rows=10 * rows, folder=folder)
    return [*found, *imported[0], *beside[0], *large[0]], {**notes, **imported[1], **beside[1], **large[1]}


def _due(database: str, clients: int) -> tuple[list[Check], dict[str, str]]:
    """What the triggers raise by night, and the ticks of a firm with very many open follow-ups."""
    nights = run("nightly_triggers", database)
    open_ones, due, late = 5 * clients, max(clients // 100, 1), max(clients // 500, 1)
    ticks = run("minute_tick", database, str(open_ones), str(due), str(late)).figures
    first, after = nights.figures["first"], nights.figures["next"]
    found = [
        Check(f"nightly triggers of {first['looked_at']:,}", after["seconds"], 120.0, "s"),
        Check("the first night of the triggers", first["seconds"], 120.0, "s"),
        Check("memory of the triggers", nights.most_mib, 512.0, "MiB"),
        Check(f"minute tick at {ticks['open']:,} open follow-ups", ticks["idle"], 2.0, "s"),
        Check(f"minute tick in which {due:,} come due and {late} go further", ticks["busy"], 2.0, "s"),
    ]
    notes = {
        found[place].what: f"{night['raised']:,} raised, {night['closed']:,} closed"
        for place, night in enumerate((after, first))
    }
    return found, notes


def _import(
    database: str, *, clients: int, seed: int, rows: int, folder: Path
) -> tuple[list[Check], dict[str, str]]:
    if "import_clients" not in get_commands():
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
    beside = (
        f"COPY alone {copied:,.0f} rows/s, openpyxl reading {rows / read.figures['seconds']:,.0f} rows/s; "
        + ", ".join(f"{count:,} {name}" for name, count in done.figures["told"].items())
    )
    memory = Check("memory of the import", done.most_mib, 1024.0, "MiB")
    return [check, memory], {check.what: beside}


def _import_large(
    database: str, *, clients: int, seed: int, rows: int, folder: Path
) -> tuple[list[Check], dict[str, str]]:
    """Twenty columns; the preview and the writing apart."""
    sheet = str(folder / f"bench-wide-{rows}.xlsx")
    run("write_wide_sheet", database, sheet, str(rows), str(2 * clients + 1_000), str(seed))
    read, copied = run("read_sheet", database, sheet), copy_rows(database, min(rows, clients, MOST_COPIED))
    done = run("import_in_two", database, sheet)
    preview = Check(f"preview of {rows:,} rows of 20 columns", done.figures["preview"], 90.0, "s")
    figure = done.figures["written"] / done.figures["seconds"]
    commit = Check(f"writing {rows:,} rows", figure, 1_500.0, "rows/s", at_least=True)
    memory = Check(f"memory of importing {rows:,} rows", done.most_mib, 512.0, "MiB")
    told = ", ".join(f"{count:,} {name}" for name, count in done.figures["told"].items())
    notes = {
        preview.what: f"openpyxl reading alone {read.figures['seconds']:.0f} s",
        commit.what: f"COPY alone {copied:,.0f} rows/s; {told}",
    }
    return [preview, commit, memory], notes
