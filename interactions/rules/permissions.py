"""Who may change what was logged and what is planned. Seeing it is the door's matter; this comes after the door.

Each rule in two spellings: `check_may_…` raises Refused with the reason, `may_…` says yes or no for a button.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from interactions.enums import Confidentiality, Refusal
from interactions.rules.follow_ups import UNFINISHED
from lawcrm.firm.roles import Role, may

SUPERVISING = frozenset({Role.ADMINISTRATOR, Role.PARTNER, Role.MANAGER})


class Refused(Exception):
    """Not allowed, and why: `reason` is a Refusal, whose label is fit to be shown."""

    def __init__(self, reason: Refusal):
        super().__init__(str(reason.value))
        self.reason = reason


def _asked(check: Callable) -> Callable[..., bool]:
    """The yes-or-no spelling of a check."""

    @wraps(check)
    def ask(thing, person) -> bool:
        try:
            check(thing, person)
        except Refused:
            return False
        return True

    return ask


def _refuse_unless(condition: bool, reason: Refusal) -> None:
    if not condition:
        raise Refused(reason)


def check_may_change_contact(contact, person) -> None:
    """Those who held or logged it, the client's responsible lawyer, and those who supervise."""
    _refuse_unless(may(person, "contacts.log"), Refusal.ROLE)
    _refuse_unless(contact.withdrawn_at is None, Refusal.WITHDRAWN)
    concerned = {contact.logged_by_id, contact.with_lawyer_id, contact.client.responsible_id}
    _refuse_unless(person.pk in concerned or person.role in SUPERVISING, Refusal.NOT_YOURS)


def check_may_reveal_note(contact, person) -> None:
    _refuse_unless(contact.confidentiality == Confidentiality.CONFIDENTIAL, Refusal.NOT_SEALED)
    _refuse_unless(may(person, "sealed.reveal"), Refusal.ROLE)


def check_may_change_follow_up(follow_up, person) -> None:
    """Its owner, whoever made it, the client's responsible lawyer, and those who supervise."""
    _refuse_unless(may(person, "contacts.log"), Refusal.ROLE)
    _refuse_unless(follow_up.state in UNFINISHED, Refusal.FINISHED)
    concerned = {follow_up.owner_id, follow_up.made_by_id, follow_up.client.responsible_id}
    _refuse_unless(person.pk in concerned or person.role in SUPERVISING, Refusal.NOT_YOURS)


may_change_contact = _asked(check_may_change_contact)
may_reveal_note = _asked(check_may_reveal_note)
may_change_follow_up = _asked(check_may_change_follow_up)
