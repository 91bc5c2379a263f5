"""The workbook that hands back rows which did not get in, as they stood, with the reason beside each."""

from collections.abc import Iterator
from itertools import islice

from django.utils.translation import gettext as _

from clients.importing.judging import cells_of
from clients.models import ImportRow, ImportRun
from clients.presenters.importing import UNDECIDED, RowLine, problem_line, row_lines
from clients.queries.importing import names_for, rows_of, rows_to_hand_back
from lawcrm.firm.spreadsheets.writer import write_workbook
from lawcrm.firm.words import labelled


def write_refused(run: ImportRun, target) -> None:
    """Same headings, same cells (as text): mended, the workbook can be imported itself."""
    write_workbook(
        target, run.headings, _lines(run), notes_column=_("Problem"), sheet_title=_("Refused rows")
    )


def write_annotated(run: ImportRun, target, *, names) -> None:
    """The whole list as it stood, with what became of each row beside it. `names`: clients the reader may see."""
    write_workbook(
        target, run.headings, _all_lines(run, names), notes_column=_("Result"), sheet_title=_("All rows")
    )


def _all_lines(run: ImportRun, visible) -> Iterator[tuple[list[str], str]]:
    rows = rows_of(run).order_by("number").iterator(chunk_size=1_000)
    while batch := list(islice(rows, 1_000)):
        names = names_for(batch, visible)
        for row, line in zip(batch, row_lines(run, batch, names), strict=True):
            yield [] if line.hidden else [cell.text for cell in cells_of(row).cells], _result(row, line)


def _result(row: ImportRow, line: RowLine) -> str:
    if line.hidden:
        return line.name
    words = [
        line.outcome or (line.word if row.applied_at or row.verdict in _SAID_ALREADY else _("Not written"))
    ]
    words += [labelled(one["field"], f"{one['old']} → {one['new']}") for one in line.changes]
    return "\n".join([*map(str, words), *(one["text"] for one in line.lines)])


_SAID_ALREADY = (ImportRow.Verdict.SAME, ImportRow.Verdict.ASK, ImportRow.Verdict.REFUSE)


def _lines(run: ImportRun) -> Iterator[tuple[list[str], str]]:
    for row in rows_to_hand_back(run).iterator(chunk_size=1_000):
        cells = cells_of(row)
        yield [cell.text for cell in cells.cells], _note(run, row, cells)


def _note(run: ImportRun, row: ImportRow, cells) -> str:
    lines = [problem_line(run, problem, cells, masks=False) for problem in row.problems]
    if row.verdict == ImportRow.Verdict.ASK:
        lines.append(str(UNDECIDED))
    return "\n".join([_("Row %(row)d") % {"row": row.number}, *lines])
