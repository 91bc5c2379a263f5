"""Giving somebody everything the firm holds on them: gathered whole, on record."""

from django.db import transaction

from clients.queries.subject_pack import Table, gather
from clients.subjects import Subject
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.roles import may


@transaction.atomic
def make_pack(subject: Subject, row, *, by) -> list[Table]:
    """Everything held; `by` is None for the shell, which stands on no side of any wall. That it was made is on record."""
    if by is not None and not may(by, "privacy.manage"):
        raise PermissionError("not for this role")
    tables = gather(subject, by)
    number = sum(len(table.records) for table in tables)
    audit.record(by=by, verb="subject.pack_made", obj=row, detail={"rows": number})
    return tables


def as_json(subject: Subject, tables: list[Table]) -> dict:
    """What is handed out and what is for review, apart."""
    return {
        "subject": {"kind": subject.kind, "id": str(subject.pk), "name": subject.label},
        "made_at": clock.now().isoformat(),
        "held": _part(tables, for_review=False),
        "for_review": _part(tables, for_review=True),
    }


def _part(tables: list[Table], *, for_review: bool) -> list[dict]:
    found = []
    for table in tables:
        rows = [
            {**({"why": one.review} if for_review else {}), "id": one.pk, **one.values}
            for one in table.records
            if bool(one.review) == for_review
        ]
        if rows:
            found.append({"table": table.label, "rows": rows})
    return found
