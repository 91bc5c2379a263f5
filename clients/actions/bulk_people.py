"""Adding and changing many people at once, with the audit, the search tokens and the further phones that every person gets."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from clients.actions.facts import FactsMoved, keep_former_values
from clients.actions.people import EDITABLE, PLACE_EDITABLE, in_order
from clients.models import Client, ClientPerson, Person, PersonFact
from clients.queries.known_facts import facts_by_person
from clients.rules.facts import former_values
from clients.search import refresh_person_search
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.bulk import copy_in, copy_over

_FOLLOWING = ("search", "sort_key", "version", "updated_at")


@dataclass(slots=True)
class Coming:
    """Somebody who comes to a client. `further`: (kind, value, label) of what is known besides the main values."""

    client: Client
    fields: dict  # of the person
    place: dict  # roles, position, since
    further: list[tuple[str, str, str]] = field(default_factory=list)
    known: Person | None = None  # on record already
    same_as: "Coming | None" = None  # the same new person, who comes to another client before
    made: ClientPerson | None = field(default=None, init=False)
    facts: list[PersonFact] = field(default_factory=list, init=False)

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
            one.facts = [
                PersonFact(person=person, kind=kind, value=value, label=label, made_by=by)
                for kind, value, label in one.further
            ]
            refresh_person_search(person, one.facts)
            people.append(person)
            facts += one.facts
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


def change_people(
    rows: Sequence[tuple[ClientPerson, dict]], *, by, back: bool = False
) -> dict[UUID, FactsMoved]:
    """Writes values over people and their places, held under lock, each person once. `back`: to what they were.

    Returns by person what followed of facts.
    """
    facts = facts_by_person([place.person_id for place, _values in rows])
    changed = []
    for place, values in rows:
        person = place.person
        theirs = apply_changes(person, {name: values[name] for name in EDITABLE if name in values})
        of_place = apply_changes(place, {name: values[name] for name in PLACE_EDITABLE if name in values})
        if theirs or of_place:
            person.version += 1
            former = [PersonFact(kind=kind, value=value) for kind, value in former_values(theirs)]
            refresh_person_search(person, [*facts[person.pk], *(() if back else former)])
            changed.append((place, theirs, of_place))
    copy_over(Person, [place.person for place, _theirs, _of_place in changed], (*EDITABLE, *_FOLLOWING))
    moved = [place for place, _theirs, of_place in changed if of_place]
    copy_over(ClientPerson, moved, (*PLACE_EDITABLE, "search", "updated_at"))
    verb = "person.import_reversed" if back else "person.changed"
    deeds = [(place, theirs | of_place) for place, theirs, of_place in changed]
    audit.record_many(by=by, verb=verb, deeds=deeds)
    if back:
        return {}
    return keep_former_values([(place.person, theirs) for place, theirs, _of_place in changed], by=by)


def _added(one: Coming) -> dict:
    changes: dict = {}
    for kind, value, _label in one.further:
        changes.setdefault(str(kind), [[], []])[1].append(value)
    return changes
