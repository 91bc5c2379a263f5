"""Invoices of matters, written as their rows say and taken back."""

from decimal import Decimal

from clients.actions.importing.writers import Writer, register
from clients.importing.judging import before_of, keep_before, values_of
from clients.importing.plan import Plan
from clients.models import ImportRow, ImportRun
from lawcrm.firm.actions import audit
from matters.actions.importing.matters import follow, keep
from matters.actions.service import change_invoice, invoice
from matters.importing.invoices import COLUMN_OF, NOT_OF_IT, SUMS, InvoiceFinder, changes_of, value_at
from matters.models import Receivable
from matters.queries.importing import receivables_held, visible_keys

Verdict, Outcome = ImportRow.Verdict, ImportRow.Outcome


def write_invoices(run: ImportRun, rows: list[ImportRow], values: dict[int, dict], plan: Plan, by) -> None:
    """Row by row, each against the invoices of its matter as they are now."""
    finder = InvoiceFinder(by=by, plan=plan, run=run)
    said = [values[row.number] for row in rows]
    for row, found in zip(rows, finder.find(said), strict=True):
        follow(row, found, lambda row: _changes_now(row, values[row.number], plan, by))
    matters = finder.matters_of(said)
    held = receivables_held({row.object_id for row in rows if row.verdict == Verdict.UPDATE})
    for row, matter in zip(rows, matters, strict=True):
        fields = _fields(values[row.number])
        if row.verdict == Verdict.CREATE and matter is None:  # it was to come with the workbook, and did not
            row.verdict, row.client_id, row.reasons = Verdict.REFUSE, None, []
            row.problems = [{"field": "matter", "column": None, "code": "matter_unknown", "params": {}}]
        elif row.verdict == Verdict.CREATE:
            row.object_id = invoice(matter, by=by, **fields).pk
        elif row.verdict == Verdict.UPDATE:
            one = held[row.object_id]
            keep_before(row, {name: value_at(one, name) for name in row.changes})
            changes = {COLUMN_OF.get(name, name) for name in row.changes}
            change_invoice(one, by=by, version=one.version, changes={name: fields[name] for name in changes})


def _fields(said: dict) -> dict:
    fields = {COLUMN_OF.get(name, name): value for name, value in said.items() if name not in NOT_OF_IT}
    return {name: Decimal(value) if name in SUMS else value for name, value in fields.items()}


def _changes_now(row: ImportRow, said: dict, plan: Plan, by) -> dict | None:
    one = receivables_held([row.object_id]).get(row.object_id)
    if one is None or one.voided_at or one.pk not in visible_keys("Receivable", by, [one.pk]):
        return None
    return changes_of(said, one, plan.blanks)


def take_back_invoices(rows: list[ImportRow], by) -> None:
    """Invoices that were added go, those that were changed become what they were; those worked on since stay."""
    held = receivables_held({row.object_id for row in rows})
    seen = visible_keys("Receivable", by, held)
    for row in rows:
        one = held.get(row.object_id)
        if one is None or one.pk not in seen:
            row.outcome = Outcome.FAILED
            row.why = [{"code": "row_gone" if one is None else "hidden", "params": {}}]
        elif row.verdict == Verdict.UPDATE:
            _restore(row, one, by)
        elif one.version > 1 or one.voided_at:
            keep(row, "edited", {"fields": []})
        else:
            audit.record(by=by, verb="matter.invoice_import_removed", obj=one, label=one.matter.title)
            Receivable.objects.unscoped().filter(pk=one.pk).delete()
            row.outcome = Outcome.REVERSED


def _restore(row: ImportRow, one: Receivable, by) -> None:
    wrote, stood = values_of(row), before_of(row)
    edited = [name for name in stood if value_at(one, name) not in (wrote.get(name), stood[name])]
    if edited or one.voided_at:
        keep(row, "edited", {"fields": edited})
        return
    changes = _fields(stood)
    if "received_on" in changes:
        changes["received_on"] = changes["received_on"] or None
    change_invoice(one, by=by, version=one.version, changes=changes)
    row.outcome = Outcome.REVERSED


register(ImportRun.Kind.INVOICES, Writer(write_invoices, take_back_invoices, chunk=200))
