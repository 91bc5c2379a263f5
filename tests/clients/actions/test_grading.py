"""Scoring, grading by hand, and everything a change of grade brings with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clients.actions import growth
from clients.actions.bulk import update_clients
from clients.actions.clients import update_client
from clients.actions.grade_all import score_next, start_scoring_all
from clients.actions.grading import (
    decide_grade,
    score_clients,
    scores_of,
    set_figures,
    take_over_score,
    withdraw_decision,
)
from clients.models import ClientGrading, GradeChange, GradeDecision, Link
from clients.queries.grading import graded
from clients.rules.grading import GradingPolicy
from interactions.models import FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.actions.policy import change_policy
from lawcrm.firm.models import AuditEntry, Outbox
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.policy_effects import effects_of
from lawcrm.firm.sentences import sentence
from matters.actions.fees import record_fee, withdraw_fee
from matters.actions.matters import open_matter
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

pytestmark = pytest.mark.django_db
FOLLOWING = replace(FirmPolicy(), grades_follow_score=True)


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer(partner):
    return make_person("lawyer", supervisor=partner)


@pytest.fixture
def client(lawyer):
    return make_client(lawyer, grade="C", client_since=clock.today() - timedelta(days=3653))


@pytest.fixture
def matter(client, lawyer):
    return open_matter(
        by=lawyer,
        client=client,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today(),
    )


def follow_score(**changes):
    change_policy(by=make_person("admin"), policy=replace(FOLLOWING, **changes), note="Try it.")


def grade_now(client) -> str:
    client.refresh_from_db()
    return client.grade


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def test_a_fee_moves_the_score_at_once_and_proposes(client, matter, lawyer):
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    stored = ClientGrading.objects.get(client=client)
    assert (stored.points, stored.grade, grade_now(client)) == (70.0, "A", "C")
    assert {figure[0]: figure[1] for figure in stored.figures}["volume"] == 500_000
    assert not GradeChange.objects.exists()


def test_old_and_withdrawn_fees_do_not_count(client, matter, lawyer):
    record_fee(matter, by=lawyer, on=clock.today() - timedelta(days=800), amount=500_000)
    assert ClientGrading.objects.get(client=client).points is None
    fee = record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    assert withdraw_fee(fee, by=lawyer) and not withdraw_fee(fee, by=lawyer)
    assert ClientGrading.objects.get(client=client).points is None


def test_taking_over_the_score_is_an_upgrade(client, matter, lawyer, partner):
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    client.refresh_from_db()
    quiet_before, version = client.quiet_from, client.version
    assert take_over_score(client, by=partner) == "A"
    assert grade_now(client) == "A"
    assert client.quiet_from < quiet_before  # A's cadence is shorter
    assert client.version > version
    change = GradeChange.objects.get(client=client)
    assert (change.old, change.new, change.origin, change.points) == ("C", "A", "score", 70.0)
    follow_up = FollowUp.objects.get(client=client, origin="grade")
    assert follow_up.owner == lawyer
    assert clock.now() < follow_up.due_at <= clock.now() + timedelta(days=92)
    assert "from grade C to A" in follow_up.title
    assert Outbox.objects.filter(event="grade.changed", person=lawyer).count() == 2
    assert take_over_score(client, by=partner) is None


def test_a_second_change_does_not_raise_a_second_talk(client, partner):
    decide_grade(client, by=partner, grade="A", reason="New mandate.", ends_on=in_days(90))
    decide_grade(client, by=partner, grade="D", reason="It fell through.", ends_on=in_days(90))
    follow_up = FollowUp.objects.get(client=client, origin="grade")
    assert "from grade A to D" in follow_up.title


def test_who_brings_clients_is_worth_more(client, lawyer):
    lead = make_client_person(client, name="Anna Bell")
    make_client(lawyer, referrer_client=client)
    make_client(lawyer, referrer_person=lead)
    both = make_client(lawyer, referrer_client=client)
    Link.objects.create(
        kind="referrer", from_client=client, to_client=both, made_by=lawyer
    )  # the same one, told twice
    score_clients([client.pk])
    stored = ClientGrading.objects.get(client=client)
    assert {figure[0]: figure[1] for figure in stored.figures}["referrals"] == 3
    (seen,) = scores_of(
        graded([client.pk]), GradingPolicy.of(FirmPolicy()), clock.today(), reader=make_person("lawyer2")
    )
    assert [figure.value for figure in seen.score.figures if figure.code == "referrals"] == [0]


def test_by_hand_holds_against_the_score_and_ends(client, matter, lawyer, partner):
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    follow_score()
    decide_grade(client, by=partner, grade="B", reason="Chooses counsel next year.", ends_on=in_days(30))
    score_clients([client.pk])
    assert grade_now(client) == "B"
    assert GradeChange.objects.get(client=client, origin="hand").reason == "Chooses counsel next year."
    entry = AuditEntry.objects.get(verb="client.grade_decided")
    assert "by hand until" in sentence(entry) and entry.changes == {"grade": ["C", "B"]}
    score_clients([client.pk], today=in_days(31))
    assert grade_now(client) == "A"
    assert GradeDecision.objects.get().ended_at
    assert list(GradeChange.objects.values_list("origin", flat=True)) == ["score", "hand"]


def test_where_the_score_only_proposes_the_replaced_grade_comes_back(client, partner):
    decide_grade(client, by=partner, grade="A", reason="First.", ends_on=in_days(30))
    decide_grade(client, by=partner, grade="B", reason="Second thoughts.", ends_on=in_days(30))
    assert withdraw_decision(client, by=partner)
    assert grade_now(client) == "C"
    assert not withdraw_decision(client, by=partner)
    score_clients([client.pk], today=in_days(60))
    assert grade_now(client) == "C"


def test_a_grade_typed_into_the_profile_is_an_event_too(client, partner, lawyer):
    decide_grade(client, by=partner, grade="A", reason="First.", ends_on=in_days(30))
    client.refresh_from_db()
    update_client(client, by=lawyer, version=client.version, changes={"grade": "D"})
    assert not GradeDecision.objects.not_ended().exists()
    assert [(c.old, c.new) for c in GradeChange.objects.all()] == [("A", "D"), ("C", "A")]
    assert not Outbox.objects.filter(event="grade.changed", context={}, person=lawyer).count() > 2


def test_a_grade_that_comes_in_with_a_file_is_an_event_too(client, partner, lawyer):
    decide_grade(client, by=partner, grade="A", reason="First.", ends_on=in_days(30))
    update_clients([(client.pk, {"grade": "D"})], by=lawyer)
    change = GradeChange.objects.filter(client=client).first()
    assert (change.old, change.new, change.origin) == ("A", "D", "import")
    assert not GradeDecision.objects.not_ended().exists()
    assert "from grade A to D" in FollowUp.objects.get(client=client, origin="grade").title


def test_a_first_grade_is_no_event(lawyer):
    client = make_client(lawyer)
    update_client(client, by=lawyer, version=client.version, changes={"grade": "B"})
    assert GradeChange.objects.get().old == ""
    assert not FollowUp.objects.filter(origin="grade").exists()


def test_figures_by_hand(client, partner, lawyer):
    grading = set_figures(client, by=partner, realisation=90, standing=5)
    assert (grading.points, grading.entered_by) == (pytest.approx(20 + 17.1, abs=0.1), partner)
    score_clients([client.pk])
    grading.refresh_from_db()
    assert (grading.realisation, grading.standing) == (90, 5)


@pytest.mark.parametrize("act", ["decide", "withdraw", "take", "figures"])
def test_only_a_partner_grades(client, lawyer, act):
    deeds = {
        "decide": lambda: decide_grade(client, by=lawyer, grade="A", reason="Mine.", ends_on=in_days(3)),
        "withdraw": lambda: withdraw_decision(client, by=lawyer),
        "take": lambda: take_over_score(client, by=lawyer),
        "figures": lambda: set_figures(client, by=lawyer, realisation=1, standing=1),
    }
    with pytest.raises(PermissionDenied):
        deeds[act]()


@pytest.mark.parametrize(("reason", "days"), [("  ", 5), ("Good.", -1), ("Good.", 400)])
def test_a_grade_by_hand_needs_reason_and_end(client, partner, reason, days):
    with pytest.raises(ValueError):
        decide_grade(client, by=partner, grade="A", reason=reason, ends_on=in_days(days))


def test_the_night_takes_the_same_path_in_few_statements(
    client, matter, lawyer, django_assert_max_num_queries
):
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    for _ in range(20):
        make_client(lawyer, grade="C")
    follow_score()
    cursor = {}
    with django_assert_max_num_queries(60):
        while score_next(cursor):
            pass
    assert cursor["scored"] == 21 and cursor["changed"] == 1
    assert grade_now(client) == "A"
    assert FollowUp.objects.filter(origin="grade").count() == 1


def test_the_effect_of_new_weights_is_told_before_saving(client, matter, lawyer):
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    told = effects_of(FirmPolicy(), replace(FOLLOWING, grade_cutoffs={"A": 60, "B": 45, "C": 20}))
    assert "1 of 1 clients would change its grade, and with it the service standard." in told
    assert "Mostly: C to A: 1." in told
    assert effects_of(FirmPolicy(), FirmPolicy()) == []
    assert grade_now(client) == "C"


def test_after_a_change_of_weights_everybody_is_scored_without_notes(client, matter, lawyer):
    record_fee(matter, by=lawyer, on=clock.today(), amount=500_000)
    follow_score()
    job = start_scoring_all(by=make_person("manager"))
    while run_next_chunk(job.pk):
        pass
    assert grade_now(client) == "A"
    assert not Outbox.objects.filter(event="grade.changed").exists()
    assert FollowUp.objects.filter(origin="grade").exists()


def test_a_growth_plan_from_aim_to_result(client, lawyer):
    plan = growth.plan_growth(
        client, by=lawyer, aim="A retainer", owner=lawyer, starts_on=clock.today(), ends_on=in_days(300)
    )
    goal = growth.add_goal(plan, by=lawyer, text="Know their needs", due_on=in_days(60))
    action = growth.add_action(goal, by=lawyer, text="Talk to legal", due_on=in_days(20), owner=lawyer)
    growth.finish_action(action, by=lawyer, done_on=clock.today(), result="Good talk.")
    growth.end_goal(goal, by=lawyer, state="reached", result="Contracts first.")
    growth.close_plan(plan, by=lawyer, result="Signed.")
    plan.refresh_from_db()
    assert (plan.closed_on, plan.result) == (clock.today(), "Signed.")
    with pytest.raises(growth.PlanClosed):
        growth.add_goal(plan, by=lawyer, text="More", due_on=in_days(3))
    verbs = (
        AuditEntry.objects.filter(verb__startswith="growth.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "growth.planned", "growth.goal_added", "growth.action_added", "growth.action_done", "growth.goal_ended",
        "growth.closed",
    ]  # fmt: skip
