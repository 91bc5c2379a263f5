"""Needs, seen through their clients; and what the firm's clients ask for, counted."""

from collections import Counter
from datetime import date, timedelta

from django.apps import apps
from django.db.models import Case, Count, PositiveSmallIntegerField, Q, Value, When

from clients.queries.clients import OfClientQuerySet
from clients.rules.needs import AGES, OPEN


def _bands(today: date) -> list[Q]:
    """The age bands as conditions, the freshest first (clients.rules.needs.age_band)."""
    edges = [today - timedelta(days=days) for days in AGES]
    later = [Q(found_on__gt=edge) for edge in edges]
    sooner = [Q(found_on__lte=edge) for edge in edges]
    return [later[0], *(one & other for one, other in zip(sooner, later[1:], strict=False)), sooner[-1]]


class NeedQuerySet(OfClientQuerySet):
    def open(self):
        return self.filter(status__in=OPEN)

    def of_age(self, band: int, today: date):
        """Open ones of one age band."""
        return self.open().filter(_bands(today)[band])

    def for_lists(self):
        rows = self.select_related("client", "owner")
        return rows.only(
            "title", "layer", "field", "status", "urgency", "found_on", "due_on", "client__name",
            "owner__given_name", "owner__family_name", "owner__name_zh",
        )  # fmt: skip


def needs_of(client) -> list:
    """The needs of a client that came through the door: open ones first, the urgent before the rest."""
    closed = Case(
        When(status__in=OPEN, then=Value(0)), default=Value(1), output_field=PositiveSmallIntegerField()
    )
    needs = apps.get_model("clients", "Need").objects.filter(client=client)
    return list(needs.select_related("owner", "person").order_by(closed, "urgency", "found_on", "id"))


def steps_of(need) -> list:
    steps = apps.get_model("clients", "NeedStep").objects.filter(need=need)
    return list(steps.select_related("made_by"))


def count_by_field_and_status(needs) -> Counter:
    """How many of these needs stand where: {(field of law, status): number}, in one statement."""
    rows = needs.order_by().values_list("field", "status").annotate(number=Count("pk"))
    return Counter({(field, status): number for field, status, number in rows})


def count_by_age(needs, today: date) -> list[int]:
    """How many open ones of each age band, the freshest first."""
    bounds = _bands(today)
    counted = (
        needs.open()
        .order_by()
        .aggregate(**{f"band_{place}": Count("pk", filter=bound) for place, bound in enumerate(bounds)})
    )
    return [counted[f"band_{place}"] for place in range(len(bounds))]
