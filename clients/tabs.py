"""The tabs of a client: pages beside the overview, each registered by the room that draws it.

Rooms register in their AppConfig.ready; the tab's page extends templates/clients/client_frame.html and needs nothing
but `client` in its context. The tab whose address is asked for is the current one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Tab:
    """`shown(user, client)` may look only at what is in hand: tabs cost no statement.

    `also`: addresses of pages that belong to the tab (its forms), so that it stays marked there.
    """

    name: str
    label: str
    url_name: str
    order: int
    shown: Callable = lambda user, client: True
    also: tuple[str, ...] = ()


_TABS: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    """Adds a tab. Raises ValueError where its name is taken by another."""
    if _TABS.setdefault(tab.name, tab) != tab:
        raise ValueError(f"two tabs are called {tab.name}")


@dataclass(frozen=True, slots=True)
class DrawnTab:
    label: str
    url: str
    current: bool


def tabs_of(user, client, current: str) -> list[DrawnTab]:
    """The tabs this person may open, in their order. `current`: a tab's name or the name of an address."""
    return [
        DrawnTab(
            tab.label, reverse(tab.url_name, args=[client.pk]), current in (tab.name, tab.url_name, *tab.also)
        )
        for tab in sorted(_TABS.values(), key=lambda tab: tab.order)
        if tab.shown(user, client)
    ]


register(Tab("overview", _("Overview"), "clients:detail", order=10))
register(
    Tab(
        "profile",
        _("Profile"),
        "clients:profile",
        order=20,
        also=(
            "clients:edit",
            "clients:fact_add",
            "clients:fact_change_form",
            "clients:counsel_create",
            "clients:counsel_edit",
            "clients:disclose",
        ),
    )
)
register(Tab("network", _("Network"), "clients:network", order=30, also=("clients:link_create",)))
