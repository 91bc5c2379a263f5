"""What rows did to the facts of clients and people on record: noted with each row, and undone from there.

A trace: {"made": facts that came with the row, "dropped": facts that went with it}. A fact came as a further phone or
address, or as the former value of what was written over; one went where it became the main value.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from clients.actions.facts import FactsMoved
from clients.actions.importing.further import FACTS, find_by_them, held, tell
from clients.importing.further import KIND_OF
from clients.models.facts import DatedFact
from lawcrm.firm.bulk import copy_over

_COLUMN_OF = {str(kind): name for name, kind in KIND_OF.items()}
Traced = tuple[object, dict]  # a client or person, and the trace of a row


def trace_of(moved: FactsMoved | None = None, added: Iterable[DatedFact] = ()) -> dict:
    made = [*(moved.made if moved else ()), *added]
    dropped = moved.dropped if moved else ()
    found = {"made": [_image(fact) for fact in made], "dropped": [_whole(fact) for fact in dropped]}
    return {name: facts for name, facts in found.items() if facts}


def edited_since(model, traced: Sequence[Traced]) -> list[list[str]]:
    """Of each, the columns of what came with the row and was changed, ended or made the main value since."""
    there = _made(model, traced)
    return [
        sorted({_column(image) for image in trace.get("made", ()) if _is_other(there, owner, image)})
        for owner, trace in traced
    ]


def take_facts_back(model, traced: Sequence[Traced], *, by) -> None:
    """What came with rows goes, and what went with them is there again. Nobody has changed it since."""
    traced = [(owner, trace) for owner, trace in traced if trace]
    if not traced:
        return
    fact_model, whose = FACTS[model]
    gone = _made(model, traced)
    fact_model.objects.filter(pk__in=list(gone)).delete()
    _put_back(model, traced)
    owners = held(model, {owner.pk for owner, _trace in traced})
    further: dict[UUID, list[DatedFact]] = {}
    for fact in gone.values():
        if fact.until is None:
            further.setdefault(getattr(fact, f"{whose}_id"), []).append(fact)
    tell(model, "removed", owners, further, by)


def find_anew(model, keys: Iterable[UUID]) -> None:
    """The search words, once main values and facts are what they were."""
    if keys := set(keys):
        find_by_them(model, held(model, keys))


def _made(model, traced: Sequence[Traced]) -> dict[UUID, DatedFact]:
    keys = [UUID(image[0]) for _owner, trace in traced for image in trace.get("made", ())]
    return FACTS[model][0].objects.in_bulk(keys) if keys else {}


def _is_other(there: dict[UUID, DatedFact], owner, image: list) -> bool:
    """Whether the fact is not as it came. What somebody has removed is as if it had never come."""
    fact = there.get(UUID(image[0]))
    if fact is not None:
        return _image(fact) != image
    _key, kind, value, _label, _since, until = image
    return until is None and getattr(owner, kind, "") == value


def _column(image: list) -> str:
    _key, kind, _value, _label, _since, until = image
    return kind if until else _COLUMN_OF.get(kind, kind)


def _put_back(model, traced: Sequence[Traced]) -> None:
    fact_model, whose = FACTS[model]
    facts = [
        (_fact(fact_model, whose, owner, kept), datetime.fromisoformat(kept[-1]))
        for owner, trace in traced
        for kept in trace.get("dropped", ())
    ]
    if not facts:
        return
    fact_model.objects.bulk_create([fact for fact, _at in facts], ignore_conflicts=True)
    for fact, at in facts:
        fact.created_at = at
    copy_over(fact_model, [fact for fact, _at in facts], ("created_at",))


def _fact(fact_model, whose: str, owner, kept: list) -> DatedFact:
    key, kind, value, label, since, _until, made_by, _at = kept
    return fact_model(
        id=UUID(key),
        **{f"{whose}_id": owner.pk},
        kind=kind,
        value=value,
        label=label,
        since=date.fromisoformat(since) if since else None,
        made_by_id=UUID(made_by) if made_by else None,
    )


def _image(fact: DatedFact) -> list:
    days = [day.isoformat() if day else None for day in (fact.since, fact.until)]
    return [str(fact.pk), str(fact.kind), fact.value, fact.label, *days]


def _whole(fact: DatedFact) -> list:
    made_by = str(fact.made_by_id) if fact.made_by_id else None
    return [*_image(fact), made_by, fact.created_at.isoformat()]
