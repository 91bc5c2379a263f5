"""A partner filters the clients, takes them out as a workbook, and an administrator reads the very file in again."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from lawcrm.firm.actions import exports as actions
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, Export
from tests.browser.conftest import PHONE
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "export": "Export", "filter": "Grade: A", "name": "Name", "read_again": "To read again: all an import knows",
        "people": "People at clients", "cards": "Contact cards, vCard 4.0 (.vcf)", "download": "Download", "csv": "Text table (.csv)",
        "saving": "Your browser is saving the file.", "same": "Same", "field": "List to import", "look": "Look at the rows",
    },
    "zh-hans": {
        "export": "导出", "filter": "客户分级：A", "name": "名称", "read_again": "可再导入：导入识别的全部列",
        "people": "客户联系人", "cards": "电子名片 vCard 4.0（.vcf）", "download": "下载", "csv": "文本表格（.csv）",
        "saving": "浏览器正在保存文件。", "same": "无变化", "field": "待导入的名单", "look": "预览",
    },
}  # fmt: skip


@pytest.fixture
def partner(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    lawyer = make_person("lawyer")
    for name, grade in (("=Alpha Ltd", "A"), ("北京澄明科技有限公司", "A"), ("Gamma Ltd", "B")):
        make_client_person(
            make_client(lawyer, name=name, grade=grade), f"Anna {name[-5:]}", phone="13800138000"
        )
    return make_person("partner", language="")


def take(page, words):
    button = page.get_by_role("button", name=words["export"])
    with page.expect_download() as waiting:
        button.press("Enter")
    return waiting.value


def test_a_filtered_list_goes_out_opens_and_comes_in_as_the_same(
    language, locale, partner, open_page, sign_in
):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), partner)
    page.goto("/clients/?grade=A")
    page.get_by_role("link", name=words["export"], exact=True).press("Enter")
    expect(page.get_by_text(words["filter"])).to_be_visible()
    page.get_by_role("link", name=words["read_again"]).press("Enter")
    download = take(page, words)
    expect(page.get_by_text(words["saving"])).to_be_visible()
    assert download.suggested_filename.endswith(".xlsx")
    data = download.path().read_bytes()
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
    assert rows[0][0] == words["name"]
    assert sorted(row[0] for row in rows[1:]) == ["=Alpha Ltd", "北京澄明科技有限公司"]
    assert AuditEntry.objects.get(verb="export.written").detail["hash"] == Export.objects.get().file_hash

    page = sign_in(open_page(locale=locale), make_person("admin", language=""))
    page.goto("/clients/import/")
    page.get_by_label(words["field"]).set_input_files(
        {"name": "clients.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_role("button", name=words["look"]).click()
    page.locator("tbody tr[data-row]").first.wait_for()
    expect(page.locator("tbody tr[data-row]")).to_have_count(2)
    expect(page.locator("tbody tr[data-row] .mini-line", has_text=words["same"])).to_have_count(2)


def test_a_long_list_is_waited_for_and_fetched_on_a_phone(
    language, locale, partner, open_page, sign_in, monkeypatch
):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    words = WORDS[language]
    page = sign_in(open_page(locale=locale, viewport=PHONE), partner)
    page.goto("/exports/new/people/")
    page.get_by_text(words["cards"]).click()
    expect(page.locator("[data-columns]")).to_be_hidden()
    page.get_by_role("button", name=words["export"]).click()
    page.get_by_role("progressbar").wait_for()
    while run_next_chunk(Export.objects.get().job_id):  # what a worker does
        pass
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words["download"]).click()
    assert waiting.value.path().read_text().count("BEGIN:VCARD") == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
