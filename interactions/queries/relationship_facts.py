"""What the contact log says of a relationship."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, TruncDate

from clients.models import Client
from clients.rules.relationship import ContactFact
from interactions.enums import FollowUpOrigin, Initiator
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock


def contact_facts(client_ids: list[UUID], *, since: date, today: date) -> dict[UUID, dict]:
    """Contacts of the window one by one; how many ever, the last one's time, and complaints still open."""
    window = defaultdict(list)
    for client_id, *values in _rows_of_window(client_ids, since):
        window[client_id].append(ContactFact(*values))
    return {
        client_id: {
            "contacts": tuple(window[client_id]),
            "contact_count": count,
            "ever_contacted": count > 0,
            "last_contact_at": last_at,
            "open_complaints": complaints,
        }
        for client_id, count, last_at, complaints in _totals(client_ids)
    }


def _rows_of_window(client_ids, since: date):
    """(client, id, on, firm_initiated, answered, purposes, matter) of each standing contact, oldest first."""
    zone = clock.zone_of()
    return (
        Contact.objects.unscoped()
        .standing()
        .filter(client_id__in=client_ids, at__gte=clock.start_of(since))
        .order_by("at")
        .annotate(
            on=TruncDate("at", tzinfo=zone),
            by_firm=Case(When(Q(initiator=Initiator.FIRM), Value(True)), default=Value(False)),
        )
        .values_list("client_id", "pk", "on", "by_firm", "answered", "purposes", "matter_id")
    )


def _totals(client_ids):
    of_client = (
        Contact.objects.unscoped().standing().filter(client=OuterRef("pk")).order_by().values("client")
    )
    complaints = (
        FollowUp.objects.unscoped()
        .unfinished()
        .filter(client=OuterRef("pk"), origin=FollowUpOrigin.COMPLAINT)
        .order_by()
        .values("client")
    )
    return (
        Client.objects.unscoped()
        .filter(pk__in=client_ids)
        .order_by()
        .annotate(
            count=Coalesce(
                Subquery(of_client.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
            ),
            last_at=Subquery(of_client.annotate(last=Max("at")).values("last")),
            complaints=Coalesce(
                Subquery(complaints.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
            ),
        )
        .values_list("pk", "count", "last_at", "complaints")
    )
