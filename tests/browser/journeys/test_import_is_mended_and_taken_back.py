"""An ugly Chinese list becomes clean clients in the preview itself; it comes again with changes; and it is taken back."""

import pytest
from playwright.sync_api import expect

from clients.models import Client, ImportRun
from lawcrm.firm.actions.jobs import run_next_chunk
from tests.clients.importing.build import csv_file
from tests.data.make_samples import HERE
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "field": "List to import", "look": "Look at the rows", "refused": "Refused", "changed": "Changed",
        "correct": "Correct", "judged": "Row 11 is judged again: New.", "meanings": "Use these meanings",
        "write": "Write", "take": "Take back", "sure": "Take it back", "back": "taken back", "person": "Natural person",
        "read_as": "Read as", "next": "Next row", "full_width": "full-width characters made ordinary",
        "colleague": "Na Li", "rules": "Columns and rules", "only": "Only change known clients", "again": "Judge the rows again",
    },
    "zh-hans": {
        "field": "待导入的名单", "look": "预览", "refused": "不导入", "changed": "更新", "correct": "更正",
        "judged": "第 11 行已重新判断：新增。", "meanings": "按此含义读取", "write": "导入", "take": "撤销导入", "sure": "撤销",
        "back": "已恢复", "person": "自然人", "read_as": "读作", "next": "下一行", "full_width": "全角字符已转为半角",
        "colleague": "李娜", "rules": "列与规则", "only": "仅更新已有客户", "again": "重新核对",
    },
}  # fmt: skip


@pytest.fixture
def administrator(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    for name in ("lawyer", "lawyer2"):  # whom the list names
        make_person(name)
    return make_person("admin", language="")


def upload(page, words, file) -> None:
    page.goto("/clients/import/")
    page.get_by_label(words["field"]).set_input_files(file)
    page.get_by_role("button", name=words["look"]).click()
    page.locator("#commit").wait_for()


def work() -> None:
    """What a worker does."""
    run = ImportRun.objects.first()
    while run_next_chunk(run.job_id):
        pass


def write(page) -> None:
    page.locator("#commit").click()
    page.get_by_role("progressbar").wait_for()
    work()
    page.locator(".stats").first.wait_for()


def test_ugly_list_mended_written_changed_and_taken_back(language, locale, administrator, open_page, sign_in):
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), administrator)
    upload(page, words, HERE / "clients_ugly.csv")

    # a cell is corrected on the spot, by keyboard
    page.get_by_role("navigation").get_by_role("link", name=words["refused"]).click()
    cell = page.locator("#row-11 input[name=text]")
    cell.fill("1991-02-28")
    cell.press("Enter")
    page.get_by_text(words["judged"]).wait_for()

    # a word that is in none of our lists is explained once
    page.get_by_label("“未知类型”").select_option(label=words["person"])
    page.get_by_label("“王不在”").select_option(label=words["colleague"])
    page.get_by_role("button", name=words["meanings"]).click()
    expect(page.locator("#row-16 .mini-late")).to_have_count(0)
    expect(page.locator("#row-14 .mini-late")).to_have_count(0)

    # one row cell by cell
    page.locator("#row-6").get_by_role("link").first.click()
    page.get_by_role("columnheader", name=words["read_as"]).wait_for()
    page.get_by_text(words["full_width"]).first.wait_for()
    page.get_by_role("link", name=words["next"]).click()
    page.go_back()
    page.go_back()

    assert not Client.objects.exists()
    write(page)
    assert Client.objects.count() == 8
    assert Client.objects.get(name="李静").phone == "13800000102"

    # the same people again, with a change: shown before and after, and only changes allowed
    again = csv_file(
        [
            ["李静", "自然人", "李娜", "13800000102", "li.jing@new.example"],
            ["新来的", "自然人", "李娜", "13800000999", ""],
        ],
        ["客户名称", "客户性质", "负责律师", "电话", "邮箱"],
    )
    upload(page, words, {"name": "again.csv", "mimeType": "text/csv", "buffer": again.getvalue()})
    expect(page.locator("#row-2 del")).to_have_text("li.jing@mail.example")
    expect(page.locator("#row-2 ins")).to_have_text("li.jing@new.example")
    page.get_by_role("link", name=words["rules"]).click()
    page.get_by_text(words["only"]).click()
    page.get_by_role("button", name=words["again"]).click()
    expect(page.locator("#row-3 .mini-late")).to_have_count(1)
    write(page)
    assert Client.objects.get(name="李静").email == "li.jing@new.example"
    assert Client.objects.count() == 8

    # and back
    page.get_by_role("button", name=words["take"]).click()
    page.get_by_role("dialog").get_by_role("button", name=words["sure"], exact=True).click()
    page.get_by_role("progressbar").wait_for()
    work()
    expect(page.locator(".stats li").first).to_have_text(f"1{words['back']}")
    assert Client.objects.get(name="李静").email == "li.jing@mail.example"
