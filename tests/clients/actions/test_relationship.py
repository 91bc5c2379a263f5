"""Judging, storing what changed, telling of falls, overriding."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from clients.actions.assess_all import assess_next, start_assessing_all
from clients.actions.overrides import override_type, withdraw_override
from clients.actions.relationship import assess_clients, judgement_of
from clients.enums import RelationshipType
from clients.models import Client, FirmSnapshot, RelationshipAssessment, RelationshipOverride
from interactions.actions.contacts import withdraw_contact
from interactions.enums import Purpose
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, Outbox
from lawcrm.firm.sentences import sentence
from matters.actions.matters import open_matter
from surveys.actions.surveys import answer_survey, send_survey
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db
FIVE = RelationshipType


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer(partner):
    return make_person("lawyer", supervisor=partner, department=make_department())


@pytest.fixture
def client(lawyer):
    return make_client(lawyer, client_since=clock.today() - timedelta(days=900), grade="B")


def days_ago(days: int):
    return clock.now() - timedelta(days=days)


def path_of(client) -> list:
    return list(
        RelationshipAssessment.objects.filter(client=client).order_by("id").values_list("type", flat=True)
    )


def shown(client) -> int | None:
    client.refresh_from_db()
    return client.relationship_type


def test_a_new_client_is_not_yet_assessed(client):
    row = RelationshipAssessment.objects.get(client=client)
    assert (row.type, row.insufficient, row.current) == (None, True, True)
    assert shown(client) is None
    assert client.last_contact_at is None
    assert client.quiet_from == clock.today() + timedelta(days=46)


def test_a_call_makes_it_passive_and_is_seen_in_the_list(client):
    contact = make_contact(client)
    assert shown(client) == FIVE.PASSIVE
    assert client.last_contact_at == contact.at
    assert client.quiet_from == clock.local(contact.at).date() + timedelta(days=46)
    assert path_of(client) == [None, FIVE.PASSIVE]
    assert RelationshipAssessment.objects.current().get(client=client).type == FIVE.PASSIVE


def test_what_did_not_change_is_not_stored_again(client):
    make_contact(client)
    assert assess_clients([client.pk]) == 0
    make_contact(client)
    assert path_of(client) == [None, FIVE.PASSIVE]


def test_its_figures_follow_all_the_same(client):
    make_contact(client)
    make_contact(client)
    row = RelationshipAssessment.objects.current().get(client=client)
    reachable = next(one for one in row.criteria["criteria"] if one["code"] == "reachable")
    assert reachable["figures"]["contacts"] == 2


def make_responsible(client):
    make_contact(client, purposes=[Purpose.EXPECTATION_CHECK, Purpose.PROGRESS_REPORT])
    return make_contact(client, purposes=[Purpose.FEEDBACK_SOUGHT])


def test_a_fall_is_told_to_the_lawyer_and_the_supervising_partner(client, lawyer, partner):
    contact = make_responsible(client)
    assert shown(client) == FIVE.RESPONSIBLE
    assert not Outbox.objects.filter(event="relationship.fell").exists(), "a rise is no alert"
    withdraw_contact(contact, by=lawyer, reason="another client")
    assert shown(client) == FIVE.PASSIVE
    rows = Outbox.objects.filter(event="relationship.fell")
    assert {(row.person_id, row.channel) for row in rows} == {
        (person.pk, channel) for person in (lawyer, partner) for channel in ("app", "mail")
    }
    assert rows[0].context == {"lost": ["feedback_sought"]}
    assert rows[0].object_id == RelationshipAssessment.objects.current().get(client=client).pk


def test_a_fall_by_new_thresholds_is_no_alert(client, lawyer):
    contact = make_responsible(client)
    type(contact).objects.filter(pk=contact.pk).update(withdrawn_at=clock.now(), withdrawn_by=lawyer)
    assert assess_clients([client.pk], alert=False) == 1
    assert shown(client) == FIVE.PASSIVE
    assert not Outbox.objects.filter(event="relationship.fell").exists()


def test_matters_and_surveys_count(client, lawyer):
    make_responsible(client)
    open_matter(
        by=lawyer,
        client=client,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today() - timedelta(days=40),
    )
    assert shown(client) == FIVE.PASSIVE, "no expectation check within thirty days of acceptance"
    invitation, token = send_survey(by=lawyer, client=client, occasion="regular", language="en")
    answer_survey(token, marks={}, nps=9, text="")
    facts = judgement_of(client.pk).facts
    assert (len(facts.matters), len(facts.surveys), len(facts.contacts)) == (1, 1, 2)


def test_judging_one_takes_few_statements(client, django_assert_max_num_queries):
    make_contact(client)
    with django_assert_max_num_queries(8):
        assess_clients([client.pk])


def test_judging_many_takes_no_more(lawyer, django_assert_max_num_queries):
    clients = [make_client(lawyer) for _ in range(30)]
    for client in clients:
        make_contact(client)
    RelationshipAssessment.objects.all().delete()
    with django_assert_max_num_queries(9):
        assert assess_clients([client.pk for client in clients]) == 30


# -- overrides


def judge_by_hand(client, by, **changes):
    values = dict(type=FIVE.PARTNER, reason="We meet at the club", ends_on=clock.today() + timedelta(days=30))
    return override_type(client, by=by, **values | changes)


def test_a_partners_judgement_counts_and_the_assessed_type_stays(client, partner):
    make_contact(client)
    judge_by_hand(client, partner)
    assert shown(client) == FIVE.PARTNER
    assert RelationshipAssessment.objects.current().get(client=client).type == FIVE.PASSIVE
    make_contact(client)
    assert shown(client) == FIVE.PARTNER, "also after the next assessment"
    entry = AuditEntry.objects.get(verb="relationship.overridden")
    assert entry.changes == {"relationship_type": [FIVE.PASSIVE, FIVE.PARTNER]}
    assert "We meet at the club" in sentence(entry)


def test_the_newest_override_counts(client, partner):
    judge_by_hand(client, partner)
    judge_by_hand(client, partner, type=FIVE.BASIC)
    assert shown(client) == FIVE.BASIC
    assert RelationshipOverride.objects.holding(clock.today()).count() == 1


def test_withdrawn(client, partner):
    make_contact(client)
    judge_by_hand(client, partner)
    assert withdraw_override(client, by=partner) is True
    assert shown(client) == FIVE.PASSIVE
    assert withdraw_override(client, by=partner) is False


def test_it_ends_by_itself(client, partner):
    make_contact(client)
    judge_by_hand(client, partner)
    last_day = RelationshipOverride.objects.get().ends_on
    assess_clients([client.pk], today=last_day)
    assert shown(client) == FIVE.PARTNER
    assess_clients([client.pk], today=last_day + timedelta(days=1))
    assert shown(client) == FIVE.PASSIVE


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": "  "},
        {"ends_on": clock.today() - timedelta(days=1)},
        {"ends_on": clock.today() + timedelta(days=400)},
    ]
    + [{"type": 6}],
)
def test_nonsense_is_refused(client, partner, changes):
    with pytest.raises(ValueError):
        judge_by_hand(client, partner, **changes)


def test_only_with_the_permission(client, lawyer):
    with pytest.raises(PermissionDenied):
        judge_by_hand(client, lawyer)
    with pytest.raises(PermissionDenied):
        withdraw_override(client, by=lawyer)


# -- everybody


def judge_everybody(monkeypatch, chunk=2) -> dict:
    monkeypatch.setattr("clients.actions.assess_all.CHUNK", chunk)
    cursor = {}
    while assess_next(cursor):
        pass
    return cursor


def test_everybody_chunk_by_chunk(lawyer, monkeypatch):
    clients = [make_client(lawyer) for _ in range(5)]
    RelationshipAssessment.objects.all().delete()
    cursor = judge_everybody(monkeypatch)
    assert (cursor["judged"], cursor["changed"]) == (5, 5)
    assert RelationshipAssessment.objects.filter(client__in=clients, current=True).count() == 5
    assert judge_everybody(monkeypatch)["changed"] == 0


def test_the_months_figures_are_the_last_nights(lawyer, client, monkeypatch):
    make_contact(client)
    make_client(lawyer)
    judge_everybody(monkeypatch)
    judge_everybody(monkeypatch)
    month = clock.today().replace(day=1)
    cells = FirmSnapshot.objects.values_list("month", "responsible", "grade", "type", "clients")
    assert set(cells) == {(month, lawyer.pk, "B", FIVE.PASSIVE, 1), (month, lawyer.pk, "", None, 1)}


def test_as_a_job_after_a_change_of_thresholds(client, lawyer, partner):
    make_contact(client)
    Client.objects.update(relationship_type=None)
    RelationshipAssessment.objects.all().delete()
    job = start_assessing_all(by=partner, result_url="/settings/policy/")
    while run_next_chunk(job.pk):
        pass
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.result) == ("done", 1, 1, {"changed": 1})
    assert shown(client) == FIVE.PASSIVE


def run(*arguments) -> str:
    out = StringIO()
    call_command("assess", *arguments, stdout=out)
    return out.getvalue()


def test_from_the_shell(client):
    make_contact(client)
    assert run().startswith("1 clients judged in")
    assert run("--client", str(client.pk)) == f"{client.name}: Passive\n"
    told = run("--client", str(client.pk), "--explain")
    assert "+ passive/reachable: 1 two-way contact" in told
    assert "- responsible/feedback_sought" in told
    assert f"evidence {client.contacts.get().pk}" in told
    assert "next step by" in told


@pytest.mark.parametrize(
    "arguments", [["--client", "x"], ["--client", "0190a0a0-0000-7000-8000-000000000000"], ["--explain"]]
)
def test_from_the_shell_refused(db, arguments):
    with pytest.raises(CommandError):
        run(*arguments)
