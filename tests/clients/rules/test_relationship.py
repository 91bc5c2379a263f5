"""The five relationship types: each criterion at its boundary. The whole by Hypothesis: test_relationship_properties.py."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from clients.rules import relationship as rel
from clients.rules.relationship import CRITERIA, assess, compare
from clients.rules.relationship_facts import ContactFact, Facts, MatterFact, RelationshipPolicy, SurveyFact
from clients.rules.relationship_stored import from_json, to_json
from lawcrm.firm.policy import FirmPolicy

TODAY = date(2026, 6, 1)
POLICY = RelationshipPolicy()
FIRM, CLIENT = True, False


def days_ago(days):
    return TODAY - timedelta(days=days)


def make_id(number):
    return UUID(int=number)


def contact(ago, *purposes, by=FIRM, answered=True, matter=None, number=None):
    number = ago + 10_000 if number is None else number
    return ContactFact(make_id(number), days_ago(ago), by, answered, purposes, matter)


def matter(number, accepted_ago, closed_ago=None):
    return MatterFact(
        make_id(number), days_ago(accepted_ago), None if closed_ago is None else days_ago(closed_ago)
    )


def facts(*contacts, **values):
    defaults = {
        "client_since": days_ago(400),
        "known_since": days_ago(400),
        "grade": None,
        "ever_contacted": bool(contacts),
        "contact_count": len(contacts),
    }
    return Facts(contacts=contacts, **(defaults | values))


def judged(code, *contacts, policy=POLICY, **values):
    return assess(facts(*contacts, **values), policy, TODAY).criterion(code)


PARTNER_CONTACTS = (
    contact(340, "expectation_check", "legal_update"),
    contact(250, "legal_update", "risk_prevention"),
    contact(200, "cost_planning", by=CLIENT),
    contact(150, "feedback_sought", "needs_review"),
    contact(90, "billing", by=CLIENT),
    contact(30, "progress_report"),
)
PARTNER = facts(
    *PARTNER_CONTACTS,
    client_since=days_ago(1000),
    surveys=(SurveyFact(make_id(1), days_ago(40), 4.5, 9),),
)


class TestReachable:
    @pytest.mark.parametrize(
        ("one", "met"),
        [
            (contact(5, "billing", by=CLIENT, answered=False), True),
            (contact(5, "billing", by=FIRM, answered=True), True),
            (contact(5, "greeting", by=FIRM, answered=True), True),
            (contact(5, "billing", by=FIRM, answered=False), False),
            (contact(365, "billing"), True),
            (contact(366, "billing"), False),
            (contact(-1, "billing", number=1), False),
        ],
    )
    def test_one_two_way_contact_in_the_window(self, one, met):
        assert judged("reachable", one).met is met

    def test_shows_the_contacts(self):
        criterion = judged("reachable", contact(9), contact(3), contact(5, answered=False))
        assert criterion.evidence == (make_id(10_003), make_id(10_009))
        assert criterion.figures == {
            "contacts": 2,
            "needed": 1,
            "window_days": 365,
            "last_on": days_ago(3),
            "all_contacts": 3,
        }


class TestEarlyCheckIn:
    CHECK = "expectation_check"

    @pytest.mark.parametrize(
        ("accepted", "check", "met"),
        [
            (100, contact(100, CHECK), True),
            (100, contact(70, CHECK), True),
            (100, contact(69, CHECK), False),
            (100, contact(101, CHECK), False),
            (100, contact(80, CHECK, by=CLIENT), False),
            (100, contact(80, CHECK, answered=False), True),
            (100, contact(80, "progress_report"), False),
            (100, contact(80, "billing", CHECK), True),
            (100, contact(80, CHECK, matter=make_id(7)), True),
            (100, contact(80, CHECK, matter=make_id(8)), False),
            (365, contact(365, CHECK), True),
        ],
    )
    def test_within_30_days_of_acceptance(self, accepted, check, met):
        criterion = judged("early_check_in", check, matters=(matter(7, accepted),))
        assert criterion.met is met
        assert criterion.missing == (() if met else (make_id(7),))
        assert criterion.evidence == ((check.id,) if met else ())

    def test_every_matter_needs_one(self):
        matters = (matter(7, 300), matter(8, 100))
        assert not judged("early_check_in", contact(290, self.CHECK), matters=matters).met
        both = (contact(290, self.CHECK), contact(90, self.CHECK))
        assert judged("early_check_in", *both, matters=matters).met

    def test_one_untied_contact_serves_two_matters_and_is_shown_once(self):
        criterion = judged("early_check_in", contact(80, self.CHECK), matters=(matter(7, 100), matter(8, 90)))
        assert criterion.met
        assert criterion.evidence == (make_id(10_080),)

    def test_without_a_matter_in_the_window_one_contact_is_enough(self):
        old = (matter(7, 366),)
        assert judged("early_check_in", contact(300, self.CHECK), matters=old).met
        assert not judged("early_check_in", contact(300, self.CHECK, by=CLIENT), matters=old).met
        assert not judged("early_check_in", contact(300, "billing")).met

    def test_a_running_period_does_not_count_against_the_client(self):
        matters = (matter(7, 100), matter(8, 30))
        criterion = judged("early_check_in", contact(90, self.CHECK, matter=make_id(7)), matters=matters)
        assert criterion.met
        assert criterion.pending == (make_id(8),)
        assert criterion.figures["next_due_on"] == TODAY

    def test_a_running_period_does_not_count_for_the_client_either(self):
        criterion = judged("early_check_in", contact(5, "billing"), matters=(matter(8, 10),))
        assert not criterion.met
        assert criterion.missing == ()
        assert criterion.figures["next_due_on"] == TODAY + timedelta(days=20)

    def test_a_period_over_yesterday_counts(self):
        criterion = judged("early_check_in", contact(200, self.CHECK), matters=(matter(8, 31),))
        assert not criterion.met
        assert criterion.missing == (make_id(8),)

    def test_says_when_a_missed_matter_leaves_the_window(self):
        criterion = judged("early_check_in", contact(5), matters=(matter(7, 100), matter(8, 200)))
        recovers_on = criterion.figures["recovers_on"]
        assert recovers_on == days_ago(100) + timedelta(days=366)
        assert not POLICY.window_start(recovers_on) <= days_ago(100)

    def test_a_matter_accepted_in_the_future_is_not_judged(self):
        assert (
            judged("early_check_in", contact(5, self.CHECK), matters=(matter(7, -3),)).figures["matters"] == 0
        )


class TestProgressReported:
    REPORT = "progress_report"

    @pytest.mark.parametrize(
        ("matters", "reports", "owed"),
        [
            ((), (), ()),
            ((matter(7, 30),), (), ()),
            ((matter(7, 31),), (), (7,)),
            ((matter(7, 200),), (contact(30, REPORT),), ()),
            ((matter(7, 200),), (contact(31, REPORT),), (7,)),
            ((matter(7, 200),), (contact(5, REPORT, by=CLIENT),), (7,)),
            ((matter(7, 200),), (contact(5, "billing"),), (7,)),
            ((matter(7, 200),), (contact(5, REPORT, answered=False),), ()),
            ((matter(7, 200),), (contact(5, REPORT, matter=make_id(8)),), (7,)),
            ((matter(7, 200), matter(8, 90)), (contact(5, REPORT),), ()),
            ((matter(7, 200), matter(8, 90)), (contact(5, REPORT, matter=make_id(8)),), (7,)),
            ((matter(7, 200, closed_ago=100),), (), ()),
            ((matter(7, 200, closed_ago=0),), (), ()),
            ((matter(7, 200, closed_ago=-1),), (), (7,)),
            ((matter(7, -5),), (), ()),
            ((matter(7, 900),), (contact(20, REPORT),), ()),
            ((matter(7, 900),), (contact(20, REPORT), contact(40, REPORT, matter=make_id(7))), ()),
        ],
    )
    def test_open_matters_hear_every_30_days(self, matters, reports, owed):
        criterion = judged("progress_reported", *reports, matters=matters)
        assert criterion.missing == tuple(make_id(number) for number in owed)
        assert criterion.met is (not owed)

    def test_figures(self):
        criterion = judged(
            "progress_reported",
            contact(10, self.REPORT, matter=make_id(7)),
            matters=(matter(7, 200), matter(8, 20)),
        )
        assert criterion.figures == {
            "open_matters": 2,
            "owed": 0,
            "longest_days": 20,
            "days": 30,
            "next_due_on": TODAY + timedelta(days=10),
            "last_on": days_ago(10),
        }
        assert criterion.evidence == (make_id(10_010),)


class TestFeedbackSought:
    def test_by_the_firm_or_by_a_survey(self):
        survey = SurveyFact(make_id(1), days_ago(20), None, None)
        assert judged("feedback_sought", contact(300, "feedback_sought")).met
        assert not judged("feedback_sought", contact(300, "feedback_sought", by=CLIENT)).met
        assert not judged("feedback_sought", contact(300, "billing")).met
        answered = judged("feedback_sought", surveys=(survey,))
        assert answered.met
        assert answered.surveys == (make_id(1),)
        assert answered.figures["last_on"] == days_ago(20)

    def test_an_answer_before_the_window_is_too_old(self):
        survey = SurveyFact(make_id(1), days_ago(366), 5, 10)
        assert not judged("feedback_sought", contact(5), surveys=(survey,)).met


class TestRegularContact:
    @pytest.mark.parametrize(
        ("grade", "limit"), [("A", 21), ("B", 45), ("C", 135), ("D", 90), (None, 135), ("", 135), ("X", 135)]
    )
    def test_cadence_and_half_of_it_again(self, grade, limit):
        assert POLICY.longest_gap(grade) == limit
        recent = contact(0, "billing")
        met = judged("regular_contact", recent, grade=grade, client_since=days_ago(limit))
        broken = judged("regular_contact", recent, grade=grade, client_since=days_ago(limit + 1))
        assert (met.met, broken.met) == (True, False)
        assert broken.figures["gap_days"] == limit + 1

    @pytest.mark.parametrize(
        ("contacts", "gap"),
        [
            ((), 365),
            ((contact(100, "billing"),), 265),
            ((contact(300, "billing"), contact(100, "billing")), 200),
            ((contact(300, "billing"), contact(100, "billing", by=CLIENT)), 300),
            ((contact(300, "billing"), contact(100, "greeting")), 300),
            ((contact(300, "billing"), contact(100, "event")), 300),
            ((contact(300, "billing"), contact(100, "greeting", "event")), 300),
            ((contact(300, "billing"), contact(100, "greeting", "other")), 200),
            ((contact(300, "billing"), contact(100)), 300),
            ((contact(300, "billing"), contact(100, "billing", answered=False)), 200),
        ],
    )
    def test_gaps_between_substantive_contacts_of_the_firm(self, contacts, gap):
        assert judged("regular_contact", *contacts).figures["gap_days"] == gap

    def test_counts_from_client_since_when_that_is_later(self):
        criterion = judged(
            "regular_contact",
            contact(300, "billing"),
            contact(90, "billing"),
            client_since=days_ago(100),
        )
        assert criterion.figures["gap_days"] == 90
        assert (criterion.figures["from_on"], criterion.figures["to_on"]) == (days_ago(90), TODAY)
        assert criterion.met

    def test_no_contact_is_not_regular_however_new_the_client(self):
        criterion = judged("regular_contact", contact(1, "greeting"), client_since=days_ago(5))
        assert criterion.figures["gap_days"] == 5
        assert not criterion.met

    def test_an_unknown_or_future_client_since_does_no_harm(self):
        assert judged("regular_contact", contact(3, "billing"), client_since=None).figures["gap_days"] == 362
        assert (
            judged("regular_contact", contact(3, "billing"), client_since=days_ago(-9)).figures["gap_days"]
            == 0
        )

    def test_a_broken_gap_shows_the_contacts_at_its_ends(self):
        criterion = judged(
            "regular_contact", contact(350, "other"), contact(150, "other"), contact(20, "other")
        )
        assert criterion.evidence == (make_id(10_150), make_id(10_350))

    @pytest.mark.parametrize("agos", [(350, 150, 20), (300,), (360, 340, 10)])
    def test_says_when_regular_contact_from_now_on_would_heal_it(self, agos):
        contacts = [contact(ago, "other") for ago in agos]
        recovers_on = judged("regular_contact", *contacts).figures["recovers_on"]
        later = [contact(-ahead, "other", number=ahead + 1) for ahead in range(0, 400, 100)]
        kept_up = facts(*contacts, *later)
        assert assess(kept_up, POLICY, recovers_on).criterion("regular_contact").met
        day_before = recovers_on - timedelta(days=1)
        assert not assess(kept_up, POLICY, day_before).criterion("regular_contact").met


class TestInformedAndReviewed:
    def test_two_updates_whoever_began(self):
        one, two = contact(300, "legal_update"), contact(20, "legal_update", by=CLIENT)
        assert not judged("informed", one).met
        assert judged("informed", one, two).met

    def test_a_purpose_ticked_twice_is_one_contact(self):
        assert not judged("informed", contact(300, "legal_update", "legal_update")).met

    def test_a_needs_review_in_the_last_180_days(self):
        assert judged("needs_reviewed", contact(180, "needs_review")).met
        stale = judged("needs_reviewed", contact(181, "needs_review"))
        assert not stale.met
        assert stale.figures["last_on"] == days_ago(181)


class TestPartner:
    @pytest.mark.parametrize(
        ("since", "matters", "met"),
        [
            (date(2024, 6, 1), 0, True),
            (date(2024, 6, 2), 0, False),
            (date(2024, 6, 2), 2, False),
            (date(2024, 6, 2), 3, True),
            (None, 2, False),
            (None, 3, True),
        ],
    )
    def test_long_term(self, since, matters, met):
        all_matters = tuple(matter(number, 900, 800) for number in range(matters))
        criterion = judged("long_term", contact(5), client_since=since, matters=all_matters)
        assert criterion.met is met

    def test_a_client_since_29_february(self):
        assert rel.years_after(date(2024, 2, 29), 2) == date(2026, 3, 1)
        assert rel.years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)

    @pytest.mark.parametrize(
        ("firm", "client", "met"),
        [(5, 0, False), (6, 0, False), (3, 2, False), (5, 1, False), (4, 2, True), (3, 3, True), (8, 2, True)]
        + [(9, 2, False), (2, 8, True), (1, 5, False), (12, 3, True), (28, 7, True), (28, 6, False)],
    )
    def test_two_way(self, firm, client, met):
        contacts = [contact(n, "greeting", by=n < firm) for n in range(firm + client)]
        assert judged("two_way", *contacts).met is met

    def test_risk_and_cost_work(self):
        risk, cost = contact(9, "risk_prevention"), contact(8, "cost_planning", by=CLIENT)
        assert not judged("risk_and_cost_work", contact(9, "risk_prevention", "cost_planning")).met
        assert judged("risk_and_cost_work", risk, cost).met
        assert judged("risk_and_cost_work", risk, contact(4, "risk_prevention")).met

    @pytest.mark.parametrize(
        ("surveys", "complaints", "met"),
        [
            ((), 0, False),
            (((20, 4.0, None),), 0, True),
            (((20, 3.9, None),), 0, False),
            (((20, 3.9, 9),), 0, True),
            (((20, None, 8),), 0, False),
            (((20, None, None),), 0, False),
            (((20, 5, 10),), 1, False),
            (((20, 3, 2), (90, 5, 10)), 0, False),
            (((90, 5, 10), (20, 3, 2)), 0, False),
            (((90, 3, 2), (20, 5, 10)), 0, True),
            (((366, 5, 10),), 0, False),
        ],
    )
    def test_satisfied(self, surveys, complaints, met):
        answered = tuple(
            SurveyFact(make_id(n), days_ago(ago), score, nps) for n, (ago, score, nps) in enumerate(surveys)
        )
        assert judged("satisfied", contact(5), surveys=answered, open_complaints=complaints).met is met


class TestTheClimb:
    def test_partner(self):
        assessment = assess(PARTNER, POLICY, TODAY)
        assert [c.code for c in assessment.criteria if not c.met] == []
        assert (assessment.type, assessment.next_step) == ("partner", None)

    @pytest.mark.parametrize(
        ("purpose", "expected", "next_step"),
        [
            ("expectation_check", "passive", "early_check_in"),
            ("feedback_sought", "responsible", "needs_reviewed"),
            ("needs_review", "responsible", "needs_reviewed"),
            ("legal_update", "responsible", "informed"),
            ("risk_prevention", "proactive", "risk_and_cost_work"),
        ],
    )
    def test_the_first_unmet_criterion_decides(self, purpose, expected, next_step):
        contacts = tuple(
            replace(c, purposes=tuple("other" if p == purpose else p for p in c.purposes))
            for c in PARTNER_CONTACTS
        )
        if purpose == "feedback_sought":  # the survey still answers for it
            contacts = tuple(
                replace(c, purposes=tuple(p for p in c.purposes if p != "needs_review")) for c in contacts
            )
        assessment = assess(replace(PARTNER, contacts=contacts), POLICY, TODAY)
        assert (assessment.type, assessment.next_step) == (expected, next_step)

    def test_a_higher_type_does_not_make_up_for_a_lower_one(self):
        owing = replace(PARTNER, matters=(matter(7, 500), matter(8, 40)))
        assessment = assess(owing, POLICY, TODAY)
        assert (assessment.type, assessment.next_step) == ("passive", "early_check_in")

    def test_basic_is_a_verdict_on_evidence(self):
        ignored = facts(contact(40, "billing", answered=False), contact(90, "billing", answered=False))
        assert assess(ignored, POLICY, TODAY).type == "basic"
        long_silent = facts(ever_contacted=True, contact_count=4)
        assert assess(long_silent, POLICY, TODAY).type == "basic"

    @pytest.mark.parametrize(
        ("known_ago", "count", "insufficient"),
        [(400, 0, True), (5, 0, True), (29, 1, True), (30, 1, False), (29, 2, False), (0, 2, False)],
    )
    def test_not_yet_assessed(self, known_ago, count, insufficient):
        contacts = [contact(n, "billing") for n in range(count)]
        new = facts(*contacts, known_since=days_ago(known_ago), client_since=None)
        assessment = assess(new, POLICY, TODAY)
        assert assessment.insufficient is insufficient
        assert (assessment.type is None) is insufficient
        assert assessment.next_step is not None
        assert len(assessment.criteria) == len(CRITERIA)

    def test_a_client_of_years_entered_yesterday_is_not_new(self):
        entered = facts(contact(1, "billing"), known_since=days_ago(1), client_since=days_ago(2000))
        assert assess(entered, POLICY, TODAY).type == "passive"


class TestChange:
    PROACTIVE = replace(PARTNER, open_complaints=1)

    @pytest.mark.parametrize(
        ("before", "after", "kind"),
        [(PARTNER, PARTNER, "same"), (PARTNER, PROACTIVE, "fall"), (PROACTIVE, PARTNER, "rise")]
        + [(None, PARTNER, "first"), (PARTNER, facts(), "unclear"), (facts(), PARTNER, "first")]
        + [(facts(), facts(), "same")],
    )
    def test_kind(self, before, after, kind):
        old = before and assess(before, POLICY, TODAY)
        assert compare(old, assess(after, POLICY, TODAY)).kind == kind

    def test_names_what_was_lost(self):
        change = compare(assess(PARTNER, POLICY, TODAY), assess(self.PROACTIVE, POLICY, TODAY))
        assert (change.lost, change.gained) == (("satisfied",), ())
        assert (change.before, change.after) == ("partner", "proactive")


def test_criteria_of_an_older_version_are_left_out():
    stored = to_json(assess(PARTNER, POLICY, TODAY))
    stored["criteria"].append({"code": "charm", "met": True, "figures": {}})
    assert from_json(stored) == assess(PARTNER, POLICY, TODAY)


def test_the_policy_is_taken_from_the_firms():
    firms = FirmPolicy(window_days=100, session_hours=8)
    assert RelationshipPolicy.of(firms) == RelationshipPolicy(window_days=100)


def test_the_fingerprint_changes_with_the_verdict_and_not_with_a_day():
    silent = facts(contact(40, "billing"))
    first, next_day = assess(silent, POLICY, TODAY), assess(silent, POLICY, TODAY + timedelta(days=1))
    assert first != next_day
    assert first.fingerprint == next_day.fingerprint
    assert len(first.fingerprint) == 32
    partner, fallen = PARTNER, replace(PARTNER, open_complaints=1)
    assert assess(partner, POLICY, TODAY).fingerprint != assess(fallen, POLICY, TODAY).fingerprint
