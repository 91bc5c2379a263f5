"""The history of the firm's policy."""

from lawcrm.firm.models import PolicyVersion


def policy_versions(limit: int) -> list[PolicyVersion]:
    """The newest versions with who made them, and one more to compare the last with."""
    return list(PolicyVersion.objects.select_related("made_by")[: limit + 1])


def current_version() -> int:
    """The number of the version that holds; 0 while the defaults do."""
    return PolicyVersion.objects.values_list("number", flat=True).first() or 0
