"""Matters, written as their rows say and taken back."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from clients.actions.importing.writers import Writer, register
from clients.actions.relationship import assess_clients
from clients.importing.judging import apply_finding, before_of, keep_before, values_of
from clients.importing.plan import Plan
from clients.models import ImportRow, ImportRun
from clients.queries.matching import clients_by_key
from clients.queries.undoing import what_hangs_on
from clients.rules.names import normal_form
from lawcrm.firm.actions import audit
from lawcrm.firm.queries.people import working_people
from matters.actions.conflicts import Refused, check_matter, check_matter_again
from matters.actions.matters import close_matter, open_matter, reopen_matter, update_matter
from matters.actions.parties import add_party, forget_party
from matters.enums import MatterState
from matters.importing.matters import (
    AT_THE_END,
    COLUMN_OF,
    NOT_OF_IT,
    ONLY_NEW,
    ROLES,
    MatterFinder,
    changes_of,
    new_names,
    value_at,
)
from matters.models import ConflictCheck, Matter
from matters.queries.importing import matters_held, visible_keys

Verdict, Outcome = ImportRow.Verdict, ImportRow.Outcome
# What came with the row; whether somebody worked on it since is asked of each.
WITH_IT = ("party", "keydate", "conflictcheck", "conflicthit", "matterteam")


def write_matters(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Row by row, each against the matters as they are now; then checked for conflicts, where they are open."""
    finder = MatterFinder(by=by, plan=plan, run=run)
    for row, found in zip(rows, finder.find([values[row.number] for row in rows]), strict=True):
        follow(row, found, lambda row: _changes_now(row, values[row.number], plan, by))
    clients = clients_by_key({row.client_id for row in rows if row.client_id})
    held = matters_held({row.object_id for row in rows if row.verdict == Verdict.UPDATE})
    lawyers = {str(one.pk): one for one in working_people()}
    to_check = []
    for row in rows:
        try:
            with transaction.atomic():
                if row.verdict == Verdict.CREATE:
                    matter = _open(clients[row.client_id], values[row.number], lawyers, by)
                    row.object_id = matter.pk
                    to_check += [matter] if matter.state == MatterState.OPEN else []
                elif row.verdict == Verdict.UPDATE:
                    matter = held[row.object_id]
                    keep_before(row, {name: value_at(matter, name) for name in row.changes})
                    _change(matter, {name: values[row.number][name] for name in row.changes}, lawyers, by)
        except Refused as refused:
            _refuse(row, refused.check.reference)
    for matter in to_check:
        check_matter(matter, by=by, tell=False)
    written = {row.client_id for row in rows if row.verdict in (Verdict.CREATE, Verdict.UPDATE)}
    assess_clients(written, by=by)


def _refuse(row: ImportRow, reference: str) -> None:
    row.verdict, row.decision, row.object_id, row.changes, row.before = Verdict.REFUSE, "", None, {}, b""
    problem = {"field": "", "column": None, "code": "conflict_refused", "params": {"reference": reference}}
    row.reasons, row.problems = [], [problem]


def follow(row: ImportRow, found, changes_now) -> None:
    """The verdict of this moment; a person's answer holds as long as it can still be carried out."""
    answer, chosen = row.decision, row.object_id
    apply_finding(row, found)
    if found.verdict != Verdict.ASK or not answer:
        row.decision = ""
        return
    row.verdict = answer
    if answer == Verdict.UPDATE:
        row.object_id = chosen
        changes = changes_now(row) if chosen in found.candidates else None
        row.changes = changes or {}
        if changes is None:
            row.verdict, row.decision, row.object_id = Verdict.ASK, "", None
        elif not changes:
            row.verdict = Verdict.SAME


def _changes_now(row: ImportRow, said: dict, plan: Plan, by) -> dict | None:
    matter = matters_held([row.object_id]).get(row.object_id)
    if matter is None or matter.pk not in visible_keys("Matter", by, [matter.pk]):
        return None
    return changes_of(said, matter, plan.blanks)


def _open(client, said: dict, lawyers: dict, by) -> Matter:
    parties = [(role, name) for column, role in ROLES.items() for name in said.get(column, ())]
    fields = _fields(said, lawyers)
    if fields.get("closed_on"):
        fields["state"] = MatterState.CLOSED
    return open_matter(by=by, client=client, parties=parties, settle=False, **fields)


def _fields(said: dict, lawyers: dict) -> dict:
    """The row's values as a matter's fields."""
    fields = {
        COLUMN_OF.get(name, name): value
        for name, value in said.items()
        if name not in NOT_OF_IT and name not in ROLES
    }
    if "responsible_id" in fields:
        fields["responsible"] = lawyers[fields.pop("responsible_id")]
    if "agreed_fee" in fields:
        fields["agreed_fee"] = Decimal(fields["agreed_fee"]) if fields["agreed_fee"] else None
    return fields


def _change(matter: Matter, said: dict, lawyers: dict, by) -> None:
    ends = {name: said.pop(name) for name in AT_THE_END if name in said}
    names = {name: said.pop(name) for name in ROLES if name in said}
    said = {name: value for name, value in said.items() if name not in ONLY_NEW}
    if said:
        matter = update_matter(matter, by=by, version=matter.version, changes=_fields(said, lawyers))
    added = [
        add_party(matter, by=by, role=ROLES[column], name=name, check=False)
        for column, some in names.items()
        for name in new_names(value_at(matter, column), some)
    ]
    if added:
        check_matter_again(matter, by=by)
    if ends:
        close_matter(
            matter,
            by=by,
            closed_on=ends["closed_on"],
            outcome=ends.get("outcome", ""),
            closing_summary=ends.get("closing_summary", ""),
        )


# -- taken back ---------------------------------------------------------------------------------------------


def take_back_matters(rows: list[ImportRow], by) -> None:
    """Matters that were added go, those that were changed become what they were; what was worked on since stays."""
    matters = matters_held({row.object_id for row in rows})
    seen = visible_keys("Matter", by, matters)
    lawyers = {str(one.pk): one for one in working_people()}
    hanging = what_hangs_on([row.object_id for row in rows if row.verdict == Verdict.CREATE], Matter, WITH_IT)
    for row in rows:
        matter = matters.get(row.object_id)
        if matter is None or matter.pk not in seen:
            row.outcome = Outcome.FAILED
            row.why = [{"code": "row_gone" if matter is None else "hidden", "params": {}}]
        elif row.verdict == Verdict.UPDATE:
            _restore(row, matter, lawyers, by)
        elif what := hanging.get(matter.pk):
            keep(row, "in_use", {"what": what})
        else:
            _remove(row, matter, by)
    assess_clients({row.client_id for row in rows if row.outcome == Outcome.REVERSED}, by=by)


def keep(row: ImportRow, code: str, params: dict) -> None:
    row.outcome, row.why = Outcome.KEPT, [{"code": code, "params": params}]


def _remove(row: ImportRow, matter: Matter, by) -> None:
    if matter.version > 1 or _worked_on(matter, values_of(row)):
        keep(row, "edited", {"fields": []})
        return
    audit.record(by=by, verb="matter.import_removed", obj=matter)
    ConflictCheck.objects.unscoped().filter(matter=matter).delete()
    Matter.objects.unscoped().filter(pk=matter.pk).delete()
    row.outcome = Outcome.REVERSED


def _worked_on(matter: Matter, wrote: dict) -> bool:
    """Whether parties, dates, people or a decision are there that did not come with the row."""
    came = {normal_form(name) for column in ROLES for name in wrote.get(column, ())}
    parties = any(one.version > 1 or normal_form(one.name) not in came for one in matter.parties.all())
    dates = [(one.version, one.done_on) for one in matter.key_dates.all()]
    decided = matter.conflict_checks.filter(hit_count__gt=0).exclude(decision="").exists()
    few = len(dates) <= bool(wrote.get("next_date"))
    return parties or decided or not few or any(one != (1, None) for one in dates) or matter.team.exists()


def _restore(row: ImportRow, matter: Matter, lawyers: dict, by) -> None:
    wrote, stood = values_of(row), before_of(row)
    names = {name: stood.pop(name) for name in ROLES if name in stood}
    edited = [name for name in stood if value_at(matter, name) not in (wrote.get(name), stood[name])]
    if edited:
        keep(row, "edited", {"fields": edited})
        return
    if "closed_on" in stood and not stood["closed_on"]:
        matter = reopen_matter(matter, by=by)
    fields = {name: value for name, value in stood.items() if name not in AT_THE_END}
    if fields:
        update_matter(matter, by=by, version=matter.version, changes=_fields(fields, lawyers))
    _part(matter, names, wrote, by)
    row.outcome = Outcome.REVERSED


def _part(matter: Matter, names: dict[str, Sequence[str]], wrote: dict, by) -> None:
    """Parties that came with the row go, where nobody has worked on them."""
    for column, before in names.items():
        added = {normal_form(name) for name in new_names(before, wrote.get(column, ()))}
        for party in matter.parties.filter(role=ROLES[column], version=1):
            if normal_form(party.name) in added:
                forget_party(party, by=by)


register(ImportRun.Kind.MATTERS, Writer(write_matters, take_back_matters, chunk=50))
