"""Keeping lists by name, sharing them, pinning them to the rail."""

from django.db import transaction
from django.urls import reverse

from clients.models import SavedView
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.actions.shortcuts import drop_shortcut, forget_shortcuts, put_shortcut, relabel_shortcuts
from lawcrm.firm.roles import Role, may

Audience = SavedView.Audience


class MayNotShare(Exception):
    """The whole firm's views are made by those who may; a department's by its own people."""


def may_change(user, view: SavedView) -> bool:
    return view.owner_id == user.pk or user.role == Role.ADMINISTRATOR


def audiences_of(user) -> list[str]:
    """With whom the person may share a list."""
    team = [Audience.TEAM] if user.department_id else []
    firm = [Audience.FIRM] if may(user, "views.share") else []
    return [Audience.PRIVATE, *team, *firm]


@transaction.atomic
def save_view(*, by, name: str, audience: str, state: dict, pinned: bool = True) -> SavedView:
    """A new view. Raises MayNotShare."""
    _check(by, audience)
    view = SavedView.objects.create(
        name=name, audience=audience, owner=by, department=_department(by, audience), state=state
    )
    audit.record(by=by, verb="view.saved", obj=view, changes={"audience": ["", audience]})
    if pinned:
        pin_view(view, by=by)
    return view


@transaction.atomic
def update_view(view: SavedView, *, by, **values) -> SavedView:
    """Changes name, audience or state. Raises MayNotShare."""
    view = SavedView.objects.select_for_update(of=("self",)).get(pk=view.pk)
    if not may_change(by, view):
        raise MayNotShare
    if (audience := values.get("audience", view.audience)) != view.audience:
        _check(by, audience)
        values["department"] = _department(by, audience)
    changes = apply_changes(view, values)
    if not changes:
        return view
    view.save()
    if "state" in changes:  # it may hold words about clients
        changes["state"] = ["•••", "•••"]
    audit.record(by=by, verb="view.changed", obj=view, changes=changes)
    relabel_shortcuts(_key(view), label=view.name)
    if "audience" in changes and view.audience == Audience.PRIVATE:
        forget_shortcuts(_key(view), but_for=view.owner)
    return view


@transaction.atomic
def delete_view(view: SavedView, *, by) -> None:
    """Raises MayNotShare where it is another's."""
    if not may_change(by, view):
        raise MayNotShare
    audit.record(by=by, verb="view.deleted", obj=view)
    forget_shortcuts(_key(view))
    view.delete()


def pin_view(view: SavedView, *, by) -> None:
    address = f"{reverse('clients:list')}?view={view.pk}"
    put_shortcut(by, key=_key(view), label=view.name, url=address)


def unpin_view(view: SavedView, *, by) -> None:
    drop_shortcut(by, key=_key(view))


def is_pinned(view: SavedView, user) -> bool:
    return any(one["key"] == _key(view) for one in user.shortcuts)


def _key(view: SavedView) -> str:
    return f"view:{view.pk}"


def _check(user, audience: str) -> None:
    if audience not in audiences_of(user):
        raise MayNotShare


def _department(user, audience: str):
    return user.department if audience == Audience.TEAM else None
