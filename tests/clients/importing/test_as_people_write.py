"""Lists as people really write them: headings in two rows, months for days, WeChat among the phones, merged cells."""

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from clients.actions.importing.reading import stage_import
from clients.importing.judging import values_of
from clients.models import ClientPerson
from clients.presenters.importing import row_lines, warning_lines
from clients.rules.normalise import read_date
from interactions.importing import Moment
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.spreadsheets.reader import Cell
from tests.clients.importing.build import commit, make_firm, stage, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_firm()


def book(*rows, merged=()) -> io.BytesIO:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    made.save(buffer)
    return buffer


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2023.5", date(2023, 5, 1)),
        ("二〇二三年五月", date(2023, 5, 1)),
        ("2023年11月", date(2023, 11, 1)),
        ("2023/5", date(2023, 5, 1)),
        (Decimal("2023.5"), date(2023, 5, 1)),
        (2023.12, date(2023, 12, 1)),
        ("2023.1", None),  # or October, as a spreadsheet keeps it
        (2023.1, None),
        ("2023.13", None),
        ("2023", None),
    ],
)
def test_a_month_will_do_where_the_column_says_so(raw, day):
    reading = read_date(raw, month_will_do=True)
    assert (reading.value, reading.problem and reading.problem.code) == (day, None if day else "day_missing")
    assert read_date(raw).problem.code == "day_missing"  # a day in 1905 it is never


def test_headings_in_two_rows(admin):
    rows = [
        ["客户信息汇总表"],
        ["客户名称", "客户性质", "主办律师", "联系方式", None, "联系人", None],
        [None, None, None, "电话", "邮箱", "姓名", "手机"],
        ["华安科技有限公司", "民营企业", "lawyer", "021-62345678", "a@ha.example", "王芳", "13800000201"],
    ]
    run = stage_import(by=admin, file=book(*rows, merged=["D2:E2", "F2:G2"]), file_name="two.xlsx")
    assert run.headings[3:] == ["电话", "邮箱", "联系人姓名", "联系人手机"]
    assert verdicts(run) == {4: "create"}
    values = values_of(run.rows.get())
    assert (values["phone"], values["email"]) == ("021-62345678", "a@ha.example")


def test_a_row_of_values_is_no_second_row_of_headings(admin):
    run = stage(
        admin,
        [["海桥", "民营", "lawyer", "", ""], ["名称", "", "", "", ""]],
        ["名称", "性质", "律师", "电话", ""],
    )
    assert set(verdicts(run)) == {2, 3}


def test_an_empty_client_is_that_of_the_row_above(admin):
    headings = ["客户名称", "姓名", "角色", "手机"]
    clients = stage(admin, [["海桥", "民营", "lawyer"]], ["名称", "性质", "律师"])
    rows = [
        ["海桥", "王芳", "决策者", "13800000201"],
        ["", "李雷", "付款人", "13800000202"],
        ["", "赵云", "", ""],
    ]
    run = stage(admin, rows, headings)
    assert run.kind == "people" and clients.kind == "clients"
    assert [values_of(row)["client"] for row in run.rows.all()] == ["海桥"] * 3
    assert {"field": "client", "code": "as_above", "params": {}} in run.rows.get(number=3).notes
    first = stage(admin, [["", "王芳", "决策者", "13800000201"]], headings).rows.get()
    assert [problem["code"] for problem in first.problems] == ["missing"]


def test_a_wechat_id_among_the_phones(admin):
    headings = ["名称", "性质", "律师", "电话", "微信"]
    run = stage(
        admin,
        [["海桥", "民营", "lawyer", "微信：hai_qiao2020", ""], ["江桥", "民营", "lawyer", "无人接", ""]],
        headings,
    )
    assert verdicts(run) == {2: "create", 3: "refuse"}
    row = run.rows.get(number=2)
    assert (values_of(row)["wechat"], "phone" in values_of(row)) == ("hai_qiao2020", False)
    assert any("hai_qiao2020" in line["text"] for line in row_lines(run, [row], {})[0].lines)


def test_what_no_column_says_is_told_as_that(admin):
    run = stage(admin, [["海桥", "上海"]], ["名称", "地址"])
    assert [problem["code"] for problem in run.rows.get().problems] == ["no_column", "no_column"]
    run = stage(admin, [["海桥", "", "lawyer"]], ["名称", "性质", "律师"])
    assert [(problem["code"], problem["column"]) for problem in run.rows.get().problems] == [("missing", 1)]


def test_very_many_unknown_headings_are_not_all_told(admin):
    run = stage(admin, [["海桥", *"x" * 40]], ["名称", *(f"列{n}" for n in range(40))])
    line = next(line for line in warning_lines(run) if "列0" in line)
    assert "列11" in line and "列12" not in line and "28" in line


def test_words_of_a_closed_list_are_told_in_chinese(admin):
    from django.utils import translation

    run = stage(admin, [["海桥", "上市公司", "lawyer"]], ["名称", "性质", "律师"])
    with translation.override("zh-hans"):
        text = row_lines(run, list(run.rows.all()), {})[0].lines[0]["text"]
    assert "国有企业" in text and "state_owned" not in text


@pytest.mark.parametrize(
    "written", ["2022年3月6日下午3:20", "2022年3月6日 下午3点20分", "2022-03-06 15:20", "2022/3/6 15:20:00"]
)
def test_the_hour_in_words(written):
    assert Moment().clean(Cell(written, "text")).value == datetime(2022, 3, 6, 15, 20)


def test_an_hour_of_its_own_is_no_guess(admin):
    headings = ["客户名称", "日期", "时间", "沟通方式", "记录人"]
    run = stage(
        admin,
        [["海桥", "2022-03-06", "14:30", "电话", "lawyer"], ["海桥", "2022-03-07", "", "电话", "lawyer"]],
        headings,
    )
    notes = {row.number: [note["code"] for note in row.notes] for row in run.rows.all()}
    assert "noon" not in notes[2] and "noon" in notes[3]


def test_a_line_of_sums_is_told_as_that_alone(admin):
    run = stage(
        admin, [["1", "海桥", "民营", "lawyer"], ["合计", "1", "", ""]], ["序号", "名称", "性质", "律师"]
    )
    assert verdicts(run) == {2: "create", 3: "refuse"}
    assert [problem["code"] for problem in run.rows.get(number=3).problems] == ["total_row"]
    assert not any(
        "序号" in line for line in warning_lines(run)
    )  # what counts the rows is left out without a word


CONTACTS = ["客户名称", "客户性质", "负责律师", "电话", "联系人", "联系人手机", "联系人职务", "备注"]
IN_ROWS = [
    ["海桥", "民营", "lawyer", "021-62345678", "王芳", "13800000201", "总经理", "x"],
    ["", "", "", "", "李雷", "13800000202", "", ""],
    ["江桥", "民营", "lawyer", "021-62345679", "", "", "", ""],
    ["", "", "", "", "赵云", "13800000203", "", ""],
    ["", "", "", "", "", "", "", "只有备注"],
]


@pytest.mark.parametrize("chunked", [False, True])
def test_people_in_the_rows_of_a_client_list(admin, chunked, monkeypatch):
    if chunked:  # each batch one row, each chunk one batch
        monkeypatch.setattr("clients.actions.importing.reading.READ_AT_ONCE", 0)
        monkeypatch.setattr("clients.actions.importing.reading.SECONDS", -1)
        monkeypatch.setattr("clients.actions.importing.judging.BATCH", 1)
    run = stage(admin, IN_ROWS, CONTACTS)
    while run.job_id and run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    assert verdicts(run) == {2: "create", 4: "create", 6: "refuse"}
    people = run.parts.get()
    assert (people.kind, verdicts(people)) == ("people", {2: "create", 3: "create", 5: "create"})
    said = [values_of(row) for row in people.rows.all()]
    assert [(one["client"], one["name"], one["phone"]) for one in said] == [
        ("海桥", "王芳", "13800000201"), ("海桥", "李雷", "13800000202"), ("江桥", "赵云", "13800000203"),
    ]  # fmt: skip
    lines = warning_lines(run)
    assert any("联系人手机" in line for line in lines) and not any("Not recognised" in line for line in lines)
    commit(run, admin)
    people.refresh_from_db()
    commit(people, admin)
    places = ClientPerson.objects.order_by("person__phone").values_list(
        "client__name", "person__name", "position"
    )
    assert list(places) == [("海桥", "王芳", "总经理"), ("海桥", "李雷", ""), ("江桥", "赵云", "")]
    again = stage(admin, IN_ROWS, CONTACTS)
    while again.job_id and run_next_chunk(again.job_id):
        pass
    assert set(verdicts(again.parts.get()).values()) == {"same"}


def test_people_in_the_rows_of_a_workbook_with_headings_in_two_rows(admin):
    rows = [
        ["客户名称", "客户性质", "主办律师", "联系人", None],
        [None, None, None, "姓名", "手机"],
        ["海桥", "民营企业", "lawyer", "王芳", "13800000201"],
        [None, None, None, "李雷", "13800000202"],
    ]
    run = stage_import(by=admin, file=book(*rows, merged=["D1:E1", "A3:A4"]), file_name="two.xlsx")
    assert verdicts(run) == {3: "create"}
    assert verdicts(run.parts.get()) == {3: "create", 4: "create"}
