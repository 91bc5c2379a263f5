"""What a notice says, by event. Texts are made when read, in the reader's language, from ids only."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class NoticeText:
    """Texts of one event.

    `load` fetches the object through the reader's door: load(user, object_id) -> object or None; where it is None
    nothing is told. `title`, `body` and `url` (the page to open) are called with (object, context), the reader's
    language and zone active; the object is None only for events without one. `mail_subject` is a fixed lazy text
    without client data. `load_many(user, object_ids) -> {id: object}` does for a page of notices what `load` does
    for one, in one query.
    """

    title: Callable
    body: Callable
    url: Callable
    load: Callable
    mail_subject: str
    load_many: Callable | None = None

    def fetch(self, user, object_ids: list) -> dict:
        """The objects of several notices that the user may see, by id."""
        if self.load_many:
            return self.load_many(user, object_ids)
        found = {pk: self.load(user, pk) for pk in object_ids}
        return {pk: about for pk, about in found.items() if about is not None}


_TEXTS: dict[str, NoticeText] = {}


def register(event: str, text: NoticeText) -> None:
    if _TEXTS.setdefault(event, text) is not text:
        raise ValueError(f"notice {event} is registered twice")


def text_of(event: str) -> NoticeText:
    """Raises KeyError for an event nobody registered."""
    return _TEXTS[event]
