"""A real Chromium in front of a live server: pages of two sizes, signed-in people, and no tolerated console error."""

import os
import shutil

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 30_000  # milliseconds: a busy machine is slow, a broken page never comes


@pytest.fixture(scope="session")
def chromium() -> Browser:
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        pytest.fail(
            "no Chromium here: make test installs it where it may; by hand, install the package chromium"
        )
    # Playwright's event loop lives in this thread, and Django would refuse the ORM beside a running loop. Nothing
    # here is asynchronous: the test waits for the page, then asks the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium, live_server):
    """open_page(viewport=PHONE, locale="zh-CN", color_scheme="dark"): a page of a fresh browser profile.

    What its console says as an error (a violated CSP, a script that threw, a missing file) fails the test at its
    end. A test that means to provoke some empties `page.console_errors`.
    """
    contexts: list[BrowserContext] = []
    pages: list[Page] = []

    def make(*, viewport=DESKTOP, locale="en-GB", **options) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, viewport=viewport, locale=locale, timezone_id="Asia/Shanghai", **options
        )
        context.set_default_timeout(WAIT)
        page = context.new_page()
        page.console_errors = []
        page.on("console", lambda message: note(page, message) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.console_errors.append(f"script error: {error}"))
        contexts.append(context)
        pages.append(page)
        return page

    yield make
    errors = [error for page in pages for error in page.console_errors]
    for context in contexts:
        context.close()
    assert not errors, "the browser's console showed errors:\n" + "\n".join(errors)


def note(page: Page, message) -> None:
    if message.location.get("url", "").endswith(
        "/favicon.ico"
    ):  # asked for by itself on an answer without a head
        return
    page.console_errors.append(f"{message.text} ({message.location.get('url', '')})")


@pytest.fixture
def page(open_page) -> Page:
    """A desktop page."""
    return open_page()


@pytest.fixture
def phone(open_page) -> Page:
    """The page of a phone, with touch."""
    return open_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def sign_in(live_server):
    """sign_in(page, user): the page's profile holds a session of that user, as after the login form."""

    def act(page: Page, user) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return act
