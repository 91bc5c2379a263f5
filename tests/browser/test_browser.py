"""The browser harness itself: it reaches the server, signs people in, and hears the console."""

from tests.browser.conftest import PHONE
from tests.people import make_person


def test_the_server_answers(page):
    page.goto("/healthz")
    assert page.inner_text("body") == "ok"


def test_a_phone_is_narrow(phone):
    phone.goto("/healthz")
    assert phone.evaluate("() => window.screen.width") == PHONE["width"]


def test_a_session_without_the_form(page, sign_in):
    lawyer = make_person("lawyer")
    sign_in(page, lawyer)
    page.goto("/healthz")
    assert any(cookie["name"] == "sessionid" for cookie in page.context.cookies())


def test_console_errors_are_heard(page):
    page.goto("/healthz")
    page.evaluate("() => { console.error('heard') }")
    page.wait_for_function("() => true")
    assert [error.split()[0] for error in page.console_errors] == ["heard"]
    page.console_errors.clear()
