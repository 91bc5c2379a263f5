"""The lists of matters, receivables and conflict checks as files. An import reads the first two again."""

from collections.abc import Iterator, Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_clients
from lawcrm.firm import clock
from lawcrm.firm.exporting import TableListing, register, wall_clock
from lawcrm.firm.queries.people import unmistakable_names
from lawcrm.firm.words import labelled, listed
from matters.access import visible_checks, visible_matters, visible_receivables
from matters.enums import PartyRole
from matters.forms.agenda import ReceivableFilter
from matters.forms.conflicts import CheckFilter
from matters.forms.matters import MatterFilter
from matters.presenters.agenda import money_line
from matters.presenters.conflicts import check_line, names_asked
from matters.queries.matters import BY_ACCEPTANCE
from matters.rules.receivables import due


class MatterListing(TableListing):
    code, label, url_name = "matters", gettext_lazy("Matters"), "matters:list"

    table = {
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

    widths = {"title": 36, "client": 28, "note": 60, "outcome": 36}

    def chosen_first(self, query: QueryDict) -> list[str]:
        return [code for code in self.table if code != "note"]

    def rows(self, user, query: QueryDict):
        matters = visible_matters(user).select_related("client").prefetch_related("parties")
        matters = matters.defer("search", "client__search", "client__note", "client__background")
        return MatterFilter(query).filter(matters, user)

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return BY_ACCEPTANCE

    def filter_words(self, user, query: QueryDict) -> list[str]:
        return list(_filter_words(user, MatterFilter(query)))

    def readers(self, user, rows: Sequence) -> dict:
        lawyers = unmistakable_names({matter.responsible_id for matter in rows})
        return {"responsible": lambda one: lawyers.get(one.responsible_id, "")}


def _opposing(matter) -> str:
    return "; ".join(one.name for one in matter.parties.all() if one.role == PartyRole.OPPOSING)


class ReceivableListing(TableListing):
    code, label, url_name = "receivables", gettext_lazy("Receivables"), "matters:receivables"

    table = {
        "client": (gettext_lazy("Client"), lambda one: one.matter.client.name),
        "matter": (gettext_lazy("Matter"), lambda one: one.matter.title),
        "matter_number": (gettext_lazy("Matter number"), lambda one: one.matter.number),
        "responsible": (gettext_lazy("Responsible lawyer"), None),
        "invoice": (gettext_lazy("Invoice number"), lambda one: one.invoice_number),
        "title": (gettext_lazy("What for"), lambda one: one.title),
        "amount": (gettext_lazy("Amount"), lambda one: one.amount),
        "issued": (gettext_lazy("Issued on"), lambda one: one.issued_on),
        "due": (gettext_lazy("Due on"), lambda one: one.due_on),
        "received": (gettext_lazy("Received"), lambda one: one.received),
        "received_on": (gettext_lazy("Last received on"), lambda one: one.received_on),
        "left": (gettext_lazy("Still owed"), None),
        "days": (gettext_lazy("Days overdue"), None),
        "state": (gettext_lazy("State"), None),
    }

    widths = {"client": 28, "matter": 36, "title": 28}
    width = 16

    def rows(self, user, query: QueryDict):
        return ReceivableFilter(query).narrow(visible_receivables(user), user).for_lists()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("due_on", "id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        chosen = ReceivableFilter(query)
        state = dict(chosen.fields["state"].choices)[chosen.cleaned_data.get("state", "")]
        return [str(state), *([_("Mine")] if chosen.cleaned_data.get("mine") else [])]

    def readers(self, user, rows: Sequence) -> dict:
        today = clock.today(user)
        lawyers = unmistakable_names({one.matter.responsible_id for one in rows})
        return {
            "responsible": lambda one: lawyers.get(one.matter.responsible_id, ""),
            "left": lambda one: _due(one, today).left,
            "days": lambda one: _days_overdue(one, today),
            "state": lambda one: money_line(one, today).state,
        }


def _due(one, today):
    return due(one.amount, one.received, one.due_on, today, void=bool(one.voided_at))


def _days_overdue(one, today) -> int | str:
    held = _due(one, today)
    return held.days if held.code == "overdue" else ""


class ConflictListing(TableListing):
    code, label, url_name = "conflicts", gettext_lazy("Conflict checks"), "matters:conflicts"

    table = {
        "reference": (gettext_lazy("Reference"), lambda one: one.reference),
        "asked": (gettext_lazy("Asked on"), lambda one: wall_clock(one.created_at)),
        "by": (gettext_lazy("Asked by"), lambda one: one.asked_by.display_name),
        "names": (gettext_lazy("Names"), lambda one: listed(names_asked(one))),
        "about": (gettext_lazy("What for"), lambda one: check_line(one).about),
        "hits": (gettext_lazy("Names that agree"), lambda one: one.hit_count),
        "state": (gettext_lazy("State"), lambda one: str(check_line(one).state)),
        "reason": (gettext_lazy("Reason"), lambda one: one.reason),
        "decided": (gettext_lazy("Decided on"), lambda one: wall_clock(one.decided_at)),
        "decided_by": (
            gettext_lazy("Decided by"),
            lambda one: one.decided_by.display_name if one.decided_by else "",
        ),
    }
    widths = {"names": 40, "about": 36, "reason": 48}

    def rows(self, user, query: QueryDict):
        return CheckFilter(query).narrow(visible_checks(user), user)

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return ("-created_at", "-id")

    def filter_words(self, user, query: QueryDict) -> list[str]:
        chosen = CheckFilter(query)
        state = dict(chosen.fields["state"].choices).get(chosen.cleaned_data.get("state", ""))
        return [str(state), *([_("Mine")] if chosen.cleaned_data.get("mine") else [])]


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
register(ConflictListing())
