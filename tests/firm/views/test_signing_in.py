"""Signing in, being slowed down, sessions and their ends."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lawcrm.firm.actions.people import invite, update_person
from lawcrm.firm.models import AuditEntry, UserSession
from tests.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
PAGE = "/settings/"


def sign_in(username="lawyer", password=PASSWORD, address="10.0.0.1", client=None, **headers):
    client = client or Client()
    answer = client.post(
        LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address, headers=headers or None
    )
    return client, answer


def test_the_right_password_lets_in_and_stands_in_the_audit_trail():
    person = make_person("lawyer")
    client, answer = sign_in()
    assert answer.status_code == 302
    assert client.get(PAGE).status_code == 200
    assert AuditEntry.objects.get(verb="user.signed_in").actor_id == person.pk


def test_a_user_name_may_be_typed_in_capitals():
    make_person("lawyer")
    assert sign_in("LAWYER")[1].status_code == 302


def test_unknown_name_wrong_password_and_disabled_person_read_the_same():
    make_person("lawyer")
    make_person("lawyer2", is_active=False)
    bodies = [
        sign_in(name, word)[1].context["form"].non_field_errors()
        for name, word in [("nobody", "x" * 12), ("lawyer", "x" * 12), ("lawyer2", PASSWORD)]
    ]
    assert bodies[0] and bodies[0] == bodies[1] == bodies[2]


def test_five_wrong_passwords_make_the_pair_wait_and_the_page_says_how_long():
    make_person("lawyer")
    answers = [sign_in(password="wrong password")[1] for _ in range(5)]
    assert [a.status_code for a in answers] == [200, 200, 200, 200, 429]
    waiting = sign_in()[1]
    assert waiting.status_code == 429
    assert "15 minutes" in waiting.content.decode()
    assert waiting.headers["Retry-After"] == "900"
    assert AuditEntry.objects.filter(verb="user.locked_out").count() == 1


def test_capitals_and_another_browser_are_no_fresh_start():
    make_person("lawyer")
    names = ["lawyer", "Lawyer", "LAWYER", " lawyer", "lAwyer", "laWyer"]
    answers = [sign_in(name, "wrong", **{"user-agent": f"Browser {name}"})[1] for name in names]
    assert answers[-1].status_code == 429


def test_guesses_from_elsewhere_never_lock_the_victim_out():
    make_person("lawyer")
    for host in range(40):
        for _ in range(5):
            sign_in(password="wrong password", address=f"203.0.113.{host}")
    assert sign_in(address="10.0.0.1")[1].status_code == 302


def test_ten_thousand_guesses_counted_elsewhere_do_not_lock_the_victim_out():
    make_person("lawyer")
    AccessAttempt.objects.bulk_create(
        AccessAttempt(
            username="lawyer",
            ip_address=f"10.{n // 65536}.{n // 256 % 256}.{n % 256}",
            user_agent="x",
            failures_since_start=5,
            attempt_time=timezone.now(),
        )
        for n in range(1, 2001)
    )
    assert sign_in(address="192.0.2.7")[1].status_code == 302


def test_one_address_guessing_many_names_waits_too_but_an_office_with_a_few_slips_does_not():
    make_person("lawyer")
    for n in range(12):
        sign_in(f"colleague{n}", "wrong", address="10.0.0.9")
    assert sign_in(address="10.0.0.9")[1].status_code == 302
    for n in range(50):
        sign_in(f"somebody{n}", "wrong", address="10.0.0.9")
    assert sign_in(address="10.0.0.9")[1].status_code == 429


def test_ones_own_password_does_not_clear_the_address():
    make_person("lawyer")
    for n in range(49):
        sign_in(f"somebody{n}", "wrong", address="10.0.0.9")
    assert sign_in(address="10.0.0.9")[1].status_code == 302
    sign_in("victim", "wrong", address="10.0.0.9")
    assert sign_in(address="10.0.0.9")[1].status_code == 429


def test_the_wait_is_not_prolonged_by_trying_and_ends():
    make_person("lawyer")
    for _ in range(9):
        sign_in(password="wrong password")
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == 5
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in()[1].status_code == 302


def test_a_password_typed_as_user_name_is_kept_nowhere_in_the_audit_trail():
    for _ in range(6):
        sign_in("my secret password 99", "x")
    assert not AuditEntry.objects.exists()


def test_the_cookie_key_does_not_stand_in_the_table():
    make_person("lawyer")
    client, _ = sign_in()
    key = client.cookies["sessionid"].value
    session = UserSession.objects.get()
    assert key not in (session.session_key, session.session_data)
    assert Client(headers={"cookie": f"sessionid={session.session_key}"}).get(PAGE).status_code == 302


def test_signing_in_changes_the_session_key():
    make_person("lawyer")
    client, _ = sign_in()
    before = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    sign_in(client=client)
    assert client.cookies["sessionid"].value != before
    assert UserSession.objects.count() == 1


@pytest.mark.parametrize(
    ("idle_minutes", "age_hours", "alive"), [(29, 1, True), (31, 1, False), (5, 7, True), (5, 9, False)]
)
def test_sessions_end_when_idle_and_when_old(idle_minutes, age_hours, alive):
    make_person("lawyer")
    client, _ = sign_in()
    now = timezone.now()
    last_seen, started = now - timedelta(minutes=idle_minutes), now - timedelta(hours=age_hours)
    UserSession.objects.update(
        last_seen_at=last_seen,
        started_at=started,
        expire_date=min(last_seen + timedelta(minutes=30), started + timedelta(hours=8)),
    )
    assert (client.get(PAGE).status_code == 200) == alive


def test_being_there_moves_the_idle_limit_but_not_the_absolute_one():
    make_person("lawyer")
    client, _ = sign_in()
    started = timezone.now() - timedelta(hours=7, minutes=50)
    UserSession.objects.update(last_seen_at=timezone.now() - timedelta(minutes=5), started_at=started)
    client.get(PAGE)
    session = UserSession.objects.get()
    assert timezone.now() - session.last_seen_at < timedelta(seconds=5)
    assert session.expire_date == started + timedelta(hours=8)


def test_being_seen_is_written_once_a_minute_only():
    make_person("lawyer")
    client, _ = sign_in()
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        client.get(PAGE)
    assert {query["sql"].split()[0] for query in queries} == {"SELECT"}


def test_a_stolen_cookie_is_worth_nothing_after_the_sign_out():
    make_person("lawyer")
    client, _ = sign_in()
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get(PAGE).status_code == 200
    answer = client.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert thief.get(PAGE).status_code == 302


def test_disabling_a_person_ends_their_sessions_at_once():
    admin, lawyer = make_person("admin"), make_person("lawyer")
    client, _ = sign_in()
    update_person(lawyer, by=admin, is_active=False)
    assert client.get(PAGE).status_code == 302
    assert not UserSession.objects.filter(user=lawyer).exists()
    assert sign_in()[1].status_code == 200


def test_changing_the_password_ends_the_other_sessions_only():
    make_person("lawyer")
    mine, _ = sign_in()
    other, _ = sign_in()
    answer = mine.post(
        "/settings/password/",
        {
            "old_password": PASSWORD,
            "new_password1": "a fresh long phrase",
            "new_password2": "a fresh long phrase",
        },
    )
    assert answer.status_code == 302
    assert mine.get(PAGE).status_code == 200
    assert other.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    "word", ["short one", "password1234", "lawyerlawyer", "123456789012", "aaaaabbbbbcc", "!!dragon2024!!"]
)
def test_weak_passwords_are_refused(word):
    make_person("lawyer")
    client, _ = sign_in()
    answer = client.post(
        "/settings/password/", {"old_password": PASSWORD, "new_password1": word, "new_password2": word}
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    "word", ["correct horse battery", "我的密码是很长的一句话没有数字", "seven horses " * 10]
)
def test_long_phrases_of_any_letters_are_fine(word):
    make_person("lawyer")
    client, _ = sign_in()
    client.post(
        "/settings/password/", {"old_password": PASSWORD, "new_password1": word, "new_password2": word}
    )
    assert sign_in(password=word)[1].status_code == 302


def test_of_three_sessions_one_ends_and_then_all_others():
    make_person("lawyer")
    here, there, elsewhere = (sign_in()[0] for _ in range(3))
    page = here.get("/settings/sessions/").context["sessions"]
    assert len(page) == 3
    assert [row.is_this for row in page].count(True) == 1
    key = UserSession.objects.order_by("started_at")[1].pk
    here.post(f"/settings/sessions/{key}/end/")
    assert [c.get(PAGE).status_code for c in (here, there, elsewhere)] == [200, 302, 200]
    here.post("/settings/sessions/end/")
    assert [c.get(PAGE).status_code for c in (here, there, elsewhere)] == [200, 302, 302]


def test_nobody_ends_a_session_of_somebody_else():
    make_person("lawyer")
    make_person("lawyer2")
    mine, _ = sign_in("lawyer2")
    sign_in()
    theirs = UserSession.objects.get(user__username="lawyer")
    assert mine.post(f"/settings/sessions/{theirs.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=theirs.pk).exists()


def test_an_invitation_works_once_and_only_by_post():
    admin, person = make_person("admin"), make_person("lawyer")
    link = f"/accounts/invitation/{invite(person, by=admin)}/"
    for _ in range(3):
        assert Client().get(link).status_code == 200
    answer = Client().post(
        link, {"new_password1": "a fresh long phrase", "new_password2": "a fresh long phrase"}
    )
    assert answer.status_code == 302
    assert sign_in(password="a fresh long phrase")[1].status_code == 302
    again = Client().post(
        link, {"new_password1": "another long phrase", "new_password2": "another long phrase"}
    )
    assert again.status_code == 404
    assert sign_in(password="another long phrase")[1].status_code == 200


def test_used_expired_replaced_and_unknown_links_look_the_same():
    admin, person = make_person("admin"), make_person("lawyer")
    replaced = invite(person, by=admin)
    expired = invite(person, by=admin)
    person.invitations.update(expires_at=timezone.now() - timedelta(seconds=1))
    pages = [Client().get(f"/accounts/invitation/{token}/") for token in (replaced, expired, "unknown" * 6)]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content.split(b'name="next"')[0].split(b"csrf")[0] for page in pages}) == 1
    assert "ended" in pages[0].content.decode()


def test_the_language_follows_the_browser_then_the_choice_and_is_remembered():
    make_person("lawyer", language="")
    client = Client(headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert 'lang="zh-hans"' in client.get(LOGIN).content.decode()
    client.post("/accounts/language/", {"language": "en", "next": LOGIN})
    assert 'lang="en"' in client.get(LOGIN).content.decode()
    sign_in(client=client)
    client.post("/accounts/language/", {"language": "zh-hans", "next": "/settings/"})
    other, _ = sign_in()
    assert 'lang="zh-hans"' in other.get(PAGE).content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_language_switch_leads_nowhere_else(target):
    assert Client().post("/accounts/language/", {"language": "en", "next": target}).headers["Location"] == "/"


def test_a_fragment_asked_for_by_nobody_is_401_and_a_form_leads_to_the_sign_in_page():
    assert Client().get(PAGE, headers={"hx-request": "true"}).status_code == 401
    answer = Client().post("/settings/password/", {})
    assert answer.headers["Location"] == "/accounts/login/?next=/"


def test_the_address_of_the_sender_cannot_be_forged(settings):
    make_person("lawyer")
    client, _ = sign_in(**{"x-forwarded-for": "1.2.3.4"})
    assert UserSession.objects.get().address == "10.0.0.1"
    settings.BEHIND_PROXY = True
    sign_in(**{"x-forwarded-for": "1.2.3.4, 198.51.100.7"})
    assert UserSession.objects.order_by("started_at").last().address == "198.51.100.7"
