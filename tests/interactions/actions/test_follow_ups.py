from datetime import timedelta

import pytest

from clients.models import RelationshipAssessment
from clients.rules.next_step import NextStep
from clients.rules.relationship import assess
from clients.rules.relationship_facts import Facts, RelationshipPolicy
from clients.rules.relationship_stored import to_json
from interactions.actions import follow_ups as actions
from interactions.enums import FollowUpOrigin
from interactions.models import FollowUp
from interactions.rules.follow_ups import NotPossible
from interactions.rules.permissions import Refused
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.sentences import sentence
from tests.clients.build import make_client
from tests.interactions.build import make_contact, working_days_after
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def client_row(lawyer):
    return make_client(lawyer, grade="B")


@pytest.fixture
def planned(lawyer, client_row):
    return actions.create_follow_up(
        by=lawyer, client=client_row, title="Call about the lease", due_at=in_days(1)
    )


def in_days(days):
    return clock.now() + timedelta(days=days)


def told():
    return [
        sentence(entry) for entry in AuditEntry.objects.filter(verb__startswith="follow_up").order_by("id")
    ]


def test_a_follow_up_is_planned_reminded_and_escalated_by_grade(planned, lawyer):
    row = FollowUp.objects.get()
    assert (row.owner, row.made_by, row.state) == (lawyer, lawyer, "open")
    assert row.remind_at == row.due_at
    assert row.escalate_at == working_days_after(row.due_at, 3, lawyer)
    assert told() == ["Wei Chen planned a follow-up: Call about the lease."]


def test_done_by_a_contact(planned, lawyer, client_row):
    contact = make_contact(client_row, does_follow_up=planned)
    row = FollowUp.objects.get()
    assert (row.state, row.done_by_contact, row.finished_by) == ("done", contact, lawyer)
    with pytest.raises(NotPossible):
        actions.finish_follow_up(row, by=lawyer, contact=contact)


def test_snoozing_moves_the_reminder_not_the_due_date(planned, lawyer):
    until = in_days(5)
    row = actions.snooze_follow_up(planned, by=lawyer, until=until)
    assert (row.state, row.snoozed_until, row.remind_at) == ("snoozed", until, until)
    assert (row.due_at, row.escalate_at) == (planned.due_at, planned.escalate_at)
    with pytest.raises(ValueError, match="future"):
        actions.snooze_follow_up(planned, by=lawyer, until=in_days(-1))


def test_cancelling_takes_a_reason(planned, lawyer):
    with pytest.raises(ValueError, match="reason"):
        actions.cancel_follow_up(planned, by=lawyer, reason=" ")
    row = actions.cancel_follow_up(planned, by=lawyer, reason="client moved away")
    assert (row.state, row.cancel_reason, row.remind_at, row.escalate_at) == (
        "cancelled",
        "client moved away",
        None,
        None,
    )
    assert told()[-1] == "Wei Chen cancelled the follow-up “Call about the lease”: client moved away"
    with pytest.raises(Refused):
        actions.cancel_follow_up(planned, by=lawyer, reason="again")


def test_a_stranger_changes_nothing(planned):
    stranger = make_person("lawyer2")
    for attempt in (
        lambda: actions.cancel_follow_up(planned, by=stranger, reason="x"),
        lambda: actions.snooze_follow_up(planned, by=stranger, until=in_days(3)),
        lambda: actions.reassign_follow_up(planned, by=stranger, owner=stranger),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_new_due_date_wakes_it_and_starts_its_clocks_again(planned, lawyer):
    actions.snooze_follow_up(planned, by=lawyer, until=in_days(5))
    row = actions.change_follow_up(planned, by=lawyer, version=2, changes={"due_at": in_days(9)})
    assert (row.state, row.snoozed_until) == ("open", None)
    assert row.remind_at == row.due_at
    assert row.escalate_at == working_days_after(row.due_at, 3, lawyer)


def test_whoever_it_is_given_to_is_reminded_too(planned, lawyer):
    FollowUp.objects.update(remind_at=None)
    colleague = make_person("lawyer2")
    row = actions.reassign_follow_up(planned, by=lawyer, owner=colleague)
    assert (row.owner, row.remind_at) == (colleague, row.due_at)
    assert told()[-1] == "Wei Chen gave the follow-up “Call about the lease” to Na Li."


def test_the_second_to_change_it_is_shown_the_first(planned, lawyer):
    actions.change_follow_up(planned, by=lawyer, version=1, changes={"title": "Theirs"})
    with pytest.raises(StaleVersion) as caught:
        actions.change_follow_up(planned, by=lawyer, version=1, changes={"title": "Mine"})
    assert caught.value.theirs.title == "Theirs"


def judged(client, **facts):
    today = clock.today()
    RelationshipAssessment.objects.filter(client=client).delete()
    assessment = assess(
        Facts(client_since=None, known_since=today - timedelta(days=900), grade="B", **facts),
        RelationshipPolicy(),
        today,
    )
    return RelationshipAssessment.objects.create(
        client=client,
        criteria=to_json(assessment),
        next_step=assessment.next_step or "",
        fingerprint=assessment.fingerprint,
        assessed_on=today,
    )


def test_the_next_step_becomes_a_follow_up_once(lawyer, client_row):
    judged(client_row)
    row = actions.schedule_next_step(client_row, by=lawyer)
    assert (row.title, row.purpose, row.origin) == (
        "Reach the client and have a conversation",
        "expectation_check",
        FollowUpOrigin.NEXT_STEP,
    )
    assert clock.local(row.due_at, lawyer).hour == 9
    assert clock.local(row.due_at, lawyer).weekday() < 5
    assert actions.schedule_next_step(client_row, by=lawyer) == row
    assert FollowUp.objects.count() == 1


def test_the_next_step_is_the_responsible_lawyers_in_their_language(client_row):
    judged(client_row)
    row = actions.schedule_next_step(client_row, by=make_person("partner"))
    assert row.owner == client_row.responsible


def test_an_open_complaint_is_the_next_step_already_planned(lawyer, client_row):
    make_contact(client_row, purposes=["complaint"], initiator="client")
    step = NextStep("satisfied", "complaint", "contact", "complaint", "phone", clock.today())
    assert actions._already_planned(client_row, step) == FollowUp.objects.get()


def test_without_an_assessment_there_is_nothing_to_suggest(lawyer, client_row):
    RelationshipAssessment.objects.all().delete()
    with pytest.raises(actions.NothingToSuggest):
        actions.schedule_next_step(client_row, by=lawyer)
