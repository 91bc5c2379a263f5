"""Links of the relationship network, seen where both their ends are."""

from django.apps import apps
from django.db.models import Q

from lawcrm.firm.models.base import ScopedQuerySet


def _lookup(end: str) -> str:
    return f"{end}__iexact" if end.endswith("_name") else end


def _turned(end: str) -> str:
    side, _line, what = end.partition("_")
    return f"{'to' if side == 'from' else 'from'}_{what}"


class LinkQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """A link tells of both its ends: who may not see one of them does not see the link."""
        clients = apps.get_model("clients", "Client").objects.visible_to(user).order_by().values("pk")
        people = apps.get_model("clients", "Person").objects.visible_to(user).order_by().values("pk")
        rows = self
        for side in ("from", "to"):
            rows = rows.filter(
                Q(**{f"{side}_client__isnull": True}) | Q(**{f"{side}_client__in": clients}),
                Q(**{f"{side}_person__isnull": True}) | Q(**{f"{side}_person__in": people}),
            )
        return rows

    def touching(self, *, clients=(), people=()):
        """Links with one of these at either end."""
        return self.filter(
            Q(from_client__in=clients)
            | Q(to_client__in=clients)
            | Q(from_person__in=people)
            | Q(to_person__in=people)
        )

    def holding(self, today):
        """Those that have not ended."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=today))

    def saying(self, kind: str, ends: dict, *, both_ways: bool):
        """Those of this kind between these ends (`ends`: what stands where, as add_link takes it)."""
        said = Q(**{_lookup(end): value for end, value in ends.items()})
        if both_ways:
            said |= Q(**{_lookup(_turned(end)): value for end, value in ends.items()})
        return self.filter(said, kind=kind)

    def for_reading(self):
        return self.select_related("from_client", "to_client", "from_person", "to_person").defer(
            *(f"{side}_client__{name}" for side in ("from", "to") for name in ("search", "note")),
            "from_person__search",
            "to_person__search",
        )
