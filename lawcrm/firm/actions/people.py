"""The people of the firm: who joins, what changes about them, who leaves."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.actions.sessions import end_sessions
from lawcrm.firm.models import Invitation, User
from lawcrm.firm.roles import Role


@transaction.atomic
def create_person(*, by: User, **values) -> User:
    """A new person, who cannot sign in until an invitation has been followed."""
    person = User(**values)
    person.set_unusable_password()
    person.save()
    record(by=by, verb="user.created", obj=person, detail={"role": person.role})
    return person


@transaction.atomic
def update_person(person: User, *, by: User, **values) -> dict:
    """Changes what is known of a person. Who is made inactive is signed out everywhere. Returns the changes."""
    was = User.objects.select_for_update().get(pk=person.pk)
    changes = apply_changes(was, values)
    if not changes:
        return changes
    if {"role", "is_active"} & changes.keys():
        _keep_an_administrator(was)
    was.save()
    record(by=by, verb="user.changed", obj=was, changes=changes)
    if not was.is_active:
        Invitation.objects.filter(user=was, used_at__isnull=True).delete()
        end_sessions(was, by=by)
    person.refresh_from_db()
    return changes


def _keep_an_administrator(person: User) -> None:
    """Refuses what would leave the firm without anybody to let people in."""
    if person.role == Role.ADMINISTRATOR and person.is_active:
        return
    others = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    if not others.exclude(pk=person.pk).exists():
        raise ValidationError(
            _("The firm needs at least one active administrator."), code="last_administrator"
        )


@transaction.atomic
def invite(person: User, *, by: User) -> str:
    """A link's token with which the person sets a password, once, within the hours allowed. Ends earlier links."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(user=person, used_at__isnull=True).delete()
    Invitation.objects.create(
        user=person,
        token_hash=_hash(token),
        made_by=by,
        expires_at=clock.now() + timedelta(hours=settings.INVITATION_HOURS),
    )
    record(by=by, verb="user.invited", obj=person)
    return token


def open_invitation(token: str) -> Invitation | None:
    """The invitation a token belongs to, while it may still be followed."""
    return (
        Invitation.objects.select_related("user")
        .filter(
            token_hash=_hash(token), used_at__isnull=True, expires_at__gt=clock.now(), user__is_active=True
        )
        .first()
    )


@transaction.atomic
def accept_invitation(token: str, *, password: str) -> User | None:
    """Sets the password and uses the link up. None where the link has ended meanwhile."""
    invitation = Invitation.objects.select_for_update().filter(token_hash=_hash(token)).first()
    if invitation is None or open_invitation(token) is None:
        return None
    person = invitation.user
    invitation.used_at = clock.now()
    invitation.save(update_fields=["used_at"])
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by=person, verb="user.password_set", obj=person)
    end_sessions(person, by=person)
    return person


@transaction.atomic
def change_password(person: User, *, password: str, keep_session: str | None = None) -> None:
    """A person's own new password; every other session of theirs ends."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record(by=person, verb="user.password_changed", obj=person)
    end_sessions(person, by=person, but_key=keep_session)


@transaction.atomic
def set_preferences(person: User, **values) -> None:
    """A person's own language and time zone."""
    changes = apply_changes(person, values)
    if changes:
        person.save(update_fields=list(changes))
        record(by=person, verb="user.preferences", obj=person, changes=changes)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
