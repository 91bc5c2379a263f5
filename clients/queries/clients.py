"""Which clients, and with what beside them."""

from datetime import UTC, date, datetime

from django.apps import apps
from django.db.models import Case, F, PositiveSmallIntegerField, Q, Value, When
from django.db.models.functions import Coalesce, NullIf

from clients.queries.words import anywhere_query, maybe_number
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.queries.people import department_ids_of
from lawcrm.firm.roles import Scope
from lawcrm.firm.sealed import blind_index

# What lists are sorted by: never NULL, so that a page can start right behind any row, and each with its index.
TYPE_RANK = Coalesce(Value(6) - F("relationship_type"), Value(9), output_field=PositiveSmallIntegerField())
GRADE_RANK = Coalesce(NullIf(F("grade"), Value("")), Value("Z"))
CONTACT_RANK = Coalesce(F("last_contact_at"), Value(datetime(1900, 1, 1, tzinfo=UTC)))
CADENCE_RANK = Case(
    When(grade="", then=Value("C")), default=F("grade")
)  # a client without a grade has C's cadence
SINCE_RANK = Coalesce(F("client_since"), Value(date(1, 1, 1)))
VERIFIED_RANK = Coalesce(F("verified_on"), Value(date(1, 1, 1)))
# Texts that most clients have none of: each with an index of those who have, in the order of the list.
SPARSE_TEXTS = (
    "latin_name", "wechat", "website", "time_zone", "preferred_hours", "employer", "position", "education", "interests",
    "group_name", "listing", "purpose_of_processing", "consent_note",
)  # fmt: skip
FORMERLY_OTHERWISE = Q(former_names__len__gt=0)
SEVERAL_OF = ("business_fields", "service_types")  # the same, of those who have more than one
REFERRED_BY_NOBODY = Q(referred_by="", referrer_client=None, referrer_person=None, referrer_user=None)


def in_scope(user, path: str = "") -> Q:
    """The person's scope as a condition on the client at `path` ("client__"), walls not yet applied.

    Rows that belong to a client use it over their own join: a list then walks its own index and asks each row's
    client, where "client in (those in scope)" would first gather thousands of clients.
    """
    if not user.is_active or user.scope == Scope.NONE:
        return Q(pk__in=[])
    if user.scope == Scope.FIRM:
        return Q()
    if user.scope == Scope.OWN:
        return Q(**{f"{path}responsible": user})
    if user.scope == Scope.DEPARTMENT and user.department_id:
        return works_for(user, path) | Q(**{f"{path}department_id__in": department_ids_of(user)})
    return works_for(user, path)


def works_for(user, path: str = "") -> Q:
    """That the responsible lawyer or the team of the client at `path` includes the person."""
    return Q(**{f"{path}responsible": user}) | Q(**{f"{path}team_ids__contains": [user.pk]})


def within(rows, clients, path: str = "client_id"):
    """The rows that belong to these clients; where these are all clients there is nothing to ask."""
    return rows.filter(**{f"{path}__in": clients.order_by().values("pk")}) if clients.query.where else rows


class OfClientQuerySet(ScopedQuerySet):
    """Rows that belong to a client and are seen through it."""

    def visible_to(self, user):
        clients = apps.get_model("clients", "Client").objects.visible_to(user)
        return within(self, clients, self.model.wall_paths["client"])


class ClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """The clients within the person's scope and on their side of every wall."""
        return self.in_scope_of(user).outside_walls(user)

    def in_scope_of(self, user):
        """Scope alone, walls not yet applied (the people of a firm, docs/users.md)."""
        return self.filter(in_scope(user))

    def unmerged(self):
        """Without those that live on in another: for the firm's own work on all clients (doors leave them out anyway)."""
        return self.filter(merged_into__isnull=True)

    def matching(self, words: str):
        """The clients found by these words, or by an identity or registration number typed in full."""
        asked = anywhere_query(words)
        found = Q(search=asked) if asked else Q(pk__in=[])
        if number := maybe_number(words):
            for field in ("identity", "registration"):
                index = blind_index("clients.client", f"{field}_number", number)
                found |= Q(**{f"{field}_index": index, "merged_into": None})  # as the index says
        return self.filter(found)

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
        return self.filter(works_for(user))
