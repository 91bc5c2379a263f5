"""Pairs to decide and merges made, through the door; what was merged is behind it for everybody."""

from django.apps import apps

from clients.queries.clients import in_scope, within
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.models.wall import Wall, closed_ids


class _ToDecide(ScopedQuerySet):
    def to_decide(self):
        return self.filter(state="open")


class _Undoable(ScopedQuerySet):
    def standing(self):
        return self.filter(undone_at__isnull=True)


class DuplicatePairQuerySet(_ToDecide):
    def visible_to(self, user):
        """Pairs of which the person may see both: who sees one learns nothing of the other."""
        rows = self.filter(in_scope(user, "one__"), in_scope(user, "other__"))
        closed = closed_ids(user, Wall.Kind.CLIENT)
        return rows if closed == [] else rows.exclude(one_id__in=closed).exclude(other_id__in=closed)

    def for_lists(self):
        """With what a list shows of both."""
        return self.select_related("one__responsible", "other__responsible", "decided_by")


class MergeRecordQuerySet(_Undoable):
    def visible_to(self, user):
        return within(self, apps.get_model("clients", "Client").objects.visible_to(user), "kept_id")


class PersonPairQuerySet(_ToDecide):
    def visible_to(self, user):
        """Pairs of which the person may see both."""
        return self.filter(one__in=_people_of(user), other__in=_people_of(user))

    def for_lists(self):
        return self.select_related("one", "other", "decided_by")


class PersonMergeQuerySet(_Undoable):
    def visible_to(self, user):
        return self.filter(kept__in=_people_of(user))


def _people_of(user):
    return apps.get_model("clients", "Person").objects.visible_to(user).order_by().values("pk")
