"""Which invitations and answers, seen through their clients and past the walls."""

from django.apps import apps

from lawcrm.firm.models.base import ScopedQuerySet


class _OfClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return self.filter(client_id__in=clients.values("pk")).outside_walls(user)


class InvitationQuerySet(_OfClientQuerySet):
    pass


class AnswerQuerySet(_OfClientQuerySet):
    pass
