"""Which clients, and with what beside them."""

from django.apps import apps
from django.db.models import Q

from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import Scope


class ClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """The clients within the person's scope and on their side of every wall."""
        return self.in_scope_of(user).outside_walls(user)

    def in_scope_of(self, user):
        """Scope alone, walls not yet applied (the people of a firm, docs/users.md)."""
        if not user.is_active or user.scope == Scope.NONE:
            return self.none()
        if user.scope == Scope.FIRM:
            return self.all()
        if user.scope == Scope.OWN:
            return self.filter(responsible=user)
        # "pk in (a union b)" lets Postgres use both indexes; an OR over two tables would scan.
        team = apps.get_model("clients", "ClientTeam").objects.filter(user=user).values("client_id")
        own = self.model.objects.filter(responsible=user).order_by().values("pk")
        if user.scope == Scope.TEAM or user.department_id is None:
            return self.filter(pk__in=own.union(team, all=True))
        department = (
            self.model.objects.filter(department__path__startswith=user.department.path)
            .order_by()
            .values("pk")
        )
        return self.filter(pk__in=own.union(team, department, all=True))

    def for_assessment(self):
        """What a judgement reads of the client itself, and whom it alerts."""
        return self.select_related("responsible__supervisor").only(
            "client_since",
            "created_at",
            "grade",
            "relationship_type",
            "last_contact_at",
            "quiet_from",
            "responsible__supervisor",
        )

    def worked_on_by(self, user):
        """The clients whose responsible lawyer or team includes the person."""
        return self.filter(Q(responsible=user) | Q(team__user=user)).distinct()
