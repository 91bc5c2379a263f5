"""The workbook that hands back rows which did not get in, as they stood, with the reason beside each."""

from collections.abc import Iterator, Mapping
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.importing.columns import SECRET
from clients.importing.judging import cells_of
from clients.importing.plan import Plan
from clients.importing.previews import hidden
from clients.models import ImportRow, ImportRun
from clients.presenters.importing import UNDECIDED, RowLine, problem_line, row_lines
from clients.queries.importing import rows_of, rows_to_hand_back
from lawcrm.firm.spreadsheets.writer import write_workbook
from lawcrm.firm.words import labelled


def write_refused(run: ImportRun, target, *, clear: bool) -> None:
    """Same headings, same cells (as text): mended, the workbook can be imported itself.

    `clear`: numbers of identity as they stood; without, by their last signs.
    """
    secret = {} if clear else secret_columns(run)
    write_workbook(
        target,
        run.headings,
        _lines(run, secret, clear),
        notes_column=_("Problem"),
        sheet_title=_("Refused rows"),
    )


def write_annotated(run: ImportRun, target, *, names) -> None:
    """The whole list as it stood, with what became of each row beside it.

    `names(rows)`: names of what rows were taken for, as far as the reader may see it.
    """
    write_workbook(
        target,
        run.headings,
        _all_lines(run, names),
        notes_column=pgettext("of a row", "Result"),
        sheet_title=_("All rows"),
    )


def _all_lines(run: ImportRun, names_of) -> Iterator[tuple[list[str], str]]:
    rows, secret = rows_of(run).order_by("number").iterator(chunk_size=1_000), secret_columns(run)
    while batch := list(islice(rows, 1_000)):
        for row, line in zip(batch, row_lines(run, batch, names_of(batch)), strict=True):
            yield [] if line.hidden else _texts(row, secret), _result(row, line)


def secret_columns(run: ImportRun) -> dict[int, str]:
    """Columns of numbers of identity and confidential notes."""
    return {index: name for index, name in Plan.of(run.mapping).columns.items() if name in SECRET}


def _texts(row: ImportRow, secret: Mapping[int, str]) -> list[str]:
    """The cells as they stood; those of secret columns by their last signs."""
    cells = cells_of(row).cells
    return [
        hidden(secret[index], cell.text) if index in secret else cell.text for index, cell in enumerate(cells)
    ]


def _result(row: ImportRow, line: RowLine) -> str:
    if line.hidden:
        return line.name
    words = [
        line.outcome or (line.word if row.applied_at or row.verdict in _SAID_ALREADY else _("Not written"))
    ]
    words += [labelled(one["field"], f"{one['old']} → {one['new']}") for one in line.changes]
    return "\n".join([*map(str, words), *(one["text"] for one in line.lines)])


_SAID_ALREADY = (ImportRow.Verdict.SAME, ImportRow.Verdict.ASK, ImportRow.Verdict.REFUSE)


def _lines(run: ImportRun, secret: Mapping[int, str], clear: bool) -> Iterator[tuple[list[str], str]]:
    for row in rows_to_hand_back(run).iterator(chunk_size=1_000):
        cells = cells_of(row)
        yield _texts(row, secret), _note(run, row, cells, masks=not clear)


def _note(run: ImportRun, row: ImportRow, cells, *, masks: bool) -> str:
    lines = [problem_line(run, problem, cells, masks=masks) for problem in row.problems]
    if row.verdict == ImportRow.Verdict.ASK:
        lines.append(str(UNDECIDED))
    return "\n".join([_("Row %(row)d") % {"row": row.number}, *lines])
