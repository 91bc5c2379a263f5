"""Where the headings are, and what is wrong with them."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from .limits import Refused, column_letter
from .reader import Cell, Row

_INVISIBLE = dict.fromkeys([0x00AD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_LOOK_AT = 30


@dataclass(frozen=True, slots=True)
class Column:
    """One column with a heading; `index` counts from 0, `letter` is what the spreadsheet program shows."""

    index: int
    title: str

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading row. `blank`: letters of columns with values but no heading; `duplicates`: title -> letters."""

    row: int
    columns: tuple[Column, ...]
    blank: tuple[str, ...]
    duplicates: dict[str, tuple[str, ...]]
    skipped: tuple[int, ...]


def fold_heading(text: str) -> str:
    """Equal for headings that a person takes for the same: width, case, spaces, marks and invisible characters."""
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    return "".join(character for character in text if character.isalnum())


def find_headings(
    rows: Iterable[Row], known: Callable[[str], bool] = lambda title: False
) -> tuple[Headings, Iterator[Row]]:
    """The headings and an iterator over the rows below them (title rows above are told, not returned).

    The heading row is the first with two known headings; else the first among those with the most text cells.
    """
    rows = iter(rows)
    first = [row for row in islice(rows, _LOOK_AT) if not row.blank]
    if not first:
        raise Refused("no_rows")
    at = next((i for i, row in enumerate(first) if sum(map(known, _titles(row))) >= 2), None)
    if at is None:
        at = max(range(len(first)), key=lambda i: (_text_cells(first[i]), -i))
    if not any(_titles(first[at])):
        raise Refused("no_headings")
    below, row = first[at + 1 :], first[at]
    if below and _go_on(row, below[0], known):
        row = Row(row.number, _joined(row, below.pop(0), known))
    headings = _describe(row, below, skipped=tuple(row.number for row in first[:at]))
    return headings, (row for row in chain(below, rows) if not row.blank)


def _go_on(row: Row, next_row: Row, known: Callable[[str], bool]) -> bool:
    """Whether the headings go on in the next row: names of columns alone, under merged cells, and not under all."""
    pairs = _under(row, next_row)
    bare = any(title and not under for title, under in pairs)
    merged = any(under and not title for title, under in pairs)
    return bare and merged and all(known(under) for _title, under in pairs if under)


def _joined(row: Row, next_row: Row, known: Callable[[str], bool]) -> tuple[Cell, ...]:
    """One title for each column: "Contact" above "Name" and "Mobile" is "Contact Name" and "Contact Mobile", where a list may
    have such a column; else what stands below.
    """
    heads, head = [], ""
    for title, under in _under(row, next_row):
        head = title or (head if under else "")
        heads.append((head, under, title))
    of_its_own = {head for head, under, _title in heads if under and known(f"{head}{under}")}
    titles = [
        (f"{head}{under}" if head in of_its_own else under) if under else title
        for head, under, title in heads
    ]
    return tuple(Cell(title, "text") for title in titles)


def _under(row: Row, next_row: Row) -> list[tuple[str, str]]:
    return list(zip_longest(_titles(row), _titles(next_row), fillvalue=""))


def _titles(row: Row) -> list[str]:
    return [clean_title(cell.text) for cell in row.cells]


def clean_title(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split())


def _text_cells(row: Row) -> int:
    return sum(cell.kind == "text" and bool(clean_title(cell.text)) for cell in row.cells)


def _describe(row: Row, below: list[Row], *, skipped: tuple[int, ...]) -> Headings:
    titles = _titles(row)
    columns = tuple(Column(index, title) for index, title in enumerate(titles) if title)
    titled = {column.index for column in columns}
    used = {index for other in below for index, cell in enumerate(other.cells) if cell.text.strip()}
    places: dict[str, list[Column]] = {}
    for column in columns:
        places.setdefault(fold_heading(column.title) or column.title, []).append(column)
    return Headings(
        row=row.number,
        columns=columns,
        blank=tuple(column_letter(index) for index in sorted(used - titled)),
        duplicates={
            same[0].title: tuple(column.letter for column in same)
            for same in places.values()
            if len(same) > 1
        },
        skipped=skipped,
    )
