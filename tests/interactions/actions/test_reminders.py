from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction

from interactions.actions import follow_ups as actions
from interactions.actions.reminders import escalate_late, send_reminders
from interactions.models import FollowUp
from interactions.rules.due import morning_of
from lawcrm.firm import clock
from lawcrm.firm.actions.outbox import send_due
from lawcrm.firm.models import AuditEntry, Notice, Outbox, Wall, WallPerson
from lawcrm.firm.sentences import sentence
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer(partner):
    return make_person("lawyer", supervisor=partner)


def plan(owner, due_at, client=None, **fields):
    client = client or make_client(owner, grade=fields.pop("grade", ""))
    return actions.create_follow_up(
        by=owner, client=client, title="Call", due_at=due_at, owner=owner, **fields
    )


def told(event="follow_up.due"):
    return sorted((row.person.username, row.channel) for row in Outbox.objects.filter(event=event))


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("Asia/Shanghai", date(2026, 3, 30), datetime(2026, 3, 30, 1, tzinfo=UTC)),
        ("Europe/London", date(2026, 3, 27), datetime(2026, 3, 27, 9, tzinfo=UTC)),
        ("Europe/London", date(2026, 3, 30), datetime(2026, 3, 30, 8, tzinfo=UTC)),  # summer time began
        ("Europe/London", date(2026, 10, 26), datetime(2026, 10, 26, 9, tzinfo=UTC)),  # and ended
        ("Pacific/Auckland", date(2026, 1, 5), datetime(2026, 1, 4, 20, tzinfo=UTC)),
        ("Pacific/Auckland", date(2026, 7, 6), datetime(2026, 7, 5, 21, tzinfo=UTC)),
    ],
)
def test_the_reminder_goes_out_at_nine_in_the_owners_morning(zone, day, instant):
    owner = make_person("lawyer", time_zone=zone)
    plan(owner, morning_of(day, ZoneInfo(zone)))
    assert send_reminders(instant - timedelta(seconds=1)) == 0
    assert send_reminders(instant) == 1
    assert told() == [("lawyer", "app"), ("lawyer", "mail")]


def test_it_goes_out_once(lawyer):
    plan(lawyer, clock.now() - timedelta(minutes=1))
    assert send_reminders() == 1
    assert send_reminders() == 0
    FollowUp.objects.update(remind_at=FollowUp.objects.get().due_at)  # even where the row forgot
    send_reminders()
    assert Outbox.objects.count() == 2


def test_it_reaches_the_app_and_the_mailbox(lawyer, mailoutbox):
    row = plan(lawyer, clock.now() - timedelta(minutes=1))
    send_reminders()
    send_due()
    notice = Notice.objects.get()
    assert (notice.person, notice.event, notice.object_id) == (lawyer, "follow_up.due", row.pk)
    assert [mail.subject for mail in mailoutbox] == ["A follow-up is due"]
    assert row.client.name in mailoutbox[0].body
    assert f"/follow-ups/{row.pk}/" in mailoutbox[0].body


@pytest.mark.parametrize("end", ["done", "cancelled"])
def test_what_is_finished_reminds_nobody(lawyer, end):
    row = plan(lawyer, clock.now() + timedelta(hours=1))
    if end == "done":
        make_contact(row.client, does_follow_up=row)
    else:
        actions.cancel_follow_up(row, by=lawyer, reason="no need")
    later = clock.now() + timedelta(days=400)
    assert (send_reminders(later), escalate_late(later)) == (0, 0)


def test_a_snooze_ends_with_a_reminder_of_its_own(lawyer):
    row = plan(lawyer, clock.now() - timedelta(minutes=1))
    send_reminders()
    until = clock.now() + timedelta(days=2)
    actions.snooze_follow_up(row, by=lawyer, until=until)
    assert send_reminders(until - timedelta(seconds=1)) == 0
    assert send_reminders(until) == 1
    row.refresh_from_db()
    assert (row.state, row.snoozed_until) == ("open", None)
    assert len(told()) == 4


def test_whoever_got_it_from_somebody_is_reminded_too(lawyer):
    row = plan(lawyer, clock.now() - timedelta(minutes=1))
    send_reminders()
    actions.reassign_follow_up(row, by=lawyer, owner=make_person("lawyer2"))
    send_reminders()
    assert told() == [("lawyer", "app"), ("lawyer", "mail"), ("lawyer2", "app"), ("lawyer2", "mail")]


def test_for_somebody_who_left_the_responsible_lawyer_is_reminded(lawyer):
    client = make_client(lawyer)
    gone = make_person("lawyer2")
    plan(gone, clock.now() - timedelta(minutes=1), client=client)
    gone.is_active = False
    gone.save()
    send_reminders()
    assert told() == [("lawyer", "app"), ("lawyer", "mail")]


MONDAY = datetime(2026, 3, 9, 1, tzinfo=UTC)
LONG_ENOUGH = timedelta(days=30)  # whatever holidays lie between


@pytest.mark.parametrize(("grade", "days"), [("A", 1), ("B", 3), ("C", 9), ("", 9)])
def test_late_ones_go_to_the_supervising_partner_after_the_grades_working_days(lawyer, grade, days):
    due_at = MONDAY  # seven working days later is the Wednesday of the next week
    plan(lawyer, due_at, grade=grade)
    assert escalate_late(due_at + timedelta(days=days, seconds=-1)) == 0
    assert escalate_late(due_at + timedelta(days=days)) == 1
    assert escalate_late(due_at + timedelta(days=days + 9)) == 0
    assert told("follow_up.escalated") == [("partner", "app"), ("partner", "mail")]
    entry = AuditEntry.objects.get(verb="follow_up.escalated")
    assert sentence(entry) == "The system took the late follow-up “Call” to Jianguo Zhao."


def test_a_snooze_is_no_way_round_the_partner(lawyer):
    row = plan(lawyer, clock.now(), grade="A")
    actions.snooze_follow_up(row, by=lawyer, until=clock.now() + timedelta(days=30))
    assert escalate_late(clock.now() + LONG_ENOUGH) == 1


def test_without_a_supervisor_the_partners_of_the_department_are_told():
    department = make_department()
    owner = make_person("lawyer", department=department)
    make_person("partner", department=department)
    make_person("partner2", role="partner")
    plan(owner, clock.now(), grade="A")
    escalate_late(clock.now() + LONG_ENOUGH)
    assert told("follow_up.escalated") == [("partner", "app"), ("partner", "mail")]


def test_no_partner_behind_a_wall_is_told(lawyer, partner):
    row = plan(lawyer, clock.now(), grade="A")
    wall = Wall.objects.create(
        kind="client", target_id=row.client_id, mode="excludes", reason="conflict", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=partner)
    other = make_person("partner2", role="partner")
    escalate_late(clock.now() + LONG_ENOUGH)
    assert {name for name, _ in told("follow_up.escalated")} == {other.username}


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_remind_once(lawyer):
    for _ in range(30):
        plan(lawyer, clock.now() - timedelta(minutes=1))
    start = Barrier(2)

    def tick():
        start.wait()
        send_reminders()
        connection.close()

    ticks = [Thread(target=tick) for _ in range(2)]
    [thread.start() for thread in ticks]
    [thread.join() for thread in ticks]
    send_reminders()
    assert Outbox.objects.filter(event="follow_up.due").count() == 60
    assert not FollowUp.objects.filter(remind_at__isnull=False, remind_at__lte=clock.now()).exists()


def test_a_tick_that_fails_leaves_the_reminder_for_the_next(lawyer, monkeypatch):
    plan(lawyer, clock.now() - timedelta(minutes=1))

    def broken(messages):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("interactions.actions.reminders.notify_many", broken)
        with pytest.raises(RuntimeError), transaction.atomic():
            send_reminders()
    assert send_reminders() == 1


def test_many_late_ones_take_no_more_statements_than_few(lawyer, partner, django_assert_max_num_queries):
    past = clock.now() - timedelta(days=40)
    watcher = make_person("watcher", scope="firm")
    for number in range(12):
        plan(lawyer, past, make_client(lawyer, name=f"Client {number}"), watcher_ids=[watcher.pk])
    with django_assert_max_num_queries(14):
        assert escalate_late() == 12
    assert told("follow_up.escalated") == sorted(
        12 * [(who, channel) for who in ("partner", "watcher") for channel in ("app", "mail")]
    )
