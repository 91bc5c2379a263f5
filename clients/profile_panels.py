"""The client page's own panels: people, profile, history."""

from django.utils.translation import gettext_lazy as _

from clients import acquaintance
from clients.enums import Grade
from clients.panels import ClientPage, Panel, register
from clients.presenters.client_page import deed, person_line, profile_facts
from clients.presenters.network import key_person_warnings
from clients.presenters.profile import completeness_of
from clients.queries.client_page import history_of
from clients.rules.acquaintance import WINDOW

DEEDS = 8
PEOPLE = 12


def people_panel(page: ClientPage) -> dict:
    may_edit = page.may("clients.edit")
    return {
        "people": [person_line(place) for place in page.people[:PEOPLE]],
        "others": max(len(page.people) - PEOPLE, 0),
        "may_edit": may_edit,
        "hints": hanging_hints(page),
    }


def hanging_hints(page: ClientPage) -> list[str]:
    """A key client that hangs on one person on either side, as the network tab says it; the log is asked for grade A
    alone.
    """
    client = page.client
    if client.grade != Grade.A:
        return []
    there = {place.person_id: place.person.name for place in page.people}
    met = acquaintance.meetings(page.user, client=client.pk, since=page.today - WINDOW)
    return key_person_warnings(client, met, there, page.colleagues, page.today)


def profile_panel(page: ClientPage) -> dict:
    score = completeness_of(page.client, [place.roles for place in page.people]).score
    return {"facts": profile_facts(page), "note": page.client.note, "score": score}


def history_panel(page: ClientPage) -> dict:
    entries = history_of(page.client, DEEDS + 1)
    return {"deeds": [deed(entry) for entry in entries[:DEEDS]], "has_more": len(entries) > DEEDS}


register(Panel("people", "side", 10, "clients/people_panel.html", people_panel))
register(Panel("profile", "side", 50, "clients/profile_panel.html", profile_panel))
register(
    Panel("history", "foot", 90, "clients/history_panel.html", history_panel, (), _("History of the profile"))
)
