"""Each message once, to those who may still know, in their language."""

import smtplib
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from lawcrm.firm import clock, notices
from lawcrm.firm.actions import chatting, outbox, sending
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.chat import wire
from lawcrm.firm.models import ChatHook, Department, Notice, Outbox
from lawcrm.firm.notices import NoticeText
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db


def load(user, pk):
    """A department is seen by its own people."""
    return Department.objects.filter(pk=pk, people=user).first()


@pytest.fixture(autouse=True)
def event(monkeypatch):
    text = NoticeText(
        title=lambda department, context: f"{department} {context['what']}",
        body=lambda department, context: "",
        url=lambda department, context: f"/departments/{department.pk}/",
        load=load,
        mail_subject="Something happened",
    )
    monkeypatch.setitem(notices._TEXTS, "test.event", text)


@pytest.fixture
def department():
    return make_department("Litigation")


@pytest.fixture
def reader(department):
    return make_person("lawyer", department=department)


def tell(reader, department, **changes):
    values = dict(to=reader, event="test.event", key="one", obj=department, context={"what": "moved"})
    notify(**values | changes)


def states():
    return dict(Outbox.objects.values_list("channel", "state"))


def test_once_in_the_app_and_once_by_mail(reader, department):
    tell(reader, department)
    tell(reader, department)
    assert outbox.send_due() is False
    outbox.send_due()
    assert states() == {"app": "sent", "mail": "sent"}
    notice = Notice.objects.get()
    assert (notice.person, notice.object_id, notice.context) == (reader, department.pk, {"what": "moved"})
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([reader.email], "Something happened")
    assert letter.body == f"Litigation moved\n\nhttp://localhost:8000/departments/{department.pk}/\n"


def test_nothing_before_its_time(reader, department):
    tell(reader, department, due_at=clock.now() + timedelta(minutes=1))
    assert not outbox.anything_due()
    outbox.send_due()
    assert states() == {"app": "waiting", "mail": "waiting"}


@pytest.mark.parametrize("change", [{"department": None}, {"is_active": False}])
def test_dropped_when_it_is_no_longer_theirs_to_know(reader, department, change):
    tell(reader, department)
    for name, value in change.items():
        setattr(reader, name, value)
    reader.save()
    outbox.send_due()
    assert states() == {"app": "dropped", "mail": "dropped"}
    assert not mail.outbox
    assert not Notice.objects.exists()
    assert all(Outbox.objects.values_list("problem", flat=True))


def test_a_text_that_fails_spoils_no_other(reader, department):
    tell(reader, department, key="bad", event="nobody.registered.this")
    tell(reader, department, key="good")
    outbox.send_due()
    assert sorted(Outbox.objects.values_list("key", "state").distinct()) == [
        ("bad", "failed"),
        ("good", "sent"),
    ]


class Server:
    """A mail server that answers as told."""

    def __init__(self, *, at_open=None, at_send=None):
        self.at_open, self.at_send = at_open, at_send

    def open(self):
        if self.at_open:
            raise self.at_open

    def send_messages(self, messages):
        if self.at_send:
            raise self.at_send

    def close(self):
        pass


@pytest.mark.parametrize(
    ("server", "state"),
    [
        (Server(at_open=ConnectionRefusedError()), "waiting"),
        (Server(at_send=smtplib.SMTPDataError(451, b"later")), "waiting"),
        (Server(at_send=smtplib.SMTPRecipientsRefused({})), "waiting"),
        (Server(at_send=smtplib.SMTPServerDisconnected()), "unknown"),
        (Server(at_send=TimeoutError()), "unknown"),
    ],
)
def test_tried_again_only_when_it_certainly_was_not_sent(reader, department, monkeypatch, server, state):
    monkeypatch.setattr(outbox, "get_connection", lambda: server)
    tell(reader, department, channels=["mail"])
    outbox.send_due()
    row = Outbox.objects.get()
    assert row.state == state
    assert (row.due_at > clock.now()) is (state == "waiting")


def attempts(channel) -> set:
    return set(Outbox.objects.filter(channel=channel).values_list("attempts", flat=True))


@pytest.mark.parametrize("channel", ["mail", "chat"])
def test_down_for_an_hour_it_is_tried_again_and_the_administrators_are_told_once(
    reader, department, monkeypatch, channel
):
    """The server comes back after an hour: what waited goes out by itself."""
    administrator, began = make_person("admin", role="administrator"), clock.now()
    server = Server(at_open=ConnectionRefusedError())
    monkeypatch.setattr(outbox, "get_connection", lambda: server)
    monkeypatch.setattr(chatting, "chat_of", lambda person: ChatHook(format="generic"))
    monkeypatch.setattr(chatting, "deliver", lambda hook, message: server.open())
    if channel == "chat":
        server.at_open = wire.NotDelivered("nobody there")
    with clock.standing_at(began):
        for number in range(3):
            tell(reader, department, key=f"news:{number}", channels=["mail"])
    Outbox.objects.update(channel=channel)
    tried = []
    for minute in range(120):
        with clock.standing_at(began + timedelta(minutes=minute)):
            if minute == 60:
                server.at_open = None
            before = attempts(channel)
            outbox.send_due()
            tried += [minute] if attempts(channel) != before else []
    assert tried == [0, 2, 6, 14, 30, 62]
    assert set(Outbox.objects.filter(channel=channel).values_list("state", flat=True)) == {"sent"}
    (notice,) = Notice.objects.filter(event="channel.down")
    assert (notice.person, notice.context) == (administrator, {"channel": channel})


def test_given_up_after_some_hours(reader, department, monkeypatch):
    monkeypatch.setattr(outbox, "get_connection", lambda: Server(at_open=ConnectionRefusedError()))
    tell(reader, department, channels=["mail"])
    for _ in range(sending.TRIES):
        Outbox.objects.update(due_at=clock.now())
        outbox.send_due()
    assert Outbox.objects.get().state == "failed"


def test_an_outcome_nobody_knows_is_shown_and_never_sent_again(reader, department):
    tell(reader, department, channels=["mail"])
    Outbox.objects.update(state="sending", claimed_at=clock.now() - timedelta(minutes=6))
    outbox.send_due()
    assert outbox.mark_unknown() == 1
    outbox.send_due()
    assert states() == {"mail": "unknown"}
    assert not mail.outbox


def test_in_the_readers_language_and_zone(reader, department, monkeypatch):
    from django.utils import timezone, translation

    said = []
    text = NoticeText(
        title=lambda *_: said.append((translation.get_language(), str(timezone.get_current_timezone()))),
        body=str,
        url=lambda *_: "/",
        load=load,
        mail_subject="",
    )
    monkeypatch.setitem(notices._TEXTS, "test.event", text)
    reader.language, reader.time_zone = "zh-hans", "Europe/London"
    reader.save()
    tell(reader, department, channels=["mail"])
    outbox.send_due()
    assert said == [("zh-hans", "Europe/London")]


def test_an_event_without_an_object(reader, monkeypatch):
    text = NoticeText(lambda *_: "hello", str, lambda *_: "/", lambda *_: None, "Hello")
    monkeypatch.setitem(notices._TEXTS, "test.event", text)
    notify(to=reader, event="test.event", key=str(uuid4()))
    outbox.send_due()
    assert states() == {"app": "sent", "mail": "sent"}
