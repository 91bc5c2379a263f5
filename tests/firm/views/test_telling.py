"""The pages: how one is told, and the team chats."""

import pytest
from django.urls import reverse

from lawcrm.firm.actions.telling import add_chat_hook
from lawcrm.firm.models import ChatHook, NoticeChoices
from lawcrm.firm.notices import groups_in_use
from tests.firm.chat.server import chat_server
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer(client):
    lawyer = make_person("lawyer")
    client.force_login(lawyer)
    return lawyer


@pytest.fixture
def admin(client):
    admin = make_person("admin")
    client.force_login(admin)
    return admin


def sent(chat=False, **changes):
    values = {"mail_at": "08:00"}
    for group in groups_in_use():
        values |= {f"app-{group}": "on", f"mail-{group}": "now"}
    return values | changes


def test_one_chooses_for_oneself(client, lawyer):
    page = reverse("firm:notice_choices")
    assert "In the team chat" not in client.get(page).content.decode()
    values = sent(
        **{"mail-surveys": "morning", "has_quiet": "on", "quiet_from": "20:00", "quiet_until": "08:00"}
    )
    del values["app-files"]
    assert client.post(page, values).status_code == 302
    chosen = NoticeChoices.objects.get(person=lawyer)
    assert chosen.choices["surveys"]["mail"] == "morning"
    assert chosen.choices["files"]["app"] is False
    assert (chosen.quiet_from.hour, chosen.quiet_until.hour) == (20, 8)
    assert chosen.morning_mail, "what waits for the morning needs a morning mail"
    assert 'value="20:00"' in client.get(page).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"has_quiet": "on", "quiet_from": "20:00"},
        {"has_quiet": "on", "quiet_from": "20:00", "quiet_until": "20:00"},
        {"mail-surveys": "sometimes"},
        {"mail_at": "25:00"},
    ],
)
def test_what_makes_no_sense_is_said_and_not_kept(client, lawyer, wrong):
    answer = client.post(reverse("firm:notice_choices"), sent(**wrong))
    assert answer.status_code == 200
    assert "Not saved yet" in answer.content.decode()
    assert not NoticeChoices.objects.exists()


def test_the_chat_is_a_way_where_there_is_one(client, lawyer):
    lawyer.department = make_department()
    lawyer.save()
    hook = dict(name="Everybody", format="slack", address="https://hooks.chat.example/abc")
    add_chat_hook(by=lawyer, **hook)
    text = client.get(reverse("firm:notice_choices")).content.decode()
    assert "In the team chat" in text and "Everybody" in text
    client.post(reverse("firm:notice_choices"), sent(**{"chat-follow_ups": "on"}))
    assert NoticeChoices.objects.get().choices["follow_ups"]["chat"] is True


def test_an_administrator_adds_tries_and_removes_a_chat(client, admin):
    with chat_server() as chat:
        values = {"name": "Team", "format": "generic", "address": chat.address, "secret": "x"}
        assert client.post(reverse("firm:chats"), values).status_code == 302
        hook = ChatHook.objects.get()
        text = client.get(reverse("firm:chats")).content.decode()
        assert "127.0.0.1" in text and chat.address not in text
        answer = client.post(reverse("firm:chat_try", args=[hook.pk]), follow=True)
        assert "It arrived." in answer.content.decode()
        assert len(chat.heard) == 1
        chat.answers = [(500, b"", {})]
        answer = client.post(reverse("firm:chat_try", args=[hook.pk]), follow=True)
        assert "It did not arrive: answered 500." in answer.content.decode()
    client.post(reverse("firm:chat_remove", args=[hook.pk]))
    assert not ChatHook.objects.exists()


@pytest.mark.parametrize("address", ["http://hooks.example/x", "https://a:b@hooks.example/", "nonsense"])
def test_addresses_that_are_none_are_refused_and_not_shown_back_to_others(client, admin, address):
    answer = client.post(reverse("firm:chats"), {"name": "T", "format": "slack", "address": address})
    assert answer.status_code == 200
    assert not ChatHook.objects.exists()


def test_chats_are_the_administrators(client, lawyer):
    assert client.get(reverse("firm:chats")).status_code == 404
