"""Striking a name out of other people's records: in texts, in sealed texts, in staged imports and in kept answers."""

from uuid import UUID

from clients.importing import storing
from clients.models import Client, ImportRow, Person
from clients.queries import subject_rows as rows
from clients.rules.erasure import Needles, mentions, scrubbed
from clients.search import refresh_person_search, refresh_search
from clients.subjects import By, declared, model_of
from lawcrm.firm.actions.idempotency import body_of
from lawcrm.firm.models import AuditEntry, IdempotencyKey, Notice, Outbox
from lawcrm.firm.sealed import SealedTextField

ELSEWHERE = (AuditEntry, Outbox, Notice)  # blanked or deleted, not struck out


def strike_out(needles: Needles, related: list[UUID]) -> int:
    """Replaces certain needles everywhere, doubtful ones in the records of the related clients. How many rows changed."""
    changed = 0
    for model, columns in rows.models_with_texts():
        if model in ELSEWHERE or _says_nothing(model):
            continue
        keys = set(rows.naming(model, columns, needles.certain)) | _doubtful(model, columns, needles, related)
        changed += sum(_strike(row, columns, needles.all) for row in model._base_manager.filter(pk__in=keys))
    changed += _strike_sealed(needles, related)
    return changed + _forget_answers(needles) + _forget_staged(needles)


def _says_nothing(model) -> bool:
    held = declared().get(model._meta.label)
    return held is not None and held.by == By.NOTHING


def _doubtful(model, columns, needles: Needles, related: list[UUID]) -> set:
    path = getattr(model, "wall_paths", {}).get("client")
    if not (path and related and needles.doubtful):
        return set()
    named = rows.naming(model, columns, needles.doubtful)
    return set(
        model._base_manager.filter(pk__in=named, **{f"{path}__in": related}).values_list("pk", flat=True)
    )


def _strike(row, columns, needles: tuple[str, ...]) -> bool:
    names = []
    for field in columns:
        old = getattr(row, field.attname)
        new = _without(field, old, needles)
        if new != old:
            setattr(row, field.attname, new)
            names.append(field.name)
    if names:
        _save(row, names)
    return bool(names)


def _without(field, old, needles: tuple[str, ...]):
    """The value without the needles; a field that is nothing but one of them becomes empty where it may."""
    if isinstance(old, str) and field.blank and old.lower() in {needle.lower() for needle in needles}:
        return ""
    new = scrubbed(old, needles)
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


def _strike_sealed(needles: Needles, related: list[UUID]) -> int:
    """Sealed texts in the records of the related clients; nobody but whoever opens them can look into others."""
    if not related:
        return 0
    changed = 0
    for label, held in declared().items():
        model = model_of(label)
        fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        path = getattr(model, "wall_paths", {}).get("client")
        if fields and path and held.by == By.TIES:
            found = model._base_manager.filter(**{f"{path}__in": related})
            changed += sum(_strike(row, fields, needles.all) for row in found.iterator())
    return changed


def _forget_answers(needles: Needles) -> int:
    """Kept answers to forms are opened one by one; those that name the subject are dropped."""
    gone = [
        row.pk
        for row in IdempotencyKey.objects.exclude(body=b"").iterator()
        if mentions(_readable(body_of(row)), needles.certain)
    ]
    return IdempotencyKey.objects.filter(pk__in=gone).delete()[0]


def _readable(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _forget_staged(needles: Needles) -> int:
    """Rows read from files are opened one by one; those that hold the subject are dropped."""
    gone = [row.pk for row in ImportRow.objects.iterator() if _holds(row, needles.certain)]
    return ImportRow.objects.filter(pk__in=gone).delete()[0]


def _holds(row: ImportRow, needles: tuple[str, ...]) -> bool:
    for part in ("cells", "values", "before"):
        blob = getattr(row, part)
        if blob and mentions(
            _text_of(storing.unpack(blob, run_id=row.run_id, number=row.number, part=part)), needles
        ):
            return True
    return False


def _text_of(value) -> str:
    if isinstance(value, dict):
        return " ".join([*map(str, value), *(_text_of(one) for one in value.values())])
    if isinstance(value, list | tuple):
        return " ".join(_text_of(one) for one in value)
    return str(value)
