"""How long care, letters and guests are kept."""

from datetime import timedelta

import pytest

from interactions.actions.events import add_guests, make_event, mark_attended
from interactions.models import CareTask, Contact, EventInvitation
from lawcrm.firm import clock, retention
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def forget(code, days):
    kept = {one.code: one for one in retention.classes()}[code]
    rows = kept.rows(retention.before(days))
    return kept.forget(rows) if kept.forget else rows.delete()[0]


def care_of(lawyer, days_ago, state="done", **fields):
    values = {"subject": "Greetings", "body": "Dear Anna", "sent_to": "anna@harbour.example"} | fields
    on = clock.today() - timedelta(days=days_ago)
    done_at = clock.now() if state == "done" else None
    return CareTask.objects.create(
        client=make_client(lawyer), kind="visit", occasion=f"visit:{on}", on=on, owner=lawyer, channel="email",
        state=state, done_at=done_at, **values,
    )  # fmt: skip


def test_words_of_letters_go_and_the_deed_stays(lawyer):
    old, new = care_of(lawyer, 200), care_of(lawyer, 10)
    leaving = care_of(lawyer, 200, state="sending")
    assert forget("care_letters", 100) == 1
    assert forget("care_letters", 100) == 0
    for row in (old, new, leaving):
        row.refresh_from_db()
    assert (old.subject, old.body, old.sent_to, old.state) == ("", "", "", "done")
    assert new.body == leaving.body == "Dear Anna"


def test_care_of_long_ago_goes(lawyer):
    care_of(lawyer, 500)
    kept = [care_of(lawyer, 100), care_of(lawyer, 500, state="sending")]
    assert forget("care_tasks", 400) == 1
    assert set(CareTask.objects.all()) == set(kept)


def test_guests_go_and_the_contact_of_their_presence_stays(lawyer):
    event = make_event(by=lawyer, title="Tea", place="Hall", organiser=lawyer, starts_at=clock.now())
    (guest,) = add_guests(event, [make_client(lawyer)], by=lawyer)
    mark_attended(guest, by=lawyer)
    assert forget("event_guests", 180) == 0
    type(event).objects.update(starts_at=clock.now() - timedelta(days=200))
    assert forget("event_guests", 180) == 1
    assert not EventInvitation.objects.exists() and Contact.objects.count() == 1
