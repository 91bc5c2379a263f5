"""The columns of a client in words: one maker of plain values for lists and exports alike."""

from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.enums import RelationshipType
from clients.queries.column_kinds import Column, Kind
from clients.queries.list_words import Words
from lawcrm.firm.models.user import ordered_name
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.words import listed

Plain = str | date | datetime | int | bool | None


def plain_of(column: Column, words: Words) -> Callable[[object], Plain]:
    """A function from a row (a client, or its values by name) to the column's value: text in the reader's language,
    or the date, moment or number itself."""
    if column.code in _OWN:
        return _OWN[column.code](words)
    if column.kind in (Kind.CODE, Kind.CODES):
        labels = {str(code): str(label) for code, label in column.choices}
        if column.kind == Kind.CODE:
            return lambda row: labels.get(getattr(row, column.lookup), "")
        return lambda row: listed(labels.get(code, code) for code in getattr(row, column.lookup))
    if column.kind == Kind.MOMENT:
        return lambda row: _local(getattr(row, column.lookup))
    return lambda row: getattr(row, column.lookup)


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _type(words: Words):
    labels = {kind.value: str(kind.label) for kind in RelationshipType}
    unknown = _("Not yet assessed")
    return lambda row: labels.get(row.relationship_type, unknown)


def _responsible(words: Words):
    return lambda row: ordered_name(
        row.responsible__given_name, row.responsible__family_name, row.responsible__name_zh
    )


def _birthday(words: Words):
    return lambda row: partial_date_words(row.birth_date) if row.birth_date else ""


def _disclosure(words: Words):
    yes, no = _("yes"), _("no")
    return lambda row: yes if row.consent_disclosure else no


def _quiet(words: Words):
    yes, today = _("Gone quiet"), words.today
    return lambda row: yes if row.quiet_from and row.quiet_from <= today else ""


_OWN = {
    "type": _type,
    "grade": lambda words: lambda row: row.grade,
    "responsible": _responsible,
    "team": lambda words: lambda row: listed(words.people.get(pk, "") for pk in row.team_ids),
    "department": lambda words: lambda row: words.departments.get(row.department_id, ""),
    "tags": lambda words: lambda row: listed(words.tags.get(pk, "") for pk in row.tag_ids),
    "quiet": _quiet,
    "birthday": _birthday,
    "former_names": lambda words: lambda row: "; ".join(row.former_names),
    "disclosure": _disclosure,
}
