"""Rows that are matters, as a kind of list that imports read."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import BusinessField, ServiceType
from clients.importing.columns import Column, ListResource
from clients.importing.finding import Found, plain
from clients.importing.kinds import Kind, Known, RowKind, register
from clients.importing.plan import CREATE_ONLY, UPDATE_ONLY
from clients.importing.whose import Whose
from clients.importing.widgets import Colleague, Day, OneOf, PastDay, RuleWidget
from clients.importing.words import folded
from clients.models import ImportRow
from clients.rules import identity, labels, normalise
from clients.rules.names import normal_form
from clients.rules.reading import Problem
from lawcrm.firm.sealed import blind_index
from matters.enums import FeeBasis, PartyRole, Stage
from matters.importing.widgets import Amount, SomeNames
from matters.importing.words import FEE_BASES, MATTER_HEADINGS, STAGES
from matters.queries.importing import matters_held, matters_like, titles_of, visible_keys
from matters.rules.stages import stage_problem

Verdict = ImportRow.Verdict
NOT_OF_IT = ("client", "client_number")
ONLY_NEW = ("next_date", "next_date_note")  # the agenda of a known matter is kept on its page
ROLES = {"opposing": PartyRole.OPPOSING, "related": PartyRole.RELATED, "authority": PartyRole.AUTHORITY}
AT_THE_END = ("closed_on", "outcome", "closing_summary")
COLUMN_OF = {
    "matter_title": "title",
    "matter_number": "number",
    "matter_kind": "kind",
    "matter_service": "service_type",
    "matter_stage": "stage",
    "responsible": "responsible_id",
}


class MatterResource(ListResource):
    """Matters of clients."""

    needed = ("client", "matter_title", "matter_kind", "matter_service", "accepted_on")
    until_today = ("accepted_on", "closed_on")

    client = Column(_("Client"), RuleWidget(normalise.read_name), required=True)
    client_number = Column(_("Client's number"), RuleWidget(identity.read_registration_number), secret=True)
    matter_title = Column(_("Title"), RuleWidget(normalise.read_text, longest=200), required=True)
    matter_number = Column(_("Matter number"), RuleWidget(normalise.read_text, longest=60))
    matter_kind = Column(
        pgettext_lazy("matter", "Kind"), OneOf(labels.BUSINESS_FIELDS, BusinessField), required=True
    )
    matter_service = Column(_("Service type"), OneOf(labels.SERVICE_TYPES, ServiceType), required=True)
    responsible = Column(_("Responsible lawyer"), Colleague())
    accepted_on = Column(_("Accepted on"), PastDay(), required=True)
    matter_stage = Column(_("Stage"), OneOf(STAGES, Stage))
    opposing = Column(_("Opposing parties"), SomeNames())
    related = Column(_("Related parties"), SomeNames())
    authority = Column(_("Court or authority"), SomeNames())
    fee_basis = Column(_("How the fee is agreed"), OneOf(FEE_BASES, FeeBasis))
    agreed_fee = Column(_("Agreed fee"), Amount())
    ends_on = Column(_("Runs until"), Day())
    next_date = Column(_("Next date"), Day())
    next_date_note = Column(_("What happens then"), RuleWidget(normalise.read_text, longest=200))
    closed_on = Column(_("Closed on"), PastDay())
    outcome = Column(_("Outcome"), RuleWidget(normalise.read_text, longest=300))
    closing_summary = Column(_("Summary"), RuleWidget(normalise.read_note, longest=8000))
    note = Column(_("Note"), RuleWidget(normalise.read_note))

    def check_together(self, row) -> None:
        values = row.values
        accepted, closed = values.get("accepted_on"), values.get("closed_on")
        if accepted and closed and closed < accepted:
            row.refuse("closed_on", Problem("closed_before_accepted"))
        kind, service, stage = (
            values.get(name) for name in ("matter_kind", "matter_service", "matter_stage")
        )
        if kind and service and stage and stage_problem(service, stage, kind):
            row.refuse("matter_stage", Problem("stage_not_on_path"))


class MatterFinder:
    """Which matter a row means: the one of its number, else of its title, at its client; else a new one."""

    def __init__(self, *, by, plan, run):
        self.by, self.plan, self.whose = by, plan, Whose(by=by, run=run)

    def find(self, rows: Sequence[dict]) -> list[Found]:
        clients = self.whose.find([(values["client"], values.get("client_number", "")) for values in rows])
        numbers = {values["matter_number"] for values in rows if values.get("matter_number")}
        known = matters_like({pk for pk, _problem in clients if pk}, numbers)
        seen = visible_keys("Matter", self.by, [one.pk for one in known]) if known else set()
        return [
            self._found(values, pk, problem, known, seen)
            for values, (pk, problem) in zip(rows, clients, strict=True)
        ]

    def _found(self, values: dict, client: UUID | None, problem: str, known, seen: set[UUID]) -> Found:
        found = Found(client_id=client)
        if problem:
            found.refuse(problem, field="client")
            return found
        alike, why = _alike(values, client, known)
        if why == "elsewhere":
            hidden = any(one.pk not in seen for one in alike)
            found.refuse("hidden_match" if hidden else "number_of_other_client", field="matter_number")
        elif any(one.pk not in seen for one in alike):
            found.refuse("hidden_match")
        elif len(alike) == 1 and why != "other_number":
            take(found, values, alike[0], self.plan)
        elif alike:
            found.verdict, found.candidates = Verdict.ASK, [one.pk for one in alike][:5]
        found.reasons += [{"code": f"matter_{why}", "params": {}}] if alike and not found.problems else []
        return within_plan(found, self.plan)


def _alike(values: dict, client: UUID, known) -> tuple[list, str]:
    """The matters the row may mean, and what they have in common with it."""
    number, title = _key(values.get("matter_number", "")), normal_form(values["matter_title"])
    if number:
        bearing = [one for one in known if _key(one.number) == number]
        if ours := [one for one in bearing if one.client_id == client]:
            return ours, "number"
        if bearing:
            return bearing, "elsewhere"
    alike = [one for one in known if one.client_id == client and normal_form(one.title) == title]
    if number:
        if unnumbered := [one for one in alike if not one.number]:
            return unnumbered, "title"
        return alike, "other_number"
    return alike, "title"


def _key(number: str) -> str:
    return normal_form(number).replace(" ", "")


def take(found: Found, values: dict, matter, plan) -> None:
    found.object_id = matter.pk
    found.changes = changes_of(values, matter, plan.blanks)
    found.verdict = Verdict.UPDATE if found.changes else Verdict.SAME


def within_plan(found: Found, plan) -> Found:
    """What the import may write at all."""
    if found.verdict == Verdict.UPDATE and plan.mode == CREATE_ONLY:
        found.verdict, found.changes = Verdict.SAME, {}
        found.reasons = [*found.reasons, {"code": "only_adds", "params": {}}]
    elif found.verdict == Verdict.CREATE and plan.mode == UPDATE_ONLY:
        found.refuse("only_updates")
    return found


def value_at(matter, name: str):
    """What the matter holds, as rows hold it."""
    if name in ROLES:
        return [one.name for one in matter.parties.all() if one.role == ROLES[name]]
    held = getattr(matter, COLUMN_OF.get(name, name))
    if name == "agreed_fee":
        return "" if held is None else f"{held:.2f}"
    return str(held) if name == "responsible" else held


def changes_of(values: dict, matter, blanks=()) -> dict:
    """What the row would change: {field: [old, new]}. Parties are only added; a closed matter keeps its end."""
    changes = {}
    for name, new in values.items():
        if name in NOT_OF_IT or name in ONLY_NEW or (name in AT_THE_END and not may_end(values, matter)):
            continue
        old = value_at(matter, name)
        if name in ROLES:
            new = [*old, *new_names(old, new)]
        if new != old and not (old and name in blanks):
            changes[name] = [plain(old), plain(new)]
    return changes


def may_end(values: dict, matter) -> bool:
    """Whether the row closes the matter."""
    return not matter.closed_on and bool(values.get("closed_on"))


def new_names(known: Sequence[str], said: Sequence[str]) -> list[str]:
    have = {normal_form(name) for name in known}
    return [name for name in said if normal_form(name) not in have]


def changes_of_known(values: dict, key: UUID, blanks) -> dict:
    matter = matters_held([key]).get(key)
    return changes_of(values, matter, blanks) if matter else {}


def prints_of(values: dict) -> list[str]:
    """What no second row of the file may bear."""
    whose, number = (
        normal_form(values.get("client_number") or values["client"]),
        _key(values.get("matter_number", "")),
    )
    said = "\0".join((whose, normal_form(values["matter_title"]), number))
    return [_print("matter", said), *([_print("matter number", number)] if number else [])]


def _print(what: str, said: str) -> str:
    return blind_index("clients.importrow", what, said).hex()[:32]


def told_as(values: dict) -> tuple[str, str]:
    accepted = values.get("accepted_on")
    parts = (values.get("matter_number"), values.get("client"), f"{accepted:%Y-%m-%d}" if accepted else "")
    return values.get("matter_title", ""), " · ".join(part for part in parts if part)


def example(language: str) -> dict:
    from clients.importing.examples import example_client

    english = language == "en"
    return {
        "client": example_client(language),
        "matter_title": "Claim for the price of steel" if english else "钢材买卖合同纠纷",
        "matter_number": "2026-0117",
        "matter_kind": BusinessField.COMMERCIAL,
        "matter_service": ServiceType.LITIGATION,
        "accepted_on": "2024-01-12",
        "matter_stage": Stage.FILED,
        "opposing": "Harbour Steel Ltd" if english else "港湾钢铁有限公司",
        "authority": "Pudong District Court" if english else "浦东新区人民法院",
        "fee_basis": FeeBasis.STAGED,
        "agreed_fee": "80,000",
        "next_date": "2030-12-03",
        "next_date_note": "Hearing" if english else "开庭",
    }


register(
    RowKind(
        code=Kind.MATTERS,
        columns=MatterResource.fields,
        headings=folded(MATTER_HEADINGS),
        resource=MatterResource,
        finder=MatterFinder,
        prints=prints_of,
        told_as=told_as,
        signs=frozenset({"client", "matter_title"}),
        or_signs=frozenset({"matter_number", "accepted_on", "matter_stage", "opposing", "closed_on"}),
        also_theirs=("responsible", "kind"),
        defaulted=("matter_kind", "matter_service", "responsible", "accepted_on", "matter_stage"),
        known=Known(names=titles_of, changes=changes_of_known),
        example=example,
        problems={
            "number_of_other_client": _(
                "A matter of another client has this number. Check the number and the client."
            ),
            "closed_before_accepted": _(
                "This is before the day on which the matter was accepted. Check both days."
            ),
            "stage_not_on_path": _(
                "A matter of this kind and service type does not pass this stage. Choose another, or clear the cell."
            ),
            "not_an_amount": _("This is not a sum of money. Write digits: 12000.00."),
            "other_currency": _(
                "Sums are kept in the firm's own currency. Convert it, and write digits only."
            ),
            "amount_out_of_range": _("A sum is not negative, and has at most twelve digits. Check it."),
            "amount_too_fine": _("A sum has at most two decimals. Round it."),
            "conflict_refused": _(
                "Refused by the conflict check %(reference)s. Who decides on conflicts must waive it first."
            ),
        },
        reasons={
            "matter_number": _("same number"),
            "matter_title": _("same client and title"),
            "matter_other_number": _("same client and title, but another number"),
        },
    )
)
