"""The score behind a client's grade, figure by figure, and which grade counts (relationship criteria, docs/grades-and-needs.md).

Score = weighted business volume (fees of the last months), contribution (referrals, realisation, standing) and years of
cooperation. Weights, what counts in full, and cut-offs are firm policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

GRADES = ("A", "B", "C", "D")
LOWEST = "D"
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class ScoreFacts:
    """What the firm knows of a client's worth. None: nobody has said."""

    known_since: date
    client_since: date | None = None
    fees: float = 0
    fee_entries: int = 0
    referrals: int = 0
    realisation: int | None = None  # per cent of the work that is billed and paid, by hand
    standing: int | None = None  # 1 to 5, by hand


@dataclass(frozen=True, slots=True)
class GradingPolicy:
    """The part of the firm's policy the score goes by."""

    score_weights: Mapping[str, float]
    contribution_weights: Mapping[str, float]
    full_fees: float
    full_referrals: int
    full_years: int
    grade_cutoffs: Mapping[str, float]
    fees_months: int
    follows: bool

    @classmethod
    def of(cls, policy) -> GradingPolicy:
        return cls(
            score_weights=policy.score_weights,
            contribution_weights=policy.contribution_weights,
            full_fees=policy.full_fees,
            full_referrals=policy.full_referrals,
            full_years=policy.full_years,
            grade_cutoffs=policy.grade_cutoffs,
            fees_months=policy.fees_months,
            follows=policy.grades_follow_score,
        )

    def fees_since(self, today: date) -> date:
        """The first day whose fees count."""
        months = today.year * 12 + today.month - 1 - self.fees_months
        return date(months // 12, months % 12 + 1, min(today.day, 28))


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the score: what was found, what would count in full, and the points it gives of the most it could."""

    code: str
    value: float | None
    full: float
    points: float
    most: float


@dataclass(frozen=True, slots=True)
class Score:
    """`points` of 100 and the grade they speak for; both None where nothing is on record to judge by."""

    points: float | None
    grade: str | None
    figures: tuple[Figure, ...]


def score(facts: ScoreFacts, policy: GradingPolicy, today: date) -> Score:
    """Each figure counts up to its full mark and no further.

    A figure by hand that nobody has given is left out, and the others of the contribution carry its weight: an empty
    field speaks neither for nor against a client.
    """
    years = max((today - (facts.client_since or facts.known_since)).days, 0) / YEAR
    shares = _shares(policy.score_weights)
    known = {
        "referrals": (facts.referrals, policy.full_referrals),
        "realisation": (facts.realisation, 100),
        "standing": (None if facts.standing is None else facts.standing - 1, 4),
    }
    within = _shares(
        {
            code: policy.contribution_weights[code]
            for code, (value, _full) in known.items()
            if value is not None
        }
    )
    figures = [_figure("volume", facts.fees, policy.full_fees, shares["volume"])]
    for code, (value, full) in known.items():
        most = shares["contribution"] * within.get(code, 0)
        figures.append(_figure(code, value, full, most))
    figures.append(_figure("years", years, policy.full_years, shares["years"]))
    if not (facts.fee_entries or facts.referrals) and facts.realisation is None and facts.standing is None:
        return Score(None, None, tuple(figures))
    points = round(sum(figure.points for figure in figures), 1)
    return Score(points, grade_of(points, policy.grade_cutoffs), tuple(figures))


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {code: weight / whole if whole else 0.0 for code, weight in weights.items()}


def _figure(code: str, value: float | None, full: float, share: float) -> Figure:
    most = 100 * share
    reached = min(max(float(value or 0), 0.0) / float(full), 1.0)
    return Figure(code, None if value is None else float(value), float(full), most * reached, most)


def grade_of(points: float, cutoffs: Mapping[str, float]) -> str:
    """The highest grade whose cut-off the points reach."""
    return next((grade for grade in GRADES if grade in cutoffs and points >= cutoffs[grade]), LOWEST)


def counting_grade(
    *, now: str, by_hand: str | None, ended_from: str | None, proposed: str | None, follows: bool
) -> str:
    """The grade that counts from today.

    A grade by hand holds to its end; else the score's, where grades follow it; else, when a grade by hand has just
    ended, the one it replaced; else what stands.
    """
    if by_hand:
        return by_hand
    if follows and proposed:
        return proposed
    return now if ended_from is None else ended_from


UP, DOWN, FIRST, NONE = "up", "down", "first", "none"


def direction(old: str, new: str) -> str:
    """Which way a change of grade goes; a first grade is neither up nor down."""
    if old == new or not new:
        return NONE
    if not old:
        return FIRST
    return UP if GRADES.index(new) < GRADES.index(old) else DOWN


def day_within_quarter(place: int, first: int, step: int = 1, most: int = 90) -> int:
    """Days until the talk about the `place`-th change of one owner: many at once are spread over the quarter."""
    return first + (place * step) % (most - first + 1)
