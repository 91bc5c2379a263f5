"""Forgetting by the days of the policy: counted before, in parts, no earlier and no later."""

from datetime import timedelta

import pytest

from clients.models import Client, ErasureRequest
from lawcrm.firm import clock, retention
from lawcrm.firm.actions.retention import change_retention, forget_next, forget_part
from lawcrm.firm.models import AuditEntry, IdempotencyKey, Job, Notice, Outbox
from lawcrm.firm.policy import current_policy
from lawcrm.firm.sentences import sentence
from matters.actions.matters import open_matter
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def admin():
    return make_person("admin")


def days_ago(days):
    return clock.now() - timedelta(days=days)


def aged(row, days, column="created_at"):
    type(row).objects.filter(pk=row.pk).update(**{column: days_ago(days)})
    return row


def message(person, days, state="sent"):
    return aged(
        Outbox.objects.create(
            event="e", key=f"k{days}{state}", person=person, channel="app", due_at=clock.now(), state=state
        ),
        days,
    )


def switch_on(by, **days):
    days = {kept.code: kept.default for kept in retention.classes()} | days
    change_retention(by=by, days=days, matter_keep_years=10, note="Try it.")


def night() -> dict:
    cursor = {}
    while forget_next(cursor):
        pass
    return cursor.get("gone", {})


def test_nothing_is_switched_on_at_first_but_what_must_be(admin):
    message(admin, 5000)
    aged(Notice.objects.create(person=admin, event="e"), 5000)
    assert night() == {}
    aged(IdempotencyKey.objects.create(user=admin, route="r", key="k", body_hash="h"), 2)
    assert night() == {"answers": 1}


@pytest.mark.parametrize(("age", "goes"), [(89, False), (91, True)])
def test_no_earlier_and_no_later(admin, age, goes):
    switch_on(admin, outbox=90)
    message(admin, age)
    message(admin, age, state="waiting")  # still to be sent: never
    assert night() == ({"outbox": 1} if goes else {})
    assert Outbox.objects.filter(state="waiting").exists()


def test_in_parts_and_on_record(admin, monkeypatch):
    switch_on(admin, notices=30, jobs=30)
    for _ in range(5):
        aged(Notice.objects.create(person=admin, event="e"), 40)
    job = Job.objects.create(kind="x", requested_by=admin, state="done", finished_at=days_ago(40))
    kept = next(one for one in retention.classes() if one.code == "notices")
    assert retention.due(kept, 30) == 5 and retention.due(kept, 0) == 0
    assert forget_part(kept, 30) == 5
    assert night() == {"jobs": 1}
    assert not Job.objects.filter(pk=job.pk).exists()
    assert sentence(AuditEntry.objects.get(verb="retention.ran")) == (
        "What was older than the firm keeps it was forgotten: 1 records."
    )


def test_clients_without_contact_go_unless_something_stands_against_it(admin):
    lawyer = make_person("lawyer")
    gone, held, young = (make_client(lawyer) for _ in range(3))
    open_matter(
        by=lawyer, client=held, title="L", kind="civil", service_type="advice", accepted_on=clock.today()
    )
    Client.objects.filter(pk__in=[gone.pk, held.pk]).update(
        created_at=days_ago(4000), last_contact_at=days_ago(3900)
    )
    assert night() == {}
    switch_on(admin, dormant=3650)
    assert night() == {"dormant": 1}
    assert set(Client.objects.values_list("pk", flat=True)) == {held.pk, young.pk}
    assert ErasureRequest.objects.get().label == ""


def test_the_page_counts_before_it_switches_on(client, admin):
    client.force_login(admin)
    message(admin, 100)
    page = client.get("/settings/retention/")
    form = page.context["form"]
    sent = {name: "" if form[name].value() is None else form[name].value() for name in form.fields} | {
        "days_outbox": 90,
        "note": "Less is more.",
    }
    looked = client.post("/settings/retention/", sent)
    assert looked.context["total"] == 1 and "would go tonight" in looked.content.decode()
    assert current_policy().retention_days.get("outbox", 0) == 0
    client.post("/settings/retention/", sent | {"save": "1"})
    assert current_policy().retention_days["outbox"] == 90
    assert night() == {"outbox": 1}
    refused = client.post("/settings/retention/", sent | {"days_outbox": 2, "days_answers": ""})
    assert set(refused.context["form"].errors) == {"version", "days_outbox", "days_answers"}


def test_only_administrators(client):
    client.force_login(make_person("partner"))
    assert client.get("/settings/retention/").status_code == 404
