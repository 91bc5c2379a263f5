"""What a chunk of an import asks of the database does not grow with its rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.actions.importing.undoing import start_undo
from clients.actions.importing.writing import start_commit
from clients.models import Person, PersonFact
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import User
from tests.clients.build import make_client, make_client_person
from tests.clients.importing.build import make_firm, stage, verdicts

pytestmark = pytest.mark.django_db
PEOPLE = ["Client", "Name", "Phone", "Email", "Further phones", "Role", "Position"]
CLIENTS = ["Name", "Kind", "Responsible lawyer", "Phone", "Note", "Further phones", "Further mail addresses"]


@pytest.fixture
def admin():
    return make_firm()


def statements(job_id) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        run_next_chunk(job_id)
    return len(asked)


def written_and_taken_back(admin, rows: list[list], headings: list[str]) -> tuple[int, int]:
    """Statements of the chunk that writes all rows, and of the chunk that takes them back."""
    run = stage(admin, rows, headings)
    assert set(verdicts(run).values()) == {"update"}
    run = start_commit(run, by=admin)
    wrote = statements(run.job_id)
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    assert run.counts["updated"] == len(rows)
    run = start_undo(run, by=admin)
    took = statements(run.job_id)
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    assert run.counts["reversed"] == len(rows)
    return wrote, took


def test_of_people_on_record(admin):
    client = make_client(User.objects.get(username="lawyer"), name="Harbour Ltd", kind="private_enterprise")
    for n in range(33):
        make_client_person(client, name=f"Person {n:02}", phone=f"138001380{n:02}", role="user")
    PersonFact.objects.bulk_create(
        PersonFact(person=person, kind="phone", value=f"1{person.phone[1:]}0")
        for person in Person.objects.all()
    )
    rows = [
        [
            "Harbour Ltd",
            f"Person {n:02}",
            f"139001390{n:02}",
            f"p{n}@harbour.example",
            f"137001370{n:02}",
            "Payer",
            "Clerk",
        ]
        for n in range(33)
    ]
    few = written_and_taken_back(admin, rows[:3], PEOPLE)
    many = written_and_taken_back(admin, rows[3:], PEOPLE)
    assert few == many


def test_of_people_known_elsewhere(admin):
    lawyer = User.objects.get(username="lawyer")
    client = make_client(lawyer, name="Harbour Ltd", kind="private_enterprise")
    make_client(lawyer, name="Quay Ltd", kind="private_enterprise")
    for n in range(33):
        make_client_person(client, name=f"Person {n:02}", phone=f"138001380{n:02}", role="user")
    rows = [
        ["Quay Ltd", f"Person {n:02}", f"138001380{n:02}", "", f"137001370{n:02}", "Payer", "Clerk"]
        for n in range(33)
    ]

    def asked(rows) -> tuple[int, int]:
        run = start_commit(stage(admin, rows, PEOPLE), by=admin)
        wrote = statements(run.job_id)
        while run_next_chunk(run.job_id):
            pass
        run.refresh_from_db()
        assert run.counts["created"] == len(rows) and PersonFact.objects.count() == len(rows)
        run = start_undo(run, by=admin)
        took = statements(run.job_id)
        while run_next_chunk(run.job_id):
            pass
        assert not PersonFact.objects.exists()
        return wrote, took

    assert asked(rows[:3]) == asked(rows[3:])


def test_of_clients_on_record(admin):
    lawyer = User.objects.get(username="lawyer")
    for n in range(33):
        make_client(lawyer, name=f"Harbour {n:02} Ltd", kind="private_enterprise", phone=f"021-623400{n:02}")
    rows = [
        [
            f"Harbour {n:02} Ltd",
            "Private enterprise",
            "lawyer",
            f"021-623500{n:02}",
            "new",
            f"137001370{n:02}",
            f"p{n}@harbour.example",
        ]
        for n in range(33)
    ]
    assert written_and_taken_back(admin, rows[:3], CLIENTS) == written_and_taken_back(
        admin, rows[3:], CLIENTS
    )
