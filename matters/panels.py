"""The matters of a client, on the client page."""

from clients.panels import ClientPage, Panel, register
from matters.access import matters_of
from matters.presenters.matters import matter_line

SHOWN = 8


def matters_panel(page: ClientPage) -> dict:
    """The newest matters, open ones first; whether there are more than are shown."""
    matters = matters_of(page.client, page.user, SHOWN + 1)
    return {
        "rows": [matter_line(matter, page.today) for matter in matters[:SHOWN]],
        "has_more": len(matters) > SHOWN,
        "may_open": page.may("matters.edit"),
    }


register(
    Panel("matters", place="side", order=20, template="matters/client_panel.html", context=matters_panel)
)
