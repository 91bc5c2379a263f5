"""The contacts and open complaints that show a relationship."""

from datetime import date
from uuid import UUID

from django.urls import reverse

from clients.evidence import EvidenceLink, register
from interactions.access import visible_contacts, visible_follow_ups
from interactions.enums import Channel, FollowUpOrigin
from lawcrm.firm import clock
from lawcrm.firm.templatetags.look import day


def contact_links(user, client_id: UUID, since: date) -> dict[UUID, EvidenceLink]:
    """The contacts of the window, by day and channel."""
    rows = visible_contacts(user).standing().filter(client_id=client_id, at__gte=clock.start_of(since))
    return {
        pk: EvidenceLink(
            f"{day(clock.local(at, user))}, {Channel(channel).label}",
            reverse("interactions:detail", args=[pk]),
        )
        for pk, at, channel in rows.order_by().values_list("pk", "at", "channel")
    }


def complaint_links(user, client_id: UUID, since: date) -> dict[UUID, EvidenceLink]:
    """The complaints whose follow-up is unfinished."""
    rows = visible_follow_ups(user).unfinished().filter(client_id=client_id, origin=FollowUpOrigin.COMPLAINT)
    return {
        pk: EvidenceLink(title, reverse("interactions:follow_up", args=[pk]))
        for pk, title in rows.order_by().values_list("pk", "title")
    }


register("contacts", contact_links)
register("complaints", complaint_links)
