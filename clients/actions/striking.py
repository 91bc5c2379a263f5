"""Striking a name out of other people's records: in texts, in sealed texts, in staged imports and in kept answers."""

import json
from uuid import UUID

from clients.importing import storing
from clients.models import Client, ImportRow, Person
from clients.queries import subject_rows as rows
from clients.rules.erasure import GONE, Finder, Needles
from clients.search import refresh_person_search, refresh_search
from clients.subjects import By, declared
from lawcrm.firm.actions.idempotency import body_of
from lawcrm.firm.inventory import sealed_fields
from lawcrm.firm.models import AuditEntry, IdempotencyKey, Notice, Outbox
from lawcrm.firm.sealed import BlindIndexField, SealedTextField, unseal

ELSEWHERE = (AuditEntry, Outbox, Notice)  # blanked or deleted, not struck out


def strike_out(needles: Needles, near: list[UUID]) -> int:
    """Replaces certain needles everywhere, doubtful ones in the records of clients near. How many rows changed."""
    everywhere, here = Finder(needles.certain), Finder(needles.all)
    changed = 0
    for model, columns in rows.models_with_texts():
        if model not in ELSEWHERE:
            changed += _strike_texts(model, columns, everywhere, here, near)
    changed += _strike_sealed(everywhere, here, set(near))
    return changed + _forget_answers(everywhere) + _forget_staged(everywhere)


def _strike_texts(model, columns, everywhere: Finder, here: Finder, near: list[UUID]) -> int:
    own = rows.own_columns(model)
    columns = [field for field in columns if field.name not in own]
    keys = rows.naming(model, columns, everywhere) if columns else []
    changed = sum(_strike(row, columns, everywhere) for row in model._base_manager.filter(pk__in=keys))
    if columns and near and (about := _about(model)):
        found = model._base_manager.filter(**{f"{about}__in": near}).distinct()
        changed += sum(_strike(row, columns, here) for row in found.iterator())
    return changed


def _about(model) -> str:
    """The way from a row to the client it tells of."""
    return "places__client_id" if model is Person else getattr(model, "wall_paths", {}).get("client", "")


def _strike(row, columns, finder: Finder) -> bool:
    names = []
    for field in columns:
        old = getattr(row, field.attname)
        new = _without(field, old, finder)
        if new != old:
            setattr(row, field.attname, new)
            names.append(field.name)
    if names:
        _save(row, names)
    return bool(names)


def _without(field, old, finder: Finder):
    """The value without the needles; a field that is nothing but one of them becomes empty where it may."""
    new = finder.strike(old)
    if new == GONE and field.blank:
        return ""
    return new[: field.max_length] if isinstance(new, str) and getattr(field, "max_length", None) else new


def _save(row, names: list[str]) -> None:
    """With its search words made anew; the version moves on, so that nobody saves the old text back."""
    columns = {field.name for field in row._meta.concrete_fields}
    if isinstance(row, Client):
        refresh_search(row)
    elif isinstance(row, Person):
        refresh_person_search(row)
    if "version" in columns:
        row.version += 1
    row.save(update_fields=[*names, *(columns & {"search", "sort_key", "version", "updated_at"})])


def _strike_sealed(everywhere: Finder, here: Finder, near: set[UUID]) -> int:
    """Sealed texts, opened one by one. Numbers that are looked up by their print are their owner's and stay."""
    changed = 0
    for model, field in sealed_fields():
        held = declared().get(model._meta.label)
        if (
            isinstance(field, SealedTextField)
            and held
            and held.by == By.TIES
            and not _has_print(model, field)
        ):
            about = _about(model) or "pk"
            for pk, client_id in _sealed_naming(model, field, about, everywhere, here, near):
                finder = here if client_id in near else everywhere
                changed += _strike_one_sealed(model._base_manager.get(pk=pk), field, finder)
    return changed


def _has_print(model, field) -> bool:
    return any(
        isinstance(one, BlindIndexField) and one.source == field.name for one in model._meta.concrete_fields
    )


def _sealed_naming(model, field, about, everywhere: Finder, here: Finder, near: set[UUID]) -> list[tuple]:
    found = model._base_manager.filter(**{f"{field.name}__isnull": False})
    bound = {"model": model._meta.label_lower, "field": field.name}
    return [
        (pk, client_id)
        for pk, client_id, blob in found.order_by().values_list("pk", about, field.name).iterator()
        if (here if client_id in near else everywhere).is_in(_unescaped(unseal(blob, row_id=pk, **bound)))
    ]


def _strike_one_sealed(row, field, finder: Finder) -> bool:
    """A sealed text, or JSON in one."""
    old = getattr(row, field.attname)
    try:
        new = json.dumps(finder.strike(json.loads(old)), ensure_ascii=False)
    except ValueError:
        new = finder.strike(old)
    setattr(row, field.attname, new)
    _save(row, [field.name])
    return True


def _unescaped(text: str) -> str:
    """As people read it, where it is JSON."""
    return json.dumps(json.loads(text), ensure_ascii=False) if text.startswith(("{", "[")) else text


def _forget_answers(finder: Finder) -> int:
    """Kept answers to forms are opened one by one; those that name the subject are dropped."""
    gone = [
        row.pk
        for row in IdempotencyKey.objects.exclude(body=b"").iterator()
        if finder.is_in(_readable(body_of(row)))
    ]
    return IdempotencyKey.objects.filter(pk__in=gone).delete()[0]


def _readable(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _forget_staged(finder: Finder) -> int:
    """Rows read from files are opened one by one; those that hold the subject are dropped."""
    gone = [row.pk for row in ImportRow.objects.order_by().iterator() if _holds(row, finder)]
    return ImportRow.objects.filter(pk__in=gone).delete()[0]


def _holds(row: ImportRow, finder: Finder) -> bool:
    for part in ("cells", "values", "before"):
        blob = getattr(row, part)
        if blob and finder.is_in(storing.plain(blob, run_id=row.run_id, number=row.number, part=part)):
            return True
    return False
