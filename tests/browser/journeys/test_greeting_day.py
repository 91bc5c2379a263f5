"""The day before a birthday: the list is made by the care plan, a message is edited and sent, and it is in the log."""

from datetime import timedelta

import pytest
from django.core import mail

from interactions.actions.care_plans import save_plan
from interactions.actions.care_prepare import prepare_care
from interactions.actions.events import add_guests, answer_token, make_event
from interactions.models import CarePlan, CareTask, EventInvitation
from lawcrm.firm import clock
from lawcrm.firm.actions import outbox
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "dear": "Dear Anna Bell",
        "send": "Send by mail",
        "on_its_way": "The mail is on its way.",
        "come": "I will come",
        "coming": "You are coming. We look forward to seeing you.",
    },
    "zh-hans": {
        "dear": "尊敬的 Anna Bell",
        "send": "发送邮件",
        "on_its_way": "邮件正在发送。",
        "come": "我会出席",
        "coming": "您已确认出席，期待您的光临。",
    },
}


@pytest.fixture
def lawyer(db):
    return make_person("lawyer", language="")


def make_harbour(lawyer, language):
    harbour = make_client(lawyer, name="Harbour Ltd", grade="A", language=language)
    birthday = clock.today().replace(year=1980)
    anna = make_client_person(
        harbour, "Anna Bell", email="anna@harbour.example", birth_date=birthday, language=language
    )
    return harbour, anna


def test_a_greeting_day(language, locale, open_page, sign_in, lawyer):
    words = WORDS[language]
    harbour, _anna = make_harbour(lawyer, language)
    save_plan(CarePlan(grade="A"), by=lawyer, version=1, steps=[{"kind": "birthday"}])
    cursor = {}
    while prepare_care(cursor):
        pass
    page = open_page(locale=locale)
    sign_in(page, lawyer)
    page.goto("/")
    page.locator("nav.rail a[href='/care/']").click()
    page.get_by_role("link", name="Anna Bell", exact=True).click()
    field = page.locator("#id_body")
    assert field.input_value().startswith(words["dear"])
    field.fill("With all our wishes, Wei")
    page.get_by_role("button", name=words["send"]).click()
    page.get_by_text(words["on_its_way"]).wait_for()
    outbox.send_due()
    letters = [letter.body for letter in mail.outbox if letter.to == ["anna@harbour.example"]]
    assert letters == ["With all our wishes, Wei"]
    assert CareTask.objects.get().state == "done"
    page.goto(f"/clients/{harbour.pk}/")
    page.get_by_text("With all our wishes, Wei").first.wait_for()


def test_a_guest_answers(language, locale, open_page, lawyer):
    words = WORDS[language]
    harbour, _anna = make_harbour(lawyer, language)
    event = make_event(
        by=lawyer,
        title="Autumn seminar",
        place="The hall",
        organiser=lawyer,
        starts_at=clock.now() + timedelta(days=9),
    )
    (guest,) = add_guests(event, [harbour], by=lawyer)
    page = open_page(locale=locale)
    page.goto(f"/e/{answer_token(guest)}/")
    page.get_by_role("button", name=words["come"]).wait_for()
    assert EventInvitation.objects.get().answer == ""
    page.get_by_role("button", name=words["come"]).click()
    page.get_by_text(words["coming"]).wait_for()
    assert EventInvitation.objects.get().answer == "yes"
