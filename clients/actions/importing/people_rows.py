"""People at clients, written as their rows say and taken back."""

from clients.actions.bulk_people import Coming, add_people
from clients.actions.facts import add_fact, remove_fact
from clients.actions.importing.runs import Verdict
from clients.actions.importing.writers import Writer, register
from clients.actions.people import update_person
from clients.importing.further import KIND_OF, missing_from, names_in
from clients.importing.judging import apply_finding, before_of, keep_before, values_of
from clients.importing.people_rows import PeopleFinder, changes_of, value_at
from clients.importing.plan import Plan
from clients.models import ImportRow, ImportRun, Person
from clients.queries.further_facts import attach_further, facts_held
from clients.queries.import_people import KnownPeople, places_held
from clients.queries.matching import clients_by_key, keys_visible_to
from clients.queries.undoing import what_hangs_on
from lawcrm.firm.actions import audit

_OF_PLACE = ("roles", "position", "since")
_NOT_THEIRS = ("client", "client_number")
Outcome = ImportRow.Outcome


def write_people(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Each row against the people at the client as they are now; new ones all at once."""
    finder = PeopleFinder(by=by, plan=plan, run=run)
    for row, found in zip(rows, finder.find([values[row.number] for row in rows]), strict=True):
        apply_finding(row, found)
    _create([row for row in rows if row.verdict == Verdict.CREATE], values, by)
    updating = [row for row in rows if row.verdict == Verdict.UPDATE]
    places = places_held({row.object_id for row in updating})
    for row in updating:
        said, further = _parted(values[row.number])
        place = places[row.object_id]
        keep_before(row, {name: value_at(place, name) for name in row.changes})
        changes = {name: said[name] for name in row.changes if name not in KIND_OF}
        places[row.object_id] = update_person(place, by=by, version=place.person.version, changes=changes)
        _add_further(place.person, {name: further[name] for name in names_in(row.changes)}, by)


def _parted(values: dict) -> tuple[dict, dict]:
    """What a row says of the person and their place, and of further phones and addresses."""
    said = {name: value for name, value in values.items() if name not in _NOT_THEIRS}
    return said, {name: said.pop(name) for name in names_in(said)}


def _create(rows: list[ImportRow], values: dict[int, dict], by) -> None:
    """Places at clients: for people known from another one, also from a row before, and for new ones."""
    clients = clients_by_key({row.client_id for row in rows})
    known = KnownPeople([values[row.number] for row in rows], by)
    made: dict[tuple, Coming] = {}
    first_of: dict[tuple[str, str], Coming] = {}
    for row in rows:
        said, further = _parted(values[row.number])
        place = {name: said.pop(name) for name in _OF_PLACE if name in said}
        marks = [(said["name"], mark) for mark in (said.get("phone"), said.get("email")) if mark]
        earlier = next((first_of[mark] for mark in marks if mark in first_of), None)
        one = Coming(clients[row.client_id], said, place, (), known.find(said))
        if one.known is None and earlier is not None:
            one.same_as = earlier
        else:
            one.further = _missing(one, further)
        made[row.number] = one
        for mark in marks:
            first_of.setdefault(mark, one.same_as or one)
    _say_once(rows, made)
    add_people(list(made.values()), by=by)
    for row in rows:
        if row.number in made:
            row.object_id = made[row.number].made.pk
            if not made[row.number].is_new:
                _add_further(made[row.number].made.person, _parted(values[row.number])[1], by)


def _missing(one: Coming, further: dict) -> list[tuple[str, str, str]]:
    """Of somebody new: what is not the main value itself."""
    if one.known:
        return []
    return [
        (KIND_OF[name], value, label)
        for name, said in further.items()
        for value, label in said
        if value != one.fields.get(KIND_OF[name], "")
    ]


def _say_once(rows: list[ImportRow], made: dict[int, Coming]) -> None:
    """The same person at the same client in two rows (one named by name, one by number) has one place."""
    there: set = set()
    for row in rows:
        one = made[row.number]
        who = one.known.pk if one.known else id(one.same_as or one)
        if (row.client_id, who) in there:
            row.verdict, row.reasons = Verdict.SAME, [{"code": "name", "params": {}}]
            del made[row.number]
        there.add((row.client_id, who))


def _add_further(person, further: dict, by) -> None:
    if not any(further.values()):
        return
    attach_further([person])
    for name, said in further.items():
        main = getattr(person, KIND_OF[name], "")
        for value, label in missing_from(person, name, said, main):
            add_fact(person, by=by, kind=KIND_OF[name], value=value, label=label)


def take_back_people(rows: list[ImportRow], by) -> None:
    places = places_held({row.object_id for row in rows})
    visible = keys_visible_to(by, {row.client_id for row in rows})
    for row in rows:
        place = places.get(row.object_id)
        if place is None or row.client_id not in visible:
            row.outcome = Outcome.FAILED
            row.why = [{"code": "gone" if place is None else "hidden", "params": {}}]
        elif row.verdict == Verdict.UPDATE:
            _restore(row, place, by)
        else:
            _remove(row, place, by)


def _restore(row: ImportRow, place, by) -> None:
    wrote, stood = values_of(row), before_of(row)
    further = {name: stood.pop(name) for name in names_in(stood)}
    edited = [name for name in stood if value_at(place, name) not in (wrote.get(name), stood[name])]
    if edited:
        _keep(row, "edited", {"fields": edited})
        return
    update_person(place, by=by, version=place.person.version, changes=stood)
    added = {(KIND_OF[name], *one) for name in further for one in map(tuple, wrote[name])} - {
        (KIND_OF[name], *one) for name, held in further.items() for one in map(tuple, held)
    }
    for fact in facts_held(place.person):
        if (fact.kind, fact.value, fact.label) in added and fact.until is None:
            remove_fact(fact, by=by)
    row.outcome = Outcome.REVERSED


def _remove(row: ImportRow, place, by) -> None:
    """The place goes; the person too, where nothing else is known of them."""
    person = place.person
    wrote = {name: value for name, value in values_of(row).items() if name not in _NOT_THEIRS}
    elsewhere = person.places.exclude(pk=place.pk).exists()
    if elsewhere:  # the person was known, or stays: only the place is the row's
        wrote = {name: value for name, value in wrote.items() if name in _OF_PLACE}
    if changes_of(wrote, place) or place.ended_on or (person.version > 1 and not elsewhere):
        _keep(row, "edited", {"fields": []})
        return
    hanging = what_hangs_on([person.pk], Person, besides=("clientperson", "personfact")).get(person.pk)
    if hanging and not elsewhere:
        _keep(row, "in_use", {"what": hanging})
        return
    audit.record(by=by, verb="person.import_removed", obj=place)
    place.delete()
    if not elsewhere:
        person.delete()
    row.outcome = Outcome.REVERSED


def _keep(row: ImportRow, code: str, params: dict) -> None:
    row.outcome, row.why = Outcome.KEPT, [{"code": code, "params": params}]


register(ImportRun.Kind.PEOPLE, Writer(write_people, take_back_people, chunk=500))
