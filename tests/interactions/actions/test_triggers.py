"""What triggers raise is raised once, does itself by the right contact, closes itself, and obeys the policy."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from interactions.actions.contacts import withdraw_contact
from interactions.actions.triggers import look_at
from interactions.enums import CAUSE_GONE, FollowUpOrigin, FollowUpState, Purpose, Trigger, TriggerOwner
from interactions.models import FollowUp
from interactions.rules.triggers import DEFAULTS
from interactions.triggers import rules_of, stored
from lawcrm.firm import clock
from lawcrm.firm.actions.policy import change_policy
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.policy import FirmPolicy, frozen
from matters.actions.agenda import add_date, finish_date
from matters.actions.matters import open_matter
from matters.actions.service import invoice, receive
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer", supervisor=make_person("partner"))


@pytest.fixture
def client_row(lawyer):
    return make_client(lawyer, client_since=clock.today() - timedelta(days=1))


def decide(by, **rules):
    kept = stored({**DEFAULTS, **rules})
    change_policy(by=by, policy=replace(FirmPolicy(), triggers=frozen(kept)), note="tried")


def raised():
    return list(FollowUp.objects.filter(origin=FollowUpOrigin.TRIGGER).order_by("pk"))


def test_the_same_cause_is_raised_once(client_row):
    assert look_at([client_row.pk]) == (1, 0)
    assert look_at([client_row.pk]) == (0, 0)
    (row,) = raised()
    assert (row.trigger, row.purpose) == (Trigger.NEW_CLIENT, "")
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(client=client_row, owner=row.owner, due_at=row.due_at, cause=row.cause)


def test_a_contact_does_it_and_its_withdrawal_undoes_that(lawyer, client_row):
    look_at([client_row.pk])
    contact = make_contact(client_row, at=clock.now(), purposes=[Purpose.NEEDS_REVIEW])
    (row,) = raised()
    assert (row.state, row.done_by_contact) == (FollowUpState.DONE, contact)
    withdraw_contact(contact, by=lawyer, reason="a slip")
    assert raised()[0].state == FollowUpState.OPEN
    assert look_at([client_row.pk]) == (0, 0)


def test_an_unanswered_call_and_a_greeting_do_nothing(client_row):
    look_at([client_row.pk])
    make_contact(client_row, at=clock.now(), answered=False)
    make_contact(client_row, at=clock.now(), purposes=[Purpose.GREETING])
    assert raised()[0].state == FollowUpState.OPEN


def test_a_cause_that_vanishes_closes_it_and_may_come_again(lawyer, client_row):
    look_at([client_row.pk])
    contact = make_contact(client_row, at=clock.now() - timedelta(days=4), purposes=[Purpose.NEEDS_REVIEW])
    client_row.client_since = clock.today() - timedelta(days=5)
    client_row.save(update_fields=["client_since"])
    assert look_at([client_row.pk]) == (0, 1)
    (row,) = raised()
    assert (row.state, row.cancel_reason, row.remind_at) == (FollowUpState.CANCELLED, CAUSE_GONE, None)
    withdraw_contact(contact, by=lawyer, reason="a slip")
    assert look_at([client_row.pk]) == (1, 0)


def test_what_is_switched_off_is_closed_and_not_raised(lawyer, client_row):
    look_at([client_row.pk])
    decide(lawyer, **{Trigger.NEW_CLIENT: replace(DEFAULTS[Trigger.NEW_CLIENT], on=False)})
    assert look_at([client_row.pk]) == (0, 1)


def test_it_goes_to_whom_the_policy_names_and_never_past_a_wall(lawyer, client_row):
    supervised = replace(DEFAULTS[Trigger.NEW_CLIENT], who=TriggerOwner.SUPERVISOR)
    decide(lawyer, **{Trigger.NEW_CLIENT: supervised})
    other = make_client(lawyer, client_since=clock.today())
    raise_wall(other, kind="client", by=lawyer, mode="admits", people=[lawyer], reason="a bid")
    look_at([client_row.pk, other.pk])
    owners = {row.client_id: row.owner_id for row in raised()}
    assert owners == {client_row.pk: lawyer.supervisor_id, other.pk: lawyer.pk}


def test_the_policy_keeps_only_what_differs():
    rules = {**DEFAULTS, Trigger.QUIET: replace(DEFAULTS[Trigger.QUIET], days=4)}
    assert stored(rules) == {Trigger.QUIET: {"days": 4}}
    assert rules_of(replace(FirmPolicy(), triggers=frozen(stored(rules)))) == rules


# -- what matters ask for ----------------------------------------------------------------------------------


@pytest.fixture
def matter(lawyer):
    today = clock.today()
    client = make_client(lawyer, client_since=today - timedelta(days=900))
    make_contact(client, at=clock.now(), purposes=[Purpose.PROGRESS_REPORT, Purpose.EXPECTATION_CHECK])
    return open_matter(
        by=lawyer,
        client=client,
        title="The harbour case",
        kind="civil",
        service_type="litigation",
        accepted_on=today - timedelta(days=20),
        responsible=lawyer,
    )


def triggers_of(matter):
    look_at([matter.client_id])
    return [row.trigger for row in raised() if row.state == FollowUpState.OPEN]


def test_a_limitation_is_asked_for_once_and_until_it_is_done(lawyer, matter):
    near = add_date(matter, by=lawyer, kind="limitation", on=clock.today() + timedelta(days=20))
    add_date(matter, by=lawyer, kind="limitation", on=clock.today() + timedelta(days=200))
    assert triggers_of(matter) == [Trigger.LIMITATION]
    finish_date(near, by=lawyer)
    assert triggers_of(matter) == []


def test_another_date_of_the_matter_is_a_key_date(lawyer, matter):
    add_date(matter, by=lawyer, kind="hearing", on=clock.today() + timedelta(days=1))
    assert triggers_of(matter) == [Trigger.KEY_DATE]


def test_an_invoice_is_asked_for_from_the_day_after_it_was_due_until_it_is_paid(lawyer, matter):
    today = clock.today()
    owed = invoice(matter, by=lawyer, amount=Decimal(900), issued_on=today - timedelta(days=40), due_on=today)
    assert triggers_of(matter) == []
    type(owed).objects.update(due_on=today - timedelta(days=8))
    assert triggers_of(matter) == [Trigger.RECEIVABLE]
    receive(owed, by=lawyer, amount=Decimal(900), on=today)
    assert triggers_of(matter) == []


def test_a_retainer_that_ends_is_talked_about_two_months_before(matter):
    type(matter).objects.update(ends_on=clock.today() + timedelta(days=61))
    assert triggers_of(matter) == []
    type(matter).objects.update(ends_on=clock.today() + timedelta(days=60))
    assert triggers_of(matter) == [Trigger.RETAINER_ENDING]
