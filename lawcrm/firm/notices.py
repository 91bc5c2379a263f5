"""What a notice says, by event. Texts are made when read, in the reader's language, from ids only."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# Kinds of events a person chooses by; each NoticeText names its own.
GROUPS = {
    "follow_ups": _("My follow-ups"),
    "team": _("What is late in my team"),
    "clients": _("Changes at my clients"),
    "matters": _("Matters and their dates"),
    "surveys": _("Answers to surveys"),
    "events": _("Events and care"),
    "mail": _("Mail into the log"),
    "files": _("Files and work in the background"),
    "other": _("Everything else"),
}
# What holds where a person has chosen nothing: by channel.
WAYS = {"app": True, "mail": "now", "chat": False}


@dataclass(frozen=True)
class NoticeText:
    """Texts of one event.

    `load` fetches the object through the reader's door: load(user, object_id) -> object or None; where it is None
    nothing is told. `title`, `body` and `url` (the page to open) are called with (object, context), the reader's
    language and zone active; the object is None only for events without one. `mail_subject` is a fixed lazy text
    without client data. `load_many(user, object_ids) -> {id: object}` does for a page of notices what `load` does
    for one, in one query. `group`: the kind of event (GROUPS) people choose by.

    A letter to somebody outside the firm (channel "letter") is an event of its own, told to the person who sends it:
    `letter(object, person)` gives the Letter, or None where it is not to go any more, and `sent(object, person)` is
    called in the transaction that notes it as sent. Nobody's choices and quiet hours have a say in it.
    """

    title: Callable
    body: Callable
    url: Callable
    load: Callable
    mail_subject: str
    load_many: Callable | None = None
    group: str = "other"
    letter: Callable | None = None
    sent: Callable | None = None

    def fetch(self, user, object_ids: list) -> dict:
        """The objects of several notices that the user may see, by id."""
        if self.load_many:
            return self.load_many(user, object_ids)
        found = {pk: self.load(user, pk) for pk in object_ids}
        return {pk: about for pk, about in found.items() if about is not None}


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to somebody outside the firm; answers go to `reply_to`."""

    to: str
    subject: str
    body: str
    reply_to: str = ""


LETTER = "letter"  # the channel of letters: mails that no notice stands in
_TEXTS: dict[str, NoticeText] = {}


def register(event: str, text: NoticeText) -> None:
    if _TEXTS.setdefault(event, text) is not text:
        raise ValueError(f"notice {event} is registered twice")


def text_of(event: str) -> NoticeText:
    """Raises KeyError for an event nobody registered."""
    return _TEXTS[event]


def group_of(event: str) -> str:
    """The kind an event is of; "other" for an event nobody registered."""
    text = _TEXTS.get(event)
    return text.group if text else "other"


def groups_in_use() -> dict[str, str]:
    """The kinds something registered is of, in their order."""
    used = {text.group for text in _TEXTS.values()}
    return {code: label for code, label in GROUPS.items() if code in used}
