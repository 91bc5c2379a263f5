"""Two people made one, and two again (clients: merging.py).

The absorbed person's row stays, without a place at any client: so nobody sees it, and its address leads to the kept
one. Everything that points at it follows each relation's declared policy (`on_person_merge`).
"""

import json
from itertools import product
from uuid import UUID

from django.apps import apps
from django.db import transaction

from clients.actions.merging import MergeRefused
from clients.actions.people import EDITABLE
from clients.enums import PersonRole
from clients.merging import Relation
from clients.models import Client, ClientPerson, Person, PersonFact, PersonMerge, PersonPair
from clients.queries import merges
from clients.queries import person_merging as queries
from clients.rules import merging as rules
from clients.rules.facts import kinds_of
from clients.search import refresh_person_search
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.conflicts import StaleVersion


@transaction.atomic
def merge_people(
    *, keep: Person, absorb: Person, by, versions: tuple[int, int], choices: dict[str, str], note: str = ""
) -> PersonMerge:
    """Makes `absorb` one with `keep`. `choices`: {field: "kept" | "absorbed" | "both"}; else `rules.proposed`.

    Raises StaleVersion where somebody saved either since, and MergeRefused.
    """
    kept, absorbed = _locked(keep.pk, absorb.pk)
    _check(kept, absorbed, by, versions)
    record = PersonMerge(kept=kept, absorbed=absorbed, made_by=by, note=note[:300])
    changes, stored = _take_values(kept, absorbed, choices)
    kept.version = max(kept.version, absorbed.version) + 1
    record.made = _keep_what_gave_way(kept, absorbed, stored, by)
    places = _unite_places(kept.pk, absorbed.pk)
    record.moved, removed = _move_rows(kept.pk, absorbed.pk)
    record.values = json.dumps({"set": stored, "places": places, "removed": removed}, ensure_ascii=False)
    record.save(force_insert=True)
    refresh_person_search(kept)
    kept.save()
    absorbed.merged_into, absorbed.version = kept, absorbed.version + 1
    absorbed.save(update_fields=["merged_into", "version", "updated_at"])
    _settle_pair(kept, absorbed, PersonPair.State.MERGED, by)
    _tell("person.merged", kept, {"other": absorbed.name}, by, changes)
    return record


@transaction.atomic
def unmerge_people(record: PersonMerge, *, by) -> PersonMerge:
    """Two people again, each as he or she was; what was added or changed since stays with the kept one."""
    record = PersonMerge.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.undone_at:
        raise MergeRefused("undone_before", kept=record.kept_id)
    kept, absorbed = _locked(record.kept_id, record.absorbed_id)
    if kept.merged_into_id:
        raise MergeRefused("merged_since", kept=queries.kept_person_instead(kept.pk))
    values = json.loads(record.values)
    left = {"fields": _give_back(kept, values["set"]), "rows": _added_since(record)}
    for relation in queries.moving_relations():
        if keys := record.moved.get(relation.label):
            _point(relation, keys, record.kept_id, record.absorbed_id)
    for label, images in values["removed"].items():
        merges.put_back(_model_of(label), images)
    _give_places_back(values["places"])
    PersonFact.objects.filter(pk__in=record.made.get("clients.PersonFact", [])).delete()
    absorbed.merged_into = None
    for person in (kept, absorbed):
        person.version += 1
        refresh_person_search(person)
        person.save()
    record.undone_by, record.undone_at, record.left = by, clock.now(), left
    record.save(update_fields=["undone_by", "undone_at", "left", "updated_at"])
    _settle_pair(kept, absorbed, PersonPair.State.DIFFERENT, by)
    _tell("person.unmerged", kept, {"other": absorbed.name}, by)
    _tell("person.restored", absorbed, {"other": kept.name}, by)
    return record


@transaction.atomic
def say_two_people(pair: PersonPair, *, by) -> PersonPair:
    """The pair is not proposed again. Whoever decided first, decided."""
    pair = PersonPair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
    if pair.state == PersonPair.State.OPEN:
        pair.state, pair.decided_by, pair.decided_at = PersonPair.State.DIFFERENT, by, clock.now()
        pair.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
        _tell("person.not_the_same", pair.one, {"other": pair.other.name}, by)
    return pair


@transaction.atomic
def ask_again_of_people(pair: PersonPair, *, by) -> PersonPair:
    pair = PersonPair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
    if pair.state == PersonPair.State.DIFFERENT:
        pair.state, pair.decided_by, pair.decided_at = PersonPair.State.OPEN, None, None
        pair.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
        _tell("person.perhaps_the_same", pair.one, {"other": pair.other.name}, by)
    return pair


def shut_out(kept: Person, absorbed: Person) -> list:
    """Those who work for a client of the one and whom a wall keeps from a client of the other."""
    ours, theirs = queries.clients_of([kept.pk]), queries.clients_of([absorbed.pk])
    clients = {client.pk: client for client in Client.objects.unscoped().filter(pk__in=ours | theirs)}
    found = {}
    for one, other in product(ours, theirs):
        if one != other:
            found |= {user.pk: user for user in merges.shut_out(clients[one], clients[other])}
    return list(found.values())


# -- both: who, and whether ---------------------------------------------------------------------------------


def _locked(one: UUID, other: UUID) -> tuple[Person, Person]:
    """Both rows, locked in the order of their keys."""
    if one == other:
        raise MergeRefused("itself", kept=one)
    rows = Person.objects.select_for_update(of=("self",)).filter(pk__in=[one, other]).order_by("pk")
    found = {person.pk: person for person in rows}
    return found[one], found[other]


def _check(kept: Person, absorbed: Person, by, versions: tuple[int, int]) -> None:
    for person in (kept, absorbed):
        if person.merged_into_id:
            raise MergeRefused("merged_before", kept=queries.kept_person_instead(person.pk))
    if Person.objects.visible_to(by).filter(pk__in=[kept.pk, absorbed.pk]).count() != 2:
        raise MergeRefused("not_visible")
    if shut := shut_out(kept, absorbed):
        raise MergeRefused("across_a_wall", people=shut)
    for person, version in zip((kept, absorbed), versions, strict=True):
        if person.version != version:
            raise StaleVersion(person)


# -- values -------------------------------------------------------------------------------------------------


def _take_values(kept: Person, absorbed: Person, choices: dict[str, str]) -> tuple[dict, dict]:
    """Sets the chosen values. Returns them for the audit trail, and as (before, after) for undoing."""
    new = {}
    for name in EDITABLE:
        ours, theirs = getattr(kept, name), getattr(absorbed, name)
        new[name] = rules.chosen(choices.get(name) or rules.proposed(name, ours, theirs), ours, theirs)
    new["note"] = new["note"][: Person._meta.get_field("note").max_length]
    new["latin_name"] = new["latin_name"] or _latin_of(new["name"], kept.name, absorbed.name)
    before = {name: _stored(kept, name) for name in EDITABLE}
    changes = apply_changes(kept, new)
    return changes, {name: [before[name], _stored(kept, name)] for name in changes}


def _latin_of(name: str, *names: str) -> str:
    """A name that gave way goes on as the Latin one where it is that: whoever searches for it finds the person."""
    return next((one for one in names if one != name and one.isascii() and not name.isascii()), "")


def _stored(person: Person, name: str):
    value = getattr(person, name)
    return value if isinstance(value, bool) or value is None else str(value)


def _give_back(kept: Person, stored: dict) -> list[str]:
    """Sets the values from before the merge; those changed since stay and are named."""
    left = []
    for name, (before, after) in stored.items():
        if _stored(kept, name) == after:
            setattr(kept, name, Person._meta.get_field(name).to_python(before))
        else:
            left.append(name)
    return left


def _keep_what_gave_way(kept: Person, absorbed: Person, stored: dict, by) -> dict:
    """Phones and addresses that did not stand go on as further facts: shown, and found by searching."""
    made = []
    for kind in kinds_of(kept):
        before = stored[kind][0] if kind in stored else getattr(kept, kind)
        gave_way = {before, getattr(absorbed, kind)} - {"", getattr(kept, kind)}
        made += [PersonFact(person=kept, kind=kind, value=value, made_by=by) for value in sorted(gave_way)]
    PersonFact.objects.bulk_create(made)
    return {"clients.PersonFact": [str(fact.pk) for fact in made]} if made else {}


# -- rows ---------------------------------------------------------------------------------------------------


def _unite_places(kept_id: UUID, absorbed_id: UUID) -> dict[str, list]:
    """Where both have a place at one client, the kept one takes the roles of both. {key: [before, after]}."""
    changed = {}
    for ours, theirs in queries.places_shared(kept_id, absorbed_id):
        before = [ours.roles, ours.position]
        ours.roles = [role for role in PersonRole.values if role in {*ours.roles, *theirs.roles}]
        ours.position = ours.position or theirs.position
        if [ours.roles, ours.position] != before:
            ours.save(update_fields=["roles", "position", "updated_at"])
            changed[str(ours.pk)] = [before, [ours.roles, ours.position]]
    return changed


def _give_places_back(places: dict) -> None:
    for key, (before, after) in places.items():
        place = ClientPerson.objects.unscoped().filter(pk=key).first()
        if place and [place.roles, place.position] == after:
            place.roles, place.position = before
            place.save(update_fields=["roles", "position", "updated_at"])


def _move_rows(kept_id: UUID, absorbed_id: UUID) -> tuple[dict, dict]:
    """({relation: keys moved}, {model: rows taken out because the kept person has them already})."""
    moved, removed = {}, {}
    for relation in queries.moving_relations():
        in_the_way = queries.rows_in_the_way(relation, kept_id, absorbed_id)
        if images := merges.images_of(in_the_way):
            removed.setdefault(relation.model._meta.label, []).extend(images)
            in_the_way.delete()
    for relation in queries.moving_relations():  # only now: a row may point at the absorbed person twice
        keys = list(queries.rows_of(relation, absorbed_id).order_by().values_list("pk", flat=True))
        if keys:
            _point(relation, keys, absorbed_id, kept_id)
            moved[relation.label] = [key if isinstance(key, int) else str(key) for key in keys]
    return moved, removed


def _point(relation: Relation, keys: list, old: UUID, new: UUID) -> None:
    """Points those of the rows that still point at `old` to `new`."""
    name = relation.field.attname
    relation.model._base_manager.filter(pk__in=keys, **{name: old}).update(**{name: new})


def _added_since(record: PersonMerge) -> dict[str, int]:
    """{relation: how many rows} that came to the kept person after the merge: they stay."""
    found = {}
    for relation in queries.moving_relations():
        if hasattr(relation.model, "created_at"):
            rows = queries.rows_of(relation, record.kept_id).filter(created_at__gt=record.created_at)
            mine = record.made.get(relation.model._meta.label, [])
            if number := rows.exclude(pk__in=mine).count():
                found[relation.label] = number
    return found


def _model_of(label: str):
    """The model behind a label; tables between two sides of a relation have one, too."""
    return apps.get_model(label)


# -- telling ------------------------------------------------------------------------------------------------


def _settle_pair(kept: Person, absorbed: Person, state, by) -> None:
    one, other = sorted((kept.pk, absorbed.pk))
    decided = {"state": state, "decided_by": by, "decided_at": clock.now()}
    PersonPair.objects.update_or_create(
        one_id=one, other_id=other, defaults=decided, create_defaults={"verdict": "same", **decided}
    )


def _tell(verb: str, person: Person, detail: dict, by, changes: dict | None = None) -> None:
    """At each client the person has a place at: it is told in its history, and behind its walls."""
    places = ClientPerson.objects.unscoped().filter(person=person).select_related("client", "person")
    for place in places.order_by("created_at"):
        audit.record(by=by, verb=verb, obj=place, changes=changes, detail=detail)
