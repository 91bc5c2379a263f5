"""Which of two values a merged client takes, before anybody has chosen: what is filled, and nothing is lost.

Of two that differ the kept client's own stands. Lists are taken together, notes one below the other; the client is as
old as the older of the two, and as freshly verified as the fresher.
"""

from __future__ import annotations

from typing import Any

KEPT, ABSORBED, BOTH = "kept", "absorbed", "both"
JOINED = frozenset({"note", "background", "family_notes"})  # texts that can stand one below the other
_STRICTER = frozenset({"consent_disclosure"})  # what one of the two did not allow is not allowed
_EARLIEST, _LATEST = frozenset({"client_since"}), frozenset({"verified_on"})


def may_take_both(name: str, kept: Any, absorbed: Any) -> bool:
    return bool(kept and absorbed) and (name in JOINED or isinstance(kept, list))


def proposed(name: str, kept: Any, absorbed: Any) -> str:
    """Where the value comes from unless somebody chooses otherwise."""
    if name in _STRICTER:
        return KEPT if absorbed or not kept else ABSORBED
    if not absorbed or kept == absorbed:
        return KEPT
    if not kept:
        return ABSORBED
    if may_take_both(name, kept, absorbed):
        return BOTH
    if name in _EARLIEST:
        return KEPT if kept <= absorbed else ABSORBED
    if name in _LATEST:
        return KEPT if kept >= absorbed else ABSORBED
    return KEPT


def chosen(choice: str, kept: Any, absorbed: Any) -> Any:
    """The value that a choice means."""
    if choice == ABSORBED:
        return absorbed
    if choice == BOTH and isinstance(kept, list):
        return list(dict.fromkeys([*kept, *absorbed]))
    if choice == BOTH and absorbed and absorbed not in kept:
        return f"{kept}\n\n{absorbed}"
    return kept


def former_names(chosen_names: list[str], name: str, latin_name: str, *others: str) -> list[str]:
    """The former names chosen, and the names that gave way: whoever searches for them finds the client."""
    wanted = dict.fromkeys([*chosen_names, *others])
    return [former for former in wanted if former and former not in (name, latin_name)]
