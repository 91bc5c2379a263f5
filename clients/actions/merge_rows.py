"""What a merge does with values and rows, of clients and of people alike, and how it is taken back exactly.

What was done is kept with the merge's record: `set` {field: [before, after]} of the kept profile, `united`
{model: {key: {field: [before, after]}}} of rows that took something over from their twin, `removed` {model: [rows]} that
were taken out whole, `moved` {relation: [keys]}, `made` {model: [keys]} of rows that the merge wrote itself.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.apps import apps
from django.db import models

from clients.merging import Relation, moving_relations
from clients.models import Client, Person
from clients.queries import merges
from clients.queries.merged import kept_instead
from clients.rules import merging as rules
from clients.rules.facts import kinds_of
from lawcrm.firm import clock
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.sealed import SealedTextField

Either = Client | Person
BATCH = 5_000
_NOT_TOLD = frozenset({"id", "created_at", "updated_at"})


class MergeRefused(Exception):
    """The two cannot be merged, or not be parted. `code` says why; `people` whom it is about; `kept` where to look."""

    def __init__(self, code: str, *, people=(), kept: UUID | None = None):
        super().__init__(code)
        self.code, self.people, self.kept = code, list(people), kept


# -- both: who, and whether ---------------------------------------------------------------------------------


def locked(model, one: UUID, other: UUID, *, beside: Collection[str] = ()) -> tuple[Either, Either]:
    """Both rows, locked in the order of their keys: two stewards at one pair wait for each other, never block."""
    if one == other:
        raise MergeRefused("itself", kept=one)
    rows = model.objects.unscoped().select_for_update(of=("self",)).select_related(*beside or (None,))
    found = {row.pk: row for row in rows.filter(pk__in=[one, other]).order_by("pk")}
    return found[one], found[other]


def check_mergeable(kept: Either, absorbed: Either, by, versions: tuple[int, int], shut_out) -> None:
    """Raises MergeRefused, or StaleVersion where somebody saved either since. `shut_out`: who is kept from one of them."""
    model = type(kept)
    for row in (kept, absorbed):
        if row.merged_into_id:
            raise MergeRefused("merged_before", kept=kept_instead(model, row.pk))
    if model.objects.visible_to(by).filter(pk__in=[kept.pk, absorbed.pk]).count() != 2:
        raise MergeRefused("not_visible")
    if shut := shut_out(kept, absorbed):
        raise MergeRefused("across_a_wall", people=shut)
    for row, version in zip((kept, absorbed), versions, strict=True):
        if row.version != version:
            raise StaleVersion(row)


def to_part(record) -> tuple[models.Model, Either, Either]:
    """The record and both sides, locked. Raises MergeRefused where there is nothing to part."""
    record = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.undone_at:
        raise MergeRefused("undone_before", kept=record.kept_id)
    model = type(record)._meta.get_field("kept").related_model
    kept, absorbed = locked(model, record.kept_id, record.absorbed_id)
    if kept.merged_into_id:
        raise MergeRefused("merged_since", kept=kept_instead(model, kept.pk))
    return record, kept, absorbed


def settle_pair(pairs, kept: Either, absorbed: Either, state: str, by) -> None:
    """What the finder proposed, or would have proposed, is decided."""
    one, other = sorted((kept.pk, absorbed.pk))
    decided = {"state": state, "decided_by": by, "decided_at": clock.now()}
    pairs.objects.update_or_create(
        one_id=one, other_id=other, defaults=decided, create_defaults={"verdict": "same", **decided}
    )


# -- values -------------------------------------------------------------------------------------------------


def chosen_values(kept: Either, absorbed: Either, names: Iterable[str], choices: dict[str, str]) -> dict:
    """What each field shall say: as chosen, else by `rules.proposed`."""
    found = {}
    for name in names:
        ours, theirs = getattr(kept, name), getattr(absorbed, name)
        found[name] = rules.chosen(choices.get(name) or rules.proposed(name, ours, theirs), ours, theirs)
    return found


def take_values(kept: Either, new: dict) -> tuple[dict, dict]:
    """Sets the values. Returns them for the audit trail, and as {field: [before, after]} for undoing."""
    before = {name: stored(kept, name) for name in new}
    changes = apply_changes(kept, new)
    return changes, {name: [before[name], stored(kept, name)] for name in changes}


def give_back(row: models.Model, values: dict) -> list[str]:
    """Sets what the fields said before; those changed since stay and are returned."""
    left = []
    for name, (before, after) in values.items():
        if stored(row, name) == after:
            setattr(row, row._meta.get_field(name).attname, read(type(row), name, before))
        else:
            left.append(name)
    return left


def stored(row: models.Model, name: str):
    """A field's value as JSON; `read` gives it back."""
    value = getattr(row, row._meta.get_field(name).attname)
    if value is None or isinstance(value, bool | int | float | str | list):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def read(model, name: str, value):
    column = model._meta.get_field(name)
    return value if value is None or isinstance(column, SealedTextField) else column.to_python(value)


def keep_what_gave_way(kept: Either, absorbed: Either, values: dict, by) -> dict[str, list[str]]:
    """Phones, addresses, employers that did not stand go on as further facts: shown, and found by searching.

    Before the rows move: what either has as a fact already is not written again.
    """
    facts = type(kept)._meta.get_field("facts")
    owner, made = facts.field.name, []
    known = facts.related_model.objects.filter(**{f"{owner}__in": [kept, absorbed]}, until__isnull=True)
    there = set(known.values_list("kind", "value"))
    for kind in kinds_of(kept):
        before = values[kind][0] if kind in values else getattr(kept, kind)
        gave_way = {before, getattr(absorbed, kind)} - {"", getattr(kept, kind)}
        made += [
            facts.related_model(**{owner: kept}, kind=kind, value=value, made_by=by)
            for value in sorted(gave_way)
            if (kind, value) not in there
        ]
    facts.related_model.objects.bulk_create(made)
    return keys_of(made)


def keys_of(made: Collection[models.Model]) -> dict[str, list[str]]:
    """Rows the merge wrote, as its record keeps them."""
    return {made[0]._meta.label: [str(row.pk) for row in made]} if made else {}


# -- rows ---------------------------------------------------------------------------------------------------


@dataclass
class Moved:
    moved: dict[str, list] = field(default_factory=dict)
    united: dict[str, dict] = field(default_factory=dict)
    removed: dict[str, list] = field(default_factory=dict)


def move_rows(kept: Either, absorbed: Either, *, doubles_stay: bool) -> Moved:
    """Everything around the absorbed one goes to the kept one.

    `doubles_stay`: what the kept one has already stays behind, where nobody sees it; else it is taken out.
    """
    done, relations = Moved(), moving_relations(type(kept))
    for relation in relations:
        if getattr(relation.model, "merge_ends_loops", False):
            for here, there in ((kept.pk, absorbed.pk), (absorbed.pk, kept.pk)):
                _take_out(merges.loops(relation, here, there), done)
    staying = {relation.label: _unite(relation, kept.pk, absorbed.pk, done) for relation in relations}
    if not doubles_stay:
        for relation in relations:
            _take_out(relation.model._base_manager.filter(pk__in=staying[relation.label]), done)
    for relation in relations:  # only now: a row may point at the absorbed one twice
        rows = merges.rows_of(relation, absorbed.pk).exclude(pk__in=staying[relation.label])
        if relation.model is type(kept):
            rows = rows.exclude(pk=kept.pk)  # nobody refers themselves
        if keys := list(rows.order_by().values_list("pk", flat=True)):
            _point(relation, keys, absorbed.pk, kept.pk)
            done.moved[relation.label] = [key if isinstance(key, int) else str(key) for key in keys]
    return done


def _take_out(rows, done: Moved) -> None:
    if images := merges.images_of(rows):
        done.removed.setdefault(rows.model._meta.label, []).extend(images)
        rows.delete()


def _unite(relation: Relation, kept_id: UUID, absorbed_id: UUID, done: Moved) -> list:
    """Rows that the kept one has already give theirs what it lacks. Returns their keys."""
    pairs = merges.doubles(relation, kept_id, absorbed_id)
    if hasattr(relation.model, "unite_with"):
        for ours, theirs in pairs:
            note_change(ours, lambda ours=ours, theirs=theirs: ours.unite_with(theirs), done)
    return [theirs.pk for _ours, theirs in pairs]


def note_change(row: models.Model, change, done: Moved) -> None:
    """Saves what `change` does to the row, and how it was before."""
    names = [column.name for column in row._meta.concrete_fields if column.name not in _NOT_TOLD]
    before = {name: stored(row, name) for name in names}
    change()
    changed = {name: [before[name], now] for name in names if (now := stored(row, name)) != before[name]}
    if changed:
        row.save(update_fields=[*changed, "updated_at"])
        done.united.setdefault(row._meta.label, {})[str(row.pk)] = changed


def _point(relation: Relation, keys: list, old: UUID, new: UUID) -> None:
    """Points those of the rows that still point at `old` to `new`."""
    name = relation.field.attname
    for start in range(0, len(keys), BATCH):
        rows = relation.model._base_manager.filter(pk__in=keys[start : start + BATCH], **{name: old})
        rows.update(**{name: new})


def move_back(record, values: dict) -> None:
    """The rows as they were, as far as nobody changed them since."""
    for relation in moving_relations(type(record.kept)):
        if keys := record.moved.get(relation.label):
            _point(relation, keys, record.kept_id, record.absorbed_id)
    for label, images in values["removed"].items():
        merges.put_back(apps.get_model(label), images)
    for label, changed in values.get("united", {}).items():
        rows = apps.get_model(label)._base_manager.select_for_update(of=("self",)).filter(pk__in=changed)
        for row in rows.order_by("pk"):
            fields = changed[str(row.pk)]
            give_back(row, fields)
            row.save(update_fields=[*fields, "updated_at"])


def added_since(record) -> dict[str, int]:
    """{relation: how many rows} that came to the kept one after the merge: they stay."""
    found = {}
    for relation in moving_relations(type(record.kept)):
        rows = merges.rows_of(relation, record.kept_id).exclude(pk__in=record.moved.get(relation.label, []))
        if hasattr(relation.model, "created_at"):
            rows = rows.filter(created_at__gt=record.created_at)
        elif relation.model._meta.pk.get_internal_type() == "UUIDField":
            rows = rows.filter(pk__gte=first_id_at(record.created_at))
        else:
            continue
        if number := rows.exclude(pk__in=record.made.get(relation.model._meta.label, [])).count():
            found[relation.label] = number
    return found
