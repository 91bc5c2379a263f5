"""What triggers raise is raised once, does itself by the right contact, closes itself, and obeys the policy."""

from dataclasses import replace
from datetime import timedelta

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
