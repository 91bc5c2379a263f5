"""The grade page in words: which grade counts and why, the score figure by figure, the service standard, the plan."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.enums import GoalState, Grade, GradeOrigin
from clients.models import GradeChange, GrowthPlan
from clients.rules.grading import UP, Figure, Score, direction
from lawcrm.firm.forms.policy import CARE, LEVELS
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.templatetags.look import amount, day

FIGURES = {
    "volume": gettext_lazy("Fees"),
    "referrals": gettext_lazy("Referrals"),
    "realisation": gettext_lazy("Realisation"),
    "standing": gettext_lazy("Standing"),
    "years": gettext_lazy("Years together"),
}


@dataclass(frozen=True, slots=True)
class FigureLine:
    label: str
    found: str
    full: str
    points: str
    most: str
    share: int  # of the most, in per cent: how far the bar is filled
    missing: bool = False


def figure_lines(score: Score, policy: FirmPolicy) -> list[FigureLine]:
    return [_line(figure, policy) for figure in score.figures]


def _line(figure: Figure, policy: FirmPolicy) -> FigureLine:
    return FigureLine(
        label=_label(figure.code, policy),
        found=_found(figure),
        full=_full(figure),
        points=number_format(round(figure.points, 1), 1),
        most=number_format(round(figure.most, 1), 1),
        share=round(100 * figure.points / figure.most) if figure.most else 0,
        missing=figure.value is None,
    )


def _label(code: str, policy: FirmPolicy) -> str:
    if code == "volume":
        months = policy.fees_months
        return ngettext(
            "Fees of the last %(months)d month", "Fees of the last %(months)d months", months
        ) % {"months": months}  # fmt: skip
    return str(FIGURES[code])


def _found(figure: Figure) -> str:
    if figure.value is None:
        return _("not said")
    if figure.code == "volume":
        return amount(round(figure.value, 2))
    if figure.code == "years":
        return number_format(round(figure.value, 1), 1)
    if figure.code == "realisation":
        return f"{figure.value:.0f} %"
    return f"{figure.value + (figure.code == 'standing'):.0f}"


def _full(figure: Figure) -> str:
    """What would count in full."""
    if figure.code == "realisation":
        return "100 %"
    return amount(figure.full + (figure.code == "standing"))


@dataclass(frozen=True, slots=True)
class Standard:
    """The service standard of a grade, as the policy has it."""

    grade: str
    label: str
    assumed: bool  # a client without a grade is served by the standard of C
    level: str
    cadence: str
    answer: str
    care: list[str]


def standard_of(grade: str, policy: FirmPolicy) -> Standard:
    kept = grade or Grade.C.value
    days, hours = policy.cadence_days[kept], policy.answer_hours[kept]
    names = dict(CARE)
    return Standard(
        grade=kept,
        label=str(Grade(kept).label),
        assumed=not grade,
        level=str(dict(LEVELS).get(policy.responsible_level[kept], policy.responsible_level[kept])),
        cadence=ngettext("at least every day", "at least every %(days)d days", days) % {"days": days},
        answer=ngettext("within %(hours)d working hour", "within %(hours)d working hours", hours)
        % {"hours": hours},
        care=[str(names.get(code, code)) for code in policy.care[kept]],
    )


@dataclass(frozen=True, slots=True)
class ChangeLine:
    on: date
    old: str
    new: str
    kind: str
    why: str
    who: str


def change_lines(changes: list[GradeChange]) -> list[ChangeLine]:
    return [
        ChangeLine(
            change.on,
            change.old,
            change.new,
            direction(change.old, change.new),
            _why(change),
            change.made_by.display_name if change.made_by else "",
        )
        for change in changes
    ]


def _why(change: GradeChange) -> str:
    told = str(GradeOrigin(change.origin).label)
    if change.reason:
        return f"{told}: {change.reason}"
    if change.origin == GradeOrigin.SCORE and change.points is not None:
        return _("By the score of %(points)s") % {"points": number_format(change.points, 1)}
    return told


def why_this_grade(client, decision, changes: list[GradeChange]) -> str:
    """One sentence on why the client has the grade it has."""
    if decision:
        return _("%(who)s gave it by hand until %(until)s: %(reason)s") % {
            "who": decision.made_by.display_name,
            "until": day(decision.ends_on),
            "reason": decision.reason,
        }
    if not client.grade:
        return _("Without a grade the standard of C applies.")
    if changes and changes[0].new == client.grade:
        return _("%(why)s, since %(day)s.") % {"why": _why(changes[0]), "day": day(changes[0].on)}
    return _("Entered in the profile.")


def what_the_score_says(score: Score, client, cutoffs) -> str:
    if score.points is None:
        return _("Not scored: no fees, referrals or figures by hand are on record.")
    words = {"grade": score.grade, "now": client.grade}
    if score.grade == client.grade:
        return _("The score speaks for %(grade)s, the grade that counts.") % words
    if not client.grade:
        return _("The score speaks for %(grade)s.") % words
    if direction(client.grade, score.grade) == UP:
        return _("The score speaks for %(grade)s, higher than the %(now)s that counts.") % words
    return _("The score speaks for %(grade)s, lower than the %(now)s that counts.") % words


def next_cutoff(score: Score, cutoffs) -> str:
    """How far it is to the next grade."""
    if score.points is None or score.grade == "A":
        return ""
    higher = {"D": "C", "C": "B", "B": "A"}[score.grade]
    missing = number_format(round(cutoffs[higher] - score.points, 1), 1)
    return _("%(missing)s more points for %(grade)s.") % {"missing": missing, "grade": higher}


# -- the growth plan ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActionLine:
    text: str
    owner: str
    when: str
    is_late: bool
    is_done: bool
    result: str
    url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    text: str
    when: str
    state: str
    state_label: str
    is_late: bool
    result: str
    actions: list[ActionLine]
    end_url: str
    action_url: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class PlanView:
    plan: GrowthPlan
    owner: str
    goals: list[GoalLine]
    done: int
    total: int
    progress: str
    is_open: bool
    is_late: bool


def plan_view(plan: GrowthPlan, today: date) -> PlanView:
    goals = [goal for goal in plan.goals.all() if goal.state != GoalState.DROPPED]
    steps = [action for goal in goals for action in goal.actions.all()]
    reached = sum(goal.state == GoalState.REACHED for goal in goals)
    done = sum(bool(action.done_on) for action in steps)
    return PlanView(
        plan=plan,
        owner=plan.owner.display_name,
        goals=[_goal(goal, plan, today) for goal in plan.goals.all()],
        done=reached + done,
        total=len(goals) + len(steps),
        progress=_("%(reached)d of %(goals)d goals reached, %(done)d of %(actions)d actions done")
        % {"reached": reached, "goals": len(goals), "done": done, "actions": len(steps)},
        is_open=plan.closed_on is None,
        is_late=plan.closed_on is None and plan.ends_on < today,
    )


def _goal(goal, plan, today) -> GoalLine:
    client_id = plan.client_id
    return GoalLine(
        text=goal.text,
        when=date_format(goal.due_on, "SHORT_DATE_FORMAT"),
        state=goal.state,
        state_label=goal.get_state_display(),
        is_late=goal.state == GoalState.OPEN and goal.due_on < today and plan.closed_on is None,
        result=goal.result,
        actions=[_action(action, client_id, plan, today) for action in goal.actions.all()],
        end_url=reverse("clients:growth_goal_end", args=[client_id, goal.pk]),
        action_url=reverse("clients:growth_action", args=[client_id, goal.pk]),
        edit_url=reverse("clients:growth_goal_edit", args=[client_id, goal.pk]),
    )


def _action(action, client_id, plan, today) -> ActionLine:
    return ActionLine(
        text=action.text,
        owner=action.owner.display_name,
        when=date_format(action.done_on or action.due_on, "SHORT_DATE_FORMAT"),
        is_late=not action.done_on and action.due_on < today and plan.closed_on is None,
        is_done=bool(action.done_on),
        result=action.result,
        url=reverse("clients:growth_action_done", args=[client_id, action.pk]),
        edit_url=reverse("clients:growth_action_edit", args=[client_id, action.pk]),
    )


# -- proposals of the score --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProposalLine:
    client: str
    url: str
    take_over_url: str
    now: str
    proposed: str
    kind: str
    points: str
    responsible: str


def proposal_line(grading) -> ProposalLine:
    client = grading.client
    return ProposalLine(
        client=client.name,
        url=reverse("clients:grade", args=[client.pk]),
        take_over_url=reverse("clients:grade_take_over", args=[client.pk]),
        now=client.grade,
        proposed=grading.grade,
        kind=direction(client.grade, grading.grade),
        points=number_format(grading.points, 1),
        responsible=client.responsible.display_name,
    )
