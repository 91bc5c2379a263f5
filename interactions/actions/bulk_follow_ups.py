"""One follow-up for each of many clients, and taking those back that nobody has touched since."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from clients.models import Client
from interactions.actions.follow_ups import FollowUpPlan, cancel_follow_up, make_follow_ups
from interactions.enums import FollowUpState
from interactions.models import FollowUp
from interactions.rules.due import morning_of
from lawcrm.firm import clock
from lawcrm.firm.queries.people import people_by_id

RESPONSIBLE = "responsible"  # each client's own lawyer


def plan(clients: Sequence[Client], params: dict, by) -> dict:
    """A follow-up per client: of the client's lawyer, or of one person for all, on the same day."""
    day = date.fromisoformat(params["due_on"])
    wanted = {params["owner"]} if params["owner"] != RESPONSIBLE else {one.responsible_id for one in clients}
    owners = {str(pk): person for pk, person in people_by_id(wanted).items() if person.is_active}
    plans = []
    for client in clients:
        key = str(client.responsible_id) if params["owner"] == RESPONSIBLE else params["owner"]
        if owner := owners.get(key):
            due_at = morning_of(day, clock.zone_of(owner))
            plans.append(
                FollowUpPlan(
                    client=client,
                    due_at=due_at,
                    owner=owner,
                    title=params["title"],
                    priority=params["priority"],
                )
            )
    made = make_follow_ups(plans, by=by)
    return {row.client_id: ({}, {"follow_up": str(row.pk)}) for row in made}


def unplan(clients: Sequence[Client], changes: dict, by) -> set:
    """Cancels those still as they were made; what was snoozed, changed, done or handed on is kept."""
    keys = [after["follow_up"] for _before, after in changes.values()]
    untouched = FollowUp.objects.visible_to(by).filter(pk__in=keys, state=FollowUpState.OPEN, version=1)
    back = set()
    for row in untouched.order_by("pk"):
        cancel_follow_up(row, by=by, reason=_("Planned for many clients at once, and taken back."))
        back.add(row.client_id)
    return back
