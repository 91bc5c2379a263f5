"""Who met whom, from the contact log as far as somebody may read it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from clients.rules.acquaintance import Meeting
from interactions.models import Contact
from lawcrm.firm import clock

MOST = 2_000


def meetings_of(user, *, client: UUID | None, person: UUID | None, since: date) -> list[Meeting]:
    """The latest contacts with a client, or those a person took part in."""
    rows = Contact.objects.visible_to(user).standing().filter(at__gte=clock.start_of(since))
    rows = rows.filter(client=client) if client else rows.filter(pk__in=_with(person))
    there = ArrayAgg("people", filter=Q(people__isnull=False), default=[])
    found = (
        rows.annotate(there=there)
        .order_by("-at")
        .values_list("with_lawyer_id", "there", "at", "channel", "answered")
    )
    return [
        Meeting(of_us, tuple(people if client else [person]), clock.local(at).date(), channel, answered)
        for of_us, people, at, channel, answered in found[:MOST]
    ]


def _with(person: UUID):
    return Contact.people.through.objects.filter(person_id=person).values("contact_id")
