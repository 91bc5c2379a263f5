"""Which matters, seen through their clients and past their own walls."""

from django.apps import apps
from django.db.models import Q

from clients.queries.clients import within
from clients.queries.words import words_query
from lawcrm.firm.models.base import ScopedQuerySet
from matters.enums import MatterState

# The order of lists of matters: the newest acceptance first.
BY_ACCEPTANCE = ("-accepted_on", "-id")


class MatterQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return within(self, apps.get_model("clients", "Client").objects.visible_to(user)).outside_walls(user)

    def of_client(self, client, user):
        """The matters of one client that came through the door."""
        return self.filter(client=client).outside_walls(user)

    def worked_on_by(self, user):
        """The matters whose responsible lawyer or team includes the person."""
        team = apps.get_model("matters", "MatterTeam").objects.filter(user=user)
        return self.filter(Q(responsible=user) | Q(pk__in=team.values("matter_id")))

    def for_lists(self):
        """With the client's and the lawyer's names, and nothing a list does not show."""
        return self.select_related("client", "responsible").defer(
            "note",
            "search",
            "client__note",
            "client__search",
            "client__background",
            "client__identity_number",
        )

    def matching(self, words: str):
        """The matters found by these words (clients/rules/search_tokens.py)."""
        asked = words_query(words)
        return self.filter(search=asked) if asked else self.none()

    def open(self):
        return self.filter(state=MatterState.OPEN)


class OfMatterQuerySet(ScopedQuerySet):
    """Rows that belong to a matter and are seen through it."""

    def visible_to(self, user):
        matters = apps.get_model("matters", "Matter").objects.visible_to(user)
        return self.filter(matter_id__in=matters.values("pk"))


ProgressQuerySet = OfMatterQuerySet
