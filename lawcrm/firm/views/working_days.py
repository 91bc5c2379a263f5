"""The firm's working calendar: a year at a glance, and the days the firm decides on itself."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from lawcrm.firm import clock
from lawcrm.firm.actions.working_days import choose_calendar, clear_own_day, set_own_days
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.working_days import CalendarForm, OwnDaysForm
from lawcrm.firm.policy import current_policy
from lawcrm.firm.presenters.working_days import YearOfDays
from lawcrm.firm.working_calendar import current_calendar

YEARS_AHEAD = 3


def working_days(request):
    form = CalendarForm(posted(request), initial={"working_calendar": current_policy().working_calendar})
    if form.is_valid():
        choose_calendar(form.cleaned_data["working_calendar"], by=request.user)
        messages.success(request, _("Due dates go by it from now on."))
        return redirect("firm:working_days")
    return _page(request, form=form)


def own_days_add(request):
    own = OwnDaysForm(posted(request))
    if own.is_valid():
        set_own_days(
            own.each_day(), by=request.user, kind=own.cleaned_data["days"], name=own.cleaned_data["name"]
        )
        messages.success(request, _("Due dates go by it from now on."))
        return redirect("firm:working_days")
    return _page(request, own=own)


def own_day_remove(request):
    day = parse_date(request.POST.get("day", ""))
    if day is None:
        raise Http404
    clear_own_day(day, by=request.user)
    messages.success(request, _("The public calendar holds again on that day."))
    return redirect("firm:working_days")


def _page(request, form=None, own=None):
    chosen = {"working_calendar": current_policy().working_calendar}
    this_year = clock.today(request.user).year
    calendar = current_calendar()
    years = [YearOfDays(calendar, year) for year in range(this_year, this_year + YEARS_AHEAD)]
    context = {"form": form or CalendarForm(initial=chosen), "own": own or OwnDaysForm(), "years": years}
    return render(request, "firm/working_days.html", context)
