"""What a notice says, by event. Texts are made when read, in the reader's language, from ids only."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeText:
    """Texts of one event.

    `title` and `body` are called with (object, context) and the reader's language active; the object has passed
    the reader's door and is None where it no longer does. `mail_subject` is a fixed lazy text without client data.
    `load` fetches the object: load(user, object_id) -> object or None. `url` gives the page to open.
    """

    title: Callable
    body: Callable
    url: Callable
    load: Callable
    mail_subject: str


_TEXTS: dict[str, NoticeText] = {}


def register(event: str, text: NoticeText) -> None:
    if _TEXTS.setdefault(event, text) is not text:
        raise ValueError(f"notice {event} is registered twice")


def text_of(event: str) -> NoticeText:
    return _TEXTS[event]
