"""The words of rows saved before an upgrade are made anew."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clients.actions import search_upkeep
from clients.actions.facts import add_fact
from clients.actions.search_upkeep import refresh_all_words
from clients.models import Client, Person
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, Job
from matters.models import Matter
from tests.clients.build import make_client, make_client_person
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_person("admin", role="administrator")


@pytest.fixture
def rows(admin):
    """A client with a further phone, a person there and a matter, all found by words of an older making."""
    client = make_client(admin, name="张伟", kind="person")
    for phone in ("021 6234 0001", "021 6234 0002"):
        add_fact(client, by=admin, kind="phone", value=phone)
    make_client_person(client, name="Anna Bell")
    make_matter(client, title="Lease of the harbour")
    for model in (Client, Person, Matter):
        model.objects.unscoped().update(search="'old'")
    Client.objects.update(sort_key="old")
    return client


def found(model, words) -> bool:
    return model.objects.unscoped().matching(words).exists()


def test_everything_is_found_again_and_nothing_else_changes(admin, rows):
    version, entries = Client.objects.get().version, AuditEntry.objects.count()
    out = StringIO()
    call_command("refresh_search", stdout=out)
    assert (
        found(Client, "zhangwei")
        and found(Client, "0002")
        and found(Person, "bell")
        and found(Matter, "harbour")
    )
    assert not found(Client, "old")
    client = Client.objects.get()
    assert (client.sort_key.startswith("zhang"), client.version) == (True, version)
    assert AuditEntry.objects.count() == entries
    assert "4 rows read" in out.getvalue() and "3 with other words" in out.getvalue()


def test_rows_whose_words_are_right_are_not_written(admin, rows):
    call_command("refresh_search", stdout=StringIO())
    out = StringIO()
    call_command("refresh_search", by="admin", stdout=out)
    assert "0 with other words" in out.getvalue()


def test_it_goes_on_where_it_stopped(admin, rows, monkeypatch):
    make_client(admin, name="李华", kind="person")
    Client.objects.update(search="'old'")
    monkeypatch.setattr(search_upkeep, "CHUNK", 1)
    job = refresh_all_words(by=admin, wake=False)
    assert run_next_chunk(job.pk)
    assert refresh_all_words(by=admin) == job
    job.refresh_from_db()
    assert (job.done, job.total) == (1, 5)
    while run_next_chunk(job.pk):
        pass
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.DONE, 5)
    assert found(Client, "lihua") and found(Client, "zhangwei")


def test_it_may_be_left_to_the_workers(admin, rows):
    out = StringIO()
    call_command("refresh_search", background=True, stdout=out)
    assert str(Job.objects.get().pk) in out.getvalue()


def test_somebody_must_answer_for_it():
    with pytest.raises(CommandError):
        call_command("refresh_search", stdout=StringIO())
