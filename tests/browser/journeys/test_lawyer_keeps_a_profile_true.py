"""A lawyer is refused a disclosure, records the consent and discloses; and verifies a stale profile they were asked to."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from clients.models import Client, Disclosure
from interactions.actions.verification import ask_to_verify
from interactions.enums import FollowUpState
from interactions.models import FollowUp
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from tests.browser.keys import fill, press, tab_to
from tests.browser.test_accessibility import serious_findings
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {
        "refusal": "No consent is recorded: nothing may be told to a third party.",
        "record": "Record the consent",
        "may": "The consent covers disclosure to third parties. Each one is written down here.",
        "task": "Look through the profile: is all of it still true?",
        "look": "Look through it",
        "stale": "Verified 400 days ago; it goes stale after 180.",
        "now": "Verified just now.",
        "purpose": "What for",
    },
    "zh-hans": {
        "refusal": "尚未记录同意：不得向第三方披露任何信息。",
        "record": "记录同意",
        "may": "同意范围包括向第三方披露。每次披露均在此记录。",
        "task": "请核对档案：内容是否仍然属实？",
        "look": "去核对",
        "stale": "400天前核实；超过180天需重新核实。",
        "now": "刚刚核实。",
        "purpose": "披露目的",
    },
}


@pytest.fixture
def lawyer(language):
    return make_person("lawyer", language=language)


def write_disclosure(page, words) -> None:
    """By keyboard, from the form for it to wherever that leads."""
    expect(page.locator("label[for=id_purpose]")).to_contain_text(words["purpose"])
    fill(page, "#id_recipient", "中国银行")
    fill(page, "#id_what", "Accounts of last year")
    fill(page, "#id_purpose", "Loan guarantee")
    press(page, "main .form-actions .btn-primary")


def test_nothing_is_told_to_others_without_consent(language, locale, lawyer, open_page, sign_in):
    words = WORDS[language]
    harbour = make_client(lawyer, name="海港食品有限公司")
    page = sign_in(open_page(locale=locale), lawyer)
    page.goto(f"/clients/{harbour.pk}/profile/")
    expect(page.locator("#principles")).to_contain_text(words["refusal"])

    press(page, "#principles a[href$='/disclosures/new/']")
    write_disclosure(page, words)
    expect(page.get_by_text(words["refusal"]).first).to_be_visible()
    expect(page.locator("#id_recipient")).to_have_value("中国银行")  # what was typed is still there
    assert not serious_findings(page)
    assert not Disclosure.objects.exists()
    assert AuditEntry.objects.filter(verb="client.disclosure_refused", client_id=harbour.pk).count() == 1
    page.console_errors.clear()  # the browser calls a refused form an error

    page.get_by_role("link", name=words["record"]).press("Enter")
    expect(page.locator("#part-principles")).to_be_in_viewport()
    page.locator("#id_consent_basis").select_option("consent")
    page.locator("#id_consent_on").fill((clock.today(lawyer) - timedelta(days=3)).isoformat())
    page.locator("#id_consent_form").select_option("written")
    page.locator("#id_consent_disclosure").press("Space")
    page.locator("#id_consent_note").fill("the guarantee")
    with page.expect_navigation():
        page.locator("main .form-actions .btn-primary").press("Enter")
    kept = Client.objects.get()
    assert (kept.consent_basis, kept.consent_form, kept.consent_disclosure) == ("consent", "written", True)

    page.goto(f"/clients/{harbour.pk}/profile/")
    expect(page.locator("#principles")).to_contain_text(words["may"])
    press(page, "#principles a[href$='/disclosures/new/']")
    write_disclosure(page, words)
    expect(page.locator("#principles tbody tr")).to_contain_text("中国银行")
    assert not serious_findings(page)
    told = Disclosure.objects.get()
    assert (told.client, told.made_by, told.purpose) == (harbour, lawyer, "Loan guarantee")
    assert "the guarantee" in told.consent  # the consent it rests on is written beside it
    assert AuditEntry.objects.filter(verb="client.disclosed", client_id=harbour.pk).count() == 1


def test_a_stale_profile_is_asked_for_and_verified_by_one_click(language, locale, lawyer, open_page, sign_in):
    words = WORDS[language]
    today = clock.today(lawyer)
    harbour = make_client(
        lawyer,
        name="海港食品有限公司",
        client_since=date(2020, 1, 1),
        verified_on=today - timedelta(days=400),
    )
    assert ask_to_verify() == 1  # what the night does
    task = FollowUp.objects.get()
    page = sign_in(open_page(locale=locale), lawyer)
    page.goto("/follow-ups/")
    expect(page.locator(".duty")).to_contain_text(words["task"])
    tab_to(page, ".duty-acts a[href$='/profile/#upkeep']")
    expect(page.locator(".duty-acts a[href$='/profile/#upkeep']")).to_contain_text(words["look"])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#upkeep")).to_contain_text(words["stale"])
    expect(page.locator("#upkeep .verify button")).to_be_in_viewport()
    assert not serious_findings(page)

    press(page, "#upkeep form[action$='/verify/'] button")
    expect(page.get_by_text(words["now"])).to_be_visible()
    expect(page.locator("#upkeep form[action$='/verify/undo/'] button")).to_be_focused()
    expect(page.locator("#upkeep")).to_be_in_viewport()
    assert not serious_findings(page)
    harbour.refresh_from_db()
    task.refresh_from_db()
    assert (harbour.verified_on, task.state, task.finished_by) == (today, FollowUpState.DONE, lawyer)
    page.goto("/follow-ups/")
    expect(page.get_by_text(words["task"])).to_have_count(0)
