"""An administrator uploads a client list, looks at what would happen, imports it, and gets the refused rows back."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from clients.models import Client, ImportRun
from lawcrm.firm.actions.jobs import run_next_chunk
from tests.data.make_samples import HERE
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "import": "Import",
        "field": "List to import",
        "look": "Look at the rows",
        "nothing_yet": "Nothing has been written yet. This is what would happen to each row.",
        "write": "Write 40 rows",
        "added": "added",
        "clients": "40 clients",
        "first": "Harbour Light Logistics Ltd",
        "refused": "Refused",
        "date": "There is no such day: 1991-02-30. Check the month and the day.",
        "workbook": "Refused rows",
        "problem": "Problem",
    },
    "zh-hans": {
        "import": "导入",
        "field": "待导入的名单",
        "look": "预览",
        "nothing_yet": "尚未写入任何内容。以下是每一行将如何处理。",
        "write": "导入 40 行",
        "added": "新增",
        "clients": "共 40 个客户",
        "first": "北京澄明科技有限公司",
        "refused": "不导入",
        "date": "日期不存在：1991-02-30。请核对月份和日期。",
        "workbook": "未导入的行",
        "problem": "问题",
    },
}


@pytest.fixture
def administrator(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for name in ("lawyer", "lawyer2"):  # whom the lists name
        make_person(name)
    return make_person("admin", language="")


def upload(page, words, name: str) -> None:
    page.goto("/clients/import/")
    page.get_by_label(words["field"]).set_input_files(HERE / name)
    page.get_by_role("button", name=words["look"]).click()
    page.get_by_text(words["nothing_yet"]).wait_for()


def test_from_the_spreadsheet_to_the_clients(language, locale, administrator, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), administrator)
    page.goto("/clients/")
    page.get_by_role("link", name=words["import"], exact=True).click()
    page.get_by_label(words["field"]).wait_for()

    upload(page, words, "clients_en.xlsx" if language == "en" else "clients_zh.xlsx")
    assert Client.objects.count() == 0
    page.get_by_role("button", name=words["write"]).click()
    page.get_by_role("progressbar").wait_for()
    run = ImportRun.objects.get()
    while run_next_chunk(run.job_id):  # what a worker does
        pass
    expect(page.locator(".stats li").first).to_have_text(f"40{words['added']}")
    page.goto("/clients/")
    page.get_by_text(words["clients"], exact=True).wait_for()
    page.get_by_role("link", name=words["first"]).wait_for()


def test_refused_rows_come_back_with_their_reasons(language, locale, administrator, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), administrator)
    upload(page, words, "clients_ugly.xlsx")
    page.get_by_role("navigation").get_by_role("link", name=words["refused"]).click()
    expect(page.locator("tbody tr[data-row]")).to_have_count(11)
    page.get_by_text(words["date"]).wait_for()

    with page.expect_download() as waiting:
        page.get_by_role("button", name=words["workbook"]).click()
    rows = list(openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes())).active.values)
    told = rows[0].index(words["problem"])
    assert len(rows) == 12
    assert all(row[told] for row in rows[1:])
    assert any(words["date"] in row[told] for row in rows[1:])
