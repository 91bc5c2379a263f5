"""What is known of somebody besides the main values: added, ended, made the main one; and what was true once, kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from clients.models import Client, ClientFact, Person, PersonFact
from clients.rules.facts import described, former_values, kinds_of
from clients.search import refresh_person_search, refresh_search
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.conflicts import StaleVersion


@dataclass(slots=True)
class FactsMoved:
    """What a change of main values did to the facts of one client or person."""

    made: list[ClientFact | PersonFact] = field(default_factory=list)
    dropped: list[ClientFact | PersonFact] = field(default_factory=list)


def keep_former_values(changed: Iterable[tuple[Client | Person, dict]], *, by) -> dict[UUID, FactsMoved]:
    """What main values said before they were changed goes on as ended facts. Call inside the saver's transaction.

    `changed`: rows with what `apply_changes` told of them. A new main value that was held as a further one is no
    longer held twice. Returns by owner what was made and dropped, where anything was.
    """
    today = clock.today()
    changed, moved = list(changed), {}
    for owner, changes in changed:
        for kind, value in former_values(changes):
            fact = _model_of(owner)(**_owned(owner), kind=kind, value=value, until=today, made_by=by)
            moved.setdefault(owner.pk, FactsMoved()).made.append(fact)
    for model in (ClientFact, PersonFact):
        model.objects.bulk_create(
            [fact for one in moved.values() for fact in one.made if type(fact) is model]
        )
    for fact in _drop(changed):
        moved.setdefault(_owner_id(fact), FactsMoved()).dropped.append(fact)
    return moved


def held_by(owner: Client | Person) -> list[tuple[str, str]]:
    """(kind, value) of all that holds now, the main values included."""
    main = [(kind, getattr(owner, kind)) for kind in kinds_of(owner) if getattr(owner, kind)]
    facts = _model_of(owner).objects.filter(**_owned(owner), until__isnull=True)
    return [*main, *facts.values_list("kind", "value")]


@transaction.atomic
def add_fact(
    owner: Client | Person,
    *,
    by,
    kind: str,
    value: str,
    label: str = "",
    since: date | None = None,
    until: date | None = None,
):
    """A further phone, address ...; where the main value is still empty, it becomes that. With `until`: an earlier one."""
    owner = _locked(owner)
    if kind in kinds_of(owner) and not getattr(owner, kind) and until is None:
        setattr(owner, kind, value)
        owner.version += 1
        _save(owner, kind, "version")
        _tell(owner, "fact_added", {kind: ["", value]}, by)
        return None
    fact = _model_of(owner).objects.create(
        **_owned(owner), kind=kind, value=value, label=label, since=since, until=until, made_by=by
    )
    _save(owner)
    _tell(owner, "fact_added", {kind: ["", value]}, by)
    return fact


@transaction.atomic
def end_fact(fact: ClientFact | PersonFact, *, by, on: date) -> None:
    """From `on` it no longer holds; it stays on record and findable."""
    owner = _locked(_owner_of(fact))
    fact = type(fact).objects.select_for_update(of=("self",)).get(pk=fact.pk)
    fact.until = max(on, fact.since) if fact.since else on
    fact.version += 1
    fact.save(update_fields=["until", "version", "updated_at"])
    _tell(owner, "fact_ended", {fact.kind: [fact.value, ""]}, by)


@transaction.atomic
def change_fact(fact: ClientFact | PersonFact, *, by, version: int, changes: dict) -> None:
    """What a value is for, and from when to when it held. Raises StaleVersion when somebody was quicker."""
    owner = _locked(_owner_of(fact))
    fact = type(fact).objects.select_for_update(of=("self",)).get(pk=fact.pk)
    if fact.version != version:
        raise StaleVersion(fact)
    before = described(fact)
    if apply_changes(fact, {name: changes[name] for name in ("label", "since", "until") if name in changes}):
        fact.version += 1
        fact.save()
        _tell(owner, "fact_changed", {fact.kind: [before, described(fact)]}, by)


@transaction.atomic
def remove_fact(fact: ClientFact | PersonFact, *, by) -> None:
    """It never was true: a slip of typing, another person's number. The audit trail remembers that it stood here."""
    owner = _locked(_owner_of(fact))
    _tell(owner, "fact_removed", {fact.kind: [fact.value, ""]}, by)
    fact.delete()
    _save(owner)


@transaction.atomic
def make_main(fact: ClientFact | PersonFact, *, by) -> None:
    """The further value becomes the main one; what was main is held on as a further one."""
    owner = _locked(_owner_of(fact))
    before, now = getattr(owner, fact.kind), fact.value
    setattr(owner, fact.kind, now)
    owner.version += 1
    if before:
        _model_of(owner).objects.create(**_owned(owner), kind=fact.kind, value=before, made_by=by)
    fact.delete()
    _save(owner, fact.kind, "version")
    _tell(owner, "fact_made_main", {fact.kind: [before, now]}, by)


def _drop(changed) -> list[ClientFact | PersonFact]:
    """Further facts that say what is now the main value. One statement finds them, however many rows were changed."""
    owners = {owner.pk: owner for owner, changes in changed if set(changes) & set(kinds_of(owner))}
    if not owners:
        return []
    model = _model_of(next(iter(owners.values())))
    found = model.objects.filter(**{f"{_owner_name(model)}__in": list(owners)}, until__isnull=True)
    doubled = [
        fact
        for fact in found.order_by("pk")
        if getattr(owners[_owner_id(fact)], fact.kind, None) == fact.value
    ]
    if doubled:
        model.objects.filter(pk__in=[fact.pk for fact in doubled]).delete()
    return doubled


# -- both kinds of owners ---------------------------------------------------------------------------------------


def _model_of(owner):
    return ClientFact if isinstance(owner, Client) else PersonFact


def _owned(owner) -> dict:
    return {"client": owner} if isinstance(owner, Client) else {"person": owner}


def _owner_name(model) -> str:
    return "client" if model is ClientFact else "person"


def _owner_id(fact) -> UUID:
    return getattr(fact, f"{_owner_name(type(fact))}_id")


def _owner_of(fact):
    return fact.client if isinstance(fact, ClientFact) else fact.person


def _locked(owner):
    return type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)


def _save(owner, *names: str) -> None:
    (refresh_search if isinstance(owner, Client) else refresh_person_search)(owner)
    owner.save(update_fields=[*names, "search", "updated_at"])


def _tell(owner, deed: str, changes: dict, by) -> None:
    noun = "client" if isinstance(owner, Client) else "person"
    audit.record(by=by, verb=f"{noun}.{deed}", obj=owner, changes=changes)
