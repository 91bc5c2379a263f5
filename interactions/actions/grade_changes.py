"""After an up- or downgrade: a talk with the client within the quarter, planned for its owner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from clients.grade_changes import GradeMove
from clients.queries.relationship import clients_with_ids
from clients.queries.undoing import what_hangs_on
from clients.rules.grading import UP, day_within_quarter
from interactions.actions.follow_ups import FollowUpPlan, make_follow_ups
from interactions.enums import FollowUpOrigin, Trigger
from interactions.models import FollowUp
from interactions.rules.due import morning_of
from interactions.triggers import rules_of
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.policy import current_policy
from lawcrm.firm.working_calendar import current_calendar

A_DAY_TO_ONE_OWNER = 3  # more talks than this on one day are spread over the quarter


def plan_talks(moves: Sequence[GradeMove], *, by) -> dict[UUID, dict]:
    """One follow-up to each client; where one from an earlier change is still open, it says what holds now.

    Returns by client what `forget_talks` needs.
    """
    if not rules_of(current_policy())[Trigger.GRADE].on:
        return {}
    clients = clients_with_ids([move.client_id for move in moves])
    planned = _already_planned(clients)
    first, places = current_policy().grade_follow_up_days, Counter()
    calendar, plans, done = current_calendar(), [], {}
    for move in moves:
        client = clients[move.client_id]
        owner = client.responsible
        title = _title(move, owner)
        if client.pk in planned:
            done[client.pk] = _say_anew(planned[client.pk], title)
            continue
        days = day_within_quarter(places[owner.pk] // A_DAY_TO_ONE_OWNER, first)
        places[owner.pk] += 1
        due_on = calendar.next_working_day(clock.today() + timedelta(days=days))
        plans.append(
            FollowUpPlan(
                client=client,
                due_at=morning_of(due_on, clock.zone_of(owner)),
                owner=owner,
                title=title,
                origin=FollowUpOrigin.GRADE,
                trigger=Trigger.GRADE,
                cause=f"{Trigger.GRADE}:{client.pk}",
            )
        )
    for row in make_follow_ups(plans, by=by):
        done[row.client_id] = {"talk": str(row.pk)}
    return done


def forget_talks(done: Mapping[UUID, dict], *, by) -> set[UUID]:
    """Talks planned for changes of grade that should never have been. Returns the clients whose talk stays: somebody
    has worked on it.
    """
    rows = FollowUp.objects.unscoped().select_for_update(of=("self",))
    talks = rows.in_bulk([mark["talk"] for mark in done.values()])
    hanging = what_hangs_on(talks, FollowUp)
    staying, leaving = set(), []
    for client, mark in done.items():
        talk = talks.get(UUID(mark["talk"]))
        if talk is None:
            continue
        if "title" in mark:
            staying |= set() if _said_as_before(talk, *mark["title"]) else {client}
        elif talk.version > 1 or talk.finished_at or talk.pk in hanging:
            staying.add(client)
        else:
            leaving.append(talk)
    audit.record_many(by=by, verb="follow_up.settled", deeds=[(talk, {}) for talk in leaving])
    FollowUp.objects.unscoped().filter(pk__in=[talk.pk for talk in leaving]).delete()
    return staying


def _said_as_before(talk: FollowUp, before: str, after: str) -> bool:
    if talk.title == after and not talk.finished_at:
        _say_anew(talk, before)
        return True
    return talk.title == before


def _title(move: GradeMove, owner) -> str:
    words = {"before": move.old, "after": move.new}
    with translation.override(owner.language or None):
        if move.direction == UP:
            return _("Risen from grade %(before)s to %(after)s: agree how we serve them from now on") % words
        return _("Down from grade %(before)s to %(after)s: find out why, and what they expect now") % words


def _already_planned(clients) -> dict:
    unfinished = FollowUp.objects.unscoped().filter(client_id__in=list(clients)).unfinished()
    return {row.client_id: row for row in unfinished.filter(origin=FollowUpOrigin.GRADE)}


def _say_anew(follow_up: FollowUp, title: str) -> dict:
    before, follow_up.title = follow_up.title, title[:200]
    follow_up.version += 1
    follow_up.save(update_fields=["title", "version", "updated_at"])
    return {"talk": str(follow_up.pk), "title": [before, follow_up.title]}
