"""People at clients, written as their rows say."""

from clients.actions.bulk_people import Coming, add_people, change_people
from clients.actions.importing.further import add_further
from clients.actions.importing.people_back import take_back_people
from clients.actions.importing.runs import Verdict, once_each
from clients.actions.importing.traces import trace_of
from clients.actions.importing.writers import Writer, register
from clients.importing.further import KIND_OF, names_in
from clients.importing.judging import apply_finding, keep_before
from clients.importing.people_rows import NOT_THEIRS, OF_PLACE, PeopleFinder, changes_of, value_at
from clients.importing.plan import Plan
from clients.models import ImportRow, ImportRun, Person
from clients.queries.import_people import KnownPeople, places_held
from clients.queries.matching import clients_by_key


def write_people(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Each row against the people at the client as they are now; new ones all at once, changes all at once."""
    finder = PeopleFinder(by=by, plan=plan, run=run)
    for row, found in zip(rows, finder.find([values[row.number] for row in rows]), strict=True):
        apply_finding(row, found)
    _create([row for row in rows if row.verdict == Verdict.CREATE], values, by)
    updating = [row for row in rows if row.verdict == Verdict.UPDATE]
    places = places_held({row.object_id for row in updating})
    for turn in once_each(updating, lambda row: places[row.object_id].person_id):
        _update(turn, values, plan, by)


def _parted(values: dict) -> tuple[dict, dict]:
    """What a row says of the person and their place, and of further phones and addresses."""
    said = {name: value for name, value in values.items() if name not in NOT_THEIRS}
    return said, {name: said.pop(name) for name in names_in(said)}


# -- known there ----------------------------------------------------------------------------------------------------


def _update(rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Rows of different people. What an earlier row has done already is no change any more."""
    places = places_held({row.object_id for row in rows})
    for row in rows:
        row.changes = changes_of(values[row.number], places[row.object_id], plan.blanks)
        if not row.changes:
            row.verdict = Verdict.SAME
    rows = [row for row in rows if row.changes]
    stood = {row.number: _stood(row, places[row.object_id]) for row in rows}
    said = {row.number: _parted({name: values[row.number][name] for name in row.changes}) for row in rows}
    moved = change_people([(places[row.object_id], said[row.number][0]) for row in rows], by=by)
    people = {row.number: places[row.object_id].person_id for row in rows}
    added = add_further(Person, [(people[row.number], said[row.number][1]) for row in rows], by=by)
    for row in rows:
        person = people[row.number]
        keep_before(row, stood[row.number], facts=trace_of(moved.get(person), added.get(person, ())))


def _stood(row: ImportRow, place) -> dict:
    return {name: value_at(place, name) for name in row.changes}


# -- new there ------------------------------------------------------------------------------------------------------


def _create(rows: list[ImportRow], values: dict[int, dict], by) -> None:
    """Places at clients: for people known from another one, also from a row before, and for new ones."""
    clients = clients_by_key({row.client_id for row in rows})
    known = KnownPeople([values[row.number] for row in rows], by)
    made: dict[int, Coming] = {}
    first_of: dict[tuple[str, str], Coming] = {}
    for row in rows:
        said, further = _parted(values[row.number])
        place = {name: said.pop(name) for name in OF_PLACE if name in said}
        marks = [(said["name"], mark) for mark in (said.get("phone"), said.get("email")) if mark]
        one = Coming(clients[row.client_id], said, place, known=known.find(said))
        if one.known is None:
            one.same_as = next((first_of[mark] for mark in marks if mark in first_of), None)
            _tell_further(one.same_as or one, further)
        made[row.number] = one
        for mark in marks:
            first_of.setdefault(mark, one.same_as or one)
    _say_once(rows, made)
    add_people(list(made.values()), by=by)
    rows = [row for row in rows if row.number in made]
    for row in rows:
        one = made[row.number]
        row.object_id = one.made.pk
        keep_before(row, {}, facts=trace_of(added=one.facts))
    for turn in once_each(
        [row for row in rows if made[row.number].known], lambda row: made[row.number].known.pk
    ):
        _add_to_known(turn, {row.number: made[row.number].known.pk for row in turn}, values, by)


def _tell_further(one: Coming, further: dict) -> None:
    """Of somebody new: what is not the main value itself, and not told by an earlier row."""
    there = {(kind, one.fields.get(kind, "")) for kind in KIND_OF.values()}
    there |= {(kind, value) for kind, value, _label in one.further}
    for name, said in further.items():
        kind = KIND_OF[name]
        one.further += [(kind, value, label) for value, label in said if (kind, value) not in there]


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


def _add_to_known(rows: list[ImportRow], people: dict[int, object], values: dict[int, dict], by) -> None:
    """Further phones and addresses of different people who are known from other clients."""
    said = [(people[row.number], _parted(values[row.number])[1]) for row in rows]
    added = add_further(Person, said, by=by)
    for row in rows:
        facts = trace_of(added=added.get(people[row.number], ()))
        keep_before(row, {}, facts=facts, known=True)


register(ImportRun.Kind.PEOPLE, Writer(write_people, take_back_people, chunk=500))
