import json
from datetime import date, timedelta

import pytest
from django.db import transaction

from clients.models import Person
from interactions.actions.contacts import (
    NextFollowUp,
    PromiseMade,
    edit_contact,
    log_contact,
    reveal_note,
    withdraw_contact,
)
from interactions.actions.follow_ups import create_follow_up
from interactions.enums import Channel, Confidentiality, FollowUpOrigin, FollowUpState, Purpose
from interactions.models import Contact, ContactRevision, FollowUp, Promise
from interactions.rules.permissions import Refused
from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.sealed import MASK
from tests.clients.build import make_client
from tests.interactions.build import make_contact, working_days_after
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def client_row(lawyer):
    return make_client(lawyer, grade="A")


def in_days(days):
    return clock.now() + timedelta(days=days)


def test_a_contact_is_written_down_with_its_audit_line(lawyer, client_row):
    person = Person.objects.create(name="Wang Fang")
    contact = make_contact(
        client_row, people=[person], purposes=["legal_update", "billing", "billing"], note="Sent the memo."
    )
    kept = Contact.objects.get()
    assert kept == contact
    assert kept.purposes == [Purpose.LEGAL_UPDATE, Purpose.BILLING]
    assert (kept.logged_by, kept.with_lawyer, kept.note) == (lawyer, lawyer, "Sent the memo.")
    assert list(kept.people.all()) == [person]
    entry = AuditEntry.objects.get(verb="contact.logged")
    assert (entry.object_label, entry.client_id) == (client_row.name, client_row.pk)
    assert "Sent the memo." not in json.dumps([entry.changes, entry.detail])


@pytest.mark.parametrize(
    "wrong",
    [{"purposes": []}, {"purposes": ["chat"]}, {"channel": "smoke"}, {"at": in_days(1)}, {"mood": "odd"}],
)
def test_what_the_log_does_not_know_is_refused(client_row, wrong):
    with pytest.raises(ValueError):
        make_contact(client_row, **wrong)
    assert not Contact.objects.exists()


def test_another_clients_matter_is_refused(lawyer, client_row):
    from matters.models import Matter

    other = make_client(lawyer, name="Other")
    matter = Matter.objects.create(
        client=other,
        title="Lease",
        kind="civil",
        service_type="advice",
        responsible=lawyer,
        accepted_on=date(2026, 1, 1),
    )
    with pytest.raises(ValueError, match="another client"):
        make_contact(client_row, matter=matter)


def test_a_confidential_note_stands_sealed_only(client_row):
    contact = make_contact(client_row, note="hidden words", confidentiality=Confidentiality.CONFIDENTIAL)
    row = Contact.objects.values("note", "sealed_note").get()
    assert row["note"] == ""
    assert b"hidden words" not in bytes(row["sealed_note"])
    assert Contact.objects.get(pk=contact.pk).substance == "hidden words"


def test_the_next_follow_up_comes_with_it_and_is_the_holders(lawyer, client_row):
    colleague = make_person("lawyer2")
    due = in_days(7)
    contact = make_contact(client_row, with_lawyer=colleague, next_follow_up=NextFollowUp(due_at=due))
    follow_up = FollowUp.objects.get()
    assert (follow_up.owner, follow_up.made_by, follow_up.from_contact) == (colleague, lawyer, contact)
    assert (follow_up.due_at, follow_up.remind_at) == (due, due)
    assert follow_up.escalate_at == working_days_after(due, 1, colleague)  # grade A
    assert follow_up.origin == FollowUpOrigin.CONTACT


def test_our_promises_become_follow_ups_theirs_do_not(lawyer, client_row):
    day = clock.today(lawyer) + timedelta(days=3)
    make_contact(
        client_row,
        promises=[
            PromiseMade(text="Send the draft", due_on=day),
            PromiseMade(text="They send the accounts", by_firm=False, due_on=day),
        ],
    )
    assert Promise.objects.count() == 2
    follow_up = FollowUp.objects.get()
    assert (follow_up.title, follow_up.owner, follow_up.origin) == ("Send the draft", lawyer, "promise")
    assert clock.local(follow_up.due_at, lawyer).date() == day
    assert clock.local(follow_up.due_at, lawyer).hour == 9
    assert follow_up.promise.text == "Send the draft"


def test_a_promise_of_a_confidential_contact_keeps_its_words_there(client_row):
    make_contact(client_row, confidentiality="confidential", promises=[PromiseMade(text="Buy the rival")])
    assert FollowUp.objects.get().title == ""
    assert not AuditEntry.objects.filter(object_label__contains="rival").exists()


def test_a_complaint_is_to_be_answered_within_a_day_by_the_responsible_lawyer(client_row):
    colleague = make_person("lawyer2")
    at = clock.now() - timedelta(hours=1)
    make_contact(client_row, by=colleague, at=at, purposes=["complaint"], initiator="client")
    follow_up = FollowUp.objects.get()
    assert (follow_up.origin, follow_up.owner) == ("complaint", client_row.responsible)
    assert follow_up.due_at == at + timedelta(hours=24)
    answer = make_contact(client_row, purposes=["complaint"], does_follow_up=follow_up)
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.done_by_contact) == ("done", answer)
    assert FollowUp.objects.count() == 1  # the answer is no new complaint


def test_a_contact_does_a_follow_up_once(lawyer, client_row):
    follow_up = create_follow_up(by=lawyer, client=client_row, title="Call", due_at=in_days(-1))
    first = make_contact(client_row, does_follow_up=follow_up)
    make_contact(client_row, does_follow_up=follow_up)
    follow_up.refresh_from_db()
    assert follow_up.done_by_contact == first
    assert (follow_up.remind_at, follow_up.escalate_at) == (None, None)
    assert AuditEntry.objects.filter(verb="follow_up.done").count() == 1


def test_a_failure_leaves_nothing(monkeypatch, client_row):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("interactions.actions.contacts.assess_clients", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        make_contact(client_row, next_follow_up=NextFollowUp(due_at=in_days(1)))
    assert not Contact.objects.exists()
    assert not AuditEntry.objects.filter(verb="contact.logged").exists()


def test_editing_keeps_how_it_stood(lawyer, client_row):
    contact = make_contact(client_row, note="first words")
    person = Person.objects.create(name="Wang Fang")
    edited = edit_contact(
        contact,
        by=lawyer,
        version=1,
        changes={"note": "second words", "channel": Channel.EMAIL, "people": [person]},
    )
    assert (edited.version, edited.note, edited.channel) == (2, "second words", "email")
    assert list(edited.people.all()) == [person]
    before = json.loads(ContactRevision.objects.get().values)
    assert (before["note"], before["channel"], before["people"]) == ("first words", "phone", [])
    assert b"first words" not in bytes(ContactRevision.objects.values_list("values", flat=True).get())
    entry = AuditEntry.objects.get(verb="contact.edited")
    assert entry.changes["channel"] == ["phone", "email"]
    assert entry.changes["note"] == [MASK, MASK]


def test_an_edit_that_changes_nothing_leaves_no_trace(lawyer, client_row):
    contact = make_contact(client_row, note="same")
    assert edit_contact(contact, by=lawyer, version=1, changes={"note": "same"}).version == 1
    assert not ContactRevision.objects.exists()


def test_the_second_to_save_is_shown_what_the_first_saved(lawyer, client_row):
    contact = make_contact(client_row)
    edit_contact(contact, by=lawyer, version=1, changes={"note": "theirs"})
    with pytest.raises(StaleVersion) as caught:
        edit_contact(contact, by=lawyer, version=1, changes={"note": "mine"})
    assert caught.value.theirs.note == "theirs"


def test_a_stranger_edits_nothing(client_row):
    contact = make_contact(client_row)
    with pytest.raises(Refused):
        edit_contact(contact, by=make_person("lawyer2"), version=1, changes={"note": "x"})
    with pytest.raises(ValueError, match="not to be edited"):
        edit_contact(contact, by=client_row.responsible, version=1, changes={"client": client_row})


def test_sealing_and_opening_a_note_later(lawyer, client_row):
    contact = make_contact(client_row, note="words")
    sealed = edit_contact(contact, by=lawyer, version=1, changes={"confidentiality": "confidential"})
    assert (sealed.note, sealed.substance) == ("", "words")
    specialist = make_person("specialist")
    Contact.objects.filter(pk=contact.pk).update(logged_by=specialist)
    with pytest.raises(Refused):  # who may not read it may not lay it open
        edit_contact(contact, by=specialist, version=2, changes={"confidentiality": "ordinary"})
    opened = edit_contact(contact, by=lawyer, version=2, changes={"confidentiality": "ordinary"})
    assert (opened.note, opened.sealed_note) == ("words", "")


def test_reading_a_sealed_note_is_written_down(lawyer, client_row):
    contact = make_contact(client_row, note="words", confidentiality="confidential")
    assert reveal_note(contact, by=lawyer) == "words"
    assert AuditEntry.objects.filter(verb="contact.note_revealed", actor_id=lawyer.pk).count() == 1
    with pytest.raises(Refused):
        reveal_note(contact, by=make_person("specialist"))


def test_withdrawing_keeps_the_contact_and_opens_what_it_had_done(lawyer, client_row):
    follow_up = create_follow_up(by=lawyer, client=client_row, title="Call", due_at=in_days(1))
    contact = make_contact(
        client_row, does_follow_up=follow_up, next_follow_up=NextFollowUp(due_at=in_days(7))
    )
    withdraw_contact(contact, by=lawyer, reason="wrong client")
    assert not Contact.objects.standing().exists()
    kept = Contact.objects.get()
    assert (kept.withdrawn_by, kept.withdrawn_reason) == (lawyer, "wrong client")
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.done_by_contact) == (FollowUpState.OPEN, None)
    assert follow_up.remind_at == follow_up.due_at
    assert FollowUp.objects.filter(from_contact=contact, state="open").exists()  # what came of it stays
    with pytest.raises(Refused):
        withdraw_contact(contact, by=lawyer, reason="again")


def test_an_undo_takes_its_follow_ups_with_it(lawyer, client_row):
    contact = make_contact(client_row, next_follow_up=NextFollowUp(due_at=in_days(7)))
    withdraw_contact(contact, by=lawyer, reason="undone", cancel_follow_ups=True)
    follow_up = FollowUp.objects.get()
    assert (follow_up.state, follow_up.cancel_reason) == (FollowUpState.CANCELLED, "undone")


def test_withdrawing_takes_a_reason(lawyer, client_row):
    contact = make_contact(client_row)
    with pytest.raises(ValueError, match="reason"):
        withdraw_contact(contact, by=lawyer, reason="  ")


def test_every_change_of_the_log_is_assessed(monkeypatch, lawyer, client_row):
    asked = []
    monkeypatch.setattr(
        "interactions.actions.contacts.assess_clients", lambda ids, by: asked.append((ids, by))
    )
    contact = log_contact(
        by=lawyer, client=client_row, at=clock.now(), channel="phone", purposes=["greeting"]
    )
    edit_contact(contact, by=lawyer, version=1, changes={"minutes": 5})
    withdraw_contact(contact, by=lawyer, reason="undone")
    assert asked == [([client_row.pk], lawyer)] * 3
