"""Setting fields, and telling the audit trail what became of them."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from uuid import UUID

from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.sealed import MASK, SealedTextField


def apply_changes(instance, values: dict) -> dict:
    """Sets those `values` that differ, and returns them as {field: [old, new]} for the audit trail.

    Related rows are told by name, sealed fields as masks. Nothing is saved.
    """
    changes = {}
    for name, new in values.items():
        old = getattr(instance, name)
        if old == new:
            continue
        setattr(instance, name, new)
        sealed = isinstance(instance._meta.get_field(name), SealedTextField)
        changes[name] = [MASK if old else "", MASK if new else ""] if sealed else [_told(old), _told(new)]
    return changes


def told(instance, names) -> dict:
    """The first values of a new row, as changes from nothing; empty ones are left out."""
    sealed = _sealed_names(type(instance))
    changes = {}
    for name in names:
        if value := getattr(instance, name):
            changes[name] = ["", MASK if name in sealed else _told(value)]
    return changes


@cache
def _sealed_names(model) -> frozenset[str]:
    return frozenset(field.name for field in model._meta.local_fields if isinstance(field, SealedTextField))


def _told(value):
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    if isinstance(value, date | datetime | PartialDate):
        return value.isoformat()
    return (
        str(value)
        if isinstance(value, Decimal | UUID) or not isinstance(value, str | int | float | bool)
        else value
    )
