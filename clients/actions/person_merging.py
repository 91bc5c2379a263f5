"""Two people made one, and two again (clients: merging.py).

The absorbed person's row stays, without a place at any client: so nobody sees it, and its address leads to the kept
one. Everything that points at it follows each relation's declared policy (`on_person_merge`).
"""

import json
from itertools import product

from django.db import transaction

from clients.actions import merge_rows
from clients.actions.people import EDITABLE
from clients.models import Client, ClientPerson, Person, PersonFact, PersonMerge, PersonPair
from clients.queries import merges
from clients.queries.people import clients_of
from clients.search import refresh_person_search
from lawcrm.firm import clock
from lawcrm.firm.actions import audit


@transaction.atomic
def merge_people(
    *, keep: Person, absorb: Person, by, versions: tuple[int, int], choices: dict[str, str], note: str = ""
) -> PersonMerge:
    """Makes `absorb` one with `keep`. `choices`: {field: "kept" | "absorbed" | "both"}; else `rules.proposed`.

    Raises StaleVersion where somebody saved either since, and MergeRefused.
    """
    kept, absorbed = merge_rows.locked(Person, keep.pk, absorb.pk)
    merge_rows.check_mergeable(kept, absorbed, by, versions, shut_out)
    record = PersonMerge(kept=kept, absorbed=absorbed, made_by=by, note=note[:300])
    changes, values = merge_rows.take_values(kept, _chosen(kept, absorbed, choices))
    kept.version = max(kept.version, absorbed.version) + 1
    record.made = merge_rows.keep_what_gave_way(kept, absorbed, values, by)
    done = merge_rows.move_rows(kept, absorbed, doubles_stay=False)
    record.moved = done.moved
    record.values = json.dumps(
        {"set": values, "united": done.united, "removed": done.removed}, ensure_ascii=False
    )
    record.save(force_insert=True)
    refresh_person_search(kept)
    kept.save()
    absorbed.merged_into, absorbed.version = kept, absorbed.version + 1
    absorbed.save(update_fields=["merged_into", "version", "updated_at"])
    merge_rows.settle_pair(PersonPair, kept, absorbed, PersonPair.State.MERGED, by)
    _tell("person.merged", kept, {"other": absorbed.name}, by, changes)
    return record


@transaction.atomic
def unmerge_people(record: PersonMerge, *, by) -> PersonMerge:
    """Two people again, each as he or she was; what was added or changed since stays with the kept one."""
    record, kept, absorbed = merge_rows.to_part(record)
    values = json.loads(record.values)
    left = {
        "fields": merge_rows.give_back(kept, values["set"]),
        "rows": merge_rows.added_since(record),
    }
    merge_rows.move_back(record, values)
    PersonFact.objects.filter(pk__in=record.made.get(PersonFact._meta.label, [])).delete()
    absorbed.merged_into = None
    for person in (kept, absorbed):
        person.version += 1
        refresh_person_search(person)
        person.save()
    record.undone_by, record.undone_at, record.left = by, clock.now(), left
    record.save(update_fields=["undone_by", "undone_at", "left", "updated_at"])
    merge_rows.settle_pair(PersonPair, kept, absorbed, PersonPair.State.DIFFERENT, by)
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
    ours, theirs = clients_of([kept.pk]), clients_of([absorbed.pk])
    clients = {client.pk: client for client in Client.objects.unscoped().filter(pk__in=ours | theirs)}
    found = {}
    for one, other in product(ours, theirs):
        if one != other:
            found |= {user.pk: user for user in merges.shut_out(clients[one], clients[other])}
    return list(found.values())


def _chosen(kept: Person, absorbed: Person, choices: dict[str, str]) -> dict:
    """What the united person says. A name that gave way goes on as the Latin one where it is that, to be found by."""
    new = merge_rows.chosen_values(kept, absorbed, EDITABLE, choices)
    new["latin_name"] = new["latin_name"] or _latin_of(new["name"], kept.name, absorbed.name)
    return new


def _latin_of(name: str, *names: str) -> str:
    return next((one for one in names if one != name and one.isascii() and not name.isascii()), "")


def _tell(verb: str, person: Person, detail: dict, by, changes: dict | None = None) -> None:
    """At each client the person has a place at: it is told in its history, and behind its walls."""
    places = ClientPerson.objects.unscoped().filter(person=person).select_related("client", "person")
    for place in places.order_by("created_at"):
        audit.record(by=by, verb=verb, obj=place, changes=changes, detail=detail)
