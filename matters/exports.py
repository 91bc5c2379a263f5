"""The lists of matters and of receivables as files. Headings and days are such that an import reads them again."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_clients
from lawcrm.firm import clock
from lawcrm.firm.exporting import ExportColumn, Listing, register
from lawcrm.firm.queries.people import unmistakable_names
from lawcrm.firm.words import labelled
from matters.access import visible_matters, visible_receivables
from matters.enums import PartyRole
from matters.forms.agenda import ReceivableFilter
from matters.forms.matters import MatterFilter
from matters.presenters.agenda import money_line
from matters.queries.matters import BY_ACCEPTANCE
from matters.rules.receivables import due


class MatterListing(Listing):
    code, label, url_name = "matters", gettext_lazy("Matters"), "matters:list"

    _COLUMNS = {
        "title": (gettext_lazy("Matter"), lambda one: one.title),
        "number": (gettext_lazy("Matter number"), lambda one: one.number),
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "kind": (pgettext_lazy("matter", "Kind"), lambda one: one.get_kind_display()),
        "service": (gettext_lazy("Service type"), lambda one: one.get_service_type_display()),
        "responsible": (gettext_lazy("Responsible lawyer"), None),
        "state": (gettext_lazy("State"), lambda one: one.get_state_display()),
        "stage": (gettext_lazy("Stage"), lambda one: one.get_stage_display()),
        "accepted": (gettext_lazy("Accepted on"), lambda one: one.accepted_on),
        "fee_basis": (gettext_lazy("How the fee is agreed"), lambda one: one.get_fee_basis_display()),
        "agreed_fee": (gettext_lazy("Agreed fee"), lambda one: one.agreed_fee),
        "ends_on": (gettext_lazy("Runs until"), lambda one: one.ends_on),
        "next_date": (gettext_lazy("Next date"), lambda one: one.next_date),
        "next_note": (gettext_lazy("What happens then"), lambda one: one.next_date_note),
        "opposing": (gettext_lazy("Opposing party"), lambda one: _opposing(one)),
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
        matters = visible_matters(user).select_related("client").prefetch_related("parties")
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


def _opposing(matter) -> str:
    return "; ".join(one.name for one in matter.parties.all() if one.role == PartyRole.OPPOSING)


class ReceivableListing(Listing):
    code, label, url_name = "receivables", gettext_lazy("Receivables"), "matters:receivables"

    _COLUMNS = {
        "client": (gettext_lazy("Client"), lambda one, today: one.matter.client.name),
        "matter": (gettext_lazy("Matter"), lambda one, today: one.matter.title),
        "matter_number": (gettext_lazy("Matter number"), lambda one, today: one.matter.number),
        "responsible": (gettext_lazy("Responsible lawyer"), None),
        "invoice": (gettext_lazy("Invoice number"), lambda one, today: one.invoice_number),
        "title": (gettext_lazy("What for"), lambda one, today: one.title),
        "amount": (gettext_lazy("Amount"), lambda one, today: one.amount),
        "issued": (gettext_lazy("Issued on"), lambda one, today: one.issued_on),
        "due": (gettext_lazy("Due on"), lambda one, today: one.due_on),
        "received": (gettext_lazy("Received"), lambda one, today: one.received),
        "received_on": (gettext_lazy("Last received on"), lambda one, today: one.received_on),
        "left": (gettext_lazy("Still owed"), lambda one, today: _due(one, today).left),
        "days": (gettext_lazy("Days overdue"), lambda one, today: _days_overdue(one, today)),
        "state": (gettext_lazy("State"), lambda one, today: money_line(one, today).state),
    }

    def columns(self, user) -> list[ExportColumn]:
        wide = {"client": 28, "matter": 36, "title": 28}
        return [
            ExportColumn(code, label, width=wide.get(code, 16))
            for code, (label, _of) in self._COLUMNS.items()
        ]

    def chosen_first(self, query: QueryDict) -> list[str]:
        return list(self._COLUMNS)

    def rows(self, user, query: QueryDict):
        return ReceivableFilter(query).narrow(visible_receivables(user), user).for_lists()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("due_on", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        chosen = ReceivableFilter(query)
        state = dict(chosen.fields["state"].choices)[chosen.cleaned_data.get("state", "")]
        return [str(state), *([_("Mine")] if chosen.cleaned_data.get("mine") else [])]

    def values(self, user, columns: Sequence[str], rows: Sequence) -> Iterator[list[Any]]:
        today = clock.today(user)
        lawyers = unmistakable_names({one.matter.responsible_id for one in rows})
        readers = {code: reader for code, (_label, reader) in self._COLUMNS.items()}
        readers["responsible"] = lambda one, today: lawyers.get(one.matter.responsible_id, "")
        return ([readers[code](one, today) for code in columns] for one in rows)


def _due(one, today):
    return due(one.amount, one.received, one.due_on, today, void=bool(one.voided_at))


def _days_overdue(one, today) -> int | str:
    held = _due(one, today)
    return held.days if held.code == "overdue" else ""


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
register(ReceivableListing())
