"""Which templates, plans and care, seen through their clients and past the walls."""

from django.apps import apps
from django.db.models import Q

from clients.queries.clients import in_scope
from interactions.enums import CareState
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may


class TemplateQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Everybody who writes to clients reads the firm's templates."""
        return self if may(user, "contacts.log") else self.none()

    def in_use(self):
        return self.filter(retired_at__isnull=True)


class PlanQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """The grades' plans for everybody, a client's with the client."""
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return self.filter(Q(client__isnull=True) | Q(client_id__in=clients.order_by().values("pk")))


class StepQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        plans = apps.get_model("interactions", "CarePlan").objects.visible_to(user)
        return self.filter(plan_id__in=plans.order_by().values("pk"))


class TaskQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(in_scope(user, "client__")).outside_walls(user)

    def open(self):
        return self.filter(state__in=[CareState.WAITING, CareState.SENDING])

    def with_message(self):
        """With whatever a message is put together from."""
        return self.select_related("client__responsible", "person", "owner", "template", "done_by").defer(
            "client__note", "client__search", "client__background", "client__family_notes"
        )
