"""A matter from the conflict check of its names to the day on which its client said how things are."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from interactions.actions.triggers import look_at
from interactions.enums import Trigger
from interactions.models import FollowUp
from lawcrm.firm import clock
from matters.models import ConflictCheck, Matter
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, SECOND = "北京远洋科技有限公司", "上海蓝海物流有限公司"
WORDS = {
    "en": {
        "check": "Check for conflicts", "new": "Open a matter", "ask": "Check", "form": "The same but for the legal form",
        "save": "Save", "waits": "The conflict check waits for a decision.", "look": "Look at it",
        "waived": "Conflict waived", "anew": "Decide anew", "record": "Record the decision",
        "certificate": "Conflict check certificate", "party": "Add a party",
        "date": "Set a key date", "in_20": "in 20 days", "date_done": "Done Statement of claim", "on": "On to: Preparation",
        "invoice": "Note an invoice", "rung": "step 2 of 4", "close": "Close the matter", "care": "After-care",
        "overdue": "Talk about the overdue invoice: 货款纠纷", "fare": "Ask how they fare after: 货款纠纷",
        "why": "30 days after-care", "payment": "Note a payment", "paid": "Paid", "story": [
            "Matter accepted: 货款纠纷", "Conflict check decided: Conflict waived", "Key date done: Statement of claim",
            "Invoice issued: 88,000", "Matter closed: 货款纠纷", "Follow-up done: Ask how they fare after: 货款纠纷",
        ],
    },
    "zh-hans": {
        "check": "利益冲突检索", "new": "新建案件", "ask": "检索", "form": "除组织形式外相同", "save": "保存",
        "waits": "利益冲突检索待决定。", "look": "查看", "waived": "冲突已豁免", "anew": "重新决定", "record": "记录决定",
        "certificate": "利益冲突检索证明", "party": "添加当事人", "date": "设定关键日期", "in_20": "20 天后",
        "date_done": "完成 Statement of claim", "on": "进入：准备", "invoice": "登记发票", "rung": "第 2 级，共 4 级",
        "close": "案件结案", "care": "结案回访", "overdue": "沟通逾期账单：货款纠纷", "fare": "结案回访：货款纠纷",
        "why": "30天回访", "payment": "登记收款", "paid": "已付清", "story": [
            "收案：货款纠纷", "利益冲突检索决定：冲突已豁免", "关键日期已完成：Statement of claim", "开具发票：88,000",
            "结案：货款纠纷", "完成跟进：结案回访：货款纠纷",
        ],
    },
}  # fmt: skip


def test_from_the_conflict_check_to_the_after_care(language, locale, open_page, sign_in):
    words, partner = WORDS[language], make_person("partner", language=language)
    make_client(partner, name=FIRST)
    make_client(partner, name=SECOND)
    ours = make_client(partner, name="海港食品有限公司")
    page, today = sign_in(open_page(locale=locale), partner), clock.today(partner)

    ask_before_opening(page, words, ours)
    matter = open_with_the_check(page, words, today)
    decide(page, words, matter, FIRST, "双方书面同意。")
    see_the_certificate(page, words, matter)
    join_on_the_other_side(page, words, matter)
    decide(page, words, matter, SECOND, "已设信息隔离墙。")
    work_on_it(page, words, matter, today)
    bill_it(page, words, matter, today)
    close_it(page, words, matter, today)

    look_at([ours.pk])  # what the night does
    care_for_them(page, words)
    be_paid(page, words, matter)
    page.goto(f"/clients/{ours.pk}/")
    story = page.locator("#panel-timeline")
    for told in (*words["story"], "调解结案", "货款已到账，客户满意。"):
        expect(story).to_contain_text(told)


def ask_before_opening(page, words, ours) -> None:
    """From the search box about anybody, and for a client before their matter is opened."""
    page.goto("/search/")
    page.locator("#search-words").fill("遠洋科技")
    page.locator("#found").get_by_role("button", name=words["check"]).click()
    page.wait_for_url("**/matters/conflicts/*/")
    page.get_by_role("link", name=FIRST).wait_for()

    page.goto(f"/clients/{ours.pk}/")
    page.get_by_role("main").get_by_role("link", name=words["new"], exact=True).click()
    page.get_by_role("link", name=words["check"]).click()
    page.locator("#id_names").fill("北京远洋科技股份有限公司")
    page.get_by_role("main").get_by_role("button", name=words["ask"], exact=True).click()
    page.get_by_role("link", name=FIRST).wait_for()


def open_with_the_check(page, words, today) -> Matter:
    """The names that were asked stand in the form; their hits are said once more."""
    page.get_by_role("link", name=words["new"], exact=True).click()
    expect(page.locator("#id_opposing")).to_have_value("北京远洋科技股份有限公司")
    page.locator("#id_title").fill("货款纠纷")
    page.locator("#id_service_type").select_option("litigation")
    page.locator("#id_accepted_on").fill((today - timedelta(days=60)).isoformat())
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["form"]).first.wait_for()
    page.locator("button[name=seen_warnings]").click()
    page.get_by_text(words["waits"]).wait_for()
    return Matter.objects.get()


def decide(page, words, matter, found: str, reason: str) -> None:
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_role("link", name=words["look"]).click()
    page.get_by_role("link", name=found).wait_for()
    page.get_by_text(words["waived"], exact=True).click()
    page.locator("#id_reason").fill(reason)
    page.get_by_role("button", name=words["record"]).click()
    page.locator("aside summary", has_text=words["anew"]).wait_for()
    expect(page.locator("aside")).to_contain_text(reason)
    page.get_by_role("link", name=matter.title, exact=True).first.click()
    page.get_by_text(words["waived"]).first.wait_for()


def see_the_certificate(page, words, matter) -> None:
    check = ConflictCheck.objects.get(matter=matter, is_current=True)
    page.goto(f"/matters/conflicts/{check.pk}/certificate/")
    page.get_by_role("heading", name=words["certificate"]).wait_for()
    expect(page.locator("main")).to_contain_text(check.reference)


def join_on_the_other_side(page, words, matter) -> None:
    """A new name sends the check round again: somebody new is found, so the decision of before holds no more."""
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_role("link", name=words["party"]).click()
    page.locator("#id_name").fill("上海蓝海物流股份有限公司")
    page.locator("#id_role").select_option("opposing")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["waits"]).wait_for()
    checks = ConflictCheck.objects.filter(matter=matter).order_by("created_at")
    assert [(one.decision, one.is_current) for one in checks] == [("waived", False), ("", True)]


def work_on_it(page, words, matter, today) -> None:
    page.get_by_role("button", name=words["on"]).click()
    page.locator("li[aria-current=step]:nth-child(2)").wait_for()
    page.get_by_role("link", name=words["date"]).click()
    page.locator("#id_kind").select_option("filing")
    page.locator("#id_title").fill("Statement of claim")
    page.locator("#id_on").fill((today + timedelta(days=20)).isoformat())
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["in_20"]).wait_for()
    page.get_by_role("button", name=words["date_done"]).click()
    expect(page.get_by_role("button", name=words["date_done"])).to_have_count(0)
    expect(page.get_by_text(words["in_20"])).to_have_count(0)
    assert matter.key_dates.get().done_on


def bill_it(page, words, matter, today) -> None:
    page.get_by_role("link", name=words["invoice"]).click()
    page.locator("#id_invoice_number").fill("INV-7")
    page.locator("#id_amount").fill("88000")
    page.locator("#id_issued_on").fill((today - timedelta(days=40)).isoformat())
    page.locator("#id_due_on").fill((today - timedelta(days=10)).isoformat())
    page.get_by_role("button", name=words["save"], exact=True).click()
    money = page.get_by_role("region").filter(has_text="INV-7")
    expect(money.locator(".late")).to_contain_text(words["rung"])
    page.goto("/matters/receivables/")
    expect(page.locator("tbody tr", has_text="INV-7").locator(".late")).to_contain_text(words["rung"])
    page.goto(f"/matters/{matter.pk}/")


def close_it(page, words, matter, today) -> None:
    """Closed forty days ago: the day of the first question is long past, that of the second asks to be kept."""
    page.get_by_role("link", name=words["close"], exact=True).click()
    page.locator("#id_closed_on").fill((today - timedelta(days=40)).isoformat())
    page.locator("#id_outcome").fill("调解结案")
    page.locator("#id_closing_summary").fill("货款收回。")
    page.locator("#id_lessons").fill("及早保全。")
    page.locator("#id_outcome").press("Enter")
    page.get_by_text(words["care"]).first.wait_for()
    for written in ("调解结案", "货款收回。", "及早保全。"):
        expect(page.get_by_role("main")).to_contain_text(written)
    matter.refresh_from_db()
    assert (matter.state, matter.stage) == ("closed", "preparation")


def care_for_them(page, words) -> None:
    """The night asks for the thirty days' question, once, and for the overdue invoice."""
    page.goto("/follow-ups/")
    page.get_by_role("link", name=words["overdue"], exact=True).wait_for()
    row = page.locator(".duty", has=page.get_by_role("link", name=words["fare"], exact=True))
    expect(row).to_contain_text(words["why"])
    row.get_by_role("link", name=words["fare"], exact=True).click()
    page.locator("#outcome").fill("货款已到账，客户满意。")
    page.locator("#outcome").press("Enter")
    expect(page.locator("#outcome")).to_have_count(0)
    expect(page.locator("dl.facts")).to_contain_text("货款已到账，客户满意。")
    care = FollowUp.objects.get(trigger=Trigger.MATTER_CLOSED)
    assert (care.state, care.cause_facts["days"]) == ("done", 30)


def be_paid(page, words, matter) -> None:
    """Money comes in after the matter is closed."""
    page.goto(f"/matters/{matter.pk}/")
    page.get_by_role("link", name=words["payment"]).click()
    expect(page.locator("#id_amount")).to_have_value("88000.00")
    page.locator("#id_amount").press("Enter")
    page.get_by_text(words["paid"], exact=True).wait_for()
