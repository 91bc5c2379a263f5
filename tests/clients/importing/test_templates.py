"""The templates follow the columns an import reads, and what is filled into them comes in."""

import io

import openpyxl
import pytest
from django.utils import translation

from clients.actions.importing.reading import stage_import
from clients.actions.tags import make_tag
from clients.importing import widgets
from clients.importing.columns import ClientResource
from clients.importing.examples import example_client
from clients.importing.kinds import is_known, kind_of, row_kinds
from clients.importing.templates import (
    LANGUAGES,
    columns_of,
    example_row,
    explained,
    is_our_sheet,
    labels_of,
    write_template,
)
from clients.models import ImportRun
from lawcrm.firm.spreadsheets.limits import Refused
from tests.clients.importing.build import make_firm
from tests.people import make_department

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("language", LANGUAGES)]


@pytest.fixture
def admin():
    return make_firm()


def book_of(language: str) -> openpyxl.Workbook:
    buffer = io.BytesIO()
    write_template(buffer, language=language)
    return openpyxl.load_workbook(io.BytesIO(buffer.getvalue()))


def brought_in(book, by) -> ImportRun:
    buffer = io.BytesIO()
    book.save(buffer)
    return stage_import(by=by, file=buffer, file_name="filled.xlsx")


def sheets_of(book) -> list:
    return [book[name] for name in book.sheetnames if not is_our_sheet(name)]


def test_there_is_a_sheet_for_each_kind_and_a_column_for_each_column(admin, language):
    book = book_of(language)
    assert len(sheets_of(book)) == len(row_kinds())
    with translation.override(language):
        for kind, sheet in zip(row_kinds(), sheets_of(book), strict=True):
            titles = [cell.value for cell in sheet[1]]
            assert titles == [str(column.title) for column in columns_of(kind).values()]
            assert all(map(is_known, titles)), titles
            assert sorted(kind.match_headings(titles).values()) == sorted(columns_of(kind))


def test_every_cell_is_text_and_closed_lists_are_offered(admin, language):
    book = book_of(language)
    for kind, sheet in zip(row_kinds(), sheets_of(book), strict=True):
        offered = {}
        for one in sheet.data_validations.dataValidation:
            [area] = one.sqref.ranges
            offered[area.min_col] = book[one.formula1.split("!")[0].strip("'")][
                one.formula1.split("!")[1].replace("$", "")
            ]
        for number, column in enumerate(columns_of(kind).values(), start=1):
            assert sheet.cell(2, number).number_format == sheet.cell(9, number).number_format == "@"
            if isinstance(column.widget, widgets.OfList):
                with translation.override(language):
                    assert [row[0].value for row in offered[number]] == labels_of(column)
                    for label in labels_of(column):
                        assert column.widget.clean(_cell(label)).ok, label
            else:
                known = isinstance(column.widget, widgets.Colleague | widgets.DepartmentOfFirm)
                assert number not in offered or known


def test_tags_and_departments_of_the_firm_are_offered(admin, language):
    department = make_department("Tax")
    for name in ("VIP", "Alumni; Europe", "=1+1"):
        make_tag(by=admin, name=name)
    book = book_of(language)
    [sheet] = [one for kind, one in zip(row_kinds(), sheets_of(book), strict=True) if kind.code == "clients"]
    places = {name: number for number, name in enumerate(columns_of(row_kinds()[0]), start=1)}
    offered = {
        next(iter(one.sqref.ranges)).min_col: one.formula1.split("!")[1].replace("$", "")
        for one in sheet.data_validations.dataValidation
    }
    lists = book[book.sheetnames[-1]]
    with translation.override(language):
        assert str(department) in [row[0].value for row in lists[offered[places["department"]]]]
    tags = [row[0] for row in lists[offered[places["tags"]]]]
    assert sorted(cell.value for cell in tags) == ['"Alumni; Europe"', "=1+1", "VIP"]
    assert {cell.data_type for cell in tags} == {"s"}
    widget = ClientResource().fields["tags"].widget
    for cell in tags:
        assert len(widget.clean(_cell(cell.value)).value) == 1


def _cell(text):
    from lawcrm.firm.spreadsheets.reader import Cell

    return Cell(text, "text")


def test_every_column_is_explained(admin, language):
    book = book_of(language)
    notes = [row for row in book[book.sheetnames[-2]].iter_rows(values_only=True)]
    told = {row[0]: row[2] for row in notes if row[2]}
    with translation.override(language):
        for kind in row_kinds():
            for column in columns_of(kind).values():
                assert told[str(column.title)] and explained(column)
    assert is_our_sheet(book.sheetnames[-2]) and book[book.sheetnames[-1]].sheet_state == "hidden"


def test_untouched_it_holds_no_rows(admin, language):
    with pytest.raises(Refused) as refused:
        brought_in(book_of(language), admin)
    assert refused.value.code == "no_rows"


def test_the_example_comes_in_cleanly_under_another_name(admin, language):
    """But for its name the example is a row like any other."""
    book = book_of(language)
    for sheet in sheets_of(book):
        for cell in sheet[2]:
            if cell.value == example_client(language):
                cell.value = "Alpha Trading Ltd"
    run = brought_in(book, admin)
    for part in [run, *ImportRun.objects.filter(part_of=run)]:
        problems = [
            problem for row in part.rows.all() for problem in row.problems
            if problem["code"] not in ("client_unknown", "no_such_client")
        ]  # fmt: skip
        assert problems == [], part.kind
        assert part.rows.count() == 1 and kind_of(part).columns
    assert run.rows.get().verdict == "create"
    codes = {warning["code"] for warning in run.warnings}
    assert not codes & {"unknown_headings", "other_sheets", "repeated_heading", "example_left_out"}


def test_a_filled_template_comes_in_and_the_example_stays_out(admin, language):
    book = book_of(language)
    sheet = sheets_of(book)[0]
    [kind] = [kind for kind in row_kinds() if kind.code == "clients"]
    names = list(columns_of(kind))
    filled = {
        "name": "张伟", "phone": "13800138000", "responsible": "lawyer", "birth_date": "1980-05",
        "identity_number": "110101199003071233", "note": "=1+1",
    }  # fmt: skip
    del filled["birth_date"]
    with translation.override(language):
        filled["kind"] = str(kind.columns["kind"].widget.render("person"))
        filled["sex"] = str(kind.columns["sex"].widget.render("male"))
    for name, value in filled.items():
        cell = sheet.cell(3, names.index(name) + 1, value)
        cell.data_type = "s"
    run = brought_in(book, admin)
    assert [warning for warning in run.warnings if warning["code"] == "example_left_out"] == [
        {"code": "example_left_out", "params": {"rows": [2]}}
    ]
    [row] = run.rows.all()
    assert (row.number, row.verdict, row.problems) == (3, "create", [])


def test_the_page_hands_it_out(admin, client, language):
    client.force_login(admin)
    page = client.get("/clients/import/").content.decode()
    assert f"/clients/import/template/{language}/" in page
    answer = client.get(f"/clients/import/template/{language}/")
    assert f'filename="lawcrm-import-{language}.xlsx"' in answer.headers["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames
    assert client.get("/clients/import/template/fr/").status_code == 404


def test_examples_are_written_in_the_words_of_the_language(admin, language):
    with translation.override(language):
        for kind in row_kinds():
            example = example_row(kind, language)
            assert example_client(language) in example.values()
            assert all(example[name] for name, column in kind.columns.items() if column.required)
