"""Promises change with their contact, and their follow-ups with them."""

from datetime import date, timedelta

import pytest

from interactions.actions.contacts import edit_contact, log_contact
from interactions.actions.follow_ups import finish_follow_up, move_follow_up
from interactions.actions.promises import PromiseMade
from interactions.enums import PROMISE_TAKEN_BACK, Channel, Confidentiality
from interactions.models import ContactRevision, FollowUp, Promise
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
DAY = date(2031, 3, 4)


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def other():
    return make_person("other")


@pytest.fixture
def contact(lawyer):
    return log_contact(
        by=lawyer,
        client=make_client(lawyer),
        at=clock.now(),
        channel=Channel.PHONE,
        purposes=["billing"],
        promises=[PromiseMade(text="Send the lease", due_on=DAY), PromiseMade(text="Pay", by_firm=False)],
    )


def edit(contact, lawyer, *promises, **changes):
    contact.refresh_from_db()
    return edit_contact(
        contact, by=lawyer, version=contact.version, changes={"promises": promises, **changes}
    )


def of(known, **changes):
    row = Promise.objects.get(text=known)
    values = dict(pk=row.pk, text=row.text, by_firm=row.by_firm, owner=row.owner, due_on=row.due_on)
    return PromiseMade(**values | changes)


def duties():
    rows = FollowUp.objects.order_by("created_at", "pk")
    return [
        (row.title, clock.local(row.due_at, row.owner).date(), row.owner.username, row.state) for row in rows
    ]


def test_words_day_and_owner_are_followed(contact, lawyer, other):
    changed = of("Send the lease", text="Send both leases", owner=other, due_on=DAY + timedelta(days=7))
    edit(contact, lawyer, changed, of("Pay"))
    assert duties() == [("Send both leases", date(2031, 3, 11), "other", "open")]
    revision = ContactRevision.objects.get()
    assert "Send the lease" in revision.values
    entry = AuditEntry.objects.get(verb="contact.edited")
    assert "lease" not in str(entry.changes)


def test_one_is_added_and_one_taken_back(contact, lawyer):
    edit(contact, lawyer, PromiseMade(text="Ring the court", due_on=DAY), of("Pay"))
    assert duties() == [
        ("Send the lease", DAY, "lawyer", "cancelled"),
        ("Ring the court", DAY, "lawyer", "open"),
    ]
    gone = FollowUp.objects.get(title="Send the lease")
    assert (gone.cancel_reason, gone.promise) == (PROMISE_TAKEN_BACK, None)
    assert sorted(Promise.objects.values_list("text", flat=True)) == ["Pay", "Ring the court"]


def test_what_is_done_stays(contact, lawyer):
    row = FollowUp.objects.get()
    finish_follow_up(row, by=lawyer, contact=make_contact(contact.client))
    edit(contact, lawyer, of("Send the lease", text="Never mind"))
    assert duties() == [("Send the lease", DAY, "lawyer", "done")]
    assert list(Promise.objects.values_list("text", flat=True)) == ["Send the lease"]


def test_a_day_set_by_hand_outlives_other_words(contact, lawyer):
    row = FollowUp.objects.get()
    move_follow_up(row, by=lawyer, version=row.version, day=DAY + timedelta(days=1))
    edit(contact, lawyer, of("Send the lease", text="Send both leases"), of("Pay"))
    assert duties() == [("Send both leases", DAY + timedelta(days=1), "lawyer", "open")]


def test_ours_becomes_theirs_and_ours_again(contact, lawyer):
    edit(contact, lawyer, of("Send the lease", by_firm=False, owner=None), of("Pay"))
    assert duties() == [("Send the lease", DAY, "lawyer", "cancelled")]
    edit(contact, lawyer, of("Send the lease", by_firm=True), of("Pay"))
    assert [row[3] for row in duties()] == ["cancelled", "open"]


def test_sealed_later_its_words_leave_the_follow_up(contact, lawyer):
    changes = {"confidentiality": Confidentiality.CONFIDENTIAL}
    edit(contact, lawyer, of("Send the lease"), of("Pay"), **changes)
    assert FollowUp.objects.get().title == ""


def test_nothing_changed_is_no_edit(contact, lawyer):
    version = edit(contact, lawyer, of("Send the lease"), of("Pay")).version
    assert version == 1
    assert not ContactRevision.objects.exists()


def test_from_the_form(client, contact, lawyer):
    client.force_login(lawyer)
    url = f"/interactions/{contact.pk}/edit/"
    page = client.get(url)
    assert page.status_code == 200
    form = page.context["form"]
    assert [row["text"] for row in form.promise_rows] == ["Send the lease", "Pay"]
    lease, pay = (str(Promise.objects.get(text=text).pk) for text in ("Send the lease", "Pay"))
    sent = {
        "version": form.initial["version"], "opened_with": form.initial["opened_with"], "channel": "phone",
        "purposes": ["billing"], "initiator": "firm", "answered": "on", "confidentiality": "ordinary", "note": "",
        "promise_text": ["Send the lease at once", "", "Ring back"], "promise_who": ["", "client", ""],
        "promise_on": ["2031-03-05", "", ""], "promise_id": [lease, pay, ""],
    }  # fmt: skip
    answer = client.post(url, sent)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert [row[0] for row in duties()] == ["Send the lease at once", "Ring back"]
    assert not Promise.objects.filter(pk=pay).exists()
    history = client.get(f"/interactions/{contact.pk}/").content.decode()
    assert "Send the lease at once" in history and "Send the lease · " in history
