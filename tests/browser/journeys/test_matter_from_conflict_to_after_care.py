"""A matter from the conflict check of its names to the days on which its client is asked how things are."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lawcrm.firm import clock
from matters.models import ConflictCheck, Matter
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "check": "Check for conflicts", "form": "The same but for the legal form", "seen": "Yes, save all the same",
        "save": "Save", "waits": "The conflict check waits for a decision.", "look": "Look at it",
        "waived": "Conflict waived", "record": "Record the decision", "certificate": "Conflict check certificate",
        "date": "Set a key date", "in_20": "in 20 days", "on": "On to: Preparation", "close": "Close it",
        "care": "After-care",
    },
    "zh-hans": {
        "check": "利益冲突检索", "form": "除组织形式外相同", "seen": "是的，仍然保存", "save": "保存",
        "waits": "利益冲突检索待决定。", "look": "查看", "waived": "冲突已豁免", "record": "记录决定",
        "certificate": "利益冲突检索证明", "date": "设定关键日期", "in_20": "20 天后", "on": "进入：准备", "close": "结案",
        "care": "结案回访",
    },
}  # fmt: skip


def test_from_the_conflict_check_to_the_after_care(language, locale, open_page, sign_in):
    words, partner = WORDS[language], make_person("partner", language=language)
    make_client(partner, name="北京远洋科技有限公司")
    ours = make_client(partner, name="海港食品有限公司")
    page = sign_in(open_page(locale=locale), partner)

    page.goto("/search/")
    page.locator("#search-words").fill("遠洋科技")
    page.locator("#found").get_by_role("button", name=words["check"]).click()
    page.wait_for_url("**/matters/conflicts/*/")
    page.get_by_role("link", name="北京远洋科技有限公司").wait_for()

    page.goto(f"/matters/new/?client={ours.pk}")
    page.locator("#id_title").fill("货款纠纷")
    page.locator("#id_service_type").select_option("litigation")
    page.locator("#id_opposing").fill("北京远洋科技股份有限公司")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["form"]).first.wait_for()
    page.locator("button[name=seen_warnings]").click()
    page.get_by_text(words["waits"]).wait_for()
    matter = Matter.objects.get()

    page.locator(".note-action").get_by_role("link").first.click()
    page.get_by_text(words["waived"], exact=True).click()
    page.locator("#id_reason").fill("双方书面同意。")
    page.get_by_role("button", name=words["record"]).click()
    page.locator("aside").get_by_text("双方书面同意。").first.wait_for()
    check = ConflictCheck.objects.get(matter=matter, is_current=True)
    assert (check.decision, check.decided_by) == ("waived", partner)
    page.goto(f"/matters/conflicts/{check.pk}/certificate/")
    page.get_by_role("heading", name=words["certificate"]).wait_for()
    expect(page.locator("main")).to_contain_text(check.reference)

    page.goto(f"/matters/{matter.pk}/")
    page.get_by_role("button", name=words["on"]).click()
    page.locator("li[aria-current=step]:nth-child(2)").wait_for()
    page.get_by_role("link", name=words["date"]).click()
    page.locator("#id_kind").select_option("limitation")
    page.locator("#id_on").fill((clock.today(partner) + timedelta(days=20)).isoformat())
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["in_20"]).wait_for()

    page.goto(f"/matters/{matter.pk}/close/")
    page.locator("#id_outcome").fill("调解结案")
    page.locator("#id_closing_summary").fill("货款收回。")
    page.locator("#id_outcome").press("Enter")
    page.get_by_text(words["care"]).first.wait_for()
    page.get_by_text("货款收回。").wait_for()
    matter.refresh_from_db()
    assert (matter.state, matter.stage) == ("closed", "preparation")
