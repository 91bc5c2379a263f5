"""A merge that was made, in words: what it changed, what moved along, what gave way, what stayed when it was undone."""

import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from clients.merging import moving_relations, told
from clients.presenters.merging import is_sealed, label_of, seen_words, value_words
from clients.queries import merges
from lawcrm.firm.sealed import MASK
from lawcrm.firm.words import listed

_OF_THE_FIRM = ("responsible", "department", "referrer_user")  # who else referred a client is not told here


@dataclass(frozen=True, slots=True)
class Taken:
    label: str
    before: str
    after: str


def taken(record) -> list[Taken]:
    """What the merge changed in the kept profile."""
    model = type(record.kept)
    return [
        Taken(label_of(name, model), _stored_words(name, before, model), _stored_words(name, after, model))
        for name, (before, after) in json.loads(record.values)["set"].items()
    ]


def _stored_words(name: str, stored, model) -> str:
    if is_sealed(name, model):
        return MASK if stored else "–"
    field = model._meta.get_field(name)
    if field.is_relation:
        return (
            str(merges.row_of(field, stored)) if stored and name in _OF_THE_FIRM else MASK if stored else "–"
        )
    return value_words(name, field.to_python(stored), model)


def gave_way(record, names, user) -> list[tuple[str, str]]:
    """What the other said and the united one does not: (label, value). Its row stands as it was."""
    kept, absorbed, model = record.kept, record.absorbed, type(record.kept)
    return [
        (label_of(name, model), seen_words(absorbed, name, user))
        for name in names
        if (said := getattr(absorbed, name)) and not _is_in(said, getattr(kept, name))
    ]


def _is_in(said, now) -> bool:
    """Whether the united profile says it, too; texts and lists may have been taken together."""
    if isinstance(said, list):
        return set(said) <= set(now)
    return said == now or (isinstance(said, str) and isinstance(now, str) and said in now)


def moved_rows(record, user) -> list[tuple[str, int]]:
    """What moved along, as far as this person sees it: (label, number)."""
    found = []
    for relation in moving_relations(type(record.kept)):
        keys, telling = record.moved.get(relation.label), told(relation.label)
        if keys and telling and (number := merges.number_seen(relation, keys, user)):
            found.append((telling.place, str(telling.label), number))
    return [(label, number) for _place, label, number in sorted(found)]


def left_words(record) -> list[str]:
    """What stayed with the kept one when the merge was undone."""
    left, model = record.left or {}, type(record.kept)
    rows = [(told(label), number) for label, number in left.get("rows", {}).items()]
    rows = sorted((telling.place, str(telling.label), number) for telling, number in rows if telling)
    lines = [f"{label}: {number}" for _place, label, number in rows]
    if left.get("fields"):
        fields = listed(label_of(name, model) for name in left["fields"])
        lines.append(_("Changed since and left as they are: %(fields)s") % {"fields": fields})
    if left.get("walls"):
        lines.append(_("A wall raised since stands around both."))
    return lines
