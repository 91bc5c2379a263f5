"""Rows that are invoices (receivables) of matters, as a kind of list that imports read."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clients.importing.columns import Column, ListResource
from clients.importing.finding import Found, plain
from clients.importing.judging import values_of
from clients.importing.kinds import Kind, Known, RowKind, register
from clients.importing.whose import Whose
from clients.importing.widgets import Day, PastDay, RuleWidget
from clients.importing.words import folded
from clients.models import ImportRow
from clients.rules import identity, normalise
from clients.rules.names import normal_form
from clients.rules.reading import Problem
from lawcrm.firm.sealed import blind_index
from matters.importing.matters import within_plan
from matters.importing.widgets import Amount
from matters.importing.words import INVOICE_HEADINGS
from matters.queries.importing import (
    invoices_named,
    matters_like,
    receivables_held,
    receivables_of,
    rows_of_matters_to_come,
    visible_keys,
)

Verdict = ImportRow.Verdict
NOT_OF_IT = ("client", "client_number", "matter")
COLUMN_OF = {"invoice_title": "title"}
SUMS = ("amount", "received")


class InvoiceResource(ListResource):
    """Invoices of matters."""

    needed = ("matter", "amount", "issued_on", "due_on")
    until_today = ("received_on",)

    client = Column(_("Client"), RuleWidget(normalise.read_name))
    client_number = Column(_("Client's number"), RuleWidget(identity.read_registration_number), secret=True)
    matter = Column(_("Matter"), RuleWidget(normalise.read_text, longest=200), required=True)
    invoice_number = Column(_("Invoice number"), RuleWidget(normalise.read_text, longest=60))
    invoice_title = Column(_("What for"), RuleWidget(normalise.read_text, longest=200))
    amount = Column(_("Amount"), Amount(), required=True)
    issued_on = Column(_("Issued on"), Day(), required=True)
    due_on = Column(_("Due on"), Day(), required=True)
    received = Column(_("Received"), Amount())
    received_on = Column(_("Last received on"), PastDay())

    def check_together(self, row) -> None:
        values = row.values
        issued, due = values.get("issued_on"), values.get("due_on")
        if issued and due and due < issued:
            row.refuse("due_on", Problem("due_before_issue"))
        if "amount" in values and not Decimal(values["amount"]):
            row.refuse("amount", Problem("nothing_asked"))
        elif "amount" in values and Decimal(values.get("received") or 0) > Decimal(values["amount"]):
            row.refuse("received", Problem("received_too_much"))


class InvoiceFinder:
    """Which invoice a row means: at its matter, the one of its number, else of its day and amount; else a new one."""

    def __init__(self, *, by, plan, run):
        self.by, self.plan, self.whose = by, plan, Whose(by=by, run=run)
        self.coming: dict[str, set[UUID]] = {}
        for row in rows_of_matters_to_come(run):
            values = values_of(row)
            for said in (values["matter_title"], values.get("matter_number")):
                if said:
                    self.coming.setdefault(_key(said), set()).add(row.client_id)

    def find(self, rows: Sequence[dict]) -> list[Found]:
        clients = self._clients(rows)
        chosen = self._chosen(rows, clients)
        known: dict[UUID, list] = {}
        for one in receivables_of({matter.pk for matter, _problem in chosen if matter}):
            known.setdefault(one.matter_id, []).append(one)
        return [
            self._found(values, client, matter, known)
            for values, client, matter in zip(rows, clients, chosen, strict=True)
        ]

    def matters_of(self, rows: Sequence[dict]) -> list:
        """The matter of each row, among those open to the importer; None where there is none."""
        return [matter for matter, _problem in self._chosen(rows, self._clients(rows))]

    def _chosen(self, rows: Sequence[dict], clients) -> list[tuple]:
        said = {values["matter"] for values in rows}
        matters = matters_like({pk for pk, _problem in clients if pk}, said)
        seen = visible_keys("Matter", self.by, [one.pk for one in matters]) if matters else set()
        matters = [
            one for one in matters if one.pk in seen
        ]  # what is not open to the importer does not exist for them
        return [
            self._matter(values, pk, matters) for values, (pk, _problem) in zip(rows, clients, strict=True)
        ]

    def _clients(self, rows: Sequence[dict]) -> list[tuple[UUID | None, str]]:
        """Whose the rows are, where they say so; a matter's number says it as well."""
        asked = [
            (values["client"], values.get("client_number", "")) for values in rows if values.get("client")
        ]
        answers = iter(self.whose.find(asked) if asked else ())
        return [next(answers) if values.get("client") else (None, "") for values in rows]

    def _matter(self, values: dict, client: UUID | None, matters):
        key = _key(values["matter"])
        theirs = [one for one in matters if client is None or one.client_id == client]
        for name in ("number", "title"):
            found = [one for one in theirs if _key(getattr(one, name)) == key]
            if len(found) == 1:
                return found[0], ""
            if found:
                return None, "matter_ambiguous"
        return None, "matter_unknown"

    def _found(self, values: dict, client: tuple, matter: tuple, known: dict) -> Found:
        (client_id, client_problem), (matter, matter_problem) = client, matter
        found = Found(client_id=matter.client_id if matter else client_id)
        coming = self.coming.get(_key(values["matter"]), set())
        if client_problem:
            found.refuse(client_problem, field="client")
        elif matter is None and len(coming) == 1 and client_id in (None, *coming):
            found.client_id = next(iter(coming))
            found.reasons = [{"code": "matter_comes", "params": {}}]
        elif matter is None:
            found.refuse(matter_problem, field="matter")
        else:
            self._compare(found, values, known.get(matter.pk, ()))
        return within_plan(found, self.plan)

    def _compare(self, found: Found, values: dict, known) -> None:
        one, why = _same(values, known)
        if one is not None:
            take(found, values, one, self.plan)
        elif candidates := _perhaps(values, known):
            found.verdict, found.candidates, why = (
                Verdict.ASK,
                [other.pk for other in candidates][:5],
                "amount",
            )
        found.reasons += [{"code": f"invoice_{why}", "params": {}}] if why and not found.problems else []


def _key(said: str) -> str:
    return normal_form(said).replace(" ", "")


def _same(values: dict, known):
    number = _key(values.get("invoice_number", ""))
    for one in known:
        if number and _key(one.invoice_number) == number:
            return one, "number"
    for one in known:
        agrees = one.issued_on == values["issued_on"] and one.amount == Decimal(values["amount"])
        numbers_agree = not number or not one.invoice_number
        titles_agree = not values.get("invoice_title") or _key(one.title) == _key(values["invoice_title"])
        if agrees and numbers_agree and titles_agree and bool(number) == bool(one.invoice_number):
            return one, "day_and_amount"
    return None, ""


def _perhaps(values: dict, known) -> list:
    """Invoices of the same amount and one of the same days, of which not both bear a number."""
    number = values.get("invoice_number", "")
    return [
        one for one in known
        if one.amount == Decimal(values["amount"]) and not (number and one.invoice_number) and not one.voided_at
        and (one.issued_on == values["issued_on"] or one.due_on == values["due_on"])
    ]  # fmt: skip


def take(found: Found, values: dict, one, plan) -> None:
    """The row is this invoice; unless the two cannot both be true."""
    amount, received = Decimal(values["amount"]), Decimal(values.get("received") or 0)
    if one.voided_at:
        found.refuse("invoice_void")
    elif "received" in values and received < one.received:
        found.refuse("received_less", field="received")
    elif amount < one.received:
        found.refuse("received_too_much", field="amount")
    else:
        found.object_id, found.changes = one.pk, changes_of(values, one, plan.blanks)
        found.verdict = Verdict.UPDATE if found.changes else Verdict.SAME


def value_at(one, name: str):
    held = getattr(one, COLUMN_OF.get(name, name))
    return f"{held:.2f}" if name in SUMS else held


def changes_of(values: dict, one, blanks=()) -> dict:
    """What the row would change: {field: [old, new]}."""
    changes = {}
    for name, new in values.items():
        if name in NOT_OF_IT:
            continue
        old = value_at(one, name)
        empty = name == "received" and not one.received
        if new != old and not (old and not empty and name in blanks):
            changes[name] = [plain(old), plain(new)]
    return changes


def changes_of_known(values: dict, key: UUID, blanks) -> dict:
    one = receivables_held([key]).get(key)
    return changes_of(values, one, blanks) if one else {}


def prints_of(values: dict) -> list[str]:
    whose = (normal_form(values.get("client_number") or values.get("client", "")), _key(values["matter"]))
    number = _key(values.get("invoice_number", ""))
    said = (number,) if number else (
        values["issued_on"].isoformat(), values["due_on"].isoformat(), values["amount"], _key(values.get("invoice_title", "")),
    )  # fmt: skip
    return [blind_index("clients.importrow", "invoice", "\0".join((*whose, *said))).hex()[:32]]


def told_as(values: dict) -> tuple[str, str]:
    amount, due = values.get("amount"), values.get("due_on")
    parts = (
        values.get("matter"),
        values.get("client"),
        Amount().render(amount),
        f"{due:%Y-%m-%d}" if due else "",
    )
    name = values.get("invoice_number") or values.get("invoice_title") or values.get("matter", "")
    return name, " · ".join(part for part in parts if part and part != name)


def example(language: str) -> dict:
    from clients.importing.examples import example_client

    english = language == "en"
    return {
        "client": example_client(language),
        "matter": "2026-0117",
        "invoice_number": "INV-2026-031",
        "invoice_title": "First stage" if english else "第一阶段律师费",
        "amount": "40,000",
        "issued_on": "2024-02-01",
        "due_on": "2024-03-01",
        "received": "15,000",
        "received_on": "2024-02-20",
    }


register(
    RowKind(
        code=Kind.INVOICES,
        columns=InvoiceResource.fields,
        headings=folded(INVOICE_HEADINGS),
        resource=InvoiceResource,
        finder=InvoiceFinder,
        prints=prints_of,
        told_as=told_as,
        signs=frozenset({"matter", "amount", "issued_on"}),
        or_signs=frozenset({"due_on", "invoice_number"}),
        also_theirs=("responsible",),
        known=Known(names=invoices_named, changes=changes_of_known),
        after=(Kind.MATTERS,),
        example=example,
        problems={
            "matter_unknown": _(
                "No matter of this number or title is open to you at this client. Import the matter first, or write it as it "
                "is here; if it must be there, ask the administrator."
            ),
            "matter_ambiguous": _(
                "Several matters are called that. Write the matter's number, or add a column with the client."
            ),
            "due_before_issue": _("This is before the invoice was issued. Check both days."),
            "nothing_asked": _("An invoice asks for something: the amount cannot be 0."),
            "received_too_much": _("More was received than the invoice asks for. Check both sums."),
            "received_less": _(
                "Less than is already noted as received. Correct the invoice on the matter's page first."
            ),
            "invoice_void": _("This invoice is void here. Note a new one under another number."),
        },
        reasons={
            "invoice_number": _("same invoice number"),
            "invoice_day_and_amount": _("same matter, day and amount"),
            "invoice_amount": _("same matter and amount, but not the same number or day"),
            "matter_comes": _("its matter comes with this workbook"),
        },
    )
)
