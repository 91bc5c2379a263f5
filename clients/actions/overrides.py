"""A partner's own judgement of a relationship, for a while and with a reason."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clients.actions.relationship import assess_clients
from clients.enums import RelationshipType
from clients.models import Client, RelationshipOverride
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.roles import may

LONGEST = timedelta(days=366)


@transaction.atomic
def override_type(client: Client, *, by, type: int, reason: str, ends_on: date) -> RelationshipOverride:
    """From today the client counts as this type, through `ends_on`; an override that still holds gives way.

    Raises PermissionDenied without the permission, ValueError without a reason or with an end out of range.
    """
    _check_may(by)
    today = clock.today()
    if not reason.strip():
        raise ValueError("an override needs its reason")
    if not today <= ends_on <= today + LONGEST:
        raise ValueError(f"an override ends between today and {LONGEST.days} days from now")
    before = _lock(client)
    _end_holding(client, today)
    override = RelationshipOverride.objects.create(
        client=client,
        type=RelationshipType(type),
        reason=reason.strip(),
        starts_on=today,
        ends_on=ends_on,
        made_by=by,
    )
    assess_clients([client.pk], by=by)
    audit.record(
        by=by,
        verb="relationship.overridden",
        obj=client,
        changes={"relationship_type": [before, int(type)]},
        detail={"reason": override.reason, "until": ends_on.isoformat()},
    )
    return override


@transaction.atomic
def withdraw_override(client: Client, *, by) -> bool:
    """The assessed type counts again at once. False where no override holds."""
    _check_may(by)
    before = _lock(client)
    if not _end_holding(client, clock.today()):
        return False
    assess_clients([client.pk], by=by)
    after = Client.objects.values_list("relationship_type", flat=True).get(pk=client.pk)
    audit.record(
        by=by,
        verb="relationship.override_withdrawn",
        obj=client,
        changes={"relationship_type": [before, after]},
    )
    return True


def _check_may(by) -> None:
    if not may(by, "assessment.override"):
        raise PermissionDenied


def _lock(client: Client) -> int | None:
    """Nobody else judges or overrides this client until we are done. The type that counts now."""
    locked = Client.objects.select_for_update(no_key=True).filter(pk=client.pk)
    return locked.values_list("relationship_type", flat=True).get()


def _end_holding(client: Client, today: date) -> int:
    holding = RelationshipOverride.objects.filter(client=client).holding(today)
    return holding.update(withdrawn_at=clock.now(), updated_at=clock.now())
