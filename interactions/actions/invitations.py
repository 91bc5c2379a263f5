"""What comes of an invitation: a draft of the contact, or a follow-up for a meeting still to come."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from interactions.actions.drafts import keep_draft
from interactions.actions.follow_ups import create_follow_up
from interactions.models import ContactDraft, FollowUp
from interactions.queries.addresses import known_behind, people_of_the_firm
from interactions.rules.invitations import Invitation
from lawcrm.firm import clock

LASTS = 60  # minutes, where the invitation does not say


@transaction.atomic
def draft_from(invitation: Invitation, client, *, by, at: datetime) -> ContactDraft:
    """A draft as if somebody had typed it: those of us and of the client who were invited are in it."""
    ours = people_of_the_firm(invitation.addresses)
    fields = {
        "note": [invitation.note],
        "channel": [invitation.channel],
        "initiator": [invitation.initiator(set(ours))],
        "answered": ["on"],
        "at": [f"{clock.local(at, by):%Y-%m-%dT%H:%M}"],
        "people": [str(person.pk) for person in _people(invitation, client, by)],
        "colleagues": [str(person.pk) for person in ours.values() if person.pk != by.pk],
    }
    if invitation.minutes:
        fields["minutes"] = [str(invitation.minutes)]
    return keep_draft(by=by, client=client, fields=fields, pk=None, version=0, call_started_at=None)


def follow_up_from(invitation: Invitation, client, *, by, at: datetime) -> FollowUp:
    """To be logged when the meeting is over."""
    people = _people(invitation, client, by)
    return create_follow_up(
        by=by,
        client=client,
        title=invitation.title or invitation.place,
        due_at=at + timedelta(minutes=invitation.minutes or LASTS),
        person=people[0] if people else None,
    )


def _people(invitation: Invitation, client, by) -> list:
    known = known_behind(by, invitation.addresses)
    return next((one.people for one in known if one.client.pk == client.pk), [])
