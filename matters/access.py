"""The door to matters."""

from django.db.models import F
from django.http import Http404

from lawcrm.firm.access import get_or_404
from lawcrm.firm.queries.written import Written
from matters.models import (
    ConflictCheck,
    KeyDate,
    Matter,
    MatterFee,
    Milestone,
    Party,
    Receivable,
    ServicePlan,
)


def visible_matters(user):
    return Matter.objects.visible_to(user)


_OF_CLIENT = Written(
    "id", "client_id", "title", "number", "kind", "service_type", "stage", "state", "accepted_on", "next_date",
    "next_date_note", "closed_on", "responsible_id", "responsible__given_name", "responsible__family_name",
    "responsible__name_zh",
)  # fmt: skip


def matters_of(client, user, limit: int) -> list[Matter]:
    """The matters of a client that came through the door: open ones first, then by when they ended."""

    def rows():
        newest = F("closed_on").desc(nulls_first=True)
        return Matter.objects.of_client(client, user).order_by(newest, "-accepted_on")[:limit]

    found = _OF_CLIENT.instances(Matter, user, limit, {"client": client.pk}, rows)
    for matter in found:
        matter.client = client
    return found


def get_matter(user, pk) -> Matter:
    """The matter, or Http404 where it is not the user's to see."""
    return get_or_404(Matter.objects.select_related("client", "responsible"), user, pk)


def get_fee_of(matter, pk) -> MatterFee:
    """A fee of a matter that already came through the door."""
    fee = MatterFee.objects.filter(matter=matter, pk=pk).select_related("matter").first()
    if fee is None:
        raise Http404
    return fee


def get_party_of(matter, pk) -> Party:
    """A party of a matter that already came through the door."""
    party = Party.objects.filter(matter=matter, pk=pk).select_related("matter").first()
    if party is None:
        raise Http404
    return party


def visible_checks(user):
    """Conflict checks with what their lines show."""
    checks = ConflictCheck.objects.visible_to(user).select_related(
        "asked_by", "decided_by", "client", "matter"
    )
    return checks.defer(
        "client__search", "client__note", "client__background", "matter__search", "matter__note"
    )


def get_check(user, pk) -> ConflictCheck:
    """The conflict check, or Http404 where it is not the user's to see."""
    checks = ConflictCheck.objects.select_related("asked_by", "decided_by", "client", "matter", "follows")
    return get_or_404(checks, user, pk)


def _of(model, matter, pk):
    """A row of a matter that already came through the door, or Http404."""
    row = model.objects.filter(matter=matter, pk=pk).select_related("matter").first()
    if row is None:
        raise Http404
    return row


def visible_key_dates(user):
    return KeyDate.objects.visible_to(user)


def get_date_of(matter, pk) -> KeyDate:
    return _of(KeyDate, matter, pk)


def get_milestone_of(matter, pk) -> Milestone:
    return _of(Milestone, matter, pk)


def get_plan_of(matter, pk) -> ServicePlan:
    return _of(ServicePlan, matter, pk)


def get_receivable_of(matter, pk) -> Receivable:
    return _of(Receivable, matter, pk)


def visible_receivables(user):
    return Receivable.objects.visible_to(user)
