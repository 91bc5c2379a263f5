"""Opening, changing, reporting on and closing matters."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from clients.actions.relationship import assess_clients
from lawcrm.firm.actions.audit import record
from lawcrm.firm.conflicts import StaleVersion
from matters.actions.agenda import add_date, retell_dates
from matters.actions.conflicts import check_matter, refuse_what_was_refused
from matters.actions.parties import add_party
from matters.enums import Audience, DateKind, MatterState, PartyRole, Stage
from matters.models import Matter, MatterProgress, MatterTeam

EDITABLE = (
    "title",
    "number",
    "kind",
    "service_type",
    "responsible",
    "accepted_on",
    "stage",
    "next_date",
    "next_date_note",
    "fee_basis",
    "agreed_fee",
    "ends_on",
    "note",
)


@transaction.atomic
def open_matter(
    *,
    by,
    client,
    title,
    kind,
    service_type,
    accepted_on,
    responsible=None,
    team=(),
    parties=(),
    opposing_party="",
    settle=True,
    **fields,
) -> Matter:
    """Takes a matter in and checks it for conflicts. `parties`: (role, name) of each.

    The client's relationship is judged anew: a new matter asks for an expectation check. With `settle=False` both are
    left to the caller, who takes in many. Raises Refused where a conflict check was refused and not waived.
    """
    parties = [*([(PartyRole.OPPOSING, opposing_party)] if opposing_party else []), *parties]
    refuse_what_was_refused(client, [name for _role, name in parties])
    matter = Matter.objects.create(
        client=client,
        title=title,
        kind=kind,
        service_type=service_type,
        accepted_on=accepted_on,
        responsible=responsible or client.responsible,
        **fields,
    )
    MatterTeam.objects.bulk_create(MatterTeam(matter=matter, user=user) for user in team)
    record(by=by, verb="matter.opened", obj=matter)
    for role, name in parties:
        add_party(matter, by=by, role=role, name=name, check=False)
    matter.refresh_from_db(fields=["opposing_party", "party_names"])
    if matter.next_date and matter.state == MatterState.OPEN:
        add_date(matter, by=by, kind=DateKind.OTHER, on=matter.next_date, title=matter.next_date_note)
    if settle:
        check_matter(matter, by=by)
        assess_clients([client.pk], by=by)
    return matter


@transaction.atomic
def update_matter(matter, *, by, version: int, changes: dict) -> Matter:
    """Changes fields of a matter. Raises StaleVersion when somebody saved in between."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.version != version:
        raise StaleVersion(held)
    told = {
        name: [_plain(getattr(held, name)), _plain(value)]
        for name, value in changes.items()
        if name in EDITABLE
    }
    told = {name: pair for name, pair in told.items() if pair[0] != pair[1]}
    if not told:
        return held
    if "stage" in told:
        refuse_what_was_refused(held.client, (), held)
    for name in told:
        setattr(held, name, changes[name])
    held.version += 1
    held.save()
    record(by=by, verb="matter.changed", obj=held, changes=told)
    assess_clients([held.client_id], by=by)
    return held


@transaction.atomic
def record_progress(
    matter, *, by, text: str, on: date, audience: str = Audience.INTERNAL, contact_id=None
) -> MatterProgress:
    """Writes a progress update. One that was told to the client names the contact that told it."""
    progress = MatterProgress.objects.create(
        matter=matter, text=text, on=on, audience=audience, contact_id=contact_id, made_by=by
    )
    record(by=by, verb="matter.progress", obj=matter, detail={"audience": audience})
    return progress


@transaction.atomic
def close_matter(
    matter, *, by, closed_on: date, outcome: str, closing_summary: str = "", lessons: str = ""
) -> Matter:
    """Closes a matter; its after-care begins (matters/queries/agenda.py). The rule that allows it is matters.rules.matters.close_problem; the form asks it first."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.state == MatterState.CLOSED:
        return held
    held.state, held.closed_on, held.outcome = MatterState.CLOSED, closed_on, outcome
    held.closing_summary, held.lessons = closing_summary, lessons
    held.next_date, held.next_date_note = None, ""
    held.version += 1
    held.save()
    record(by=by, verb="matter.closed", obj=held)
    assess_clients([held.client_id], by=by)
    return held


@transaction.atomic
def reopen_matter(matter, *, by) -> Matter:
    """The matter was closed by mistake: it stands as it did before."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if held.state == MatterState.OPEN:
        return held
    held.state, held.closed_on = MatterState.OPEN, None
    held.outcome, held.closing_summary, held.lessons = "", "", ""
    held.version += 1
    held.save()
    retell_dates(held)
    record(by=by, verb="matter.reopened", obj=held)
    assess_clients([held.client_id], by=by)
    return held


@transaction.atomic
def renew_retainer(matter, *, by, ends_on: date) -> Matter:
    """The retainer runs on until then."""
    held = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    before, held.ends_on = held.ends_on, ends_on
    if held.stage == Stage.RENEWAL:
        held.stage = Stage.SERVICE
    held.version += 1
    held.save()
    record(by=by, verb="matter.renewed", obj=held, changes={"ends_on": [_plain(before), _plain(ends_on)]})
    return held


def _plain(value):
    """A field's value as the audit trail keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return str(value) if hasattr(value, "_meta") else value
