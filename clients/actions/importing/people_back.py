"""People at clients that an import added or changed, taken back."""

from collections.abc import Iterable

from clients.actions.bulk_people import change_people
from clients.actions.importing.runs import Verdict, once_each
from clients.actions.importing.traces import edited_since, find_anew, take_facts_back, trace_of
from clients.importing.further import KIND_OF
from clients.importing.judging import before_of, marks_of, values_of
from clients.importing.people_rows import NOT_THEIRS, OF_PLACE, changes_of, value_at
from clients.models import ClientPerson, ImportRow, Person
from clients.queries.import_people import places_held, places_of
from clients.queries.matching import keys_visible_to
from clients.queries.undoing import what_hangs_on
from lawcrm.firm.actions import audit

Outcome = ImportRow.Outcome
_BESIDE = ("clientperson", "personfact")  # looked at one by one


def take_back_people(rows: list[ImportRow], by) -> None:
    """Changes first, then additions: a row that adds a place may have added to the person whom another one changed."""
    places = places_held({row.object_id for row in rows})
    visible = keys_visible_to(by, {row.client_id for row in rows})
    for row in rows:
        if row.object_id not in places or row.client_id not in visible:
            row.outcome = Outcome.FAILED
            row.why = [{"code": "gone" if row.object_id not in places else "hidden", "params": {}}]
    rows = [row for row in rows if not row.outcome]
    changed = [row for row in rows if row.verdict == Verdict.UPDATE]
    for turn in once_each(changed, lambda row: places[row.object_id].person_id):
        _restore(turn, by)
    _remove([row for row in rows if row.verdict == Verdict.CREATE], by)


def _restore(rows: list[ImportRow], by) -> None:
    """Rows of different people. Who still holds what the row wrote gets back what stood there before."""
    places = places_held({row.object_id for row in rows})
    traces = {row.number: marks_of(row).get("facts", {}) for row in rows}
    traced = [(places[row.object_id].person, traces[row.number]) for row in rows]
    back, traced_back = [], []
    for row, one, facts in zip(rows, traced, edited_since(Person, traced), strict=True):
        place, wrote = places[row.object_id], values_of(row)
        stood = {name: value for name, value in before_of(row).items() if name not in KIND_OF}
        edited = [name for name in stood if value_at(place, name) not in (wrote.get(name), stood[name])]
        if edited := list(dict.fromkeys([*edited, *facts])):
            _keep(row, "edited", {"fields": edited})
        else:
            row.outcome = Outcome.REVERSED
            back.append((place, stood))
            traced_back.append(one)
    take_facts_back(Person, traced_back, by=by)
    change_people(back, by=by, back=True)
    find_anew(Person, [person.pk for person, trace in traced_back if trace])


def _remove(rows: list[ImportRow], by) -> None:
    """Places go; and with the last of them a person whom the import added, where nothing else is known of them."""
    places = places_held({row.object_id for row in rows})
    people = {place.person_id for place in places.values()}
    held, hanging = places_of(people), what_hangs_on(people, Person, besides=_BESIDE)
    traced = [(places[row.object_id].person, marks_of(row).get("facts", {})) for row in rows]
    leaving, gone, back = [], [], []
    for row, (person, trace), facts in zip(rows, traced, edited_since(Person, traced), strict=True):
        place, known = places[row.object_id], marks_of(row).get("known", False)
        last = not known and held[person.pk] == 1
        if _edited(row, place, last, trace) or facts:
            _keep(row, "edited", {"fields": facts})
        elif last and person.pk in hanging:
            _keep(row, "in_use", {"what": hanging[person.pk]})
        else:
            row.outcome = Outcome.REVERSED
            held[person.pk] -= 1
            leaving.append(place)
            gone += [person.pk] if last else []
            back += [(person, trace)] if known else []
    take_facts_back(Person, back, by=by)
    find_anew(Person, [person.pk for person, trace in back if trace])
    audit.record_many(by=by, verb="person.import_removed", deeds=[(place, {}) for place in leaving])
    ClientPerson.objects.unscoped().filter(pk__in=[place.pk for place in leaving]).delete()
    Person.objects.unscoped().filter(pk__in=gone).delete()


def _edited(row: ImportRow, place, last: bool, trace: dict) -> bool:
    """`last`: the person goes, too; else only the place is the row's."""
    wrote = {name: value for name, value in values_of(row).items() if name not in (*NOT_THEIRS, *KIND_OF)}
    if not last:
        wrote = {name: value for name, value in wrote.items() if name in OF_PLACE}
    if place.ended_on or changes_of(wrote, place):
        return True
    return last and (place.person.version > 1 or _has_more(place.person.further, trace))


def _has_more(facts: Iterable, trace: dict) -> bool:
    """Whether phones or addresses are on record that did not come with the person."""
    return any(image not in trace.get("made", ()) for image in trace_of(added=facts).get("made", ()))


def _keep(row: ImportRow, code: str, params: dict) -> None:
    row.outcome, row.why = Outcome.KEPT, [{"code": code, "params": params}]
