"""The built-in questionnaire: nine questions in four dimensions, recommendation, and room for words.

Dimensions and questions are those of satisfaction with legal service (docs/users.md, "Satisfaction").
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

QUESTIONS: dict[str, tuple[str, ...]] = {
    "quality": ("professional_level", "communication", "response_speed"),
    "process": ("progress_told", "clear_fees", "convenience"),
    "environment": ("office", "reception"),
    "value": ("training", "information"),
}
ALL_QUESTIONS = tuple(question for questions in QUESTIONS.values() for question in questions)
MARKS = range(1, 6)
RECOMMENDATION = range(11)


@dataclass(frozen=True, slots=True)
class Scores:
    """Means on the 1-5 scale, two decimals; a dimension nobody marked has none."""

    by_dimension: dict[str, Decimal]
    overall: Decimal | None


def answer_problems(marks: dict[str, int], nps: int | None, text: str) -> tuple[str, ...]:
    """Why an answer cannot be taken (codes); empty when it can. An answer says at least one thing."""
    problems = []
    if unknown := set(marks) - set(ALL_QUESTIONS):
        problems.append(f"unknown_question:{sorted(unknown)[0]}")
    if any(mark not in MARKS for mark in marks.values()):
        problems.append("mark_out_of_range")
    if nps is not None and nps not in RECOMMENDATION:
        problems.append("nps_out_of_range")
    if not marks and nps is None and not text.strip():
        problems.append("empty_answer")
    return tuple(problems)


def score(marks: dict[str, int]) -> Scores:
    """The mean of each dimension's marks, and the mean of the marked dimensions, each counting alike."""
    by_dimension = {}
    for dimension, questions in QUESTIONS.items():
        given = [marks[question] for question in questions if question in marks]
        if given:
            by_dimension[dimension] = _mean(given)
    return Scores(by_dimension, _mean(list(by_dimension.values())) if by_dimension else None)


def nps_group(nps: int) -> str:
    """promoter (9-10), passive (7-8) or detractor (0-6): the Net Promoter Score's three groups (Reichheld 2003)."""
    if nps >= 9:
        return "promoter"
    return "passive" if nps >= 7 else "detractor"


def net_promoter_score(answers: list[int]) -> int | None:
    """Promoters minus detractors, in percent of the answers, rounded; None without answers."""
    if not answers:
        return None
    groups = [nps_group(nps) for nps in answers]
    return round(100 * (groups.count("promoter") - groups.count("detractor")) / len(groups))


def _mean(values) -> Decimal:
    return (Decimal(sum(values)) / len(values)).quantize(Decimal("0.01"), ROUND_HALF_UP)
