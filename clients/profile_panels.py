"""The client page's own panels: people, profile, history."""

from django.utils.translation import gettext_lazy as _

from clients.enums import Grade
from clients.panels import ClientPage, Panel, register
from clients.presenters.client_page import deed, person_line, profile_facts
from clients.presenters.network import hanging_words, nobody_beside
from clients.presenters.profile import completeness_of
from clients.queries.client_page import history_of
from clients.rules.acquaintance import hangs_on

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
    """A key client that hangs on one person, as far as the page knows without asking: by who is on record and who works
    for it. How contact is spread over them, the network tab says.
    """
    if page.client.grade != Grade.A:
        return []
    there = {place.person_id: place.person.name for place in page.people}
    alone = hangs_on((), people_there=len(there), today=page.today, share=1, fewest=1)
    hints = [hanging_words(warning, {}, there) for warning in alone]
    return hints if page.team else [*hints, nobody_beside(page.client.responsible)]


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
