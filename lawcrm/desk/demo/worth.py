"""What the demo firm's clients are worth to it: fees of their matters, figures by hand, a grade by hand, growth plans."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from clients.actions import growth
from clients.actions.grading import decide_grade, score_clients, set_figures
from clients.actions.needs import move_need, record_need
from clients.enums import GoalState
from lawcrm.desk.demo import notes
from lawcrm.firm import clock
from matters.models import MatterFee

# a bill of a matter, by the grade the client was given: low, high
BILLS = {
    "A": (60_000, 180_000),
    "B": (30_000, 90_000),
    "C": (8_000, 40_000),
    "D": (4_000, 15_000),
    "": (3_000, 9_000),
}
FIGURES = {"A": (92, 5), "B": (85, 4), "C": (75, 2), "D": (80, 2)}
PLANS = 3


def tell_worth(cast, lives) -> None:
    random, partner = Random(4711), cast["partner"]
    MatterFee.objects.bulk_create([fee for life in lives for fee in _fees(life, random)])
    for number, life in enumerate(lives):
        life.client.refresh_from_db(fields=["grade"])
        if life.client.grade in FIGURES and number % 3 == 0:
            realisation, standing = FIGURES[life.client.grade]
            set_figures(life.client, by=partner, realisation=realisation, standing=standing)
    score_clients([life.client.pk for life in lives])
    _decide(lives, partner)
    growing = [life for life in lives if life.client.grade in ("D", "B")][:PLANS]
    for life in growing:
        _plan(life)
    for number, life in enumerate(lives):
        for place in range(random.choice((0, 0, 1, 2, 3))):
            _need(life, number + 7 * place, random)


def _fees(life, random: Random):
    """A bill when the matter was accepted and one each half-year after, as long as it ran."""
    low, high = BILLS.get(life.client.grade, BILLS[""])
    for matter in life.matters.values():
        day, last = matter.accepted_on, matter.closed_on or clock.today()
        while day <= last:
            amount = random.randrange(low, high, 500)
            yield MatterFee(matter=matter, on=day, amount=amount, made_by=matter.responsible)
            day += timedelta(days=182)


def _decide(lives, partner) -> None:
    chosen = next((life for life in lives if life.client.grade == "C"), None)
    if chosen:
        reason, until = notes.GRADE_REASON[chosen.story.language], clock.today() + timedelta(days=150)
        decide_grade(chosen.client, by=partner, grade="B", reason=reason, ends_on=until)


def _plan(life) -> None:
    client, today, words = life.client, clock.today(), notes.GROWTH[life.story.language]
    owner = client.responsible
    begun = today - timedelta(days=70)
    plan = growth.plan_growth(
        client, by=owner, aim=words["aim"], owner=owner, starts_on=begun, ends_on=begun + timedelta(days=365)
    )
    for place, (text, actions) in enumerate(words["goals"]):
        goal = growth.add_goal(plan, by=owner, text=text, due_on=begun + timedelta(days=60 + 120 * place))
        for step, action in enumerate(actions):
            due_on = begun + timedelta(days=30 + 100 * place + 25 * step)
            made = growth.add_action(goal, by=owner, text=action, due_on=due_on, owner=owner)
            if due_on < today:
                growth.finish_action(made, by=owner, done_on=due_on, result="")
        if place == 0:
            growth.end_goal(goal, by=owner, state=GoalState.REACHED, result=words["result"])


def _need(life, number: int, random: Random) -> None:
    """A need somewhere on its way; one in nine was dropped."""
    known = notes.NEEDS[life.story.language]
    layer, field, title, note = known[number % len(known)]
    client, owner = life.client, life.client.responsible
    found_on = clock.today() - timedelta(days=random.randrange(3, 260))
    need = record_need(
        client,
        by=owner,
        title=title,
        layer=layer,
        field=field,
        note=note,
        urgency=random.choice((1, 2, 2, 3)),
        found_by=random.choice(("conversation", "conversation", "questionnaire", "data", "competitors")),
        found_on=found_on,
        person=life.people[0] if life.people and number % 2 else None,
    )
    if number % 9 == 4:
        move_need(need, by=owner, move="drop", note=notes.NEED_DROPPED[life.story.language])
        return
    extents = {name: random.randrange(1, 4) for name in ("feasibility", "risk", "cost")}
    for move in ("assess", "plan", "serve", "satisfy")[: random.choice((0, 0, 1, 1, 2, 3, 4))]:
        need = move_need(need, by=owner, move=move, assessment=extents if move == "assess" else None)
