"""What every way of sending shares: taking a row, noting its end, trying again, and what the row says."""

import logging
import time
from collections import deque
from contextlib import nullcontext
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from lawcrm.firm import clock
from lawcrm.firm.addresses import absolute
from lawcrm.firm.models import Outbox, User
from lawcrm.firm.notices import LETTER, text_of
from lawcrm.firm.presenters.digest import digest_body, digest_subject
from lawcrm.firm.queries.telling import quiet_of
from lawcrm.firm.roles import Role
from lawcrm.firm.rules.telling import quiet_until

logger = logging.getLogger("lawcrm.firm.actions.outbox")
State = Outbox.State
TRIES = 8
TELL_AFTER = 5  # tries: half an hour
MOST_WAIT = timedelta(hours=1)
DIGEST = "digest"


def due():
    return Outbox.objects.filter(state=State.WAITING, due_at__lte=clock.now())


def claimable(channel: str, number: int):
    return list(
        due()
        .filter(channel=channel)
        .order_by("due_at", "id")
        .select_for_update(skip_locked=True, of=["self"], no_key=True)
        .select_related("person__notice_choices", "person__department")[:number]
    )


class Line:
    """The due rows of some channels, looked at several at a time, and taken one at a time just before each is sent.

    Whoever is killed leaves at most the one row it was sending.
    """

    AHEAD = 25
    FRESH = 1.0  # seconds for which what was read of a person counts

    def __init__(self, *channels: str):
        self.channels, self.rows, self.read_at = channels, deque(), 0.0

    def take(self) -> Outbox | None:
        """The next due row, marked "sending" for everybody to see before it goes out.

        Those whose person has quiet hours now are put off to their end on the way; a morning mail has its own hour.
        """
        while row := self._next():
            if later := _end_of_quiet(row):
                Outbox.objects.filter(pk=row.pk, state=State.WAITING).update(due_at=later)
            elif _claim(row):
                return row
        return None

    def _next(self) -> Outbox | None:
        if not self.rows or time.monotonic() - self.read_at > self.FRESH:
            waiting = due().filter(channel__in=self.channels).order_by("due_at", "id")
            self.rows = deque(
                waiting.select_related("person__notice_choices", "person__department")[: self.AHEAD]
            )
            self.read_at = time.monotonic()
        return self.rows.popleft() if self.rows else None


def _claim(row: Outbox) -> bool:
    """Whether the row is this sender's: of several who read it, the first to mark it has it."""
    now = clock.now()
    with transaction.atomic() if row.event == DIGEST else nullcontext():
        if (
            not due()
            .filter(pk=row.pk)
            .update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
        ):
            return False
        row.state, row.claimed_at, row.attempts = State.SENDING, now, row.attempts + 1
        if row.event == DIGEST:
            waiting = Outbox.objects.filter(person=row.person, state=State.HELD, within__isnull=True)
            waiting.update(within=row)
    return True


def _end_of_quiet(row: Outbox):
    choices = getattr(row.person, "notice_choices", None)
    if row.event == DIGEST or row.channel == LETTER or choices is None:
        return None
    return quiet_until(clock.local(clock.now(), row.person), quiet_of(choices))


def note(row: Outbox, state: str, problem: str = "") -> None:
    """The end of a row, and of what it told beside itself."""
    row.state, row.problem = state, problem[:300]
    row.sent_at = clock.now() if state == State.SENT else None
    end = {"state": state, "problem": row.problem, "sent_at": row.sent_at}
    with transaction.atomic() if row.event == DIGEST else nullcontext():
        Outbox.objects.filter(pk=row.pk).update(**end)
        if row.event == DIGEST:
            Outbox.objects.filter(within=row, state=State.HELD).update(**end)


def note_sent(row: Outbox, told: "Told") -> None:
    """Sent, together with what the event does then; where that fails nobody may think the mail never left."""
    if row.channel != LETTER:
        note(row, State.SENT)
        return
    try:
        with transaction.atomic():
            note(row, State.SENT)
            told.text.sent(told.about, row.person)
    except Exception as error:
        logger.exception("outbox %s: sent, and not noted", row.pk)
        note(row, State.UNKNOWN, type(error).__name__)


def try_later(row: Outbox, error, *, wait: float = 0) -> None:
    """Certainly not sent: tried again after 2, 4, 8, 16, 32 minutes and then each hour (or as long as the other side asks).

    After half an hour without success the administrators are told; after some three hours it is given up.
    """
    problem = str(error) if wait or type(error).__name__ == "NotDelivered" else type(error).__name__
    logger.warning("outbox %s: not sent (%s)", row.pk, problem)
    if row.attempts >= TELL_AFTER:
        _tell_administrators(row)
    if row.attempts >= TRIES:
        note(row, State.FAILED, problem)
        return
    row.state, row.problem = State.WAITING, problem[:300]
    row.due_at = clock.now() + max(
        min(timedelta(minutes=2**row.attempts), MOST_WAIT), timedelta(seconds=wait)
    )
    row.save(update_fields=["state", "problem", "due_at"])


def _tell_administrators(row: Outbox) -> None:
    """That a channel does not work: once a day, by the bell, which needs no other server."""
    from lawcrm.firm.actions.notify import notify

    channel = "mail" if row.channel == LETTER else row.channel
    administrators = User.objects.filter(is_active=True, role=Role.ADMINISTRATOR)
    key = f"channel.down:{channel}:{clock.local(clock.now()).date()}"
    told = {"channel": channel}
    notify(to=list(administrators), event="channel.down", key=key, channels=("app",), context=told)


class Told:
    """What a row says to its reader, or why it says nothing."""

    def __init__(self, row: Outbox):
        self.row, self.about = row, None
        self.text = None if row.event == DIGEST else text_of(row.event)
        if self.text and row.object_id:
            self.about = self.text.load(row.person, row.object_id)
        self.refusal = self._refusal()

    def _refusal(self) -> str:
        if not self.row.person.is_active:
            return "the person has left"
        if self.row.object_id and self.about is None:
            return "no longer the person's to see"
        return ""

    def mail(self, connection) -> EmailMessage | None:
        """In the reader's language and zone; the subject tells nothing of a client. None where there is nothing to tell."""
        if self.row.channel == LETTER:
            return self._to_outside(connection)
        person = self.row.person
        with self.as_read():
            subject, body = self._digest() if self.text is None else self._letter()
            if not body:
                return None
            return EmailMessage(
                subject=subject,
                body=body,
                to=[person.email],
                headers={"Message-ID": f"<{self.row.pk}@lawcrm>", "Auto-Submitted": "auto-generated"},
                connection=connection,
            )

    def _to_outside(self, connection) -> EmailMessage | None:
        letter = self.text.letter(self.about, self.row.person)
        return letter and EmailMessage(
            subject=letter.subject,
            body=letter.body,
            to=[letter.to],
            reply_to=[letter.reply_to] if letter.reply_to else None,
            headers={"Message-ID": f"<{self.row.pk}@lawcrm>"},
            connection=connection,
        )

    def as_read(self):
        """The reader's language and zone."""
        return _Reader(self.row.person)

    @property
    def link(self) -> str:
        return absolute(str(self.text.url(self.about, self.row.context)))

    def _letter(self) -> tuple[str, str]:
        title = str(self.text.title(self.about, self.row.context))
        return str(self.text.mail_subject), f"{title}\n\n{self.link}\n"

    def _digest(self) -> tuple[str, str]:
        held = Outbox.objects.filter(within=self.row, state=State.HELD).order_by("id")
        body = digest_body(self.row.person, self.row.context, held)
        return digest_subject(self.row.context), body


class _Reader:
    def __init__(self, person):
        self.parts = (
            translation.override(clock.language_of(person)),
            timezone.override(clock.zone_of(person)),
        )

    def __enter__(self):
        for part in self.parts:
            part.__enter__()

    def __exit__(self, *error):
        for part in reversed(self.parts):
            part.__exit__(*error)
