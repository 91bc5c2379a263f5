"""Adding many people at once, with the audit, the search tokens and the further phones that every person gets."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from clients.actions.people import EDITABLE, PLACE_EDITABLE, in_order
from clients.models import Client, ClientPerson, Person, PersonFact
from clients.search import refresh_person_search
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import told
from lawcrm.firm.bulk import copy_in


@dataclass(slots=True)
class Coming:
    """Somebody who comes to a client. `further`: (kind, value, label) of what is known besides the main values."""

    client: Client
    fields: dict  # of the person
    place: dict  # roles, position, since
    further: Sequence[tuple[str, str, str]] = ()
    known: Person | None = None  # on record already
    same_as: "Coming | None" = None  # the same new person, who comes to another client before
    made: ClientPerson | None = field(default=None, init=False)

    @property
    def is_new(self) -> bool:
        return self.known is None and self.same_as is None


def add_people(coming: Sequence[Coming], *, by) -> None:
    """Gives each a place at the client, `made`; whom nobody knows is added first. Call inside a transaction.

    Of somebody known nothing but the place is written.
    """
    people, facts = [], []
    for one in coming:
        person = one.known or (one.same_as and one.same_as.made.person)
        if person is None:
            person = Person(**one.fields)
            theirs = [
                PersonFact(person=person, kind=kind, value=value, label=label, made_by=by)
                for kind, value, label in one.further
            ]
            refresh_person_search(person, theirs)
            people.append(person)
            facts += theirs
        place = one.place | {"roles": in_order(one.place.get("roles", ()))}
        one.made = ClientPerson(client=one.client, person=person, **place)
    copy_in(Person, people)
    copy_in(PersonFact, facts)
    copy_in(ClientPerson, [one.made for one in coming])
    deeds = [
        (
            one.made,
            (told(one.made.person, EDITABLE) if one.is_new else {}) | told(one.made, PLACE_EDITABLE),
        )
        for one in coming
    ]
    audit.record_many(by=by, verb="person.added", deeds=deeds)
    added = [(one.made.person, _added(one)) for one in coming if one.further and one.is_new]
    audit.record_many(by=by, verb="person.fact_added", deeds=added)


def _added(one: Coming) -> dict:
    changes: dict = {}
    for kind, value, _label in one.further:
        changes.setdefault(str(kind), [[], []])[1].append(value)
    return changes
