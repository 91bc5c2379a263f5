"""Key dates and receivables, seen through their matters; and what of matters calls for a follow-up.

The functions at the end are for the triggers, which lie above: system work over the whole firm, one statement each,
whole rows of open matters with `matter.client_id` at hand.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.apps import apps
from django.db.models import F, Q, Sum

from lawcrm.firm.models.base import ScopedQuerySet
from matters.enums import MatterState
from matters.queries.matters import OfMatterQuerySet
from matters.rules.key_dates import AFTER_CARE, RENEW_BEFORE

_HEAVY = ("matter__search", "matter__note", "matter__client__search", "matter__client__note")


class KeyDateQuerySet(OfMatterQuerySet):
    def ahead(self):
        """What is not done, of open matters."""
        return self.filter(done_on__isnull=True, matter__state=MatterState.OPEN)

    def for_calendar(self, user, since: date, until: date, limit: int = 2_000):
        """Those from one day to before another that are the person's own, or of matters they work on."""
        team = apps.get_model("matters", "MatterTeam").objects.filter(user=user).values("matter_id")
        mine = Q(owner=user) | Q(matter__responsible=user) | Q(matter_id__in=team)
        rows = self.filter(mine, on__gte=since, on__lt=until).select_related("matter__client")
        return rows.defer(*_HEAVY).order_by("on", "at", "id")[:limit]


class ReceivableQuerySet(OfMatterQuerySet):
    def owed(self):
        return self.filter(voided_at__isnull=True, received__lt=F("amount"))

    def overdue(self, today: date):
        return self.owed().filter(due_on__lt=today)

    def for_lists(self):
        rows = self.select_related("matter__client", "matter__responsible")
        return rows.defer(*_HEAVY)


def _rows(model: str) -> ScopedQuerySet:
    return apps.get_model("matters", model).objects.unscoped().order_by()


def total_owed(receivables) -> Decimal:
    """What these receivables still lack, in one statement."""
    left = receivables.order_by().aggregate(left=Sum(F("amount") - F("received")))["left"]
    return left or Decimal(0)


# -- causes of follow-ups -----------------------------------------------------------------------------------


def key_dates_within(today: date, days: int):
    """Key dates not done that fall due within so many days, the passed ones too."""
    rows = _rows("KeyDate").filter(done_on__isnull=True, matter__state=MatterState.OPEN)
    return rows.filter(on__lte=today + timedelta(days=days)).select_related("matter")


def receivables_overdue(today: date):
    """Receivables that should have come before today; `rules.receivables.due` says on which rung each stands."""
    return _rows("Receivable").overdue(today).select_related("matter")


def closed_matters_in_after_care(today: date, lead: int = 0):
    """Matters closed so lately that a day of their after-care (7, 30, 90 days) is still ahead or just past."""
    first = today - timedelta(days=max(AFTER_CARE) + 30)
    return _rows("Matter").filter(state=MatterState.CLOSED, closed_on__gte=first)


def retainers_ending(today: date, lead: int = RENEW_BEFORE):
    """Open retainers whose term ends within so many days, or ended without being renewed."""
    rows = _rows("Matter").filter(state=MatterState.OPEN, ends_on__isnull=False)
    return rows.filter(ends_on__lte=today + timedelta(days=lead))


def large_new_matters(since: date, at_least: Decimal):
    """Matters accepted since then whose agreed fee is at least this."""
    return _rows("Matter").filter(accepted_on__gte=since, agreed_fee__gte=at_least)
