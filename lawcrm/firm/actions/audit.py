"""The one writer of the audit trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from uuid import UUID

from lawcrm.firm.bulk import copy_in
from lawcrm.firm.ids import new_id
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.origin import current_origin


def record(
    *, by, verb: str, obj=None, changes=None, on_behalf_of=None, detail=None, label=None
) -> AuditEntry:
    """Writes one deed into the present transaction.

    `by` is a User, or None for the system. `changes` maps field names to [old, new], JSON-able; a sealed field
    stands in it by name with masks. `detail` feeds the verb's sentence.
    """
    entry = _entry(
        by=by, verb=verb, obj=obj, changes=changes, on_behalf_of=on_behalf_of, detail=detail, label=label
    )
    entry.save(force_insert=True)
    return entry


def record_many(*, by, verb: str, deeds: Iterable[tuple]) -> None:
    """Writes one entry per (object, changes) pair in a single statement."""
    name = str(by) if by else ""
    entries = (_fields(by=by, verb=verb, obj=obj, changes=changes, by_name=name) for obj, changes in deeds)
    copy_in(AuditEntry, [SimpleNamespace(id=new_id(), at=None, **entry) for entry in entries])


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One of several deeds done together; the fields are those of `record`."""

    verb: str
    obj: object = None
    changes: dict | None = None
    detail: dict | None = None
    label: str | None = None
    on_behalf_of: object = None


def record_deeds(deeds: Iterable[Deed], *, by) -> None:
    """Writes different deeds of one person in a single statement."""
    AuditEntry.objects.bulk_create([_entry(by=by, **vars(deed)) for deed in deeds])


def _entry(**deed) -> AuditEntry:
    return AuditEntry(**_fields(**deed))


def _fields(
    *, by, verb, obj=None, changes=None, on_behalf_of=None, detail=None, label=None, by_name=None
) -> dict:
    return dict(
        actor_id=by.pk if by else None,
        actor_name=(str(by) if by_name is None else by_name)[:120] if by else "",
        on_behalf_of=str(on_behalf_of or "")[:120],
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=obj.pk if obj is not None and isinstance(obj.pk, UUID) else None,
        object_label=str(label if label is not None else obj if obj is not None else "")[:200],
        client_id=_behind(obj, "client"),
        matter_id=_behind(obj, "matter"),
        changes=changes or {},
        detail=detail or {},
        origin=current_origin(),
    )


def _behind(obj, kind: str):
    """The client or matter a row belongs to, along its own `wall_paths`; paths over a relation are followed."""
    path = getattr(obj, "wall_paths", {}).get(kind)
    for step in path.split("__") if path else ():
        obj = getattr(obj, step, None)
    return obj if path else None
