"""The bulk actions of clients themselves: each does, and takes back what nobody has written over since."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from clients.actions.grading import end_decisions, note_moves
from clients.actions.tags import make_tag, put_tags, take_tags
from clients.actions.trash import restore_clients, trash_clients
from clients.enums import GradeOrigin
from clients.grade_changes import GradeMove
from clients.models import Client, GradeDecision, Tag
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.queries.people import people_by_id
from lawcrm.firm.roles import may


def _write(clients: Sequence[Client], name: str, values: dict[UUID, object], by) -> None:
    """Gives each client its value of one column, in one statement per value, and tells the trail."""
    deeds = []
    for client in clients:
        old = getattr(client, name)
        setattr(client, name, values[client.pk])
        deeds.append((client, {name: [str(old or ""), str(values[client.pk] or "")]}))
    for value in dict.fromkeys(values.values()):
        keys = [pk for pk, its in values.items() if its == value]
        Client.objects.unscoped().filter(pk__in=keys).update(
            **{name: value}, version=F("version") + 1, updated_at=clock.now()
        )
    audit.record_many(by=by, verb="client.changed", deeds=deeds)


# -- the responsible lawyer --------------------------------------------------------------------------------------


def assign(clients: Sequence[Client], params: dict, by) -> dict:
    lawyer = people_by_id([params["responsible"]]).get(UUID(params["responsible"]))
    if lawyer is None or not lawyer.is_active:
        return {}
    chosen = [client for client in clients if client.responsible_id != lawyer.pk]
    before = {client.pk: str(client.responsible_id) for client in chosen}
    _write(chosen, "responsible", dict.fromkeys(before, lawyer), by)
    return {pk: ({"responsible": old}, {"responsible": str(lawyer.pk)}) for pk, old in before.items()}


def assign_back(clients: Sequence[Client], changes: dict, by) -> set:
    people = people_by_id({before["responsible"] for before, _after in changes.values()})
    chosen = [
        client
        for client in clients
        if str(client.responsible_id) == changes[client.pk][1]["responsible"]
        and UUID(changes[client.pk][0]["responsible"]) in people
    ]
    values = {client.pk: people[UUID(changes[client.pk][0]["responsible"])] for client in chosen}
    _write(chosen, "responsible", values, by)
    return set(values)


# -- the grade ------------------------------------------------------------------------------------------------------


def grade(clients: Sequence[Client], params: dict, by) -> dict:
    """With a day at which it ends it is each client's grade by hand until then, else as if typed into each profile."""
    new, reason, ends_on = params["grade"], params.get("reason", ""), params.get("ends_on", "")
    chosen = [client for client in clients if ends_on or client.grade != new]
    if ends_on and not may(by, "assessment.override"):
        return {}
    held = {one.client_id: one for one in _open_decisions(chosen)}
    before = {
        client.pk: {"grade": client.grade, "decision": str(held[client.pk].pk) if client.pk in held else ""}
        for client in chosen
    }
    end_decisions(list(before))
    after = {pk: {"grade": new, "decision": ""} for pk in before}
    if ends_on:
        made = _decide(chosen, held, new, reason, date.fromisoformat(ends_on), by)
        after = {one.client_id: {"grade": new, "decision": str(one.pk)} for one in made}
    origin = GradeOrigin.HAND if ends_on else GradeOrigin.PROFILE
    changed = [client for client in chosen if client.grade != new]
    _regrade(changed, {client.pk: new for client in changed}, by, origin=origin, reason=reason)
    return {pk: (before[pk], after[pk]) for pk in before}


def grade_back(clients: Sequence[Client], changes: dict, by) -> set:
    """The grade that was, and the grade by hand that was."""
    held = {one.client_id: str(one.pk) for one in _open_decisions(clients)}
    chosen = [
        client
        for client in clients
        if client.grade == changes[client.pk][1]["grade"]
        and held.get(client.pk, "") == changes[client.pk][1].get("decision", "")  # else somebody decided anew
    ]
    values = {client.pk: changes[client.pk][0]["grade"] for client in chosen}
    end_decisions(list(values))
    earlier = [key for pk in values if (key := changes[pk][0].get("decision"))]
    GradeDecision.objects.filter(pk__in=earlier, ends_on__gte=clock.today()).update(ended_at=None)
    changed = [client for client in chosen if client.grade != values[client.pk]]
    reason = _("Taken back.")
    _regrade(
        changed,
        {client.pk: values[client.pk] for client in changed},
        by,
        origin=GradeOrigin.PROFILE,
        reason=reason,
    )
    return set(values)


def _open_decisions(clients: Sequence[Client]) -> list[GradeDecision]:
    return list(GradeDecision.objects.filter(client__in=[client.pk for client in clients]).not_ended())


def _decide(clients, held: dict, new: str, reason: str, ends_on: date, by) -> list[GradeDecision]:
    today = clock.today()
    made = [
        GradeDecision(
            client=client,
            grade=new,
            replaced=held[client.pk].replaced if client.pk in held else client.grade,
            reason=reason,
            starts_on=today,
            ends_on=ends_on,
            made_by=by,
        )
        for client in clients
    ]
    GradeDecision.objects.bulk_create(made)
    told = {"reason": reason, "until": ends_on.isoformat(), "grade": new}
    audit.record_deeds(
        [
            audit.Deed(verb="client.grade_decided", obj=one, changes={"grade": [one.grade, new]}, detail=told)
            for one in clients
        ],
        by=by,
    )
    return made


def _regrade(clients: Sequence[Client], values: dict[UUID, str], by, *, origin: str, reason: str) -> None:
    """The path is kept, the owner is told, the pace of contact follows."""
    moves = [
        GradeMove(client.pk, client.responsible_id, client.grade, values[client.pk], origin, reason)
        for client in clients
    ]
    if moves:
        _write(clients, "grade", values, by)
        note_moves(moves, by=by)


# -- tags -------------------------------------------------------------------------------------------------------------


def tag(clients: Sequence[Client], params: dict, by) -> dict:
    there = set(Tag.objects.filter(pk__in=params["tags"]).values_list("pk", flat=True))
    if params.get("name"):
        there.add(make_tag(by=by, name=params["name"]).pk)
    got = put_tags(clients, there, by=by)
    return {pk: ({}, {"tags": [str(one) for one in tags]}) for pk, tags in got.items()}


def tag_back(clients: Sequence[Client], changes: dict, by) -> set:
    """Takes off what was put on; a client that has lost all of it meanwhile is left."""
    back = set()
    for client in clients:
        put = {UUID(one) for one in changes[client.pk][1]["tags"]}
        if take_tags([client], put & set(client.tag_ids), by=by):
            back.add(client.pk)
    return back


def untag(clients: Sequence[Client], params: dict, by) -> dict:
    lost = take_tags(clients, {UUID(one) for one in params["tags"]}, by=by)
    return {pk: ({"tags": [str(one) for one in tags]}, {}) for pk, tags in lost.items()}


def untag_back(clients: Sequence[Client], changes: dict, by) -> set:
    there, back = set(Tag.objects.values_list("pk", flat=True)), set()
    for client in clients:
        lost = {UUID(one) for one in changes[client.pk][0]["tags"]} & there
        if put_tags([client], lost - set(client.tag_ids), by=by):
            back.add(client.pk)
    return back


# -- the trash ----------------------------------------------------------------------------------------------------------


def trash(clients: Sequence[Client], params: dict, by) -> dict:
    trash_clients(clients, by=by)
    return {client.pk: ({}, {"trashed": True}) for client in clients}


def trash_back(clients: Sequence[Client], changes: dict, by) -> set:
    return {client.pk for client in restore_clients(list(changes), by=by)}
