"""Care done: a message sent by mail or by hand, and logged as a contact; or left out for a reason."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from interactions.actions.contacts import log_contact
from interactions.enums import CareChannel, CareKind, CareState, Channel, Initiator, Purpose
from interactions.models import CareTask, Contact
from interactions.rules.care import may_be_cared_for
from interactions.rules.texts import gap_in
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.notices import LETTER, Letter

GREETINGS = (CareKind.FESTIVAL, CareKind.BIRTHDAY)
DAYS_A_GREETING_COUNTS = 5
# Offering a visit, a training or a check-up is care; the thing itself is logged by whoever does it.
PURPOSES = {
    CareKind.FESTIVAL: Purpose.GREETING,
    CareKind.BIRTHDAY: Purpose.GREETING,
    CareKind.VISIT: Purpose.GREETING,
    CareKind.TRAINING: Purpose.EVENT,
    CareKind.LEGAL_CHECK_UP: Purpose.GREETING,
    CareKind.INFORMATION: Purpose.LEGAL_UPDATE,
}


class NotOpen(Exception):
    """Somebody else was quicker: it is done, on its way or left out."""


class LeftAlone(Exception):
    """The person does not want it, or the client's consent does not hold."""


class NoAddress(Exception):
    """There is no email address to send it to."""


class NotFilled(Exception):
    """The message has a gap that only its sender can fill; `gap` is its words."""

    def __init__(self, gap: str):
        super().__init__(gap)
        self.gap = gap


class Greeted(Exception):
    """Somebody greeted them these days already; `contact` is when and who."""

    def __init__(self, contact):
        super().__init__(str(contact))
        self.contact = contact


def greeted_by(task: CareTask) -> Contact | None:
    """The greeting of these days that stands in the log for the same person, or for the client as a whole."""
    if task.kind not in GREETINGS:
        return None
    since = clock.start_of(task.on - timedelta(days=DAYS_A_GREETING_COUNTS))
    rows = Contact.objects.standing().filter(
        client_id=task.client_id, at__gte=since, purposes__contains=[Purpose.GREETING]
    )
    if task.person_id:
        rows = rows.filter(people=task.person_id)
    return rows.select_related("with_lawyer").order_by("-at").first()


def address_of(task: CareTask) -> str:
    """Where a mail goes: to the person, else to the client."""
    return (task.person.email if task.person else "") or task.client.email


@transaction.atomic
def keep_words(task: CareTask, *, by, subject: str, body: str) -> CareTask:
    """The message as somebody edited it."""
    row = _open(task)
    row.subject, row.body = subject[:200], body
    row.version += 1
    row.save(update_fields=["subject", "body", "version", "updated_at"])
    return row


@transaction.atomic
def send_by_mail(task: CareTask, *, by, subject: str, body: str, anyway: bool = False) -> CareTask:
    """Queues the mail; it is logged as a contact once it has left. Raises what stands above."""
    row = _open(task)
    _check(row, body, anyway)
    if not (address := address_of(row)):
        raise NoAddress
    row.subject, row.body, row.sent_to = subject[:200], body, address
    row.channel, row.state, row.done_by = CareChannel.EMAIL, CareState.SENDING, by
    row.tries += 1
    row.version += 1
    row.save()
    notify(to=by, event="care.message", key=f"care:{row.pk}:{row.tries}", channels=(LETTER,), obj=row)
    audit.record(by=by, verb="care.sent", obj=row, label=row.client.name, detail={"kind": row.kind})
    return row


@transaction.atomic
def done_by_hand(task: CareTask, *, by, body: str, channel: str, anyway: bool = False) -> CareTask:
    """Copied into a chat, or said on the phone: logged as a contact at once."""
    row = _open(task)
    _check(row, body, anyway)
    row.body, row.channel, row.done_by = body, CareChannel(channel), by
    _finish(row, by, Channel(channel), answered=channel == CareChannel.PHONE)
    return row


@transaction.atomic
def note_sent(task: CareTask, by) -> None:
    """The mail has left."""
    row = _locked(task)
    if row.state == CareState.SENDING:
        _finish(row, by, Channel.EMAIL, answered=False)


@transaction.atomic
def skip(task: CareTask, *, by, reason: str) -> CareTask:
    row = _open(task)
    row.state, row.skip_reason, row.done_by = CareState.SKIPPED, reason.strip()[:200], by
    row.version += 1
    row.save()
    audit.record(
        by=by, verb="care.skipped", obj=row, label=row.client.name, detail={"reason": row.skip_reason}
    )
    return row


@transaction.atomic
def take_back(task: CareTask, *, by) -> CareTask:
    """What was left out, or a mail that did not leave, waits again."""
    row = _locked(task)
    if row.state not in (CareState.SKIPPED, CareState.SENDING):
        raise NotOpen
    row.state, row.skip_reason, row.done_by = CareState.WAITING, "", None
    row.version += 1
    row.save()
    audit.record(by=by, verb="care.taken_back", obj=row, label=row.client.name)
    return row


def letter_of(task: CareTask, sender) -> Letter | None:
    """The mail; None where it was taken back, or they want to be left alone since."""
    if task.state != CareState.SENDING or not wanted(task):
        return None
    return Letter(to=task.sent_to, subject=task.subject, body=task.body, reply_to=sender.email)


def wanted(task: CareTask) -> bool:
    """Whether they may be written to."""
    return wanted_at(task.client, task.person)


def wanted_at(client, person) -> bool:
    """The same of a client, and a person there."""
    return not (person and person.do_not_greet) and may_be_cared_for(client, clock.today())


def _finish(row: CareTask, by, channel: str, *, answered: bool) -> None:
    """A message nobody has answered yet is no exchange: it counts as unanswered until the client writes back."""
    row.contact = log_contact(
        by=by,
        client=row.client,
        at=clock.now(),
        channel=channel,
        purposes=[PURPOSES[row.kind]],
        initiator=Initiator.FIRM,
        answered=answered,
        people=[row.person] if row.person else [],
        note=row.body,
    )
    row.state, row.done_at = CareState.DONE, clock.now()
    row.version += 1
    row.save()


def _check(row: CareTask, body: str, anyway: bool) -> None:
    if not wanted(row):
        raise LeftAlone
    if gap := gap_in(body):
        raise NotFilled(gap)
    if not anyway and (contact := greeted_by(row)):
        raise Greeted(contact)


def _locked(task: CareTask) -> CareTask:
    rows = CareTask.objects.unscoped().select_related("client__responsible", "person")
    return rows.select_for_update(of=("self",)).get(pk=task.pk)


def _open(task: CareTask) -> CareTask:
    row = _locked(task)
    if row.state != CareState.WAITING:
        raise NotOpen
    return row


def forget_words(rows) -> int:
    """The words of letters kept for so long, and where they went; that and when they were sent stays."""
    return rows.update(subject="", body="", sent_to="")
