"""A person's answers where an import asks."""

from uuid import UUID

from django.db import transaction

from clients.actions.importing.runs import State, Verdict, held
from clients.importing.finding import TAKEN
from clients.models import ImportRow, ImportRun


@transaction.atomic
def decide_row(run: ImportRun, *, by, number: int, decision: str, client_id=None) -> ImportRow:
    """Answers a row the import asks about: "create", "update" (of one of its candidates), or "same": leave it.

    Raises NotNow where the import is past deciding, and ValueError for an answer the row does not offer.
    """
    run = held(run, State.PREVIEW)
    row = ImportRow.objects.select_for_update().get(run=run, number=number, verdict=Verdict.ASK)
    chosen = UUID(str(client_id)) if decision == Verdict.UPDATE else None
    if chosen and chosen not in row.candidates:
        raise ValueError(f"{chosen} is not offered")
    if decision == Verdict.CREATE and any(reason["code"] in TAKEN for reason in row.reasons):
        raise ValueError("the number belongs to a client")
    if decision not in (Verdict.CREATE, Verdict.UPDATE, Verdict.SAME, ""):
        raise ValueError(decision)
    row.decision = decision
    row.client_id = chosen
    row.save(update_fields=["decision", "client_id"])
    return row
