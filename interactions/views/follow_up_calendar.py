"""One's own follow-ups by the calendar: a day, a week, or what comes next."""

from django.shortcuts import render
from django.utils.dateparse import parse_date

from interactions.access import visible_follow_ups
from interactions.presenters.follow_up_calendar import AGENDA, DAY, VIEWS, WEEK, days_of, nearby
from interactions.queries.follow_ups import due_between
from lawcrm.firm import clock
from lawcrm.firm.paging import keyset_page

MOST = 300


def calendar(request):
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else WEEK
    today = clock.today(request.user)
    on = _day(request.GET.get("on")) or today
    mine = visible_follow_ups(request.user).filter(owner=request.user).unfinished().for_lists()
    near, page = nearby(view, on), None
    if view == AGENDA:
        page = keyset_page(mine, ("due_at", "id"), request.GET)
        first, rows = None, page.rows
    else:
        first = near["first"]
        rows = due_between(mine, first, 1 if view == DAY else 7, request.user, MOST, late=first <= today)
    context = {
        "view": view,
        "days": days_of(view, first, rows, request.user, today),
        "near": near,
        "on": on,
        "today": today,
        "page": page,
        "here": request.get_full_path(),
    }
    return render(request, "interactions/calendar.html", context)


def _day(typed):
    try:
        return parse_date(typed or "")
    except ValueError:
        return None
