"""Whose data stands in the tables of matters (see clients/subjects.py)."""

from clients.subjects import DELETE, OTHERS, PRIVILEGED, Held, of_client
from matters.enums import Audience


def _unless_told(progress) -> str:
    """What the client was told is theirs; what the firm noted for itself is not."""
    return "" if progress.audience == Audience.TOLD else PRIVILEGED


HELD: dict[str, Held] = {
    "matters.Matter": of_client(
        review_fields={"note": PRIVILEGED, "lessons": PRIVILEGED, "closing_summary": PRIVILEGED}
    ),
    "matters.MatterTeam": of_client("matter__client_id"),
    "matters.MatterProgress": of_client("matter__client_id", review=_unless_told),
    "matters.Party": of_client("matter__client_id", review=OTHERS),
    "matters.ConflictCheck": of_client(review=PRIVILEGED),
    "matters.ConflictHit": Held(
        client={"client_id": DELETE, "via_client_id": DELETE}, person={"person_id": DELETE}, review=PRIVILEGED
    ),
    "matters.KeyDate": of_client("matter__client_id"),
    "matters.Milestone": of_client("matter__client_id"),
    "matters.ServicePlan": of_client("matter__client_id", review_fields={"improvement": PRIVILEGED}),
    "matters.ServicePlan.people": of_client("serviceplan__matter__client_id"),
    "matters.Receivable": of_client("matter__client_id"),
    "matters.MatterFee": of_client("matter__client_id"),
}
