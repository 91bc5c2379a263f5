"""Requests and holds, seen by those who answer them; what stands against an erasure."""

from django.apps import apps

from lawcrm.firm.models import Wall
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may


class PrivacyQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """For those who answer such requests, without those about clients behind a wall that stands before them."""
        if not may(user, "privacy.manage"):
            return self.none()
        closed = Wall.objects.closed_to(user, Wall.Kind.CLIENT)
        people = apps.get_model("clients", "ClientPerson").objects.filter(client_id__in=closed)
        return self.exclude(subject_id__in=closed).exclude(subject_id__in=people.values("person_id"))

    def about(self, subject):
        return self.filter(subject_kind=subject.kind, subject_id=subject.pk)

    def standing(self):
        """Holds that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)
