"""The ladder on the client page."""

from clients.panels import ClientPage, Panel, register
from clients.presenters.ladder import ladder_context


def relationship(page: ClientPage) -> dict:
    return {"ladder": ladder_context(page.client, page.user, page.assessment, page.override, page.today)}


register(
    Panel(
        "relationship",
        place="top",
        order=10,
        template="clients/relationship_panel.html",
        context=relationship,
    )
)
