"""What stands against an erasure, without clients knowing who says so.

Apps register `provider(subject, *, today) -> [Hold, ...]` in their AppConfig.ready. No hold names anything of a record:
whoever asks may stand outside a wall.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from clients.subjects import Subject

LEGAL, OPEN_MATTER, KEPT_MATTER, COMPLAINT = "legal", "open_matter", "kept_matter", "complaint"
READING = "reading"
WORDS = {
    LEGAL: _("A legal hold stands"),
    OPEN_MATTER: _("A matter is open"),
    KEPT_MATTER: _("The file of a closed matter must be kept"),
    COMPLAINT: _("A complaint is not settled"),
    READING: _("A file is being read: try again in a minute"),
}


@dataclass(frozen=True, slots=True)
class Hold:
    code: str
    until: date | None = None  # None: until somebody ends it

    def to_json(self) -> dict:
        return {"code": self.code, "until": self.until.isoformat() if self.until else None}


_PROVIDERS: list[Callable[..., list[Hold]]] = []


def register(provider: Callable[..., list[Hold]]) -> None:
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def holds_on(subject: Subject, *, today: date) -> list[Hold]:
    """Everything that stands against erasing the subject, each once."""
    found = [hold for provider in _PROVIDERS for hold in provider(subject, today=today)]
    return sorted(set(found), key=lambda hold: (hold.code, hold.until or date.max))
