"""Small client lists for the tests of the import."""

import io

from clients.actions.importing.reading import stage_import
from clients.actions.importing.writing import start_commit
from clients.models import ImportRun
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.spreadsheets.writer import write_csv
from tests.data import make_samples
from tests.people import make_person

HEADINGS = ["Name", "Kind", "Responsible lawyer", "Phone", "Email", "Identity number", "Note"]


def make_firm():
    """The administrator who imports, and the two lawyers the sample lists name."""
    make_person("lawyer")
    make_person("lawyer2")
    return make_person("admin")


def csv_file(rows: list[list], headings: list[str] = HEADINGS) -> io.BytesIO:
    buffer = io.BytesIO()
    write_csv(buffer, headings, rows)
    return buffer


def stage(by, rows: list[list], headings: list[str] = HEADINGS, **options) -> ImportRun:
    return stage_import(by=by, file=csv_file(rows, headings), file_name="list.csv", **options)


def stage_sample(by, name: str) -> ImportRun:
    with open(make_samples.HERE / name, "rb") as file:
        return stage_import(by=by, file=file, file_name=name)


def commit(run: ImportRun, by) -> ImportRun:
    run = start_commit(run, by=by)
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


def verdicts(run: ImportRun) -> dict[int, str]:
    return dict(run.rows.values_list("number", "verdict"))


def person_row(name: str, phone: str = "", **more) -> list:
    return [
        name,
        "Natural person",
        more.get("lawyer", "lawyer"),
        phone,
        more.get("email", ""),
        more.get("number", ""),
        more.get("note", ""),
    ]
