"""A wall around a matter: raised, told, confirmed by whoever it names, and lifted by two people; at once for every page."""

import pytest

from lawcrm.firm.models import Wall, WallPerson
from matters.actions.parties import put_on_team
from tests.clients.build import make_client
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "walls": "Walls", "raise": "Raise the wall", "read": "I have read it and will keep to it",
        "confirmed": "You confirmed it on", "ask": "Ask to lift it", "second": "A second person must lift it.",
        "lift": "Lift the wall",
    },
    "zh-hans": {
        "walls": "信息隔离墙", "raise": "设立", "read": "我已阅读并将遵守", "confirmed": "您已于", "ask": "申请解除",
        "second": "须由第二人解除。", "lift": "撤除",
    },
}  # fmt: skip


def test_from_the_wall_to_its_end(language, locale, open_page, sign_in):
    words = WORDS[language]
    partner, admin = make_person("partner", language=language), make_person("admin", language=language)
    lawyer, kept_out = make_person("lawyer", language=language), make_person("lawyer2", language=language)
    matter = make_matter(make_client(lawyer, team=[kept_out]), title="股权转让纠纷")
    put_on_team(matter, by=lawyer, user=kept_out, role="assistant")
    address = f"/matters/{matter.pk}/"

    theirs = sign_in(open_page(locale=locale), kept_out)
    assert theirs.goto(address).status == 200

    page = sign_in(open_page(locale=locale), partner)
    page.goto(address)
    page.get_by_role("link", name=words["walls"], exact=True).click()
    page.locator(f"input[name=people][value='{kept_out.pk}']").check()
    page.locator("#id_reason").fill("曾为对方服务。")
    page.locator("#id_notice").fill("请勿接触此案。")
    page.get_by_role("button", name=words["raise"], exact=True).click()
    page.wait_for_url("**/walls/")
    wall = Wall.objects.get()

    theirs.goto("/walls/yours/")
    theirs.get_by_text("请勿接触此案。").wait_for()
    assert "股权转让纠纷" not in theirs.content()
    theirs.get_by_role("button", name=words["read"]).click()
    theirs.get_by_text(words["confirmed"]).wait_for()
    assert WallPerson.objects.get(wall=wall).acknowledged_at

    page.goto(f"/walls/{wall.pk}/")
    page.locator("section[aria-labelledby=lift] #id_reason").fill("案件已结。")
    page.get_by_role("button", name=words["ask"]).click()
    page.get_by_text(words["second"]).wait_for()
    assert page.get_by_role("button", name=words["lift"], exact=True).count() == 0

    second = sign_in(open_page(locale=locale), admin)
    second.goto(f"/walls/{wall.pk}/")
    second.get_by_role("button", name=words["lift"], exact=True).click()
    second.get_by_role("dialog").get_by_role("button", name=words["lift"], exact=True).click()
    second.wait_for_url("**/walls/")
    wall.refresh_from_db()
    assert (wall.lift_asked_by, wall.lifted_by) == (partner, admin)
    assert theirs.goto(address).status == 200
