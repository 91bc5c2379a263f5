"""Which clients, and with what beside them."""

from datetime import UTC, date, datetime

from django.db.models import F, PositiveSmallIntegerField, Q, Value
from django.db.models.functions import Coalesce, NullIf

from clients.queries.words import maybe_number, words_query
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.queries.people import department_ids_of
from lawcrm.firm.roles import Scope
from lawcrm.firm.sealed import blind_index

# What lists are sorted by: never NULL, so that a page can start right behind any row, and each with its index.
TYPE_RANK = Coalesce(Value(6) - F("relationship_type"), Value(9), output_field=PositiveSmallIntegerField())
GRADE_RANK = Coalesce(NullIf(F("grade"), Value("")), Value("Z"))
CONTACT_RANK = Coalesce(F("last_contact_at"), Value(datetime(1900, 1, 1, tzinfo=UTC)))
SINCE_RANK = Coalesce(F("client_since"), Value(date(1, 1, 1)))


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
        mine = Q(responsible=user) | Q(team_ids__contains=[user.pk])
        if user.scope == Scope.DEPARTMENT and user.department_id:
            mine |= Q(department_id__in=department_ids_of(user))
        return self.filter(mine)

    def matching(self, words: str):
        """The clients found by these words, or by an identity or registration number typed in full."""
        asked = words_query(words)
        found = Q(search=asked) if asked else Q(pk__in=[])
        if number := maybe_number(words):
            for field in ("identity", "registration"):
                index = blind_index("clients.client", f"{field}_number", number)
                found |= Q(**{f"{field}_index": index})
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
        return self.filter(Q(responsible=user) | Q(team_ids__contains=[user.pk]))
