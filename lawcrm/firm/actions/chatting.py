"""Sending what is due to team chats: taken, sent, noted, like mail; who dies in between leaves "unknown"."""

import logging
import time
from datetime import timedelta

from django.utils.translation import gettext as _

from lawcrm.firm import clock
from lawcrm.firm.actions.sending import Line, State, Told, note, try_later
from lawcrm.firm.chat import wire
from lawcrm.firm.chat.formats import ChatMessage, accepted, post_of
from lawcrm.firm.models import ChatHook, Outbox
from lawcrm.firm.queries.telling import chat_of

logger = logging.getLogger("lawcrm.firm.actions.outbox")


class Chatter:
    """Sends the messages to team chats that are due."""

    def __init__(self):
        self.line = Line("chat")

    def send_next(self) -> bool:
        """Sends one message to a team chat; False when none is due."""
        row = self.line.take()
        if row is None:
            return False
        try:
            told = Told(row)
            hook = None if told.refusal else chat_of(row.person)
            message = chat_message(told) if hook else None
        except Exception as error:
            logger.exception("outbox %s: no text", row.pk)
            note(row, State.FAILED, type(error).__name__)
            return True
        if message is None:
            note(row, State.DROPPED, told.refusal or "no chat for this person")
        else:
            _send(row, hook, message)
        return True


def chat_message(told: Told) -> ChatMessage:
    """Who of the firm, what kind of thing, a link: nothing of a client, since a whole group reads it."""
    row = told.row
    with told.as_read():
        text = _("%(person)s: %(what)s") % {
            "person": row.person.display_name,
            "what": told.text.mail_subject,
        }
        return ChatMessage(str(row.pk), row.event, text, told.link, row.person.display_name)


def _send(row: Outbox, hook: ChatHook, message: ChatMessage) -> None:
    try:
        deliver(hook, message)
    except wire.Unclear as error:
        logger.warning("outbox %s: outcome unknown (%s)", row.pk, error)
        _remember(hook, str(error))
        note(row, State.UNKNOWN, str(error))
    except wire.NotDelivered as error:
        _remember(hook, str(error))
        if error.for_good:
            note(row, State.FAILED, str(error))
        else:
            try_later(row, error, wait=error.wait)
    except wire.Refused as error:
        _remember(hook, str(error))
        note(row, State.FAILED, str(error))
    else:
        _remember(hook)
        note(row, State.SENT)


def deliver(hook: ChatHook, message: ChatMessage) -> None:
    """One request to the chat. Raises wire.Refused, wire.NotDelivered or wire.Unclear."""
    post = post_of(hook.format, message, address=hook.address, secret=hook.secret, now=time.time())
    if not accepted(hook.format, wire.send(post)):
        raise wire.NotDelivered("the chat said no", for_good=True)


def try_hook(hook: ChatHook, *, by) -> str:
    """A trial message; "" or what went wrong."""
    told = _("LawCRM can write here. %(person)s tried it.") % {"person": by.display_name}
    message = ChatMessage(f"trial-{hook.pk}", "trial", told, "", by.display_name)
    try:
        deliver(hook, message)
    except (wire.Refused, wire.NotDelivered, wire.Unclear) as error:
        _remember(hook, str(error))
        return str(error)
    _remember(hook)
    return ""


def _remember(hook: ChatHook, problem: str = "") -> None:
    """What came of it last, to the minute."""
    known = not problem and not hook.last_problem and hook.last_sent_at
    if known and clock.now() - hook.last_sent_at < timedelta(minutes=1):
        return
    values = {"last_problem": problem[:200]} | ({} if problem else {"last_sent_at": clock.now()})
    ChatHook.objects.filter(pk=hook.pk).update(**values)
