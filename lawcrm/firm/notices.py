"""What a notice says, by event. Texts are made when read, in the reader's language, from ids only."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeText:
    """Texts of one event.

    `load` fetches the object through the reader's door: load(user, object_id) -> object or None; where it is None
    nothing is told. `title`, `body` and `url` (the page to open) are called with (object, context), the reader's
    language and zone active; the object is None only for events without one. `mail_subject` is a fixed lazy text
    without client data.
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
