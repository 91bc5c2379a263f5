"""A workbook of several sheets: clients, and the people at them."""

import io

import openpyxl
import pytest

from clients.actions.importing.reading import stage_import
from clients.actions.importing.runs import NotNow
from clients.actions.importing.undoing import start_undo
from clients.actions.importing.writing import start_commit
from clients.actions.people import update_person
from clients.models import Client, ClientPerson, ImportRun, Person
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry
from tests.clients.importing.build import HEADINGS, commit, make_firm, person_row, stage, verdicts

pytestmark = pytest.mark.django_db
PEOPLE = ["客户", "姓名", "角色", "职务", "手机", "备注"]


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


def company(name: str) -> list:
    row = person_row(name)
    row[1] = "Private"
    return row


def workbook(**sheets) -> io.BytesIO:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(buffer)
    return buffer


def stage_book(admin, people: list[list], clients=("华安科技有限公司",)) -> tuple[ImportRun, ImportRun]:
    sheets = {"客户": [HEADINGS, *map(company, clients)], "联系人": [PEOPLE, *people], "备忘": [["只是文字"]]}
    run = stage_import(by=admin, file=workbook(**sheets), file_name="book.xlsx")
    return run, run.parts.get()


def work(run):
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


def test_both_sheets_are_previewed_and_written_in_turn(admin):
    run, part = stage_book(admin, [["华安科技有限公司", "王芳", "决策者", "总经理", "13800000201", ""]])
    assert (run.kind, part.kind, part.sheet) == ("clients", "people", "联系人")
    assert (run.counts["create"], part.counts["create"]) == (1, 1)
    assert [one["params"]["sheets"] for one in run.warnings if one["code"] == "other_sheets"] == [["备忘"]]
    with pytest.raises(NotNow):
        start_commit(part, by=admin)
    commit(run, admin)
    part.refresh_from_db()
    assert commit(part, admin).counts["created"] == 1
    place = ClientPerson.objects.get()
    assert (place.client.name, place.person.name, place.roles, place.position) == (
        "华安科技有限公司", "王芳", ["decision_maker"], "总经理",
    )  # fmt: skip


def test_people_of_unknown_or_ambiguous_clients_are_refused(admin):
    commit(stage(admin, [company("同名公司")]), admin)
    Client.objects.create(
        name="同名公司", kind="private", responsible=admin, sort_key=Client.objects.get().sort_key
    )
    _run, part = stage_book(admin, [["没有此公司", "甲"], ["同名公司", "乙"]], clients=("华安",))
    codes = {row.number: row.problems[0]["code"] for row in part.rows.all()}
    assert codes == {2: "client_unknown", 3: "client_ambiguous"}


def stage_people(admin, rows):
    return stage(admin, rows, PEOPLE)


@pytest.fixture
def known(admin):
    commit(stage(admin, [company("华安科技有限公司")]), admin)
    commit(stage_people(admin, [["华安科技有限公司", "王芳", "", "经理", "13800000201", "old"]]), admin)
    return ClientPerson.objects.get()


def test_a_list_of_people_alone_updates_those_known(admin, known):
    rows = [
        ["华安科技有限公司", "王芳", "付款人", "总经理", "13800000201", ""],
        ["华安科技有限公司", "李强", "", "", "", ""],
    ]
    run = stage_people(admin, rows)
    assert (run.kind, verdicts(run)) == ("people", {2: "update", 3: "create"})
    assert set(run.rows.get(number=2).changes) == {"roles", "position"}
    run = commit(run, admin)
    known.refresh_from_db()
    assert (known.roles, known.position, known.person.note) == (["payer"], "总经理", "old")
    assert verdicts(stage_people(admin, rows)) == {2: "same", 3: "same"}
    work(start_undo(run, by=admin))
    known.refresh_from_db()
    assert (known.roles, known.position) == ([], "经理")
    assert [person.name for person in Person.objects.all()] == ["王芳"]


def test_a_workbook_is_taken_back_as_a_whole(admin):
    run, part = stage_book(admin, [["华安科技有限公司", "王芳"], ["华安科技有限公司", "李强"]])
    commit(run, admin)
    part.refresh_from_db()
    commit(part, admin)
    place = ClientPerson.objects.get(person__name="李强")
    update_person(place, by=admin, version=1, changes={"note": "by hand"})
    run = work(start_undo(run, by=admin))
    part.refresh_from_db()
    assert (run.state, part.state, part.counts["reversed"], part.counts["kept"]) == ("undone", "undone", 1, 1)
    assert [row.why[0]["code"] for row in run.rows.all()] == ["in_use"]  # somebody was kept there
    assert Person.objects.get().name == "李强"


def test_many_people_come_in_with_search_facts_and_audit_in_a_few_statements(
    admin, django_assert_max_num_queries
):
    """One person at two clients, in rows of one chunk, is one person; a known one gets a place and nothing else."""
    commit(stage(admin, [company("华安科技有限公司"), company("远洋贸易有限公司")]), admin)
    commit(stage_people(admin, [["华安科技有限公司", "赵敏", "", "", "13700000001", "old"]]), admin)
    headings = [*PEOPLE, "其他电话", "邮箱"]
    rows = [
        [
            "华安科技有限公司",
            "王芳",
            "使用者; 决策者",
            "总经理",
            "13800000201",
            "",
            "021-62340001（办公室）",
            "",
        ],
        ["远洋贸易有限公司", "王芳", "付款人", "董事", "13800000201", "not hers", "", ""],
        ["远洋贸易有限公司", "赵敏", "", "", "13700000001", "not hers", "021-62340009", ""],
        *(
            ["华安科技有限公司", f"某人{one:03d}", "", "", "", "", "", f"p{one}@a.example"]
            for one in range(300)
        ),
    ]
    run = stage(admin, rows, headings)
    assert run.counts["create"] == 303
    with django_assert_max_num_queries(140):
        run = commit(run, admin)
    assert run.counts["created"] == 303
    fang = Person.objects.get(name="王芳")
    assert {place.client.name: (place.roles, place.position) for place in fang.places.all()} == {
        "华安科技有限公司": (["decision_maker", "user"], "总经理"),
        "远洋贸易有限公司": (["payer"], "董事"),
    }
    assert (fang.note, fang.version, [fact.value for fact in fang.facts.all()]) == ("", 1, ["021-62340001"])
    min_ = Person.objects.get(name="赵敏")
    assert (min_.note, min_.places.count(), min_.facts.get().value) == ("old", 2, "021-62340009")
    assert Person.objects.matching("62340001").get() == fang
    assert Person.objects.matching("某人007").get().email == "p7@a.example"
    assert AuditEntry.objects.filter(verb="person.added").count() == 304
    entry = AuditEntry.objects.get(verb="person.added", object_id=fang.places.order_by("created_at")[0].pk)
    assert (entry.changes["phone"], entry.client_id is not None) == (["", "13800000201"], True)
    assert set(verdicts(stage(admin, rows[:1] + rows[3:], headings)).values()) == {"same"}
    work(start_undo(run, by=admin))
    assert sorted(person.name for person in Person.objects.all()) == ["赵敏"]


def test_a_person_named_twice_at_one_client_has_one_place(admin):
    row = company("华安科技有限公司")
    number = "91350100M000100Y43"
    headings = [*HEADINGS[:-1], "Registration number"]
    run = commit(stage(admin, [[*row[:-1], number]], headings), admin)
    assert run.counts["created"] == 1
    people = ["客户", "客户证件号码", "姓名", "手机", "角色"]
    rows = [
        ["华安科技有限公司", "", "王芳", "13800000201", "付款人"],
        ["华安科技有限公司", number, "王芳", "13800000201", "付款人"],
    ]
    run = commit(stage(admin, rows, people), admin)
    assert ClientPerson.objects.count() == Person.objects.count() == 1
    assert sorted(verdicts(run).values()) == ["create", "same"]
