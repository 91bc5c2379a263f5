"""Follow-ups that come again, are given to others, done without a contact, moved to another day."""

from datetime import date, datetime, timedelta

import pytest

from interactions.actions.follow_ups import (
    change_follow_up,
    create_follow_up,
    finish_without_contact,
    move_follow_up,
)
from interactions.enums import FollowUpOrigin, FollowUpState
from interactions.models import FollowUp
from interactions.rules import recurrence
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
DUE = datetime(2027, 3, 1, 10, 30, tzinfo=clock.zone_of())


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def client_row(lawyer):
    return make_client(lawyer)


def planned(by, client, **fields):
    return create_follow_up(**{"by": by, "client": client, "title": "Ring them", "due_at": DUE} | fields)


def test_the_last_day_of_a_month_stays_the_last_day():
    rule = recurrence.anchored(recurrence.MONTHLY, date(2027, 1, 31))
    days, day = [], date(2027, 1, 31)
    for _each in range(3):
        day = recurrence.next_day(rule, date(2027, 1, 31), day)
        days.append(day)
    assert days == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert recurrence.preset_of(rule) == recurrence.MONTHLY


def test_29_february_comes_every_year():
    rule = recurrence.anchored(recurrence.YEARLY, date(2028, 2, 29))
    assert recurrence.next_day(rule, date(2028, 2, 29), date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_series_that_has_ended_has_no_next_day():
    assert recurrence.next_day("FREQ=WEEKLY;COUNT=2", date(2027, 1, 4), date(2027, 1, 11)) is None


def test_done_by_a_contact_the_next_of_the_series_is_planned(lawyer, client_row):
    with clock.standing_at(DUE):
        first = planned(lawyer, client_row, recurrence=recurrence.WEEKLY)
        make_contact(client_row, does_follow_up=first)
        (following,) = FollowUp.objects.unfinished()
    assert clock.local(following.due_at, lawyer).date() == date(2027, 3, 8)
    assert (following.recurs_from, following.recurrence) == (date(2027, 3, 1), recurrence.WEEKLY)
    assert clock.local(following.due_at, lawyer).hour == 10


def test_a_late_one_is_not_followed_by_those_that_were_missed(lawyer, client_row):
    first = planned(lawyer, client_row, recurrence=recurrence.WEEKLY)
    with clock.standing_at(DUE + timedelta(days=20)):
        finish_without_contact(first, by=lawyer, outcome="Settled by letter")
        (following,) = FollowUp.objects.unfinished()
    assert clock.local(following.due_at, lawyer).date() == date(2027, 3, 22)
    first.refresh_from_db()
    assert (first.state, first.outcome) == (FollowUpState.DONE, "Settled by letter")


def test_a_complaint_is_not_done_without_a_contact(lawyer, client_row):
    row = planned(lawyer, client_row, origin=FollowUpOrigin.COMPLAINT)
    with pytest.raises(ValueError):
        finish_without_contact(row, by=lawyer, outcome="Never mind")


def test_given_to_somebody_else_it_says_by_whom(lawyer, client_row):
    other = make_person("partner")
    row = planned(lawyer, client_row, owner=other)
    assert row.delegated_by == lawyer
    row = change_follow_up(row, by=other, version=row.version, changes={"owner": lawyer})
    assert row.delegated_by == other
    row = change_follow_up(row, by=other, version=row.version, changes={"owner": other})
    assert row.delegated_by is None


def test_moved_to_another_day_it_keeps_its_hour(lawyer, client_row):
    row = planned(lawyer, client_row)
    row = move_follow_up(row, by=lawyer, version=row.version, day=date(2027, 3, 4))
    assert clock.local(row.due_at, lawyer).isoformat()[:16] == "2027-03-04T10:30"
    assert row.remind_at == row.due_at


def test_a_series_may_be_begun_and_ended_later(lawyer, client_row):
    row = planned(lawyer, client_row)
    row = change_follow_up(row, by=lawyer, version=row.version, changes={"recurrence": recurrence.MONTHLY})
    assert row.recurs_from == date(2027, 3, 1)
    row = change_follow_up(row, by=lawyer, version=row.version, changes={"recurrence": ""})
    assert (row.recurrence, row.recurs_from) == ("", None)
