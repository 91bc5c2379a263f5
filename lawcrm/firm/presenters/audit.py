"""Audit entries as sentences, with what they changed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.queries.people import names_of
from lawcrm.firm.sentences import known_verbs, sentence
from lawcrm.firm.words import listed

KINDS = {
    "client": _("Clients"),
    "person": _("People at clients"),
    "relationship": _("Relationship assessments"),
    "contact": _("Contacts"),
    "follow_up": _("Follow-ups"),
    "matter": _("Matters"),
    "survey": _("Surveys"),
    "import": _("Imports"),
    "access": _("Refused tries"),
    "wall": _("Walls"),
    "user": _("People of the firm"),
    "session": _("Sessions"),
    "department": _("Departments"),
    "policy": _("Policy"),
    "keys": _("Keys"),
}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class EntryRow:
    at: datetime
    text: str
    origin: str
    changes: list[tuple[str, str, str]]


def entry_rows(entries) -> list[EntryRow]:
    names = names_of(entry.actor_id for entry in entries)
    return [
        EntryRow(
            entry.at, sentence(entry, names.get(entry.actor_id, "")), entry.origin, list(_changes(entry))
        )
        for entry in entries
    ]


def _changes(entry):
    model = _model(entry.object_type)
    for name, pair in entry.changes.items():
        if isinstance(pair, list) and len(pair) == 2:
            field = _field(model, name)
            label = capfirst(str(field.verbose_name)) if field else name
            yield label, _shown(field, pair[0]), _shown(field, pair[1])


def _model(label: str):
    try:
        return apps.get_model(label) if label else None
    except LookupError:
        return None


def _field(model, name):
    """The field a deed speaks of: the object's own, or of the row it stands for (`told_with`: a person at a client)."""
    if model is None:
        return None
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        beside = getattr(model, "told_with", None)
        return _field(model._meta.get_field(beside).related_model, name) if beside else None


def _shown(field, value) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(value, list):
        return listed(_shown(getattr(field, "base_field", None), one) for one in value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(field, DateField) and (moment := _moment(field, value)):
        return moment
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices.get(value, value))[:LONGEST]


def _moment(field, value) -> str:
    """A stored day or time as the reader writes it, in their zone; nothing where it is neither."""
    try:
        if isinstance(field, DateTimeField):
            return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    except (TypeError, ValueError):
        return ""


def kind_choices() -> list[tuple[str, str]]:
    """What one may narrow the trail to: the first halves of the verbs that are told."""
    found = {verb.partition(".")[0] for verb in known_verbs()}
    return [
        ("", _("Everything")),
        *((kind, KINDS.get(kind, kind)) for kind in KINDS | dict.fromkeys(found) if kind in found),
    ]
