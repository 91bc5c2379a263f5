"""Mail into the log by a private address, and one's calendar in the programme one uses anyway."""

import io
import sys
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest
import vobject
from django.core.management import call_command

from interactions.actions.events import make_event
from interactions.actions.follow_ups import create_follow_up
from interactions.models import Contact, MailAddress
from lawcrm.firm import clock
from matters.actions.agenda import add_date
from tests.clients.build import make_client, make_client_person
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
SAMPLES = Path(__file__).parents[2] / "interactions" / "mail" / "samples"
TOKEN = b"feedfacefeedfaceface"
WORDS = {
    "make": "Make an address",
    "choose": "Choose the client",
    "log": "Log for this client",
    "logged": "Logged.",
    "search": "Search",
    "address": "Make the address",
    "revoke": "Revoke the address",
    "revoked": "The address leads nowhere any more.",
}


@pytest.fixture
def lawyer(db):
    return make_person("lawyer", language="")


@pytest.fixture
def words(language):
    """What the person reads: the catalogue's own words for the other language."""
    from django.utils import translation

    with translation.override(language):
        return {name: translation.gettext(text) for name, text in WORDS.items()}


class Pipe:
    def __init__(self, data):
        self.buffer = io.BytesIO(data)


def piped(monkeypatch, lawyer, name):
    """A mail server hands a real message on."""
    token = MailAddress.objects.get(person=lawyer).token.encode()
    monkeypatch.setattr(sys, "stdin", Pipe((SAMPLES / f"{name}.eml").read_bytes().replace(TOKEN, token)))
    call_command("receive_mail", stdout=io.StringIO())


def test_mail_in(words, locale, open_page, sign_in, lawyer, settings, monkeypatch):
    settings.MAIL_IN_ADDRESS = "crm@firm.example"
    huaxia = make_client(lawyer, name="Huaxia Industries")
    make_client_person(huaxia, "Zhang Wei", email="Zhang@Huaxia.example")
    page = open_page(locale=locale)
    sign_in(page, lawyer)
    page.goto("/mail-in/")
    page.get_by_role("button", name=words["make"], exact=True).click()
    assert page.locator("#mail-address").input_value().startswith("crm+")

    piped(monkeypatch, lawyer, "gb2312_bcc")
    page.goto(f"/clients/{huaxia.pk}/")
    page.get_by_text("关于采购合同的修改意见").first.wait_for()

    piped(monkeypatch, lawyer, "unmatched")
    page.goto("/mail-in/")
    page.get_by_text("Who is this?").wait_for()
    page.get_by_role("link", name=words["choose"]).click()
    page.locator("#whose").fill("Huaxia")
    page.get_by_role("main").get_by_role("button", name=words["search"], exact=True).click()
    page.get_by_role("button", name=words["log"]).click()
    page.get_by_text(words["logged"]).wait_for()
    assert page.get_by_text("Who is this?").count() == 0
    page.goto(f"/clients/{huaxia.pk}/")
    page.get_by_text("Who is this?").first.wait_for()
    assert Contact.objects.filter(client=huaxia, channel="email").count() == 2


def test_a_calendar_elsewhere(words, locale, open_page, sign_in, lawyer, settings, live_server):
    settings.BASE_URL = settings.PUBLIC_URL = live_server.url
    client, tomorrow = make_client(lawyer, name="华夏实业"), clock.now() + timedelta(days=1)
    create_follow_up(by=lawyer, client=client, title="Ring about the lease", due_at=tomorrow)
    add_date(make_matter(client), by=lawyer, kind="hearing", on=tomorrow.date(), title="Trial")
    make_event(by=lawyer, title="Autumn seminar", place="Hall", organiser=lawyer, starts_at=tomorrow)
    page = open_page(locale=locale)
    sign_in(page, lawyer)
    page.goto("/settings/calendar/")
    page.locator("#id_titles").select_option("full")
    page.get_by_role("button", name=words["address"]).click()
    path = "/" + page.locator("#feed-address").input_value().split("/", 3)[3]

    elsewhere = open_page().request  # a programme that is not signed in
    text = elsewhere.get(path).text()
    read = {
        "icalendar": sorted(
            str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")
        ),
        "vobject": sorted(event.summary.value for event in vobject.readOne(text).vevent_list),
    }
    assert read["icalendar"] == read["vobject"] and len(read["icalendar"]) == 3
    for said in ("Ring about the lease", "Trial", "Autumn seminar"):
        assert any(said in title for title in read["icalendar"])

    page.goto("/settings/calendar/")
    page.get_by_role("button", name=words["revoke"]).click()
    page.get_by_text(words["revoked"]).wait_for()
    assert elsewhere.get(path).status == 404
