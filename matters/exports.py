"""The list of matters as a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_clients
from lawcrm.firm.exporting import ExportColumn, Listing, register
from lawcrm.firm.queries.people import unmistakable_names
from lawcrm.firm.words import labelled
from matters.access import visible_matters
from matters.forms.matters import MatterFilter
from matters.queries.matters import BY_ACCEPTANCE


class MatterListing(Listing):
    code, label, url_name = "matters", gettext_lazy("Matters"), "matters:list"

    _COLUMNS = {
        "title": (gettext_lazy("Matter"), lambda one: one.title),
        "number": (gettext_lazy("Number"), lambda one: one.number),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "kind": (pgettext_lazy("matter", "Kind"), lambda one: one.get_kind_display()),
        "service": (gettext_lazy("Service type"), lambda one: one.get_service_type_display()),
        "responsible": (gettext_lazy("Responsible lawyer"), None),
        "state": (gettext_lazy("State"), lambda one: one.get_state_display()),
        "stage": (gettext_lazy("Stage"), lambda one: one.get_stage_display()),
        "accepted": (gettext_lazy("Accepted"), lambda one: one.accepted_on),
        "next_date": (gettext_lazy("Next date"), lambda one: one.next_date),
        "next_note": (gettext_lazy("What happens then"), lambda one: one.next_date_note),
        "opposing": (gettext_lazy("Opposing party"), lambda one: one.opposing_party),
        "closed": (gettext_lazy("Closed on"), lambda one: one.closed_on),
        "outcome": (gettext_lazy("Outcome"), lambda one: one.outcome),
        "note": (gettext_lazy("Note"), lambda one: one.note),
    }

    def columns(self, user) -> list[ExportColumn]:
        wide = {"title": 36, "client": 28, "note": 60, "outcome": 36}
        return [
            ExportColumn(code, label, width=wide.get(code, 18))
            for code, (label, _of) in self._COLUMNS.items()
        ]

    def chosen_first(self, query: QueryDict) -> list[str]:
        return [code for code in self._COLUMNS if code != "note"]

    def rows(self, user, query: QueryDict):
        matters = visible_matters(user).select_related("client")
        matters = matters.defer("search", "client__search", "client__note", "client__background")
        return MatterFilter(query).filter(matters, user)

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return BY_ACCEPTANCE

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return list(_filter_words(user, MatterFilter(query)))

    def values(self, user, columns: Sequence[str], rows: Sequence) -> Iterator[list[Any]]:
        lawyers = unmistakable_names({matter.responsible_id for matter in rows})
        readers = {code: reader for code, (_label, reader) in self._COLUMNS.items()}
        readers["responsible"] = lambda one: lawyers.get(one.responsible_id, "")
        return ([readers[code](matter) for code in columns] for matter in rows)


def _filter_words(user, chosen: MatterFilter) -> Iterator[str]:
    if not chosen.is_valid():
        return
    wanted = chosen.cleaned_data
    for name, label in (("state", _("State")), ("service_type", _("Service type"))):
        if wanted[name]:
            yield labelled(label, dict(chosen.fields[name].choices)[wanted[name]])
    if wanted["mine"]:
        yield _("Mine")
    if wanted["client"]:
        client = visible_clients(user).filter(pk=wanted["client"]).first()
        yield labelled(_("Client"), client.name if client else "–")


register(MatterListing())
