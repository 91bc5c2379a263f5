"""Today: what waits for the person who signs in."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from lawcrm.desk.presenters import today as words
from lawcrm.desk.queries import today as waiting
from lawcrm.firm import clock
from lawcrm.firm.policy import current_policy
from lawcrm.firm.roles import Role, may
from lawcrm.firm.words import listed, lower_first

SHOWN = 8
MOST_DUE = 60
BIRTHDAY_DAYS = 7
DATE_DAYS = 14
SUPERVISING = frozenset({Role.PARTNER, Role.MANAGER, Role.ADMINISTRATOR})


def today(request):
    user = request.user
    if not may(user, "clients.view"):
        return redirect(_elsewhere())
    due = waiting.follow_ups_due(user, _tomorrow(user), MOST_DUE)
    sections = [*words.follow_ups(due, user, SHOWN * 2), *_sections(user, clock.today(user))]
    context = {
        "day": clock.local(clock.now(), user),
        "summary": words.summary(due, clock.now()),
        "sections": [section for section in sections if section.rows],
        "empty": listed(lower_first(section.title) for section in sections if not section.rows),
        "here": request.path,
    }
    return render(request, "desk/today.html#today" if request.htmx else "desk/today.html", context)


def _elsewhere() -> str:
    """The auditor's work is the audit trail."""
    try:
        return reverse("firm:audit")
    except NoReverseMatch:
        return reverse("firm:settings")


def _tomorrow(user):
    return clock.start_of(clock.today(user) + timedelta(days=1), user)


def _sections(user, day) -> list:
    progress_days = current_policy().progress_days
    sections = [
        words.falls(waiting.unread_falls(user, SHOWN)),
        words.owed(waiting.progress_owed(user, day, progress_days, SHOWN + 1), day, SHOWN),
        words.dates(waiting.next_dates(user, day, DATE_DAYS, SHOWN + 1), day, SHOWN),
        words.quiet(waiting.clients_gone_quiet(user, day, SHOWN + 1), SHOWN),
        words.birthdays(
            waiting.clients_with_birthday(user, day, BIRTHDAY_DAYS),
            waiting.people_with_birthday(user, day, BIRTHDAY_DAYS),
            day,
        ),
    ]
    if user.role in SUPERVISING:
        late = waiting.late_follow_ups_of_others(user, clock.start_of(day, user), SHOWN)
        sections.insert(0, words.team(late, SHOWN))
    return sections
