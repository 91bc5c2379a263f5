"""What the contact log shows on the client page: the quick log, the timeline, what is planned."""

from clients.panels import ClientPage, Panel, register
from interactions.access import open_follow_ups_of
from interactions.forms.contacts import LogForm
from interactions.presenters.beside import draft_lines, must_know_lines
from interactions.presenters.first_values import first_values
from interactions.presenters.follow_ups import follow_up_row
from interactions.presenters.quick_log import INLINE, QuickLog
from interactions.queries.beside import beside_timeline
from interactions.timeline import timeline_page

SHOWN = 8
OFFERED = 4


def _open_follow_ups(page: ClientPage) -> list:
    """The client's open follow-ups, the earliest first; asked once for the panels that need them."""
    if not hasattr(page, "_open_follow_ups"):
        page._open_follow_ups = open_follow_ups_of(page.client, page.user, SHOWN + 1)
    return page._open_follow_ups


def quick_log(page: ClientPage) -> dict | None:
    if not page.may("contacts.log"):
        return None
    stands_beside = beside(page)
    form = LogForm(
        user=page.user, client=page.client, initial=first_values(page.client, page.user, stands_beside)
    )
    quick = QuickLog(
        form, page.client, INLINE, _open_follow_ups(page)[:OFFERED], drafts=draft_lines(stands_beside)
    )
    quick.offer_by_the_hour()
    return {"quick": quick}


def beside(page: ClientPage) -> list:
    """Pins and drafts; asked once for the panels that need them."""
    if not hasattr(page, "_beside_timeline"):
        page._beside_timeline = beside_timeline(page.client, page.user)
    return page._beside_timeline


def timeline(page: ClientPage) -> dict:
    return {
        "timeline": timeline_page(page.user, page.client),
        "must_know": must_know_lines(beside(page)),
        "may_pin": page.may("contacts.log"),
        "client": page.client,
    }


def follow_ups(page: ClientPage) -> dict:
    rows = _open_follow_ups(page)
    return {
        "rows": [follow_up_row(one, page.user) for one in rows[:SHOWN]],
        "has_more": len(rows) > SHOWN,
        "may_plan": page.may("contacts.log"),
        "client": page.client,
    }


register(
    Panel(
        "quick-log",
        place="log",
        order=10,
        template="interactions/quick_log.html",
        context=quick_log,
        refresh_on=(),  # it answers for itself; a refresh would take away what is being typed
    )
)
register(
    Panel("timeline", place="main", order=10, template="interactions/timeline_section.html", context=timeline)
)
register(
    Panel(
        "follow-ups",
        place="side",
        order=10,
        template="interactions/follow_up_panel.html",
        context=follow_ups,
    )
)
