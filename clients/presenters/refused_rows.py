"""The workbook that hands back rows which did not get in, as they stood, with the reason beside each."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from clients.importing.judging import cells_of
from clients.models import ImportRow, ImportRun
from clients.presenters.importing import UNDECIDED, problem_line
from clients.queries.importing import rows_to_hand_back
from lawcrm.firm.spreadsheets.writer import write_workbook


def write_refused(run: ImportRun, target) -> None:
    """Same headings, same cells (as text): mended, the workbook can be imported itself."""
    write_workbook(
        target, run.headings, _lines(run), notes_column=_("Problem"), sheet_title=_("Refused rows")
    )


def _lines(run: ImportRun) -> Iterator[tuple[list[str], str]]:
    for row in rows_to_hand_back(run).iterator(chunk_size=1_000):
        cells = cells_of(row)
        yield [cell.text for cell in cells.cells], _note(run, row, cells)


def _note(run: ImportRun, row: ImportRow, cells) -> str:
    lines = [problem_line(run, problem, cells, masks=False) for problem in row.problems]
    if row.verdict == ImportRow.Verdict.ASK:
        lines.append(str(UNDECIDED))
    return "\n".join([_("Row %(row)d") % {"row": row.number}, *lines])
