"""Changing the firm's policy: a new version, never an overwritten one."""

from django.db import transaction

from lawcrm.firm.actions.audit import record
from lawcrm.firm.models import PolicyVersion
from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.policy_effects import follow_up_on
from lawcrm.firm.reading import forget_reading


@transaction.atomic
def change_policy(*, by, policy: FirmPolicy, note: str) -> PolicyVersion | None:
    """Stores a new version and does what follows from it. Returns None where nothing would change."""
    newest = PolicyVersion.objects.select_for_update().first()
    before = FirmPolicy.from_values(newest.values) if newest else current_policy()
    changes = differences(before, policy)
    if not changes:
        return None
    version = PolicyVersion.objects.create(
        number=newest.number + 1 if newest else 1, values=policy.to_values(), note=note, made_by=by
    )
    record(
        by=by,
        verb="policy.changed",
        obj=version,
        changes=changes,
        detail={"number": version.number, "note": note},
    )
    forget_reading()
    follow_up_on(before, policy, by=by)
    return version


def differences(before: FirmPolicy, after: FirmPolicy) -> dict[str, list]:
    """{name: [old, new]} of every number that differs."""
    old, new = before.to_values(), after.to_values()
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}
