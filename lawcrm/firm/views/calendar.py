"""One's own calendar address, and what stands behind it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from lawcrm.firm.actions.calendar import WITHIN, count_fetch, make_feed, revoke_feed, token_hash
from lawcrm.firm.addresses import absolute
from lawcrm.firm.forms.base import posted
from lawcrm.firm.forms.calendar import CalendarFeedForm
from lawcrm.firm.presenters.calendar import feed_text
from lawcrm.firm.queries.calendar import feed_of, feed_with


def calendar(request):
    """The page: GET says whether there is an address, POST makes a new one and shows it this once."""
    feed, address = feed_of(request.user), ""
    held = {"titles": feed.titles, "kinds": feed.kinds} if feed else None
    form = CalendarFeedForm(posted(request), initial=held)
    if form.is_valid():
        token = make_feed(request.user, **form.cleaned_data)
        address = absolute(reverse("firm:calendar_feed", args=[token]))
        feed = feed_of(request.user)
    page = render(request, "firm/calendar.html", {"form": form, "feed": feed, "address": address})
    page.headers["Cache-Control"] = "no-store"
    return page


def calendar_revoke(request):
    revoke_feed(request.user, by=request.user)
    messages.success(request, _("The address leads nowhere any more."))
    return redirect("firm:calendar")


@login_not_required
def calendar_feed(request, token):
    """The calendar itself. Whoever has the address reads it: unknown, revoked and left look the same."""
    feed = feed_with(token_hash(token))
    if feed is None:
        raise Http404
    if not count_fetch(feed):
        wait = str(int(WITHIN.total_seconds()))
        return HttpResponse(status=429, headers={"Retry-After": wait, "Cache-Control": "no-store"})
    answer = HttpResponse(feed_text(feed), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Content-Disposition"] = 'inline; filename="lawcrm.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
