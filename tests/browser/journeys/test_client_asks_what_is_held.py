"""A client asks what the firm holds and wants it erased: gathered and read, held, the hold lifted, erased by a worker."""

import pytest
from playwright.sync_api import expect

from clients.actions import erasing
from clients.models import Client, ErasureRequest
from lawcrm.firm.actions.jobs import run_next_chunk
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "Quixotic Zephyr Holdings"
WORDS = {
    "en": {
        "privacy": "Privacy",
        "gather": "Gather everything, to read",
        "review": "For review before anything of it is handed out",
        "place": "Place a legal hold",
        "reason": "Reason",
        "hold": "Place the hold",
        "held": "A legal hold stands",
        "who": "Who asks, and how we know it is them",
        "ask": "Put the request on record",
        "not_erased": "The request is on record. Nothing is erased: something stands against it.",
        "open": "Open the request",
        "against": "Something stands against it. Nothing can be erased.",
        "back": "Back",
        "lift": "Lift the hold",
        "type": "Type the name to confirm",
        "erase": "Erase for good",
        "wrong": "This is not the name.",
        "register": "Requests for erasure",
        "nameless": "no longer named",
    },
    "zh-hans": {
        "privacy": "隐私",
        "gather": "汇集全部信息（阅读）",
        "review": "提供之前须审查的内容",
        "place": "设置法律保全",
        "reason": "原因",
        "hold": "设置",
        "held": "存在法律保全",
        "who": "申请人及身份核实方式",
        "ask": "登记申请",
        "not_erased": "申请已登记。因存在须保存的理由，未作任何删除。",
        "open": "查看申请",
        "against": "存在须保存的理由，不得删除。",
        "back": "返回",
        "lift": "解除保全",
        "type": "输入名称以确认",
        "erase": "永久删除",
        "wrong": "与名称不符。",
        "register": "删除申请",
        "nameless": "不再具名",
    },
}


@pytest.fixture
def firm_client(settings, tmp_path):
    settings.DATA_DIR = tmp_path  # where the list of erasures lies
    lawyer = make_person("lawyer")
    client = make_client(lawyer, name=NAME, background="Grew up in Dalian.")
    make_client_person(client, name="Wilhelmina Oxbridge")
    make_contact(client, lawyer, note="Asked about the lease.")
    return client


def test_from_the_question_to_the_erasure(open_page, sign_in, locale, language, firm_client, monkeypatch):
    monkeypatch.setattr(erasing, "AT_ONCE", -1)  # as in a large firm
    words = WORDS[language]
    page = sign_in(open_page(locale=locale), make_person("partner", language=language))
    page.goto(f"/clients/{firm_client.pk}/")
    page.get_by_role("link", name=words["privacy"], exact=True).click()

    page.get_by_role("button", name=words["gather"]).click()
    expect(page.get_by_role("heading", name=words["review"])).to_be_visible()
    expect(page.get_by_text("Grew up in Dalian.")).to_be_visible()
    expect(page.get_by_text("Asked about the lease.").first).to_be_visible()

    page.goto(f"/clients/{firm_client.pk}/privacy/")
    page.get_by_text(words["place"], exact=True).click()
    page.get_by_label(words["reason"]).fill("Proceedings expected.")
    page.get_by_role("button", name=words["hold"], exact=True).click()
    expect(page.get_by_text(words["held"])).to_be_visible()

    page.get_by_label(words["who"]).fill("Letter of today, known signature.")
    page.get_by_role("button", name=words["ask"], exact=True).click()
    expect(page.get_by_text(words["not_erased"])).to_be_visible()
    page.get_by_role("link", name=words["open"]).click()
    expect(page.get_by_text(words["against"])).to_be_visible()
    expect(page.get_by_role("button", name=words["erase"])).to_have_count(0)
    assert Client.objects.filter(pk=firm_client.pk).exists()

    page.get_by_role("link", name=words["back"], exact=True).click()
    page.get_by_role("button", name=words["lift"]).click()
    expect(page.get_by_text(words["held"])).to_have_count(1)  # in the request alone: as it was looked at
    page.get_by_role("link", name=words["open"]).click()
    page.get_by_label(words["type"]).fill("Somebody Else")
    page.get_by_role("button", name=words["erase"]).click()
    expect(page.get_by_text(words["wrong"], exact=True)).to_be_visible()
    page.get_by_label(words["type"]).fill(NAME)
    page.get_by_role("button", name=words["erase"]).click()

    expect(page.get_by_role("progressbar")).to_be_visible()
    assert not run_next_chunk(ErasureRequest.objects.get().job_id)  # what a worker does
    expect(page.get_by_role("heading", name=words["register"])).to_be_visible()
    expect(page.locator("tbody tr")).to_contain_text(words["nameless"])
    expect(page.get_by_text(NAME)).to_have_count(0)
    assert not Client.objects.unscoped().filter(pk=firm_client.pk).exists()
    answer = page.goto(f"/clients/{firm_client.pk}/")
    assert answer.status == 404
    page.console_errors.clear()  # the browser calls a 404 an error
