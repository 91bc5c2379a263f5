"""Matters and invoices come in from a list, are found again by a second one, and go when the import is taken back."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from clients.actions.importing.deciding import decide_row, fix_cell
from clients.actions.importing.reading import stage_import
from clients.actions.importing.undoing import start_undo
from clients.actions.importing.writing import start_commit
from clients.importing.templates import write_template
from clients.models import ImportRun
from clients.presenters.importing import row_lines
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import User
from matters.actions.service import receive
from matters.models import ConflictCheck, Matter, Receivable
from tests.clients.build import make_client
from tests.clients.importing.build import commit, csv_file, make_firm, verdicts
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db
MATTERS = ["Client", "Title", "Matter number", "Kind", "Service type", "Responsible lawyer", "Accepted on", "Stage",
           "Opposing party", "Agreed fee", "Closed on", "Outcome"]  # fmt: skip
CHINESE = [
    "客户名称",
    "案件名称",
    "案号",
    "案件性质",
    "服务项目",
    "负责律师",
    "收案日期",
    "阶段",
    "对方当事人",
    "律师费",
    "结案日期",
    "结果",
]
INVOICES = [
    "Client",
    "Matter",
    "Invoice number",
    "What for",
    "Amount",
    "Issued on",
    "Due on",
    "Received",
    "Received on",
]


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


def lawyer() -> User:
    return User.objects.get(username="lawyer")


@pytest.fixture
def client_of_ours(admin):
    return make_client(lawyer(), name="华安科技有限公司")


def staged(admin, headings, *rows) -> ImportRun:
    return stage_import(by=admin, file=csv_file(list(rows), headings), file_name="list.csv")


def matter_row(title="Lease of the mill", number="2026-7", **more) -> list:
    row = {
        "client": "华安科技有限公司", "title": title, "number": number, "kind": "Commercial", "service": "Litigation",
        "lawyer": "lawyer2", "accepted": "2024-01-12", "stage": "Filed", "opposing": "Kestrel Ltd; 远洋公司", "fee": "¥80,000",
        "closed": "", "outcome": "",
    }  # fmt: skip
    return list((row | more).values())


def undo(run, admin) -> ImportRun:
    run = start_undo(run, by=admin)
    while run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("headings", [MATTERS, CHINESE])
def test_a_list_is_taken_for_matters_and_written(admin, client_of_ours, headings):
    run = staged(admin, headings, matter_row())
    assert (run.kind, verdicts(run)) == ("matters", {2: "create"})
    assert len(run.mapping["columns"]) == len(headings)
    commit(run, admin)
    matter = Matter.objects.get()
    assert (matter.client, matter.number, matter.stage) == (client_of_ours, "2026-7", "filed")
    assert (matter.agreed_fee, matter.responsible.username) == (Decimal(80_000), "lawyer2")
    assert {(one.role, one.name) for one in matter.parties.all()} == {
        ("opposing", "Kestrel Ltd"),
        ("opposing", "远洋公司"),
    }
    assert ConflictCheck.objects.filter(matter=matter).count() == 1


def test_a_closed_matter_comes_in_closed(admin, client_of_ours):
    run = staged(admin, MATTERS, matter_row(closed="2024-03-01", outcome="Settled"))
    commit(run, admin)
    matter = Matter.objects.get()
    assert (matter.state, matter.closed_on, matter.outcome) == ("closed", date(2024, 3, 1), "Settled")


def test_the_same_list_again_changes_nothing_and_a_changed_one_updates(admin, client_of_ours):
    commit(staged(admin, MATTERS, matter_row()), admin)
    assert verdicts(staged(admin, MATTERS, matter_row())) == {2: "same"}
    run = staged(
        admin,
        MATTERS,
        matter_row(title="Lease of the old mill", opposing="Kestrel Ltd; Merlin plc", stage="Hearing"),
    )
    row = run.rows.get()
    assert row.verdict == "update"
    assert row.changes["matter_title"] == ["Lease of the mill", "Lease of the old mill"]
    assert row.changes["opposing"][1] == ["Kestrel Ltd", "远洋公司", "Merlin plc"]
    commit(run, admin)
    matter = Matter.objects.get()
    assert (matter.title, matter.stage, matter.parties.count()) == ("Lease of the old mill", "hearing", 3)
    run = undo(run, admin)
    matter.refresh_from_db()
    assert run.counts["reversed"] == 1
    assert (matter.title, matter.stage, matter.parties.count()) == ("Lease of the mill", "filed", 2)


def test_the_same_title_under_another_number_is_asked(admin, client_of_ours):
    known = make_matter(client_of_ours, title="Lease of the mill", number="2025-1")
    run = staged(admin, MATTERS, matter_row())
    row = run.rows.get()
    assert (row.verdict, row.candidates) == ("ask", [known.pk])
    decide_row(run, by=admin, number=2, decision="update", client_id=str(known.pk))
    commit(run, admin)
    known.refresh_from_db()
    assert known.number == "2026-7"
    assert Matter.objects.count() == 1


def test_what_is_wrong_is_said_with_its_column_and_may_be_mended(admin, client_of_ours):
    bad = matter_row(stage="Drafting", fee="USD 5", closed="2023-01-01")
    run = staged(
        admin,
        MATTERS,
        bad,
        matter_row(number="8", client="Nobody at all"),
        matter_row(number="9", service="?"),
    )
    assert verdicts(run) == {2: "refuse", 3: "refuse", 4: "refuse"}
    codes = {one["code"]: one["column"] for one in run.rows.get(number=2).problems}
    assert codes == {"other_currency": 9, "closed_before_accepted": 10, "stage_not_on_path": 7}
    for line in row_lines(run, list(run.rows.all()), {}):
        assert all(one["text"] and "%(" not in one["text"] for one in line.lines)
    fix_cell(run, by=admin, number=2, column=7, text="Filed")
    fix_cell(run, by=admin, number=2, column=9, text="5 000")
    fix_cell(run, by=admin, number=2, column=10, text="")
    assert verdicts(run)[2] == "refuse"  # "5 000" is no sum
    fix_cell(run, by=admin, number=2, column=9, text="0.5万")
    assert verdicts(run)[2] == "create"


def test_a_client_behind_a_wall_is_not_there_for_the_importer(admin, client_of_ours):
    known = make_matter(client_of_ours, number="2026-7")
    raise_wall(
        client_of_ours,
        kind="client",
        by=make_person("partner"),
        mode="excludes",
        people=[admin],
        reason="Test",
    )
    run = staged(admin, MATTERS, matter_row())
    assert [one["code"] for one in run.rows.get().problems] == ["client_unknown"]
    run = staged(admin, MATTERS, matter_row(client="Somebody else"))
    make_client(lawyer(), name="Other")
    run = staged(admin, MATTERS, matter_row(client="Other"))
    assert [one["code"] for one in run.rows.get().problems] == ["hidden_match"]
    assert str(known.pk) not in str(run.rows.values())


def test_a_matter_that_was_worked_on_stays_when_its_import_is_taken_back(admin, client_of_ours):
    run = commit(staged(admin, MATTERS, matter_row(), matter_row("Patent", "2026-8", opposing="")), admin)
    touched = Matter.objects.get(number="2026-7")
    Matter.objects.filter(pk=touched.pk).update(version=2)
    run = undo(run, admin)
    assert (run.counts["reversed"], run.counts["kept"]) == (1, 1)
    assert Matter.objects.get() == touched


def test_a_killed_worker_loses_and_doubles_nothing(admin, client_of_ours):
    rows = [matter_row(f"Matter {n}", f"N-{n}", opposing="") for n in range(60)]
    run = start_commit(staged(admin, MATTERS, *rows), by=admin)
    run_next_chunk(run.job_id)  # one chunk, and the worker is gone
    written = Matter.objects.count()
    assert 0 < written < 60
    while run_next_chunk(run.job_id):
        pass
    assert Matter.objects.count() == 60


def invoice_row(number="INV-1", matter="2026-7", **more) -> list:
    row = {
        "client": "", "matter": matter, "number": number, "what": "First stage", "amount": "40,000", "issued": "2024-02-01",
        "due": "2024-03-01", "received": "15000", "on": "2024-02-20",
    }  # fmt: skip
    return list((row | more).values())


def test_invoices_find_their_matter_by_number_or_title(admin, client_of_ours):
    matter = make_matter(client_of_ours, number="2026-7", title="Lease of the mill")
    by_title = invoice_row("INV-2", "Lease of the mill", client="华安科技有限公司", received="", on="")
    run = staged(admin, INVOICES, invoice_row(), by_title, invoice_row("INV-3", "Nothing like it"))
    assert (run.kind, verdicts(run)) == ("invoices", {2: "create", 3: "create", 4: "refuse"})
    commit(run, admin)
    first = Receivable.objects.get(invoice_number="INV-1")
    assert (first.matter, first.amount, first.received) == (matter, Decimal(40_000), Decimal(15_000))
    assert Receivable.objects.count() == 2


def test_an_invoice_is_known_by_its_number_and_a_payment_comes_in(admin, client_of_ours):
    make_matter(client_of_ours, number="2026-7")
    commit(staged(admin, INVOICES, invoice_row()), admin)
    assert verdicts(staged(admin, INVOICES, invoice_row())) == {2: "same"}
    run = staged(admin, INVOICES, invoice_row(received="40000", on="2024-03-10"))
    assert run.rows.get().changes["received"] == ["15000.00", "40000.00"]
    commit(run, admin)
    assert Receivable.objects.get().received == Decimal(40_000)
    assert [one["code"] for one in staged(admin, INVOICES, invoice_row()).rows.get().problems] == [
        "received_less"
    ]
    undo(run, admin)
    held = Receivable.objects.get()
    assert (held.received, held.received_on) == (Decimal(15_000), date(2024, 2, 20))


def test_an_invoice_without_a_number_that_may_be_a_known_one_is_asked(admin, client_of_ours):
    make_matter(client_of_ours, number="2026-7")
    commit(staged(admin, INVOICES, invoice_row()), admin)
    run = staged(admin, INVOICES, invoice_row(number=""))
    assert verdicts(run) == {2: "ask"}
    decide_row(run, by=admin, number=2, decision="create")
    commit(run, admin)
    assert Receivable.objects.count() == 2


def test_an_invoice_somebody_noted_a_payment_on_stays(admin, client_of_ours):
    make_matter(client_of_ours, number="2026-7")
    run = commit(staged(admin, INVOICES, invoice_row(), invoice_row("INV-2")), admin)
    receive(
        Receivable.objects.get(invoice_number="INV-1"), by=lawyer(), amount=Decimal(1), on=date(2024, 3, 1)
    )
    run = undo(run, admin)
    assert (run.counts["reversed"], run.counts["kept"]) == (1, 1)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_filled_template_brings_matters_and_then_their_invoices(admin, client_of_ours, language):
    buffer = io.BytesIO()
    write_template(buffer, language=language, kinds=["matters", "invoices"])
    book = openpyxl.load_workbook(buffer)
    matters, invoices = book.worksheets[:2]
    for sheet in (matters, invoices):
        example = [cell.value for cell in sheet[2]]
        sheet.append(["华安科技有限公司", *example[1:]])
    filled = io.BytesIO()
    book.save(filled)
    run = stage_import(by=admin, file=filled, file_name="filled.xlsx")
    part = run.parts.get()
    assert (run.kind, part.kind) == ("matters", "invoices")
    assert verdicts(run) == verdicts(part) == {13: "create"}, (
        run.rows.get().problems or part.rows.get().problems
    )
    commit(run, admin)
    part.refresh_from_db()
    commit(part, admin)
    assert Receivable.objects.get().matter == Matter.objects.get()


def test_a_template_with_its_first_sheet_left_alone_is_read_from_the_next(admin, client_of_ours):
    make_matter(client_of_ours, number="2026-0117")
    buffer = io.BytesIO()
    write_template(buffer, language="en", kinds=["matters", "invoices"])
    book = openpyxl.load_workbook(buffer)
    sheet = book.worksheets[1]
    sheet.append(["华安科技有限公司", *[cell.value for cell in sheet[2]][1:]])
    filled = io.BytesIO()
    book.save(filled)
    run = stage_import(by=admin, file=filled, file_name="filled.xlsx")
    assert (run.kind, verdicts(run)) == ("invoices", {13: "create"})
