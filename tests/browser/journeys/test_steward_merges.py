"""A steward finds two entries of one client, chooses what stands, makes them one, looks, and parts them again."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from clients.actions.duplicates import find_next
from clients.models import Client, ClientPerson, MergeRecord, Person
from clients.queries.duplicates import PEOPLE
from interactions.models import Contact
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "duplicates": "Duplicates",
        "same": "The same",
        "compare": "Compare",
        "differ": "They differ",
        "merge": "Merge into 华信贸易有限公司",
        "changed": "What changed in the profile",
        "undo": "Undo the merge",
        "yes": "Part them",
        "parted": "they are two clients again",
        "different": "Two clients",
        "people": "People",
        "merge_person": "Merge into 李波",
        "parted_people": "They are two people again.",
    },
    "zh-hans": {
        "duplicates": "重复客户",
        "same": "同一客户",
        "compare": "对比",
        "differ": "两者不同",
        "merge": "并入华信贸易有限公司",
        "changed": "档案的变化",
        "undo": "撤销合并",
        "yes": "分开",
        "parted": "已恢复为两个客户",
        "different": "两个客户",
        "people": "联系人",
        "merge_person": "并入李波",
        "parted_people": "已恢复为两个人。",
    },
}


def test_merge_and_part(open_page, sign_in, locale, language):
    words, lawyer = WORDS[language], make_person("lawyer")
    kept = make_client(lawyer, name="华信贸易有限公司", phone="13800138000", industry="钢材")
    absorbed = make_client(
        lawyer, name="華信貿易有限公司", phone="13800138000", industry="贸易", wechat="huaxin"
    )
    contact = make_contact(absorbed)
    make_client_person(absorbed, name="李波")
    cursor = {}
    with transaction.atomic():
        while find_next(cursor):
            pass

    page = sign_in(open_page(locale=locale), make_person("manager", language=language))
    page.goto("/clients/")
    page.get_by_role("link", name=words["duplicates"]).click()
    expect(page.get_by_text(words["same"], exact=True)).to_be_visible()

    page.keyboard.press("j")  # by keyboard: the first pair, opened
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=words["differ"])).to_be_visible()
    page.get_by_role("radio", name="贸易", exact=False).nth(0).focus()
    page.locator("input[name=take-industry][value=absorbed]").check()
    with page.expect_navigation():
        page.get_by_role("button", name=words["merge"]).click()

    expect(page.get_by_role("heading", name=words["changed"])).to_be_visible()
    united = Client.objects.get(pk=kept.pk)
    assert (united.industry, united.wechat, united.former_names) == ("贸易", "huaxin", ["華信貿易有限公司"])
    assert Contact.objects.get(pk=contact.pk).client_id == kept.pk

    page.goto(f"/clients/{absorbed.pk}/")  # the old address
    assert page.url.endswith(f"/clients/{kept.pk}/")

    page.goto(f"/clients/merges/{MergeRecord.objects.get().pk}/")
    page.get_by_role("button", name=words["undo"]).click()
    with page.expect_navigation():
        page.get_by_role("dialog").get_by_role("button", name=words["yes"]).click()
    expect(page.locator(".note", has_text=words["parted"])).to_be_visible()
    parted = Client.objects.get(pk=kept.pk)
    assert (parted.industry, parted.wechat, parted.former_names) == ("钢材", "", [])
    assert Contact.objects.get(pk=contact.pk).client_id == absorbed.pk
    page.goto(f"/clients/{absorbed.pk}/")
    expect(page.get_by_role("heading", name="華信貿易有限公司")).to_be_visible()


def test_two_clients_on_a_phone(open_page, sign_in, locale, language):
    words, lawyer = WORDS[language], make_person("lawyer")
    for name in ("Huaxin Ltd", "Huaxin Limited"):
        make_client(lawyer, name=name, phone="13800138000")
    cursor = {}
    with transaction.atomic():
        while find_next(cursor):
            pass
    phone = open_page(locale=locale, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    sign_in(phone, make_person("manager", language=language))
    phone.goto("/clients/duplicates/")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("button", name=words["different"]).click()
    expect(phone.locator(".pair [role=status]")).to_contain_text(words["different"])
    phone.reload()
    expect(phone.locator(".pair")).to_have_count(0)


def test_two_people_are_made_one_and_parted(open_page, sign_in, locale, language):
    words, lawyer = WORDS[language], make_person("lawyer")
    first, second = make_client(lawyer, name="华信贸易有限公司"), make_client(lawyer, name="远航物流有限公司")
    kept = make_client_person(first, name="李波", phone="13800138000", note="财务")
    gone = make_client_person(second, name="李波", phone="13800138000", note="出纳", wechat="libo")
    contact = make_contact(second, people=[gone])
    cursor = {}
    with transaction.atomic():
        while find_next(cursor, PEOPLE):
            pass

    page = sign_in(open_page(locale=locale), make_person("manager", language=language))
    page.goto("/clients/duplicates/")
    page.locator("nav.tabs").get_by_role("link", name=words["people"], exact=True).click()
    expect(page.locator(".pair")).to_have_count(1)
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=words["differ"])).to_be_visible()
    page.locator("input[name=take-note][value=absorbed]").check()
    with page.expect_navigation():
        page.get_by_role("button", name=words["merge_person"]).click()

    expect(page.get_by_role("heading", name=words["changed"])).to_be_visible()
    here = page.url
    stays = Person.objects.exclude(merged_into__isnull=False).get()
    other = ({kept.pk, gone.pk} - {stays.pk}).pop()
    assert stays.wechat == "libo"
    assert ClientPerson.objects.filter(person=stays, ended_on__isnull=True).count() == 2
    assert Contact.objects.get(pk=contact.pk).people.get() == stays
    page.goto(f"/clients/people/{other}/")  # the old address
    assert page.url.endswith(f"/clients/people/{stays.pk}/")

    page.goto(here)
    page.get_by_role("button", name=words["undo"]).click()
    with page.expect_navigation():
        page.get_by_role("dialog").get_by_role("button", name=words["yes"]).click()
    expect(page.locator("#toasts, .toasts, main").get_by_text(words["parted_people"]).first).to_be_visible()
    notes = dict(Person.objects.values_list("pk", "note"))
    assert notes == {kept.pk: "财务", gone.pk: "出纳"}
    assert Contact.objects.get(pk=contact.pk).people.get() == gone
    page.goto(f"/clients/people/{other}/")
    assert page.url.endswith(f"/clients/people/{other}/")
