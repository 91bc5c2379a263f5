"""After an up- or downgrade: a talk with the client within the quarter, planned for its owner."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from clients.grade_changes import GradeMove
from clients.queries.relationship import clients_with_ids
from clients.rules.grading import UP, day_within_quarter
from interactions.actions.follow_ups import FollowUpPlan, make_follow_ups
from interactions.enums import FollowUpOrigin, Trigger
from interactions.models import FollowUp
from interactions.rules.due import morning_of
from interactions.triggers import rules_of
from lawcrm.firm import clock
from lawcrm.firm.policy import current_policy
from lawcrm.firm.working_calendar import current_calendar

A_DAY_TO_ONE_OWNER = 3  # more talks than this on one day are spread over the quarter


def plan_talks(moves: Sequence[GradeMove], *, by) -> None:
    """One follow-up to each client; where one from an earlier change is still open, it says what holds now."""
    if not rules_of(current_policy())[Trigger.GRADE].on:
        return
    clients = clients_with_ids([move.client_id for move in moves])
    planned = _already_planned(clients)
    first, places = current_policy().grade_follow_up_days, Counter()
    calendar, plans = current_calendar(), []
    for move in moves:
        client = clients[move.client_id]
        owner = client.responsible
        title = _title(move, owner)
        if client.pk in planned:
            _say_anew(planned[client.pk], title)
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
    make_follow_ups(plans, by=by)


def _title(move: GradeMove, owner) -> str:
    words = {"before": move.old, "after": move.new}
    with translation.override(owner.language or None):
        if move.direction == UP:
            return _("Risen from grade %(before)s to %(after)s: agree how we serve them from now on") % words
        return _("Down from grade %(before)s to %(after)s: find out why, and what they expect now") % words


def _already_planned(clients) -> dict:
    unfinished = FollowUp.objects.unscoped().filter(client_id__in=list(clients)).unfinished()
    return {row.client_id: row for row in unfinished.filter(origin=FollowUpOrigin.GRADE)}


def _say_anew(follow_up: FollowUp, title: str) -> None:
    follow_up.title = title[:200]
    follow_up.version += 1
    follow_up.save(update_fields=["title", "version", "updated_at"])
