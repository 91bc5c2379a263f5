"""Workbooks to fill in: made from the columns that an import reads, so that the two never drift apart.

One sheet for each kind of list, an example row on each, a sheet that explains every column, and the closed lists to
choose from. Cells are formatted as text: a spreadsheet would damage long numbers and turn birthdays into days.
"""

from collections.abc import Iterable, Mapping
from typing import BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from clients.importing import widgets
from clients.importing.columns import Column
from clients.importing.examples import EXAMPLES, example_client
from clients.importing.kinds import RowKind, row_kinds
from clients.models import ImportRun
from clients.queries.firm_words import department_names, tag_names
from clients.rules import normalise
from clients.rules.several import joined
from lawcrm.firm.queries.people import unmistakable_names, working_people

LANGUAGES = ("en", "zh-hans")
LEFT_OUT = frozenset({"reference"})  # what only our own exports carry
ROWS = 2_000  # rows whose cells offer the closed lists
MOST_OFFERED = 500  # tags: nobody looks through more of them in a cell
_NEEDED = PatternFill("solid", fgColor="DCE8F5")
_HEADING = PatternFill("solid", fgColor="F1F3F5")
_QUIET = Font(italic=True, color="5B6672")
_OUR_SHEETS = ("Notes", "说明", "Lists", "选项")


def is_our_sheet(name: str) -> bool:
    """A sheet of a template that holds no rows."""
    return name in _OUR_SHEETS


def write_template(target: BinaryIO, *, language: str, kinds: Iterable[str] = ()) -> None:
    """The workbook in one language. `kinds`: the lists it is for; all where none is named."""
    chosen = [kind for kind in row_kinds() if kind.code in set(kinds)] or row_kinds()
    with translation.override(language):
        _Template(language, chosen).save(target)


def file_name(language: str) -> str:
    return f"lawcrm-import-{language}.xlsx"


class _Template:
    def __init__(self, language: str, kinds: Iterable[RowKind]):
        self.language = language
        self.notes_title, self.lists_title = _OUR_SHEETS[::2] if language == "en" else _OUR_SHEETS[1::2]
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.sheets = [(kind, self.book.create_sheet(_title(kind))) for kind in kinds]
        self.notes = self.book.create_sheet(self.notes_title)
        self.lists = self.book.create_sheet(self.lists_title)
        self.lists.sheet_state = "hidden"
        self.lines = 0

    def save(self, target: BinaryIO) -> None:
        self._begin_notes()
        for kind, sheet in self.sheets:
            self._fill(kind, sheet)
        self.book.save(target)

    # -- sheets with rows --------------------------------------------------------------------------------------

    def _fill(self, kind: RowKind, sheet) -> None:
        example = example_row(kind, self.language)
        sheet.freeze_panes = "A2"
        self._note_kind(kind)
        for number, (name, column) in enumerate(columns_of(kind).items(), start=1):
            letter = get_column_letter(number)
            sheet.column_dimensions[letter].width = (
                34 if name in ("name", "client", "note", "address", "title", "matter") else 18
            )
            sheet.column_dimensions[letter].number_format = "@"
            heading = sheet.cell(1, number, str(column.title))
            heading.font, heading.number_format = Font(bold=True), "@"
            heading.fill = _NEEDED if column.required else _HEADING
            shown = sheet.cell(2, number, example.get(name) or None)
            shown.number_format, shown.font = "@", _QUIET
            for row in range(3, 13):  # programs that know no format of columns find it in the first cells
                sheet.cell(row, number).number_format = "@"
            if offered := self._offered(column):
                self._offer(sheet, letter, column, offered)
            self._note(column, example.get(name, ""))

    def _offered(self, column: Column) -> list[str]:
        if isinstance(column.widget, widgets.OfList):
            return labels_of(column)
        if isinstance(column.widget, widgets.Colleague):
            people = list(working_people())
            return sorted(unmistakable_names([person.pk for person in people]).values())
        if isinstance(column.widget, widgets.DepartmentOfFirm):
            return list(department_names().values())
        if isinstance(column.widget, widgets.TagsOfFirm):
            return [joined([name]) for name in tag_names().values()][:MOST_OFFERED]
        return []

    def _offer(self, sheet, letter: str, column: Column, words: list[str]) -> None:
        """The words as a list on the hidden sheet, which the cells of the column offer. Several may be written, too."""
        self.lines += 1
        place = get_column_letter(self.lines)
        for row, word in enumerate([str(column.title), *words], start=1):
            cell = self.lists[f"{place}{row}"]
            cell.value, cell.data_type, cell.number_format = (
                word,
                "s",
                "@",
            )  # never a formula, whatever it begins with
        source = f"{quote_sheetname(self.lists_title)}!${place}$2:${place}${len(words) + 1}"
        offer = DataValidation(type="list", formula1=source, allow_blank=True)
        offer.showErrorMessage = isinstance(column.widget, widgets.OneOf | widgets.DepartmentOfFirm)
        offer.errorTitle, offer.error = str(column.title)[:32], _("Choose one of the list.")
        if isinstance(column.widget, widgets.SomeOf | widgets.TagsOfFirm):
            offer.showInputMessage, offer.prompt = True, _("One or more, with semicolons between.")
        offer.add(f"{letter}2:{letter}{ROWS}")
        sheet.add_data_validation(offer)

    # -- the notes ---------------------------------------------------------------------------------------------

    def _begin_notes(self) -> None:
        sheet = self.notes
        for letter, width in zip("ABCD", (26, 12, 90, 36), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.append([_("How to fill in this workbook")])
        sheet["A1"].font = Font(bold=True, size=14)
        for text in (
            _(
                "One row for each client, person, contact, matter or invoice. Columns you do not need may stay empty or be deleted."
            ),
            _("The example row of each sheet is left out when the file is imported; you may write over it."),
            _("Headings in blue are needed. Do not change headings; their order does not matter."),
            _("Nothing is written before you have seen, for each row, what would happen."),
        ):
            sheet.append([text])

    def _note_kind(self, kind: RowKind) -> None:
        self.notes.append([])
        self.notes.append([_title(kind), _("Needed"), _("What goes there"), _("Example")])
        for cell in self.notes[self.notes.max_row]:
            cell.font, cell.fill = Font(bold=True), _HEADING

    def _note(self, column: Column, example: str) -> None:
        self.notes.append(
            [str(column.title), _("yes") if column.required else "", explained(column), example]
        )
        row = self.notes[self.notes.max_row]
        for cell in row:
            cell.alignment, cell.number_format = Alignment(wrap_text=True, vertical="top"), "@"
        row[0].font = Font(bold=True)


def _title(kind: RowKind) -> str:
    return str(ImportRun.Kind(kind.code).label)


def columns_of(kind: RowKind) -> dict[str, Column]:
    return {name: column for name, column in kind.columns.items() if name not in LEFT_OUT}


def labels_of(column: Column) -> list[str]:
    return [str(label) for _value, label in column.widget.choices.choices]


def example_row(kind: RowKind, language: str) -> dict[str, str]:
    """The cells of the example, as the columns write them; where nobody thought of one, what is needed."""
    given = kind.example or EXAMPLES.get(kind.code, lambda language: {})
    values = {**_needed_values(kind, language), **given(language)}
    return {name: _cell(kind.columns[name], value) for name, value in values.items() if name in kind.columns}


def _cell(column: Column, value) -> str:
    return value if isinstance(value, str) and not isinstance(column.widget, widgets.OneOf) else str(
        column.widget.render(value)
    )  # fmt: skip


def _needed_values(kind: RowKind, language: str) -> dict:
    found = {}
    for name, column in kind.columns.items():
        if not column.required:
            continue
        if isinstance(column.widget, widgets.Colleague):
            people = sorted(unmistakable_names([person.pk for person in working_people()]).values())
            found[name] = people[0] if people else ""
        elif isinstance(column.widget, widgets.OneOf):
            found[name] = next(iter(column.widget.choices)).value
        elif isinstance(column.widget, widgets.SomeOf):
            found[name] = [next(iter(column.widget.choices)).value]
        elif name in ("name", "client"):
            found[name] = example_client(language)
        else:
            found[name] = "2026-03-05"
    return found


# -- what a column wants, said from how it is read -----------------------------------------------------------------


def explained(column: Column) -> str:
    widget = column.widget
    if says := getattr(widget, "says", ""):  # a room above explains its own
        return str(says)
    if isinstance(widget, widgets.OneOf):
        return _("One of: %(choices)s") % {"choices": "; ".join(labels_of(column))}
    if isinstance(widget, widgets.SomeOf):
        return _("One or more of these, with semicolons between: %(choices)s") % {
            "choices": "; ".join(labels_of(column))
        }
    for kind, text in _by_widget().items():
        if isinstance(widget, kind):
            return text
    told = _by_reader().get(widget.read)
    if told:
        return told
    return _("Text, up to %(longest)s characters.") % {"longest": widget.options.get("longest", 300)}


def _by_widget() -> Mapping[type, str]:
    return {
        widgets.Colleague: _("A colleague: name as in the list, user name or mail address."),
        widgets.NumberOfPerson: _("The 18 signs of the identity card, as text. Stored sealed."),
        widgets.BirthDate: _("Whole or in part: 1980-05-03, 1980-05, 5月3日, 农历八月十五, lunar leap 4-3."),
        widgets.PastDay: _("A day up to today: 2024-03-05 or 2024年3月5日."),
        widgets.Day: _("A day: 2024-03-05 or 2024年3月5日."),
        widgets.SomeTexts: _("One or more, with semicolons between."),
    }


def _by_reader() -> Mapping:
    from clients.rules import identity

    return {
        normalise.read_name: _("The name as registered, or as on the identity card."),
        normalise.read_phone: _(
            "Chinese numbers as dialled at home, others with + and country code. Of several in the cell the first is the "
            "main one, the rest are further ones."
        ),
        normalise.read_email: _(
            "A mail address. Of several in the cell the first is the main one, the rest are further ones."
        ),
        normalise.read_note: _("Text of one or several lines."),
        normalise.read_choice: _("Yes or no."),
        normalise.read_website: _("The address of the website."),
        identity.read_registration_number: _(
            "Unified social credit code or registration number, as text. Stored sealed."
        ),
    }


def without_examples(rows: Iterable, left_out: list[int]) -> Iterable:
    """The rows but for the example of a template; its number is noted."""
    names = {example_client(language) for language in LANGUAGES}
    for row in rows:
        if any(cell.text in names for cell in row.cells):
            left_out.append(row.number)
        else:
            yield row
