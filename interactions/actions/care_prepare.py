"""What the care plans ask for, prepared by night: each plan's clients in parts, a few statements a part.

Running twice, or again after a night was missed, adds only what is not there: an occasion of a person (or of a client)
is unique in the database. Nobody who wants to be left alone is on the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from clients.enums import FAMILY_OF, ClientFamily, PersonRole
from clients.models import Client
from interactions.enums import CareKind
from interactions.models import CareStep, CareTask
from interactions.queries.care_plans import (
    birthdays_at,
    birthdays_of,
    clients_of_plan,
    fresh_by_owner,
    people_to_address,
)
from interactions.rules import care as rules
from interactions.rules.addressing import language_for
from lawcrm.firm import clock
from lawcrm.firm.actions.notify import Message, notify_many
from lawcrm.firm.partial_dates import keys_kept_on

CHUNK = 5_000


@dataclass(frozen=True)
class Pass:
    """A step that has something to prepare: its occasions, or the birthdays it looks for by their keys."""

    step: CareStep
    dues: list[rules.Due] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)


def prepare_care(cursor: dict, today: date | None = None) -> bool:
    """One part of the night's work; True when more is left."""
    today = today or clock.today()
    passes, place = _passes(today), cursor.get("pass", 0)
    if place >= len(passes):
        _tell_owners(today)
        return False
    last = _prepare(passes[place], cursor.get("after"))
    cursor["pass"], cursor["after"] = (place + 1, None) if last is None else (place, str(last))
    return True


def _passes(today: date) -> list[Pass]:
    steps = CareStep.objects.unscoped().select_related("plan", "plan__client", "owner").order_by("pk")
    found = (_pass(step, *rules.prepared_window(step, today)) for step in steps)
    return [one for one in found if one.dues or one.days]


def _pass(step: CareStep, first: date, last: date) -> Pass:
    if step.kind != CareKind.BIRTHDAY:
        return Pass(step, dues=rules.dues_between(step, first, last))
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return Pass(step, days={key: day for day in days for key in keys_kept_on(day)})


def _prepare(one: Pass, after: str | None) -> UUID | None:
    """A part of a step's clients; the last of them where more may follow."""
    if one.days:
        _write(_birthday_tasks(one))
        return None
    clients = clients_of_plan(one.step.plan).order_by("pk")
    chunk = list((clients.filter(pk__gt=after) if after else clients)[:CHUNK])
    people = people_to_address([client.pk for client in chunk])
    _write(task for client in chunk for task in tasks_of(one, client, people.get(client.pk, ())))
    return chunk[-1].pk if len(chunk) == CHUNK else None


def _write(tasks: Iterable[CareTask]) -> None:
    CareTask.objects.bulk_create(tasks, batch_size=2_000, ignore_conflicts=True)


def tasks_of(one: Pass, client: Client, places) -> Iterable[CareTask]:
    """The tasks of one client for a step's occasions, birthdays aside; `places` as `people_to_address` gives them."""
    is_individual = FAMILY_OF[client.kind] == ClientFamily.INDIVIDUAL
    people = [_addressee(client, place) for place in places]
    for due in one.dues:
        if not rules.may_be_cared_for(client, due.on):
            continue
        for to in rules.addressees(due, people, is_individual=is_individual):
            language = to.language if to else language_for(client.language, client.name)
            if rules.is_kept_by(due, language, chosen_by_hand=one.step.plan.client_id is not None):
                yield _task(one.step, client, due, to.id if to else None)


def _addressee(client: Client, place: tuple) -> rules.Addressee:
    person_id, name, language, do_not_greet, roles = place
    return rules.Addressee(
        id=person_id,
        language=language_for(language or client.language, name),
        decides=PersonRole.DECISION_MAKER in roles,
        left_alone=do_not_greet,
    )


def _birthday_tasks(one: Pass) -> Iterable[CareTask]:
    clients, keys = clients_of_plan(one.step.plan), list(one.days)
    theirs = [(client, None, key) for client, key in birthdays_of(clients, keys)]
    for client, person_id, key in [*theirs, *birthdays_at(clients, keys)]:
        on = one.days[key]
        if rules.may_be_cared_for(client, on):
            yield _task(one.step, client, rules.Due(CareKind.BIRTHDAY, rules.birthday_key(on), on), person_id)


def _task(step: CareStep, client: Client, due: rules.Due, person_id) -> CareTask:
    return CareTask(
        client_id=client.pk,
        person_id=person_id,
        plan_id=step.plan_id,
        kind=due.kind,
        occasion=due.key,
        on=due.on,
        owner_id=step.owner_id or client.responsible_id,
        channel=step.channel,
        template_id=step.template_id,
        cost=step.cost,
    )


def _tell_owners(today: date) -> None:
    """Each owner hears once a day how much was prepared for them."""
    people = fresh_by_owner(clock.start_of(today))
    notify_many(
        Message(person, "care.prepared", f"care.prepared:{today}", context={"count": count})
        for person, count in people
    )
