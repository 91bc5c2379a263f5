"""The history of the firm's policy."""

from lawcrm.firm.models import PolicyVersion


def policy_versions(limit: int) -> list[PolicyVersion]:
    """The newest versions with who made them, and one more to compare the last with."""
    return list(PolicyVersion.objects.select_related("made_by")[: limit + 1])
