"""What the demo firm does for its clients besides their matters: care plans, and the care of the last months."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from clients.actions.relationship import deferred_assessments
from interactions.actions.care import LeftAlone, done_by_hand, skip
from interactions.actions.care_plans import save_plan
from interactions.actions.care_prepare import prepare_care
from interactions.actions.templates import make_template
from interactions.enums import CareState
from interactions.models import CarePlan, CareTask
from interactions.presenters.care import message_of
from interactions.queries.care_tasks import templates_in_use
from interactions.rules.texts import EN, ZH, filled
from lawcrm.desk.demo.notes import NEWS_OF_LAW
from lawcrm.desk.demo.stories import moment_of
from lawcrm.firm import clock

DAYS = 75
FESTIVALS = ["new_year", "spring", "dragon_boat", "mid_autumn", "christmas"]
STEPS = {
    "A": [
        {"kind": "festival", "festivals": [*FESTIVALS, "lantern", "double_ninth"], "channel": "email", "cost": 60},
        {"kind": "birthday", "channel": "instant_message", "cost": 20},
        {"kind": "visit", "first_month": 1, "every_months": 3, "month_day": 15, "lead_days": 14, "channel": "phone"},
        {"kind": "legal_check_up", "first_month": 12, "every_months": 12, "month_day": 1, "lead_days": 20, "cost": 800},
        {"kind": "information", "first_month": 1, "every_months": 1, "month_day": 25, "lead_days": 7},
    ],
    "B": [
        {"kind": "festival", "festivals": FESTIVALS, "channel": "email", "cost": 10},
        {"kind": "birthday", "channel": "instant_message"},
        {"kind": "visit", "first_month": 6, "every_months": 6, "month_day": 1, "lead_days": 14, "channel": "phone"},
    ],
    "C": [{"kind": "festival", "festivals": ["spring", "mid_autumn", "christmas"], "channel": "email"}],
}  # fmt: skip
OWN = {
    "name": "中秋、春节问候",
    "occasion": "festival",
    "channel": "email",
    "language": "zh-hans",
    "subject": "{节日}安康",
    "body": "{称呼}：\n\n{节日}到了，感谢您这一年对我们的信任。祝您阖家安康，事事顺心。\n\n{发件人}\n{律所}",
}
REASONS = ("刚刚见过面", "met at the seminar last week")


def tell_care(cast) -> None:
    manager, today = cast["manager"], clock.today()
    make_template(by=manager, **OWN)
    for grade, steps in STEPS.items():
        save_plan(CarePlan(grade=grade), by=manager, version=1, steps=steps)
    random = Random(2718)
    with deferred_assessments():
        for ago in range(DAYS, -1, -1):
            day = today - timedelta(days=ago)
            with clock.standing_at(moment_of(day.toordinal(), 250, clock.zone_of())):
                _prepare(day)
            if ago:
                with clock.standing_at(moment_of(day.toordinal(), 560, clock.zone_of())):
                    _give(day, random)


def _prepare(day) -> None:
    cursor: dict = {}
    while prepare_care(cursor, day):
        pass


def _give(day, random: Random) -> None:
    """What was for these days is done, most of it."""
    templates = templates_in_use()
    waiting = CareTask.objects.unscoped().filter(state=CareState.WAITING, on__lte=day + timedelta(days=1))
    for task in waiting.with_message().order_by("on", "id"):
        lot, lawyer = random.random(), task.owner
        if lot < 0.06:
            skip(task, by=lawyer, reason=random.choice(REASONS))
        elif lot < 0.95:
            channel = "phone" if task.channel == "phone" else "instant_message"
            try:
                body = filled(
                    message_of(task, lawyer, templates).body,
                    NEWS_OF_LAW[EN if task.client.language == EN else ZH],
                )
                done_by_hand(task, by=lawyer, body=body, channel=channel, anyway=True)
            except LeftAlone:
                skip(task, by=lawyer, reason=REASONS[0])
