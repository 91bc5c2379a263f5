"""Matters that stand against an erasure: open ones, and closed ones whose files must be kept."""

from datetime import date

from clients.holds import KEPT_MATTER, OPEN_MATTER, Hold
from clients.queries.legal_holds import clients_of
from clients.subjects import Subject
from lawcrm.firm.policy import current_policy
from matters.enums import MatterState
from matters.models import Matter


def matter_holds(subject: Subject, *, today: date) -> list[Hold]:
    """Of a client all matters; of a person the open ones of the clients they belong to."""
    matters = Matter.objects.unscoped().filter(client_id__in=clients_of(subject))
    holds = [Hold(OPEN_MATTER)] if matters.filter(state=MatterState.OPEN).exists() else []
    if subject.kind == "client":
        last = (
            matters.filter(state=MatterState.CLOSED)
            .order_by("-closed_on")
            .values_list("closed_on", flat=True)
        )
        until = _years_after(last[0], current_policy().matter_keep_years) if last.exists() else today
        if until > today:
            holds.append(Hold(KEPT_MATTER, until))
    return holds


def _years_after(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28))
