"""Forgetting what is older than the policy keeps it: each night, class by class, in parts."""

from dataclasses import replace
from types import MappingProxyType

from django.db import transaction

from lawcrm.firm import retention
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.policy import change_policy
from lawcrm.firm.policy import current_policy
from lawcrm.firm.retention import Kept


def forget_next(cursor: dict) -> bool:
    """One part of one class; notes in `cursor` which class it is at and how many rows went. After the last, the record."""
    kept = _at(cursor)
    if kept is None:
        if gone := cursor.get("gone"):
            audit.record(by=None, verb="retention.ran", detail={"gone": gone, "rows": sum(gone.values())})
        return False
    days = kept.days(current_policy())
    went = forget_part(kept, days) if days else 0
    if went:
        cursor.setdefault("gone", {})[kept.code] = cursor.get("gone", {}).get(kept.code, 0) + went
    if went < kept.part:
        cursor["place"] = cursor.get("place", 0) + 1
    return True


def _at(cursor: dict) -> Kept | None:
    known = retention.classes()
    place = cursor.get("place", 0)
    return known[place] if place < len(known) else None


@transaction.atomic
def forget_part(kept: Kept, days: int) -> int:
    """Forgets at most one part of what is older than so many days. Returns how many went."""
    rows = kept.rows(retention.before(days))
    if kept.forget:
        return kept.forget(rows, kept.part)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[: kept.part])
    rows.model._base_manager.filter(pk__in=keys).delete()
    return len(keys)


def change_retention(*, by, days: dict[str, int], matter_keep_years: int, note: str):
    """A new version of the policy with these days; None where nothing would change."""
    held = current_policy()
    new = replace(held, retention_days=MappingProxyType(days), matter_keep_years=matter_keep_years)
    return change_policy(by=by, policy=new, note=note)
