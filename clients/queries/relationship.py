"""Assessments and overrides, seen through their clients."""

from django.apps import apps

from lawcrm.firm.models.base import ScopedQuerySet


class _OfClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return self.filter(client_id__in=clients.values("pk"))


class AssessmentQuerySet(_OfClientQuerySet):
    def current(self):
        return self.filter(current=True)


class OverrideQuerySet(_OfClientQuerySet):
    def holding(self, today):
        """Overrides that hold on the day."""
        return self.filter(withdrawn_at__isnull=True, starts_on__lte=today, ends_on__gte=today)
