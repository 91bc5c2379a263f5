"""The care of one client: the plan that holds for it, its year, what was done, and the events it is invited to."""

from django.shortcuts import render

from clients.access import get_client
from interactions.access import visible_care, visible_guests
from interactions.presenters import care as words
from interactions.presenters.client_care import client_year, plan_in_force
from interactions.presenters.events import guest_line
from interactions.queries.care_plans import people_cared_for, plan_for
from interactions.queries.care_tasks import templates_in_use
from lawcrm.firm import clock
from lawcrm.firm.paging import keyset_page

MOST_EVENTS = 20


def client_care(request, pk):
    client, user, today = get_client(request.user, pk), request.user, clock.today(request.user)
    plan = plan_for(client)
    steps = list(plan.steps.all()) if plan else []
    page = keyset_page(
        visible_care(user).filter(client=client).with_message(), ("-on", "-id"), request.GET, size=20
    )
    templates = templates_in_use()
    guests = visible_guests(user).filter(client=client).select_related("event", "person", "client")
    context = {
        "client": client,
        "force": plan_in_force(client, plan, steps, today),
        "year": client_year(client, steps, people_cared_for(client), today) if steps else [],
        "page": page,
        "rows": [words.task_row(task, user, templates, today) for task in page.rows],
        "events": [guest_line(one) for one in guests.order_by("-event__starts_at")[:MOST_EVENTS]],
    }
    return render(request, "care/client.html", context)
