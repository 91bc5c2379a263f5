"""The twelve core tasks, each from an opened page to its effect in the database, by keyboard alone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from clients.models import Client, RelationshipOverride
from interactions.actions.follow_ups import create_follow_up
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from matters.actions.matters import open_matter
from matters.models import Matter
from surveys.models import SurveyInvitation
from tests.browser.keys import fill, press, tab_to
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def firm_client(lawyer):
    client = make_client(lawyer, name="Huaxin Materials")
    make_contact(client)
    make_contact(client)
    return client


@pytest.fixture
def at(open_page, sign_in, lawyer):
    """at(url, person=lawyer): a page opened by somebody signed in."""

    def go(url: str, person=lawyer):
        page = sign_in(open_page(), person)
        page.goto(url)
        return page

    return go


def test_sign_in(open_page, lawyer):
    page = open_page()
    page.goto("/accounts/login/")
    page.keyboard.type("lawyer")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(page.url.split("/accounts")[0])


def test_find_a_client_and_open_it(at, firm_client):
    page = at("/")
    page.keyboard.press("/")
    page.keyboard.type("huaxin")
    page.locator(".search-line").first.wait_for()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert str(firm_client.pk) in page.url


def test_walk_the_rows_of_a_list(at, firm_client):
    page = at("/clients/")
    page.keyboard.press("j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert str(firm_client.pk) in page.url


def test_log_a_contact(at, firm_client):
    page = at(f"/clients/{firm_client.pk}/")
    page.keyboard.press("l")
    page.keyboard.type("They accept the offer.")
    page.keyboard.press("Tab")
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    page.locator("#panel-timeline").get_by_text("They accept the offer.").wait_for()
    assert Contact.objects.filter(note="They accept the offer.").count() == 1


def test_schedule_the_next_step(at, firm_client):
    page = at(f"/clients/{firm_client.pk}/")
    tab_to(page, ".ladder-next .btn-primary")
    page.keyboard.press("Enter")
    page.get_by_text("Planned for").wait_for()
    assert FollowUp.objects.get().origin == "next_step"


def test_snooze_a_follow_up(at, lawyer, firm_client):
    due = clock.now() - timedelta(hours=1)
    follow_up = create_follow_up(by=lawyer, client=firm_client, title="Call again", due_at=due)
    page = at("/")
    tab_to(page, "summary[aria-label^='Snooze']")
    page.keyboard.press("Enter")
    tab_to(page, "form[action$='/snooze/'] button")
    with page.expect_response(lambda answer: "/snooze/" in answer.url):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    follow_up.refresh_from_db()
    assert follow_up.state == "snoozed"


def test_add_a_client(at):
    page = at("/clients/new/")
    fill(page, "[name=name]", "Delta Trading Ltd")
    tab_to(page, "[name=kind]")
    page.keyboard.type("Private")
    press(page, "main .form-actions .btn-primary")
    assert Client.objects.get().kind == "private"
    # Looking for duplicates while one types ends with the page; htmx notes that as an error.
    page.console_errors[:] = [error for error in page.console_errors if not error.startswith("htmx:")]


def test_edit_a_client(at, firm_client):
    page = at(f"/clients/{firm_client.pk}/edit/")
    fill(page, "[name=phone]", "13800000001")
    press(page, "main .form-actions .btn-primary")
    firm_client.refresh_from_db()
    assert firm_client.phone.endswith("13800000001")


def test_open_a_matter(at, firm_client):
    page = at(f"/matters/new/?client={firm_client.pk}")
    fill(page, "[name=title]", "Lease dispute")
    press(page, "main .form-actions .btn-primary")
    assert Matter.objects.get().title == "Lease dispute"


def test_record_progress(at, lawyer, firm_client):
    matter = open_matter(
        by=lawyer,
        client=firm_client,
        title="Lease dispute",
        kind="civil",
        service_type="litigation",
        accepted_on=clock.today(),
    )
    page = at(f"/matters/{matter.pk}/")
    fill(page, "[name=text]", "Filed with the court.")
    press(page, "main .form-actions button.btn")
    assert matter.progress.get().text == "Filed with the court."


def test_make_a_survey_link(at, firm_client):
    page = at(f"/surveys/send/{firm_client.pk}/")
    press(page, "main .form-actions .btn-primary")
    assert SurveyInvitation.objects.get().client == firm_client


def test_set_another_type_for_a_while(at, firm_client):
    page = at(f"/clients/{firm_client.pk}/override/", make_person("partner"))
    tab_to(page, "main [name=type]")
    page.keyboard.press("ArrowDown")
    fill(page, "main [name=reason]", "I know them well.")
    press(page, "main form .btn-primary")
    assert RelationshipOverride.objects.get().reason == "I know them well."
