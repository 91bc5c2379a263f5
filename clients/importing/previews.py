"""Glimpses of a file for a person to recognise: what its text could mean, what its columns hold."""

import re

from clients.importing.columns import SECRET
from clients.importing.judging import cells_of
from clients.importing.storing import open_kept
from clients.models import ImportRun
from clients.rules.cells import is_scientific
from lawcrm.firm.sealed import MASK
from lawcrm.firm.spreadsheets.delimited import decode
from lawcrm.firm.spreadsheets.limits import Refused

_LONG_NUMBER = re.compile(r"\d{14}")


def encoding_previews(run: ImportRun) -> list[dict]:
    """The first lines of a text file under each encoding it could be written in."""
    if not run.stored_as:
        return []
    with open_kept(run.stored_as, run_id=run.pk) as file:
        try:
            decode(file.read())
        except Refused as refused:
            return refused.params.get("candidates", [])
    return []


def hidden(name: str, text: str) -> str:
    """What is told of a secret field: numbers by their last signs, of confidential notes nothing."""
    if name in ("identity_number", "registration_number", "client_number"):
        return masked(text)
    return MASK if text.strip() else ""


def masked(text: str) -> str:
    """A number of identity by its last four characters; one that a spreadsheet has damaged tells nothing anyway."""
    plain = text.strip()
    if len(plain) < 8 or is_scientific(plain):
        return text
    return f"•••{plain[-4:]}"


def column_samples(run: ImportRun, rows: int = 8, each: int = 3) -> dict[int, list[str]]:
    """Column index -> a few different values."""
    samples: dict[int, list[str]] = {}
    secret = {int(index): name for index, name in run.mapping.get("columns", {}).items() if name in SECRET}
    for row in run.rows.order_by("number")[:rows]:
        for index, cell in enumerate(cells_of(row).cells):
            seen = samples.setdefault(index, [])
            text = masked(cell.text) if _LONG_NUMBER.search(cell.text) else cell.text[:40]
            text = hidden(secret[index], cell.text) if index in secret else text
            if text.strip() and text not in seen and len(seen) < each:
                seen.append(text)
    return samples
