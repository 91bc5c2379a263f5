"""Which events, and which guests: these through their clients and past the walls."""

from django.apps import apps
from django.db.models import Count, Q

from clients.queries.clients import in_scope
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may

SEATED = Q(answer="yes", waiting_since__isnull=True)


class EventQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Events are the firm's: everybody who works with clients knows of them."""
        return self if may(user, "contacts.log") else self.none()

    def for_calendar(self, user, since, until, limit: int = 1_000):
        """Those a person organises, or to which a client they are responsible for is invited."""
        guests = apps.get_model("interactions", "EventInvitation").objects.visible_to(user)
        theirs = guests.filter(client__responsible=user).values("event_id")
        mine = Q(organiser=user) | Q(pk__in=theirs)
        return self.filter(mine, starts_at__gte=since, starts_at__lt=until).order_by("starts_at", "id")[
            :limit
        ]


class InvitationQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(in_scope(user, "client__")).outside_walls(user)

    def for_lists(self):
        return self.select_related("client__responsible", "person", "event").defer(
            "client__note", "client__search", "client__background", "client__family_notes"
        )

    def figures(self) -> dict:
        """How many were asked, said yes, said no and came."""
        return self.aggregate(
            invited=Count("pk"),
            sent=Count("pk", filter=Q(sent_at__isnull=False)),
            yes=Count("pk", filter=SEATED),
            waiting=Count("pk", filter=Q(waiting_since__isnull=False)),
            no=Count("pk", filter=Q(answer="no")),
            came=Count("pk", filter=Q(attended_at__isnull=False)),
        )
