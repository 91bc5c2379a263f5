"""The import wizard as an administrator walks through it."""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from clients.models import Client, ImportRow, ImportRun
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, User
from tests.clients.importing.build import commit, csv_file, make_firm, person_row, stage, stage_sample
from tests.data import make_samples
from tests.data.make_samples import GOOD_ID
from tests.firm.spreadsheets import files

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


@pytest.fixture
def browser(client, admin):
    client.force_login(admin)
    return client


def upload(browser, name: str, data: bytes):
    file = io.BytesIO(data)
    file.name = name
    return browser.post(reverse("clients:import_upload"), {"file": file}, follow=True)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def page(browser, run, query="", **headers):
    return browser.get(reverse("clients:import_preview", args=[run.pk]) + query, headers=headers)


def test_from_the_file_to_the_report(browser):
    shown = upload(browser, "清单.xlsx", (make_samples.HERE / "clients_ugly.xlsx").read_bytes())
    run = ImportRun.objects.get()
    assert "Nothing has been written yet" in text_of(shown)
    assert "Write 5 rows" in text_of(shown)
    assert Client.objects.count() == 0
    browser.post(reverse("clients:import_commit", args=[run.pk]))
    assert 'hx-trigger="every 1s"' in page(browser, run).content.decode()
    assert page(browser, run, **HTMX).content.decode().lstrip().startswith('<div id="progress"')
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    assert page(browser, run, **{**HTMX, "HX-Target": "progress"}).headers["HX-Refresh"] == "true"
    report = text_of(page(browser, run))
    for words in ("5 added", "0 changed", "0 there already", "11 refused"):
        assert words in report
    assert "清单.xlsx" in text_of(browser.get(reverse("clients:import_upload")))


def test_counts_add_up_and_filter(browser, admin):
    run = stage_sample(admin, "clients_ugly.csv")
    refused = page(browser, run, "?verdict=refuse")
    assert len(refused.context["rows"]) == 11
    chips = {str(chip["text"]): chip["count"] for chip in refused.context["chips"]}
    assert chips.pop("All rows") == sum(chips.values()) == 16
    assert len(page(browser, run, "?verdict=nonsense").context["rows"]) == 16


def test_no_number_of_identity_is_shown_in_clear(browser, admin):
    wrong = GOOD_ID[:-1] + ("1" if GOOD_ID[-1] != "1" else "2")
    run = stage(admin, [person_row("曾国荃", number=wrong), person_row("李静", number=GOOD_ID)])
    pages = page(browser, run).content + browser.get(reverse("clients:import_columns", args=[run.pk])).content
    assert GOOD_ID.encode() not in pages
    assert wrong.encode() not in pages
    assert f"•••{wrong[-4:]}" in pages.decode()


def test_refused_rows_come_back_with_their_reasons_and_can_be_imported_again(browser, admin):
    run = stage_sample(admin, "clients_ugly.csv")
    answer = browser.post(reverse("clients:import_refused", args=[run.pk]))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="refused-rows.xlsx"'
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert len(rows) == 12
    assert rows[0][-1] == "Problem"
    assert rows[1][8] == "1.10101E+17"
    assert rows[1][-1].startswith("Row 8\n身份证号 (column I)")
    assert AuditEntry.objects.filter(verb="import.rows_handed_back").count() == 1
    again = upload(browser, "refused.xlsx", answer.content)
    assert again.context["run"].counts["refuse"] >= 9


def test_a_question_is_answered_without_leaving_the_page(browser, admin):
    commit(stage(admin, [person_row("张伟", "13800000101")]), admin)
    run = stage(admin, [person_row("张伟", "13800000102")])
    (choice,) = page(browser, run).context["rows"][0].choices[:1]
    address = reverse("clients:import_decide", args=[run.pk, 2])
    answer = browser.post(address, {"answer": choice["value"]}, headers=HTMX)
    assert answer.content.decode().lstrip().startswith("<tr")
    assert 'hx-swap-oob="true"' in answer.content.decode()
    assert ImportRow.objects.get(run=run).client_id == Client.objects.get().pk
    assert browser.post(address, {"answer": "create"}).status_code == 302
    assert ImportRow.objects.get(run=run).decision == "create"
    for wrong in ("update:nobody", f"update:{run.pk}", "refuse"):
        assert browser.post(address, {"answer": wrong}).status_code == 404


def test_a_file_of_no_use_is_told_in_one_line(browser):
    for data, words in (
        (files.laughs(), "declarations that no spreadsheet program writes"),
        (files.two_cells(), "values in column XFD"),
        (b"%PDF-1.7", "not a spreadsheet we can read"),
    ):
        answer = upload(browser, "list.xlsx", data)
        assert answer.status_code == 422
        assert words in text_of(answer)
    assert not ImportRun.objects.exists()


def test_an_encoding_is_chosen_from_previews(browser):
    text = "客戶名稱,客戶性質,負責律師\r\n張偉,自然人,lawyer\r\n"
    asked = upload(browser, "list.csv", text.encode("big5"))
    run = ImportRun.objects.get()
    assert "客戶名稱" in text_of(asked)
    browser.post(reverse("clients:import_encoding", args=[run.pk]), {"encoding": "utf-8"})
    assert ImportRun.objects.get().state == "failed"
    browser.post(reverse("clients:import_encoding", args=[run.pk]), {"encoding": "big5"})
    assert ImportRun.objects.get().counts["create"] == 1


def test_columns_are_assigned(browser, admin):
    run = stage(admin, [["Ann Miller", "Person"]], ["Wer", "Art"])
    address = reverse("clients:import_columns", args=[run.pk])
    assert "Ann Miller" in text_of(browser.get(address))
    twice = browser.post(address, {"column_0": "name", "column_1": "name"})
    assert "Column A is already this." in text_of(twice)
    assert "One column must be the name." in text_of(browser.post(address, {"column_1": "kind"}))
    browser.post(
        address,
        {"column_0": "name", "column_1": "kind", "default_responsible": str(admin.pk), "mode": "both"},
    )
    assert ImportRun.objects.get().counts["create"] == 1


def test_an_import_is_dropped(browser, admin):
    run = stage(admin, [person_row("张伟")])
    browser.post(reverse("clients:import_discard", args=[run.pk]))
    assert not ImportRun.objects.exists()
    assert AuditEntry.objects.filter(verb="import.discarded").exists()


def test_rules_are_kept_with_the_run(browser, admin):
    run = stage(admin, [["Ann Miller", "Person"]], ["Name", "Kind"])
    address = reverse("clients:import_columns", args=[run.pk])
    form = {"column_0": "name", "column_1": "kind", "blanks_1": "on", "mode": "update", "match": "name"}
    wrong = browser.post(address, {**form, "default_client_since": "31.02.2020"})
    assert "There is no such day" in text_of(wrong)
    browser.post(
        address, {**form, "default_client_since": "2020-03-01", "default_grade": "B", "save_as": "Old system"}
    )
    run.refresh_from_db()
    assert run.mapping == {
        "columns": {"0": "name", "1": "kind"}, "defaults": {"client_since": "2020-03-01", "grade": "B"},
        "mode": "update", "match": "name", "blanks": ["kind"], "words": {},
    }  # fmt: skip
    shown = text_of(browser.get(address))
    assert "2020-03-01" in browser.get(address).content.decode()
    assert "Fill blanks only" in shown
    again = upload(browser, "again.csv", csv_file([["Bob Miller", "Person"]], ["Name", "Kind"]).getvalue())
    assert "Columns are read as kept under “Old system”." in text_of(again)


def test_a_row_cell_by_cell_and_a_cell_corrected(browser, admin):
    commit(stage(admin, [person_row("张伟", "13800000101", note="old")]), admin)
    run = stage(admin, [person_row("张伟", "１３８ ０００００１０１", note="new"), person_row("李静", "13x")])
    address = reverse("clients:import_row", args=[run.pk, 2])
    shown = browser.get(address).content.decode()
    assert "<del>old</del>" in shown
    assert "<ins>new</ins>" in shown
    assert "full-width characters made ordinary" in shown
    refused = page(browser, run, "?verdict=refuse").content.decode()
    assert 'name="text" value="13x"' in refused
    fixed = browser.post(
        reverse("clients:import_row", args=[run.pk, 3]),
        {"column": "3", "text": "13800000103", "verdict": "refuse"},
        follow=True,
    )
    assert "Row 3 is judged again: New." in text_of(fixed)
    assert browser.post(address, {"column": "77", "text": "x"}).status_code == 404
    assert browser.get(reverse("clients:import_row", args=[run.pk, 99])).status_code == 404


def test_strange_words_are_explained(browser, admin):
    row = person_row("张伟")
    row[1] = "Punter"
    run = stage(admin, [row, person_row("李静", lawyer="Nobody Known")])
    strange = page(browser, run).context["strange"]
    assert {one["word"] for one in strange} == {"Punter", "Nobody Known"}
    means = {"kind": "person", "responsible": str(admin.pk)}
    told = {}
    for number, one in enumerate(strange):
        told |= {
            f"field_{number}": one["field"],
            f"word_{number}": one["word"],
            f"means_{number}": means[one["field"]],
        }
    browser.post(reverse("clients:import_words", args=[run.pk]), told)
    assert ImportRun.objects.get().counts["create"] == 2


def test_questions_are_answered_all_at_once(browser, admin):
    commit(stage(admin, [person_row("张伟", "13800000101")]), admin)
    run = stage(admin, [person_row("张伟", "13800000102")])
    assert "1 row may be a client you have." in text_of(page(browser, run))
    address = reverse("clients:import_decide_all", args=[run.pk])
    assert browser.post(address, {"answer": "nonsense"}).status_code == 404
    assert "1 row answered." in text_of(browser.post(address, {"answer": "update"}, follow=True))


def test_paused_resumed_done_and_taken_back(browser, admin):
    run = stage(admin, [person_row("张伟", "13800000101"), person_row("李静", "13800000102")])
    browser.post(reverse("clients:import_commit", args=[run.pk]))
    halt = reverse("clients:import_halt", args=[run.pk])
    assert "Paused." in text_of(browser.post(halt, {"do": "pause"}, follow=True))
    assert browser.post(halt, {"do": "dance"}).status_code == 404
    browser.post(halt, {"do": "resume"})
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    answer = browser.post(reverse("clients:import_annotated", args=[run.pk]))
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[-1] for row in rows] == ["Result", "New", "New"]
    browser.post(reverse("clients:import_undo", args=[run.pk]))
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    shown = text_of(page(browser, run))
    for words in ("2 taken back", "0 kept, because edited since", "0 could not be taken back"):
        assert words in shown
    assert len(page(browser, run, "?outcome=reversed").context["rows"]) == 2
    assert not Client.objects.exists()


def test_only_those_who_may_import_find_the_wizard(client, admin):
    run = stage(admin, [person_row("张伟")])
    client.force_login(User.objects.get(username="lawyer"))
    assert client.get(reverse("clients:import_upload")).status_code == 404
    assert page(client, run).status_code == 404


@pytest.mark.parametrize("verdict", ["create", "ask"])
def test_queries_do_not_grow_with_rows(browser, admin, verdict, django_assert_max_num_queries):
    if verdict == "ask":
        commit(stage(admin, [person_row(f"张伟{n}", f"1380000{n:04d}") for n in range(30)]), admin)
    runs = [
        stage(admin, [person_row(f"张伟{n}", f"1390000{n:04d}") for n in range(count)]) for count in (3, 30)
    ]
    assert [run.counts[verdict] for run in runs] == [3, 30]
    counts = []
    for run in runs:
        with django_assert_max_num_queries(40) as captured:
            page(browser, run)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 16
