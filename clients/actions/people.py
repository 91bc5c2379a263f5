"""People at clients: adding them, changing them, ending their place."""

from django.db import transaction

from clients.models import ClientPerson, Person
from clients.search import refresh_person_search
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.conflicts import StaleVersion

EDITABLE = (
    "name",
    "latin_name",
    "sex",
    "phone",
    "email",
    "wechat",
    "birth_date",
    "note",
    "do_not_greet",
)
PLACE_EDITABLE = ("role", "position", "ended_on")


@transaction.atomic
def add_person(*, by, client, name, role, position="", **fields) -> Person:
    """A new person with a place at the client."""
    person = Person(name=name, **_known(fields))
    refresh_person_search(person)
    person.save(force_insert=True)
    place = _give_place(client, person, role, position)
    audit.record(
        by=by, verb="person.added", obj=place, changes=told(person, EDITABLE) | told(place, PLACE_EDITABLE)
    )
    return person


@transaction.atomic
def add_known_person(*, by, client, person, role, position="") -> ClientPerson:
    """A place at the client for somebody the firm knows already from another one."""
    place = _give_place(client, person, role, position)
    audit.record(by=by, verb="person.added", obj=place, changes=told(place, PLACE_EDITABLE))
    return place


@transaction.atomic
def update_person(place, *, by, version: int, changes: dict) -> ClientPerson:
    """Changes a person and their place at one client. Raises StaleVersion where somebody saved them meanwhile."""
    person = Person.objects.select_for_update().get(pk=place.person_id)
    if person.version != version:
        raise StaleVersion(person)
    place = ClientPerson.objects.select_for_update(of=("self",)).select_related("client").get(pk=place.pk)
    changed = apply_changes(person, {name: value for name, value in changes.items() if name in EDITABLE})
    changed |= apply_changes(
        place, {name: value for name, value in changes.items() if name in PLACE_EDITABLE}
    )
    if not changed:
        return place
    person.version += 1
    refresh_person_search(person)
    person.save()
    place.person = person
    place.save()
    audit.record(by=by, verb="person.changed", obj=place, changes=changed)
    return place


def _give_place(client, person, role, position) -> ClientPerson:
    return ClientPerson.objects.create(client=client, person=person, role=role, position=position)


def _known(fields: dict) -> dict:
    if unknown := fields.keys() - set(EDITABLE):
        raise TypeError(f"a person has no field {', '.join(sorted(unknown))} to write")
    return fields
