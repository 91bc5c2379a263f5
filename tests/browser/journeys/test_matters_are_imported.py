"""An administrator brings in matters from a list, mends a cell in the preview, writes them, and takes them back."""

import io

import pytest
from playwright.sync_api import expect

from clients.models import ImportRun
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.spreadsheets.writer import write_workbook
from matters.models import Matter
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "headings": ["Client", "Title", "Matter number", "Kind", "Service type", "Accepted on", "Stage", "Opposing party"],
        "import": "Import", "field": "List to import", "look": "Look at the rows", "matters": "Matters", "drafting": "Drafting",
        "problem": "does not pass this stage", "filed": "Filed", "correct": "Correct", "write": "Write 2 rows", "added": "added",
        "back": "Take back", "yes": "Take it back", "gone": "taken back",
    },
    "zh-hans": {
        "headings": ["客户名称", "案件名称", "案号", "案件性质", "服务项目", "收案日期", "阶段", "对方当事人"],
        "import": "导入", "field": "待导入的名单", "look": "预览", "matters": "案件", "drafting": "起草", "problem": "没有这一阶段", "filed": "立案",
        "correct": "更正", "write": "导入 2 行", "added": "新增", "back": "撤销导入", "yes": "撤销", "gone": "已恢复",
    },
}  # fmt: skip


@pytest.fixture
def administrator(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    make_client(make_person("lawyer"), name="华安科技有限公司")
    return make_person("admin", language="")


def workbook(words) -> bytes:
    rows = [
        ["华安科技有限公司", "厂房租赁纠纷", "2024-7", "Commercial", "Litigation", "2024-01-12", words["filed"], "远洋公司"],
        ["华安科技有限公司", "股权转让", "2024-8", "Commercial", "Litigation", "2024-02-12", words["drafting"], ""],
    ]  # fmt: skip
    buffer = io.BytesIO()
    write_workbook(buffer, words["headings"], rows)
    return buffer.getvalue()


def work(run_id) -> None:
    while run_next_chunk(run_id):  # what a worker does
        pass


def test_matters_come_in_and_go_again(language, locale, administrator, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), administrator)
    page.goto("/matters/")
    page.get_by_role("link", name=words["import"], exact=True).click()
    file = {"name": "matters.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(words)}
    page.get_by_label(words["field"]).set_input_files(file)
    page.get_by_role("button", name=words["look"]).click()
    page.get_by_role("columnheader", name=words["matters"], exact=True).wait_for()

    wrong = page.locator("tr", has_text="股权转让")
    expect(wrong).to_contain_text(words["problem"])
    wrong.get_by_role("textbox").fill(words["filed"])
    wrong.get_by_role("button", name=words["correct"]).click()
    page.get_by_role("button", name=words["write"]).click()
    page.get_by_role("progressbar").wait_for()
    run = ImportRun.objects.get()
    work(run.job_id)
    expect(page.locator(".stats li").first).to_have_text(f"2{words['added']}")
    matter = Matter.objects.get(number="2024-7")
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_text("远洋公司").first.wait_for()

    page.goto(f"/clients/import/{run.pk}/")
    page.get_by_role("button", name=words["back"], exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=words["yes"], exact=True).click()
    page.get_by_role("progressbar").wait_for()
    run.refresh_from_db()
    work(run.job_id)  # the page sees it and shows what became of the rows
    page.get_by_text(words["gone"]).first.wait_for()
    assert not Matter.objects.exists()
