"""Sessions as a person recognises them."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from lawcrm.firm.sessions import stored_key

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SessionRow:
    pk: UUID
    device: str
    address: str
    started_at: datetime
    last_seen_at: datetime
    is_this: bool


def session_rows(sessions, own_key: str) -> list[SessionRow]:
    own = stored_key(own_key or "")
    return [
        SessionRow(s.pk, device_name(s.device), s.address, s.started_at, s.last_seen_at, s.session_key == own)
        for s in sessions
    ]


def device_name(agent: str) -> str:
    """What a browser calls itself, in two words: "Firefox, Windows"."""
    if "MicroMessenger" in agent:
        names = ["WeChat"]
    else:
        names = [name for sign, name in _BROWSERS if re.search(rf"\b{sign}\w*/", agent)][:1]
    names += [name for sign, name in _SYSTEMS if sign in agent][:1]
    return ", ".join(names) or agent[:60] or _("Unknown")
