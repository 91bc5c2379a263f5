"""Lists beside those of clients themselves, as files: needs, grades the score speaks for, duplicates to decide."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_gradings, visible_needs, visible_pairs
from clients.forms.needs import NeedFilter
from clients.models import DuplicatePair, PersonPair
from clients.presenters.merging import pair_rows
from lawcrm.firm.exporting import TableListing, register
from lawcrm.firm.queries.people import unmistakable_names
from lawcrm.firm.words import listed

_WIDE = {
    "note": 48,
    "assessment": 48,
    "client": 28,
    "title": 40,
    "one": 28,
    "other": 28,
    "one_lines": 40,
    "other_lines": 40,
    "why": 40,
}


class NeedListing(TableListing):
    code, label, url_name = "needs", gettext_lazy("Needs"), "clients:need_list"

    table = {
        "title": (gettext_lazy("Need"), lambda one: one.title),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "layer": (gettext_lazy("Layer"), lambda one: one.get_layer_display()),
        "field": (gettext_lazy("Field of law"), lambda one: one.get_field_display()),
        "urgency": (gettext_lazy("Urgency"), lambda one: one.get_urgency_display()),
        "status": (gettext_lazy("Status"), lambda one: one.get_status_display()),
        "found_by": (gettext_lazy("How found"), lambda one: one.get_found_by_display()),
        "found_on": (gettext_lazy("Found on"), lambda one: one.found_on),
        "due_on": (gettext_lazy("Wanted by"), lambda one: one.due_on),
        "owner": (gettext_lazy("Owner"), None),
        "note": (gettext_lazy("Note"), lambda one: one.note),
        "assessment": (gettext_lazy("Assessment"), lambda one: one.assessment),
        "reason": (gettext_lazy("Reason"), lambda one: one.drop_reason),
    }
    widths = _WIDE

    def rows(self, user, query: QueryDict):
        needs = visible_needs(user).select_related("client").defer("client__search", "client__note")
        return NeedFilter(query).narrow(needs, user)

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("found_on", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return list(NeedFilter(query).words())

    def readers(self, user, rows: Sequence) -> dict:
        owners = unmistakable_names({one.owner_id for one in rows})
        return {"owner": lambda one: owners.get(one.owner_id, "")}


class GradeListing(TableListing):
    code, label, url_name = "grades", gettext_lazy("Grades the score speaks for"), "clients:grades"
    permission = "assessment.override"

    table = {
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "now": (pgettext_lazy("grade", "Now"), lambda one: one.client.grade),
        "points": (gettext_lazy("Score"), lambda one: round(one.points, 1)),
        "proposed": (gettext_lazy("Speaks for"), lambda one: one.grade),
        "responsible": (gettext_lazy("Responsible lawyer"), None),
        "scored_on": (gettext_lazy("Scored on"), lambda one: one.scored_on),
    }
    widths = _WIDE

    def rows(self, user, query: QueryDict):
        return visible_gradings(user).proposing()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("-points", "-id")

    def readers(self, user, rows: Sequence) -> dict:
        lawyers = unmistakable_names({one.client.responsible_id for one in rows})
        return {"responsible": lambda one: lawyers.get(one.client.responsible_id, "")}


class PairListing(TableListing):
    """The steward's queue: the pairs to decide, or under `?state=` those that were decided."""

    code, label, url_name = "duplicates", gettext_lazy("Duplicates"), "clients:duplicates"
    permission = "clients.merge"
    pairs: type[DuplicatePair | PersonPair] = DuplicatePair

    table = {
        "one": (gettext_lazy("One"), None),
        "one_lines": (gettext_lazy("Of the one"), None),
        "other": (pgettext_lazy("of two", "The other"), None),
        "other_lines": (gettext_lazy("Of the other"), None),
        "verdict": (gettext_lazy("Verdict"), None),
        "why": (gettext_lazy("What agrees"), None),
        "against": (gettext_lazy("What speaks against it"), None),
        "state": (gettext_lazy("State"), lambda one: one.get_state_display()),
        "decided": (pgettext_lazy("duplicates", "Decided"), None),
    }
    widths = _WIDE

    def _state(self, query: QueryDict) -> str:
        states = self.pairs.State
        return query.get("state") if query.get("state") in states.values else states.OPEN

    def rows(self, user, query: QueryDict):
        return visible_pairs(user, self.pairs).filter(state=self._state(query)).for_lists()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("-weight", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return [str(self.pairs.State(self._state(query)).label)]

    def readers(self, user, rows: Sequence) -> dict:
        told = {row.pk: row for row in pair_rows(rows, user)}
        return {
            "one": lambda pair: told[pair.pk].one.name,
            "one_lines": lambda pair: listed(told[pair.pk].one.lines),
            "other": lambda pair: told[pair.pk].other.name,
            "other_lines": lambda pair: listed(told[pair.pk].other.lines),
            "verdict": lambda pair: told[pair.pk].verdict_label,
            "why": lambda pair: listed(told[pair.pk].for_it),
            "against": lambda pair: listed(told[pair.pk].against),
            "decided": lambda pair: told[pair.pk].decided,
        }


class PersonPairListing(PairListing):
    code, label, url_name = "person-duplicates", gettext_lazy("Duplicate people"), "clients:person_duplicates"
    pairs = PersonPair


for listing in (NeedListing, GradeListing, PairListing, PersonPairListing):
    register(listing())
