"""Saved views in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import pgettext

from clients.actions.saved_views import is_pinned, may_change
from clients.models import SavedView


@dataclass(frozen=True, slots=True)
class ViewLine:
    pk: str
    name: str
    url: str
    owner: str  # of those that are not one's own
    pinned: bool
    mine: bool


def view_line(view: SavedView, user) -> ViewLine:
    return ViewLine(
        pk=str(view.pk),
        name=view.name,
        url=f"{reverse('clients:list')}?view={view.pk}",
        owner="" if view.owner_id == user.pk else view.owner.display_name,
        pinned=is_pinned(view, user),
        mine=may_change(user, view),
    )


def view_groups(views, user) -> list[tuple[str, list[ViewLine]]]:
    """One's own views, then those shared with one: (heading, lines)."""
    lines = {audience: [] for audience in SavedView.Audience.values}
    for view in views:
        own = view.owner_id == user.pk and view.audience == SavedView.Audience.PRIVATE
        lines["private" if own else view.audience].append(view_line(view, user))
    headings = (
        ("private", pgettext("saved views", "My lists")),
        ("team", pgettext("saved views", "My department’s lists")),
        ("firm", pgettext("saved views", "The firm’s lists")),
    )
    return [(heading, lines[audience]) for audience, heading in headings if lines[audience]]
