"""Everything held on a client or a person, table by table; what may be privileged or tells of others set apart."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from clients.importing import storing
from clients.models import ImportRow
from clients.queries import subject_rows as rows
from clients.subjects import KEEP, Held, Subject, declared, holders, why_review
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.sealed import BlindIndexField, SealedTextField

# Copies of what stands elsewhere, made for searching and sorting, and marks of the machinery.
NOT_DATA = {
    "search",
    "sort_key",
    "fingerprint",
    "token_hash",
    "keys",
    "version",
    "responsible_rank",
    "team_ids",
    "tag_ids",
}


@dataclass(slots=True)
class Record:
    """One row: its values by column; `review`: why it is not simply handed out."""

    pk: str
    values: dict
    review: str = ""


@dataclass(slots=True)
class Table:
    label: str  # "clients.Client"
    records: list[Record] = field(default_factory=list)


def gather(subject: Subject, user=None) -> list[Table]:
    """All tables with something of the subject; for a user what he or she may read."""
    tables = [Table(label, records) for label, records in _records(subject, user) if records]
    entries = list(_audit(subject, user, tables))
    return [*tables, Table("firm.AuditEntry", entries)] if entries else tables


def count_by_table(subject: Subject, user=None) -> list[tuple[str, int]]:
    """How many rows each table holds of the subject, without reading them."""
    found = []
    for model, held in holders(subject.kind):
        number = sum(here.count() for _then, here in _by_tie(model, held, subject, user))
        if number:
            found.append((_label(model), number))
    return found


def _records(subject: Subject, user) -> Iterator[tuple[str, list[Record]]]:
    for model, held in holders(subject.kind):
        seen: dict = {}
        for then, here in _by_tie(model, held, subject, user):
            for row in here:
                if row.pk not in seen:
                    seen[row.pk] = list(_records_of(row, held, then))
        yield _label(model), [record for records in seen.values() for record in records]


def _by_tie(model, held: Held, subject: Subject, user):
    """(what erasure does, rows) of each tie. A relation's own table is left to the rows it joins, where these are shown."""
    if model._meta.auto_created and any(
        KEEP in other.ties(subject.kind).values() for _m, other in holders(subject.kind)
    ):
        return
    for then in dict.fromkeys(held.ties(subject.kind).values()):
        here = rows.rows_of(model, held, subject, then)
        yield then, rows.open_to(here, user, held).distinct()


def _label(model) -> str:
    return next(label for label, _held in declared().items() if _is(model, label))


def _is(model, label: str) -> bool:
    if model._meta.auto_created:
        return label.startswith(model._meta.auto_created._meta.label + ".")
    return model._meta.label == label


def _records_of(row, held: Held, then: str) -> Iterator[Record]:
    """The row; fields for review stand in a record of their own, so that the rest can be handed out."""
    values = dict(_values(row))
    why = why_review(held, row, then)
    apart = {} if why else {name: why for name, why in held.review_fields.items() if values.get(name)}
    if len(values) > len(apart):
        yield Record(str(row.pk), {name: value for name, value in values.items() if name not in apart}, why)
    for name, reason in apart.items():
        yield Record(str(row.pk), {name: values[name]}, reason)


def _values(row) -> Iterator[tuple[str, object]]:
    for column in row._meta.concrete_fields:
        if (
            column.name in NOT_DATA
            or isinstance(column, SearchVectorField | BlindIndexField)
            or column.primary_key
        ):
            continue
        value = _value(row, column)
        if value not in (None, "", [], {}):
            yield column.name, value


def _value(row, column):
    if isinstance(row, ImportRow) and column.name in ("cells", "values", "before"):
        blob = getattr(row, column.name)
        return blob and storing.unpack(blob, run_id=row.run_id, number=row.number, part=column.name)
    if isinstance(column, models.ForeignKey):
        other = getattr(row, column.name)
        return str(other) if other is not None else None
    value = getattr(row, column.attname)
    if isinstance(column, models.BinaryField) and not isinstance(column, SealedTextField):
        return None
    if column.choices and value not in (None, ""):
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, ArrayField) and column.base_field.choices:
        labels = dict(column.base_field.flatchoices)
        return [str(labels.get(one, one)) for one in value]
    return _plain(value)


def _plain(value):
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _audit(subject: Subject, user, tables: list[Table]) -> Iterator[Record]:
    """What was done with the subject's records, and by whom: the trail's own values may repeat any of them."""
    keys = {UUID(record.pk) for table in tables for record in table.records if len(record.pk) == 36}
    found = AuditEntry.objects.filter(object_id__in=keys | {subject.pk})
    if subject.kind == "client":
        found = found | AuditEntry.objects.filter(client_id=subject.pk)
    found = rows.open_to_ids(found, user, keys)
    for entry in found.order_by("id").distinct():
        values = {
            "at": entry.at.isoformat(),
            "by": entry.actor_name,
            "verb": entry.verb,
            "about": entry.object_label,
            "changes": _plain(entry.changes),
            "detail": _plain(entry.detail),
        }
        shown = {name: value for name, value in values.items() if value not in ("", {})}
        yield Record(str(entry.pk), shown, "privileged" if entry.changes or entry.detail else "")
