"""Told as each person chose: by kind and channel, not in quiet hours, in the morning, in the team chat."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from lawcrm.firm import clock, digest, notices
from lawcrm.firm.actions import outbox
from lawcrm.firm.actions.chatting import try_hook
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.actions.telling import add_chat_hook, choose_notices, queue_digests, remove_chat_hook
from lawcrm.firm.chat import wire
from lawcrm.firm.models import AuditEntry, ChatHook, Department, Notice, Outbox
from lawcrm.firm.notices import NoticeText
from tests.firm.chat.server import chat_server
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db
WEDNESDAY_NOON = datetime(2026, 3, 4, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def event(monkeypatch):
    text = NoticeText(
        title=lambda department, context: f"Client Zhang of {department}",
        body=lambda department, context: "",
        url=lambda department, context: "/somewhere/",
        load=lambda user, pk: Department.objects.filter(pk=pk, people=user).first(),
        mail_subject="Something is due",
        group="follow_ups",
    )
    monkeypatch.setitem(notices._TEXTS, "test.event", text)
    monkeypatch.setattr(digest, "_SECTIONS", {})


@pytest.fixture
def department():
    return make_department("Litigation")


@pytest.fixture
def reader(department):
    return make_person("lawyer", department=department)


@pytest.fixture
def noon():
    with clock.standing_at(WEDNESDAY_NOON):
        yield


@pytest.fixture
def chat():
    with chat_server() as server:
        yield server


def tell(reader, key="one"):
    notify(to=reader, event="test.event", key=key, obj=reader.department)


def choose(reader, *, ways=None, **values):
    choose_notices(reader, choices={"follow_ups": ways or {}}, **values)


def states(**which):
    return dict(Outbox.objects.filter(**which).values_list("channel", "state"))


def hook_of(chat, by, **changes):
    values = dict(name="Litigation", format="generic", address=chat.address, secret="s3cret")
    return add_chat_hook(by=by, **values | changes)


def test_who_chose_nothing_is_told_in_the_app_and_by_mail(reader):
    tell(reader)
    assert states() == {"app": "waiting", "mail": "waiting"}


def test_only_by_the_ways_chosen(reader):
    choose(reader, ways={"app": False, "mail": "now", "chat": True})
    tell(reader)
    assert states() == {"mail": "waiting", "chat": "waiting"}


def test_a_kind_nobody_chose_about_keeps_its_ways(reader):
    choose_notices(reader, choices={"surveys": {"app": False, "mail": "off"}})
    tell(reader)
    assert states() == {"app": "waiting", "mail": "waiting"}


def test_mail_and_chat_wait_for_the_end_of_quiet_hours_the_bell_does_not(reader, chat, noon):
    hook_of(chat, reader)
    choose(reader, ways={"chat": True}, quiet_from=time(11, 30), quiet_until=time(14))
    tell(reader)
    outbox.send_due()
    assert states() == {"app": "sent", "mail": "waiting", "chat": "waiting"}
    assert not mail.outbox and not chat.heard
    with clock.standing_at(WEDNESDAY_NOON.replace(hour=14)):
        outbox.send_due()
    assert states() == {"app": "sent", "mail": "sent", "chat": "sent"}


def test_one_mail_in_the_morning_tells_what_waited(reader, noon):
    choose(reader, ways={"app": True, "mail": "morning"})
    for key in ("one", "two"):
        tell(reader, key)
    outbox.send_due()
    assert states(key="one") == {"app": "sent", "mail": "held"}
    assert not mail.outbox
    with clock.standing_at(WEDNESDAY_NOON.replace(day=5, hour=8, minute=1)):
        assert queue_digests() == 1
        assert queue_digests() == 0, "once a day"
        outbox.send_due()
        outbox.send_due()
    (letter,) = mail.outbox
    assert letter.subject == "Your day in LawCRM"
    assert letter.body.count("Client Zhang of Litigation\n  http://localhost:8000/somewhere/") == 2
    assert set(Outbox.objects.values_list("state", flat=True)) == {"sent"}


def test_the_morning_mail_leaves_out_what_is_no_longer_theirs(reader, noon):
    choose(reader, ways={"app": False, "mail": "morning"})
    tell(reader)
    reader.department = None
    reader.save()
    with clock.standing_at(WEDNESDAY_NOON.replace(day=5, hour=8)):
        queue_digests()
        outbox.send_due()
    assert not mail.outbox
    assert set(Outbox.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_morning_with_nothing_to_tell_has_no_mail(reader):
    choose(reader, morning_mail=True)
    with clock.standing_at(WEDNESDAY_NOON.replace(hour=8)):
        queue_digests()
        outbox.send_due()
    assert not mail.outbox
    assert Outbox.objects.get().problem == "nothing to tell"


def test_a_morning_mail_of_unknown_outcome_is_not_told_anew(reader, noon):
    """Its sender was killed: what it told shares its fate, and the next morning does not repeat it."""
    choose(reader, ways={"app": False, "mail": "morning"})
    tell(reader)
    with clock.standing_at(WEDNESDAY_NOON.replace(day=5, hour=8)):
        queue_digests()
        from lawcrm.firm.actions.sending import Line

        Line("mail").take()  # and then nothing more
    with clock.standing_at(WEDNESDAY_NOON.replace(day=5, hour=9)):
        outbox.mark_unknown()
    assert set(Outbox.objects.values_list("state", flat=True)) == {"unknown"}
    with clock.standing_at(WEDNESDAY_NOON.replace(day=6, hour=8)):
        queue_digests()
        outbox.send_due()
    assert not mail.outbox


def test_without_morning_mails_what_waited_goes_out_now(reader):
    choose(reader, ways={"app": False, "mail": "morning"})
    tell(reader)
    choose(reader, ways={"app": False, "mail": "now"})
    outbox.send_due()
    assert states() == {"mail": "sent"}


def test_the_morning_mail_speaks_the_readers_language_at_the_readers_hour(reader, monkeypatch):
    from django.utils import timezone, translation

    seen = []

    def lines(user, span):
        seen.append((user, span.kind, span.first.isoformat(), translation.get_language()))
        seen.append(str(timezone.get_current_timezone()))
        return [("A thing", "/thing/")]

    monkeypatch.setattr(digest, "_SECTIONS", {})
    digest.register(digest.Section("things", 1, "Things", lines))
    reader.language, reader.time_zone = "zh-hans", "Pacific/Auckland"
    reader.save()
    choose(reader, morning_mail=True, monday_mail=True, mail_at=time(7, 30))
    monday = datetime(2026, 3, 9, 7, 29, tzinfo=ZoneInfo("Pacific/Auckland"))
    with clock.standing_at(monday):
        assert queue_digests() == 0
    with clock.standing_at(monday + timedelta(minutes=1)):
        assert queue_digests() == 1
        outbox.send_due()
    assert seen == [(reader, "week", "2026-03-09", "zh-hans"), "Pacific/Auckland"]
    assert "http://localhost:8000/thing/" in mail.outbox[0].body


def test_the_chat_is_told_what_kind_of_thing_and_nothing_of_a_client(reader, chat):
    hook_of(chat, reader)
    choose(reader, ways={"app": False, "mail": "off", "chat": True})
    tell(reader)
    outbox.send_due()
    assert states() == {"chat": "sent"}
    (body,) = chat.bodies
    assert body["text"] == "Wei Chen: Something is due"
    assert body["url"] == "http://localhost:8000/somewhere/"
    assert "Zhang" not in str(chat.heard)


def test_one_chat_for_a_department_and_its_own_below(reader, chat):
    below = make_department("Labour", reader.department)
    colleague = make_person("lawyer2", department=below)
    other = make_person("partner", department=make_department("Tax"))
    hook_of(chat, reader, department=reader.department)
    for person in (reader, colleague, other):
        choose_notices(person, choices={"follow_ups": {"app": False, "mail": "now", "chat": True}})
        notify(to=person, event="test.event", key=f"k{person.pk}", obj=person.department)
    outbox.send_due()
    assert sorted(body["person"] for body in chat.bodies) == ["Na Li", "Wei Chen"]
    assert Outbox.objects.get(channel="chat", person=other).problem == "no chat for this person"


@pytest.mark.parametrize(
    ("answer", "state", "heard"),
    [
        ((200, b"", {}), "sent", 1),
        ((500, b"", {}), "waiting", 1),
        ((404, b"", {}), "failed", 1),
        (1, "unknown", 1),
    ],
)
def test_what_comes_of_each_answer(reader, chat, monkeypatch, answer, state, heard):
    monkeypatch.setattr(wire, "ANSWER_SECONDS", 0.2)
    chat.answers = [answer]
    hook = hook_of(chat, reader)
    choose(reader, ways={"app": False, "chat": True})
    tell(reader)
    outbox.send_due()
    row = Outbox.objects.get(channel="chat")
    assert (row.state, len(chat.heard)) == (state, heard)
    assert (row.due_at > clock.now()) is (state == "waiting")
    outbox.send_due()
    assert len(chat.heard) == heard, "not before its time, and never again where nobody knows"
    hook.refresh_from_db()
    assert bool(hook.last_problem) is (state != "sent")
    assert chat.address not in hook.last_problem + row.problem


def test_tried_again_with_growing_pauses_until_it_arrives(reader, chat):
    chat.answers = [(500, b"", {}), (503, b"", {"Retry-After": "900"}), (200, b"", {})]
    hook_of(chat, reader)
    choose(reader, ways={"app": False, "mail": "now", "chat": True})
    with clock.standing_at(WEDNESDAY_NOON):
        tell(reader)
    moments = []
    for _ in range(3):
        due = Outbox.objects.get(channel="chat").due_at
        moments.append((due - WEDNESDAY_NOON).total_seconds() / 60)
        with clock.standing_at(due):
            outbox.send_due()
    assert moments == [0, 2, 17]
    assert states()["chat"] == "sent"
    assert len({body["id"] for body in chat.bodies}) == 1, "one delivery, under one key"


def test_address_and_secret_are_sealed_and_go_with_the_chat(reader, chat):
    hook = hook_of(chat, reader)
    raw = ChatHook.objects.values_list("address", "secret")[0]
    assert chat.address.encode() not in bytes(raw[0]) and b"s3cret" not in bytes(raw[1])
    assert try_hook(ChatHook.objects.get(), by=reader) == ""
    remove_chat_hook(hook, by=reader)
    assert not ChatHook.objects.exists()
    told = str(list(AuditEntry.objects.values_list("object_label", "changes", "detail")))
    assert chat.address not in told


def test_a_new_chat_takes_the_place_of_the_old(reader, chat):
    hook_of(chat, reader)
    newer = hook_of(chat, reader, name="Newer")
    assert list(ChatHook.objects.filter(is_active=True)) == [newer]


def test_the_bell_alone(reader):
    choose(reader, ways={"app": True, "mail": "off"})
    tell(reader)
    outbox.send_due()
    assert Notice.objects.count() == 1
    assert not mail.outbox


@pytest.mark.parametrize(
    ("zone", "on_days_off", "sent"),
    [("Asia/Shanghai", False, 0), ("Europe/London", False, 1), ("Asia/Shanghai", True, 1)],
)
def test_on_a_public_holiday_of_their_zone_people_have_no_morning_mail(reader, zone, on_days_off, sent):
    """5 May 2026 is a holiday in China (Labour Day) and a working Tuesday in England."""
    from dataclasses import replace

    from lawcrm.firm.actions.policy import change_policy
    from lawcrm.firm.policy import current_policy

    policy = replace(current_policy(), digest_on_days_off=on_days_off)
    if on_days_off:
        change_policy(by=reader, policy=policy, note="test")
    reader.time_zone = zone
    reader.save()
    choose(reader, morning_mail=True)
    with clock.standing_at(datetime(2026, 5, 5, 8, tzinfo=ZoneInfo(zone))):
        assert queue_digests() == sent
