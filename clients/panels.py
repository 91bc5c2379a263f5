"""The panels of the client page: who shows what, where, without clients knowing who they are.

Higher apps register a panel in their AppConfig.ready (docs/decisions, "Panels of the client page"). The page
renders them all in one request; `clients:panel` renders one again when something changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from clients.models import ClientPerson, RelationshipAssessment, RelationshipOverride
from clients.queries import client_page
from clients.queries.network import colleagues_named
from lawcrm.firm import clock, roles

PLACES = ("top", "log", "main", "side", "foot")


@dataclass(frozen=True)
class Panel:
    """`context(page)` gives the template's variables, or None where the panel is not for this person.

    `refresh_on` names the events of the page's body that make the panel fetch itself again. With a title to stand
    `folded` under, the panel is fetched when it is opened.
    """

    name: str
    place: str
    order: int
    template: str
    context: Callable[["ClientPage"], dict | None]
    refresh_on: tuple[str, ...] = ("client-changed",)
    folded: str = ""

    @property
    def trigger(self) -> str:
        return ", ".join(f"{event} from:body" for event in self.refresh_on)


_PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Puts a panel on the client page. Raises ValueError on an unknown place or a name taken."""
    if panel.place not in PLACES:
        raise ValueError(f"{panel.place} is no place of the client page")
    if _PANELS.setdefault(panel.name, panel) != panel:
        raise ValueError(f"two panels are called {panel.name}")


def panels_of(place: str) -> list[Panel]:
    return sorted(
        (panel for panel in _PANELS.values() if panel.place == place), key=lambda panel: panel.order
    )


def find_panel(name: str) -> Panel | None:
    return _PANELS.get(name)


class ClientPage:
    """What the panels of one client page share, each fetched once and only when asked for.

    `client` came through the door; what is read here belongs to it and needs no second door.
    """

    def __init__(self, request, client):
        self.request, self.client = request, client
        self.user = request.user
        self.today = clock.today(request.user)

    def may(self, permission: str) -> bool:
        return roles.may(self.user, permission)

    @cached_property
    def people(self) -> list[ClientPerson]:
        """The people at the client who have not left, decision makers first."""
        return client_page.people_of(self.client, self.user)

    @cached_property
    def team(self) -> list:
        """The people of the firm beside the responsible lawyer."""
        return client_page.team_of(self.client)

    def colleagues(self, ids) -> dict:
        """People of the firm by id; the responsible lawyer is known already."""
        known = {self.client.responsible_id: self.client.responsible}
        unknown = set(ids) - set(known)
        return known | (colleagues_named(unknown) if unknown else {})

    @cached_property
    def assessment(self) -> RelationshipAssessment | None:
        return client_page.current_assessment(self.client)

    @cached_property
    def override(self) -> RelationshipOverride | None:
        return client_page.holding_override(self.client, self.today)
