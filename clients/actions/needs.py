"""Every write to needs. `move_need` is the only writer of a need's status; the table is in clients/rules/needs.py."""

from uuid import UUID

from django.db import transaction

from clients.enums import NeedStatus
from clients.models import Client, Need, NeedStep
from clients.rules import needs as rules
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.conflicts import StaleVersion

EDITABLE = (
    "title",
    "layer",
    "field",
    "urgency",
    "found_by",
    "found_on",
    "person",
    "owner",
    "due_on",
    "note",
    "feasibility",
    "risk",
    "cost",
    "assessment",
)
ASSESSMENT = (*rules.ASSESSMENT, "assessment")


@transaction.atomic
def record_need(client: Client, *, by, **fields) -> Need:
    """A need that somebody found: identified."""
    if unknown := fields.keys() - set(EDITABLE):
        raise TypeError(f"a need has no field {', '.join(sorted(unknown))} to write")
    fields.setdefault("found_on", clock.today())
    fields.setdefault("owner", client.responsible)
    need = Need.objects.create(client=client, **fields)
    NeedStep.objects.create(need=need, target=need.status, made_by=by)
    audit.record(by=by, verb="need.recorded", obj=need, changes=told(need, EDITABLE))
    return need


@transaction.atomic
def change_need(need: Need, *, by, version: int, changes: dict) -> Need:
    """Raises StaleVersion when somebody was quicker; an assessed need keeps an assessment."""
    held = _locked(need)
    if held.version != version:
        raise StaleVersion(held)
    changed = apply_changes(held, {name: value for name, value in changes.items() if name in EDITABLE})
    if held.status not in (NeedStatus.IDENTIFIED, NeedStatus.DROPPED):
        _check_assessed(held)
    if changed:
        _save(held)
        audit.record(by=by, verb="need.changed", obj=held, changes=changed)
    return held


@transaction.atomic
def move_need(need: Need, *, by, move: str, note: str = "", assessment: dict | None = None) -> Need:
    """One step along the table. `note` is the reason where it is dropped; `assessment` comes with assessing.

    Raises NotPossible where the need does not stand where the step begins (somebody else moved it), or where the step
    lacks what it asks for.
    """
    held = _locked(need)
    given = {name: value for name, value in (assessment or {}).items() if name in ASSESSMENT}
    asked = {**{name: getattr(held, name) for name in rules.ASSESSMENT}, **given, "reason": note.strip()}
    before, held.status = held.status, rules.status_after(held.status, move, asked)
    changes = {"status": [before, held.status], **apply_changes(held, given)}
    dropped, ended = held.status == NeedStatus.DROPPED, not rules.is_open(held.status)
    held.drop_reason = note.strip()[:300] if dropped else ""
    held.ended_on = clock.today() if ended else None
    _save(held)
    NeedStep.objects.create(need=held, origin=before, target=held.status, note=note.strip()[:300], made_by=by)
    audit.record(by=by, verb="need.moved", obj=held, changes=changes)
    return held


@transaction.atomic
def link_plan(need: Need, *, by, service_plan_id: UUID | None) -> Need:
    """The service plan that answers the need; for the actions of service plans, which lie above."""
    held = _locked(need)
    held.service_plan_id = service_plan_id
    _save(held)
    audit.record(by=by, verb="need.plan_linked", obj=held)
    return held


def _check_assessed(need: Need) -> None:
    if not all(getattr(need, name) for name in rules.ASSESSMENT):
        raise rules.NotPossible("an assessed need keeps its assessment")


def _save(need: Need) -> None:
    need.version += 1
    need.save()


def _locked(need: Need) -> Need:
    return (
        Need.objects.unscoped()
        .select_related("client", "owner", "person")
        .select_for_update(of=("self",))
        .get(pk=need.pk)
    )
