"""Sending what the outbox holds: each row once.

In the app: the notice and the mark "sent" commit together. By mail and to a team chat: the row is marked "sending"
and committed, then sent, then marked "sent". Whoever dies in between leaves "sending", which turns to "unknown": nobody can tell
whether it left, so it is shown as such and never sent again by itself.
The reader's rights are read when it is sent, not when it was recorded.
"""

import logging
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta

from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.chatting import Chatter
from lawcrm.firm.actions.sending import Line, State, Told, claimable, due, note, note_sent, try_later
from lawcrm.firm.models import Notice, Outbox
from lawcrm.firm.notices import LETTER
from lawcrm.firm.wake import wake_outbox

logger = logging.getLogger(__name__)
IN_TURN = 50  # mails, or chat messages, before the other channels have their turn
AT_ONCE = 200  # notices in the app per transaction
UNKNOWN_AFTER = timedelta(minutes=5)  # longer than a mail server may take (settings.EMAIL_TIMEOUT)

# The mail server said no, or was never reached: certainly not sent, so worth another try.
NOT_SENT = (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPNotSupportedError)


def anything_due() -> bool:
    return due().exists()


def send_due(*, seconds: float = 25) -> bool:
    """Sends what is due until nothing is left or the time is over; True when more may be left."""
    until = time.monotonic() + seconds
    mailer, chatter = Mailer(), Chatter()
    try:
        while time.monotonic() < until:
            did = _put_up_notices() + _in_turn(mailer.send_next, until) + _in_turn(chatter.send_next, until)
            if not did:
                return False
    finally:
        mailer.close()
    return True


def _in_turn(send_next: Callable[[], bool], until: float) -> int:
    """Some of one channel before another has its turn."""
    done = 0
    while done < IN_TURN and time.monotonic() < until and send_next():
        done += 1
    return done


def mark_unknown(older_than: timedelta = UNKNOWN_AFTER) -> int:
    """Rows whose sender vanished between sending and noting it."""
    ends = {"state": State.UNKNOWN, "problem": "the sender was stopped"}
    stopped = Outbox.objects.filter(state=State.SENDING, claimed_at__lt=clock.now() - older_than)
    marked = stopped.update(**ends)
    Outbox.objects.filter(state=State.HELD, within__state=State.UNKNOWN).update(**ends)
    return marked


def _put_up_notices() -> int:
    """Turns due rows of the channel "app" into notices, many at once; one by one where a row among them fails."""
    try:
        return _put_up(AT_ONCE, _tell)
    except Exception:
        return _put_up(AT_ONCE, _tell_or_fail)


@transaction.atomic
def _put_up(number: int, tell: Callable) -> int:
    rows = claimable("app", number)
    outcomes = [(row, *tell(row)) for row in rows]
    sent = [row for row, state, _problem in outcomes if state == State.SENT]
    Notice.objects.bulk_create([_notice(row) for row in sent])
    Outbox.objects.filter(pk__in=[row.pk for row in sent]).update(state=State.SENT, sent_at=clock.now())
    for row, state, problem in outcomes:
        if state != State.SENT:
            note(row, state, problem)
    return len(rows)


def _tell(row: Outbox) -> tuple[str, str]:
    refusal = Told(row).refusal
    return (State.DROPPED, refusal) if refusal else (State.SENT, "")


def _tell_or_fail(row: Outbox) -> tuple[str, str]:
    try:
        with transaction.atomic():
            return _tell(row)
    except Exception as error:
        logger.exception("outbox %s: no text", row.pk)
        return State.FAILED, type(error).__name__


def _notice(row: Outbox) -> Notice:
    return Notice(
        person_id=row.person_id,
        event=row.event,
        object_type=row.object_type,
        object_id=row.object_id,
        context=row.context,
    )


class Mailer:
    """Sends the mails that are due over one connection."""

    def __init__(self):
        self.connection = get_connection()
        self.is_open = False
        self.line = Line("mail", LETTER)

    def send_next(self) -> bool:
        """Sends one mail; False when none is due."""
        row = self.line.take()
        if row is None:
            return False
        try:
            told = Told(row)
            mail = None if told.refusal else told.mail(self.connection)
        except Exception as error:
            logger.exception("outbox %s: no text", row.pk)
            note(row, State.FAILED, type(error).__name__)
            return True
        if mail is None:
            note(row, State.DROPPED, told.refusal or "nothing to tell")
        else:
            self._send(row, mail, told)
        return True

    def _send(self, row: Outbox, mail: EmailMessage, told: Told) -> None:
        try:
            self._open()
        except Exception as error:  # never reached: nothing was sent
            try_later(row, error)
            return
        try:
            self.connection.send_messages([mail])
        except NOT_SENT as error:
            self.close()
            try_later(row, error)
        except Exception as error:  # broke off somewhere in between
            self.close()
            logger.warning("outbox %s: outcome unknown (%s)", row.pk, type(error).__name__)
            note(row, State.UNKNOWN, type(error).__name__)
        else:
            note_sent(row, told)

    def _open(self) -> None:
        if not self.is_open:
            self.connection.open()
            self.is_open = True

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self.connection.close()


@transaction.atomic
def send_again(rows, *, by) -> bool:
    """Somebody decided that a message of unknown or failed outcome goes out (again). False where there is none."""
    row = rows.select_for_update(of=["self"]).first()
    if row is None:
        return False
    row.state, row.problem, row.attempts, row.due_at = State.WAITING, "", 0, clock.now()
    row.save(update_fields=["state", "problem", "attempts", "due_at"])
    audit.record(by=by, verb="message.sent_again", obj=row, label=row.person)
    wake_outbox()
    return True


@transaction.atomic
def settle(rows, *, by) -> bool:
    """Somebody decided to leave it at that."""
    row = rows.select_for_update(of=["self"]).first()
    if row is None:
        return False
    note(row, State.DROPPED, "settled by an administrator")
    audit.record(by=by, verb="message.settled", obj=row, label=row.person)
    return True
