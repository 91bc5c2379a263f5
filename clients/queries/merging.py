"""Pairs to decide and merges made, through the door; clients that were merged are behind it for everybody."""

from django.apps import apps

from clients.queries.clients import in_scope, within
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.models.wall import Wall, closed_ids


class DuplicatePairQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Pairs of which the person may see both: who sees one learns nothing of the other."""
        rows = self.filter(in_scope(user, "one__"), in_scope(user, "other__"))
        closed = closed_ids(user, Wall.Kind.CLIENT)
        return rows if closed == [] else rows.exclude(one_id__in=closed).exclude(other_id__in=closed)

    def with_clients(self):
        """With what a list shows of both."""
        return self.select_related("one__responsible", "other__responsible", "decided_by")

    def to_decide(self):
        return self.filter(state="open")


class MergeRecordQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return within(self, apps.get_model("clients", "Client").objects.visible_to(user), "kept_id")

    def standing(self):
        return self.filter(undone_at__isnull=True)
