"""The audit trail as a file, in sentences as its page tells them."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext_lazy, pgettext_lazy

from lawcrm.firm.exporting import TableListing, register, wall_clock
from lawcrm.firm.forms.audit import TrailFilter
from lawcrm.firm.presenters.audit import entry_rows
from lawcrm.firm.queries.audit import NEWEST_FIRST
from lawcrm.firm.words import labelled


class TrailListing(TableListing):
    code, label, url_name = "audit", gettext_lazy("Audit trail"), "firm:audit"
    permission = "audit.read"

    table = {
        "at": (gettext_lazy("When"), lambda one: wall_clock(one.at)),
        "who": (gettext_lazy("Who"), lambda one: one.actor_name),
        "on_behalf_of": (gettext_lazy("On behalf of"), lambda one: one.on_behalf_of),
        "what": (gettext_lazy("What was done"), None),
        "changes": (gettext_lazy("Changes"), None),
        "about": (gettext_lazy("To what"), lambda one: one.object_label),
        "verb": (pgettext_lazy("audit trail", "Code"), lambda one: one.verb),
        "origin": (gettext_lazy("From where"), lambda one: one.origin),
        "id": (pgettext_lazy("audit trail", "Entry"), lambda one: str(one.pk)),
    }
    widths = {"what": 60, "changes": 60, "about": 36, "id": 38}

    def _asked(self, query: QueryDict) -> TrailFilter:
        asked = TrailFilter(query)
        asked.is_valid()
        return asked

    def rows(self, user, query: QueryDict):
        return self._asked(query).filter(user)

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return NEWEST_FIRST

    def filter_words(self, user, query: QueryDict) -> list[str]:
        asked = self._asked(query)
        said = {name: value for name, value in getattr(asked, "cleaned_data", {}).items() if value}
        kinds = dict(asked.fields["kind"].choices)
        words = {
            "kind": lambda value: str(kinds.get(value, value)),
            "person": lambda value: value.display_name,
            "client": lambda value: str(value),
        }
        return [
            labelled(asked.fields[name].label or gettext_lazy("Client"), words.get(name, str)(value))
            for name, value in said.items()
        ]

    def readers(self, user, rows: Sequence) -> dict:
        told = dict(zip((one.pk for one in rows), entry_rows(rows), strict=True))
        return {
            "what": lambda one: told[one.pk].text,
            "changes": lambda one: "\n".join(
                f"{labelled(label, old)} → {new}" for label, old, new in told[one.pk].changes
            ),
        }


register(TrailListing())
