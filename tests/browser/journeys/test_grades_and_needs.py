"""A partner takes over the grade the score speaks for, its owner gets the talk to plan; a need goes all its way."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from clients.models import Client, Need
from interactions.models import FollowUp
from lawcrm.firm import clock
from matters.actions.fees import record_fee
from matters.actions.matters import open_matter
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "曾华建材（苏州）有限公司"
WORDS = {
    "en": {
        "grade": "Grade",
        "fees": "Fees of the last 24 months",
        "take": "Take over A",
        "pace": "at least every 14 days",
        "follow_up": "Risen from grade C to A: agree how we serve them from now on",
        "needs": "Needs",
        "record": "Record a need",
        "title": "What they need",
        "layer": "Business operations",
        "field": "Field of law",
        "commercial": "Commercial",
        "save": "Save",
        "moves": ["Put it into the service plan", "The service has begun", "The need is met"],
        "assess": "Assess it",
        "extents": [("Feasibility", "High"), ("Risk", "Low"), ("Cost", "Medium")],
        "met": "1 need met or dropped",
        "all": "All needs",
        "status": "Status",
        "satisfied": "Satisfied",
    },
    "zh-hans": {
        "grade": "客户分级",
        "fees": "近 24 个月的收费",
        "take": "采纳 A 级",
        "pace": "至少每 14 天一次",
        "follow_up": "由 C 级升为 A 级：商定今后的服务方式",
        "needs": "客户需求",
        "record": "记录需求",
        "title": "需求内容",
        "layer": "经营业务",
        "field": "业务领域",
        "commercial": "商事",
        "save": "保存",
        "moves": ["列入服务方案", "开始服务", "需求已满足"],
        "assess": "进行评估",
        "extents": [("可行性", "高"), ("风险", "低"), ("成本", "中")],
        "met": "1 项已满足或已放弃",
        "all": "全部需求",
        "status": "状态",
        "satisfied": "已满足",
    },
}


def test_the_score_the_grade_and_the_talk(language, locale, open_page, sign_in):
    words, page, lawyer, client = start(language, locale, open_page, sign_in, "partner")
    page.goto(f"/clients/{client.pk}/")
    page.get_by_role("link", name=words["grade"], exact=True).click()
    expect(page.get_by_role("row", name=re.compile(words["fees"]))).to_contain_text("500,000")
    page.get_by_role("button", name=words["take"]).click()
    page.get_by_text(words["pace"]).wait_for()
    client.refresh_from_db()
    assert client.grade == "A"
    follow_up = FollowUp.objects.get(client=client, origin="grade")
    assert follow_up.owner == lawyer
    assert clock.now() < follow_up.due_at < clock.now() + timedelta(days=92)

    mine = sign_in(open_page(locale=locale), lawyer)
    mine.goto(f"/clients/{client.pk}/")
    mine.locator("#panel-follow-ups").get_by_text(words["follow_up"]).wait_for()


def test_a_need_all_its_way(language, locale, open_page, sign_in):
    words, page, _lawyer, client = start(language, locale, open_page, sign_in, "lawyer")
    page.goto(f"/clients/{client.pk}/")
    page.get_by_role("link", name=words["needs"], exact=True).click()
    page.get_by_role("link", name=words["record"], exact=True).click()
    page.get_by_label(words["title"]).fill("统一销售合同模板")
    page.get_by_text(words["layer"], exact=True).click()
    page.get_by_label(words["field"]).select_option(label=words["commercial"])
    page.get_by_role("button", name=words["save"]).click()

    page.get_by_role("link", name=re.compile(f"^{words['assess']}")).click()
    for extent, choice in words["extents"]:
        page.get_by_role("group", name=extent).get_by_text(choice, exact=True).click()
    page.get_by_role("button", name=words["save"]).click()
    for move in words["moves"]:
        page.get_by_role("button", name=re.compile(f"^{move}")).click()
    page.get_by_text(words["met"]).click()
    need = Need.objects.get(client=client)
    assert (need.status, need.feasibility, need.risk, need.cost) == ("satisfied", 3, 1, 2)

    page.goto("/clients/needs/")
    expect(page.locator("#needs tbody")).to_have_count(0)  # open ones only
    page.get_by_label(words["status"]).select_option(label=words["all"])
    expect(page.locator("#needs tbody tr")).to_contain_text([words["satisfied"]], timeout=20_000)


def start(language, locale, open_page, sign_in, who: str):
    """A client of grade C whose score speaks for A, and the page of the partner or of its lawyer."""
    lawyer = make_person("lawyer", language=language)
    partner = make_person("partner", language=language)
    client = make_client(lawyer, name=NAME, grade="C", client_since=clock.today() - timedelta(days=3653))
    matter = open_matter(
        by=lawyer,
        client=client,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today(),
    )
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    page = sign_in(open_page(locale=locale), partner if who == "partner" else lawyer)
    return WORDS[language], page, lawyer, Client.objects.get(pk=client.pk)
