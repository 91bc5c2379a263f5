"""People at clients: adding them, changing them, ending their place."""

from datetime import date

from django.db import transaction

from clients.actions.facts import keep_former_values
from clients.enums import PersonRole
from clients.models import ClientPerson, Person
from clients.search import refresh_person_search
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.conflicts import StaleVersion


class AlreadyThere(Exception):
    """The person has a place at the client that has not ended."""


EDITABLE = (
    "name",
    "latin_name",
    "sex",
    "phone",
    "email",
    "wechat",
    "birth_date",
    "language",
    "preferred_channel",
    "preferred_hours",
    "preferences",
    "note",
    "do_not_greet",
)
PLACE_EDITABLE = ("roles", "position", "since", "ended_on")


@transaction.atomic
def add_person(*, by, client, name, role="", roles=(), position="", since=None, **fields) -> Person:
    """A new person with a place at the client, in one role or several."""
    person = Person(name=name, **_known(fields))
    refresh_person_search(person)
    person.save(force_insert=True)
    place = _give_place(client, person, _roles(role, roles), position, since)
    audit.record(
        by=by, verb="person.added", obj=place, changes=told(person, EDITABLE) | told(place, PLACE_EDITABLE)
    )
    return person


@transaction.atomic
def add_known_person(*, by, client, person, role="", roles=(), position="", since=None) -> ClientPerson:
    """A place at the client for somebody the firm knows already from another one. Raises AlreadyThere."""
    _locked(person)
    _check_not_there(client, person)
    place = _give_place(client, person, _roles(role, roles), position, since)
    audit.record(by=by, verb="person.added", obj=place, changes=told(place, PLACE_EDITABLE))
    return place


@transaction.atomic
def update_person(place, *, by, version: int, changes: dict) -> ClientPerson:
    """Changes a person and their place at one client. Raises StaleVersion where somebody saved them meanwhile, and
    AlreadyThere where a place that ended is to hold again beside another one there.
    """
    person = _locked(place.person)
    if person.version != version:
        raise StaleVersion(person)
    place = ClientPerson.objects.select_for_update(of=("self",)).select_related("client").get(pk=place.pk)
    of_person = apply_changes(person, {name: value for name, value in changes.items() if name in EDITABLE})
    of_place = apply_changes(
        place, {name: value for name, value in changes.items() if name in PLACE_EDITABLE}
    )
    changed = of_person | of_place
    if not changed:
        return place
    if "ended_on" in changed and place.ended_on is None:
        _check_not_there(place.client, person, beside=place)
    person.version += 1
    # a former position is told in the history of its client: with the person, others would read and find it
    keep_former_values([(person, of_person)], by=by)
    refresh_person_search(person)
    person.save()
    place.person = person
    place.save()
    audit.record(by=by, verb="person.changed", obj=place, changes=changed)
    return place


@transaction.atomic
def leave_client(place: ClientPerson, *, by, on: date) -> ClientPerson:
    """The person is no longer at the client; what they did there stays on record."""
    person = _locked(place.person)
    place = (
        ClientPerson.objects.select_for_update(of=("self",))
        .select_related("client", "person")
        .get(pk=place.pk)
    )
    changed = apply_changes(place, {"ended_on": max(on, place.since) if place.since else on})
    if changed:
        place.save(update_fields=["ended_on", "updated_at"])
        person.version += 1  # whoever has the form of this place open is told
        person.save(update_fields=["version", "updated_at"])
        audit.record(by=by, verb="person.left", obj=place, changes=changed)
    return place


@transaction.atomic
def move_person(place: ClientPerson, *, by, on: date, client, roles=(), position="") -> ClientPerson:
    """A change of employer: the place at the one ends, the place at the other begins. Raises AlreadyThere."""
    leave_client(place, by=by, on=on)
    return add_known_person(
        by=by, client=client, person=place.person, roles=roles, position=position, since=on
    )


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _check_not_there(client, person, beside: ClientPerson | None = None) -> None:
    there = ClientPerson.objects.filter(client=client, person=person).present()
    if there.exclude(pk=beside and beside.pk).exists():
        raise AlreadyThere


def _roles(role: str, roles) -> list[str]:
    return in_order({role, *roles})


def in_order(roles) -> list[str]:
    """Each role once, in the order of the list."""
    return [one for one in PersonRole.values if one in roles]


def _give_place(client, person, roles, position, since) -> ClientPerson:
    return ClientPerson.objects.create(
        client=client, person=person, roles=roles, position=position, since=since
    )


def _known(fields: dict) -> dict:
    if unknown := fields.keys() - set(EDITABLE):
        raise TypeError(f"a person has no field {', '.join(sorted(unknown))} to write")
    return fields
