"""The words for a relationship assessment: what each criterion shows, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from clients.enums import RelationshipType
from clients.rules.next_step import NextStep
from clients.rules.relationship import RANK, TYPES, Assessment, Criterion
from lawcrm.firm.words import sentences

NAMES = {
    "reachable": pgettext_lazy("relationship criterion", "Reachable"),
    "early_check_in": pgettext_lazy("relationship criterion", "Early check-in"),
    "progress_reported": pgettext_lazy("relationship criterion", "Progress reported"),
    "feedback_sought": pgettext_lazy("relationship criterion", "Feedback sought"),
    "regular_contact": pgettext_lazy("relationship criterion", "Regular contact"),
    "informed": pgettext_lazy("relationship criterion", "Kept informed"),
    "needs_reviewed": pgettext_lazy("relationship criterion", "Needs reviewed"),
    "long_term": pgettext_lazy("relationship criterion", "Long-term"),
    "two_way": pgettext_lazy("relationship criterion", "Two-way"),
    "risk_and_cost_work": pgettext_lazy("relationship criterion", "Work on risk and cost"),
    "satisfied": pgettext_lazy("relationship criterion", "Satisfied"),
}

LOOKS_LIKE = {
    "basic": gettext_lazy(
        "The instruction was taken, and nobody contacts the client on their own initiative."
    ),
    "passive": gettext_lazy(
        "There is a channel, but the client has to use it: the firm answers and does not report."
    ),
    "responsible": gettext_lazy("The firm contacts the client soon, reports, and asks what should improve."),
    "proactive": gettext_lazy(
        "Regular contact: news of law and services, changed needs, advice on our service."
    ),
    "partner": gettext_lazy("Long-term and two-way: both sides work on lower risk and reasonable costs."),
}

ACTIONS = {
    ("reachable", ""): gettext_lazy("Reach the client and have a conversation"),
    ("early_check_in", ""): gettext_lazy("Ask whether the service meets expectations"),
    ("early_check_in", "late"): gettext_lazy(
        "Make up for the missed check: ask whether the service meets expectations"
    ),
    ("progress_reported", ""): gettext_lazy("Report progress on the open matters"),
    ("feedback_sought", ""): gettext_lazy("Ask where the service falls short and what should improve"),
    ("regular_contact", ""): gettext_lazy("Get in touch about something that matters to the client"),
    ("informed", ""): gettext_lazy("Send news of law or of a service that touches the client"),
    ("needs_reviewed", ""): gettext_lazy("Ask how the client's legal needs have changed"),
    ("long_term", ""): gettext_lazy("Talk about what comes next and how the firm can help with it"),
    ("two_way", "client_silent"): gettext_lazy("Invite the client to say what is on their mind"),
    ("two_way", "firm_silent"): gettext_lazy("Get in touch before the client has to"),
    ("risk_and_cost_work", "risk"): gettext_lazy("Work with the client on preventing a legal risk"),
    ("risk_and_cost_work", "cost"): gettext_lazy("Plan the costs together with the client"),
    ("satisfied", "complaint"): gettext_lazy("Settle the open complaint and tell the client how"),
    ("satisfied", "survey"): gettext_lazy("Send the satisfaction survey"),
    ("satisfied", "low_score"): gettext_lazy("Talk about the low score and what should improve"),
}


@dataclass(frozen=True, slots=True)
class CriterionWords:
    code: str
    met: bool
    name: str
    sentence: str  # what it shows, with its figures
    criterion: Criterion


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the relationship ladder."""

    code: str
    rank: int
    label: str
    looks_like: str
    reached: bool
    current: bool
    next: bool
    criteria: tuple[CriterionWords, ...]


def ladder(assessment: Assessment) -> list[Rung]:
    """The five types from basic to partner, with what shows each."""
    rank = RANK[assessment.type] if assessment.type else 0
    return [
        Rung(
            code=code,
            rank=RANK[code],
            label=str(RelationshipType(RANK[code]).label),
            looks_like=str(LOOKS_LIKE[code]),
            reached=RANK[code] <= rank,
            current=RANK[code] == rank,
            next=bool(rank) and RANK[code] == rank + 1,
            criteria=tuple(criterion_words(criterion) for criterion in assessment.of_type(code)),
        )
        for code in TYPES
    ]


def criterion_words(criterion: Criterion) -> CriterionWords:
    sentence = _SENTENCES[criterion.code](criterion, _shown(criterion.figures))
    return CriterionWords(criterion.code, criterion.met, str(NAMES[criterion.code]), sentence, criterion)


def next_step_words(step: NextStep) -> str:
    """The next step as an action: the subject of the follow-up it becomes."""
    return str(ACTIONS[step.code, step.variant])


def type_label(code: str | None) -> str:
    return str(RelationshipType(RANK[code]).label) if code else _("Not yet assessed")


def _shown(figures: Mapping[str, Any]) -> dict[str, Any]:
    """The figures as they stand in a sentence: dates in the reader's form."""
    return {
        name: date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
        for name, value in figures.items()
    }


# -- what each criterion shows ------------------------------------------------------------------------------


def _reachable(criterion: Criterion, figures: dict[str, Any]) -> str:
    if criterion.met:
        return (
            ngettext(
                "%(contacts)d two-way contact in the last %(window_days)d days, on %(last_on)s.",
                "%(contacts)d two-way contacts in the last %(window_days)d days, the latest on %(last_on)s.",
                figures["contacts"],
            )
            % figures
        )
    if not figures["all_contacts"]:
        return _("No contact in the last %(window_days)d days.") % figures
    return ngettext(
        "%(all_contacts)d contact in the last %(window_days)d days, tried by the firm and not answered.",
        "%(all_contacts)d contacts in the last %(window_days)d days, all tried by the firm and not answered.",
        figures["all_contacts"],
    ) % figures  # fmt: skip


def _early_check_in(criterion: Criterion, figures: dict[str, Any]) -> str:
    said = [_check_ins(criterion, figures)]
    if criterion.missing:
        said.append(_("What was missed counts until %(recovers_on)s.") % figures)
    if criterion.pending:
        said.append(
            ngettext(
                "%(pending)d new matter: a check is due by %(next_due_on)s.",
                "%(pending)d new matters: the first check is due by %(next_due_on)s.",
                figures["pending"],
            ) % figures
        )  # fmt: skip
    return sentences(said)


def _check_ins(criterion: Criterion, figures: dict[str, Any]) -> str:
    if figures["matters"]:
        return ngettext(
            "%(checked)d of %(matters)d matter had an expectation check within %(days)d days of acceptance.",
            "%(checked)d of %(matters)d matters had an expectation check within %(days)d days of acceptance.",
            figures["matters"],
        ) % figures  # fmt: skip
    if criterion.met:
        return _("The firm asked about expectations on %(last_on)s.") % figures
    return _("The firm has not asked about expectations in the last %(window_days)d days.") % figures


def _progress_reported(criterion: Criterion, figures: dict[str, Any]) -> str:
    if not figures["open_matters"]:
        return _("No matter is open.")
    if criterion.met:
        return ngettext(
            "The open matter was reported on within %(days)d days; the next report is due by %(next_due_on)s.",
            "All %(open_matters)d open matters were reported on within %(days)d days;"
            " the next report is due by %(next_due_on)s.",
            figures["open_matters"],
        ) % figures  # fmt: skip
    return ngettext(
        "%(owed)d of %(open_matters)d open matter has had no report for more than %(days)d days"
        " (the longest: %(longest_days)d).",
        "%(owed)d of %(open_matters)d open matters have had no report for more than %(days)d days"
        " (the longest: %(longest_days)d).",
        figures["open_matters"],
    ) % figures  # fmt: skip


def _feedback_sought(criterion: Criterion, figures: dict[str, Any]) -> str:
    if not criterion.met:
        return _(
            "In the last %(window_days)d days the firm has not asked for feedback, and no survey was answered."
        ) % figures  # fmt: skip
    if figures["surveys"]:
        return _("Feedback came by survey, the latest on %(last_on)s.") % figures
    return _("The firm asked for feedback, the latest time on %(last_on)s.") % figures


def _regular_contact(criterion: Criterion, figures: dict[str, Any]) -> str:
    if not figures["contacts"]:
        return _("The firm has made no contact of substance since %(from_on)s.") % figures
    sentence = _("The longest silence of the firm was %(gap_days)d days, %(from_on)s to %(to_on)s.") % figures
    if figures["graded"]:
        allowed = _("Grade %(grade)s allows %(limit_days)d days.") % figures
    else:
        allowed = _("A client without a grade has grade %(grade)s's %(limit_days)d days.") % figures
    if criterion.met:
        return sentences([sentence, allowed])
    healed = _("With regular contact from now on this is met on %(recovers_on)s.") % figures
    return sentences([sentence, allowed, healed])


def _informed(criterion: Criterion, figures: dict[str, Any]) -> str:
    sentence = ngettext(
        "%(contacts)d contact brought news of law or of a service in the last %(window_days)d days.",
        "%(contacts)d contacts brought news of law or of a service in the last %(window_days)d days.",
        figures["contacts"],
    ) % figures  # fmt: skip
    return sentence if criterion.met else sentences([sentence, _needed(figures)])


def _needed(figures: dict[str, Any]) -> str:
    return _("%(needed)d are needed.") % figures


def _needs_reviewed(criterion: Criterion, figures: dict[str, Any]) -> str:
    if criterion.met:
        return _("The client's legal needs were last reviewed on %(last_on)s.") % figures
    if figures["last_on"]:
        return _(
            "The client's legal needs were last reviewed on %(last_on)s, more than %(days)d days ago."
        ) % figures  # fmt: skip
    return _("The client's legal needs have not been reviewed in the last %(days)d days.") % figures


def _long_term(criterion: Criterion, figures: dict[str, Any]) -> str:
    matters = (
        ngettext("%(matters)d matter so far.", "%(matters)d matters so far.", figures["matters"]) % figures
    )
    since = (
        _("Client since %(since_on)s.") % figures if figures["since_on"] else _("Client since: not recorded.")
    )
    if criterion.met:
        return sentences([since, matters])
    needed = ngettext(
        "It takes %(needed_years)d year or %(needed_matters)d matters.",
        "It takes %(needed_years)d years or %(needed_matters)d matters.",
        figures["needed_years"],
    ) % figures  # fmt: skip
    return sentences([since, matters, needed])


def _two_way(criterion: Criterion, figures: dict[str, Any]) -> str:
    sentence = ngettext(
        "%(contacts)d contact in the last %(window_days)d days: %(by_firm)d begun by the firm,"
        " %(by_client)d by the client.",
        "%(contacts)d contacts in the last %(window_days)d days: %(by_firm)d begun by the firm,"
        " %(by_client)d by the client.",
        figures["contacts"],
    ) % figures  # fmt: skip
    if criterion.met:
        return sentence
    if figures["contacts"] < figures["needed"]:
        return sentences([sentence, _needed(figures)])
    return sentences([sentence, _("Each side should begin at least %(share_percent)d %%.") % figures])


def _risk_and_cost_work(criterion: Criterion, figures: dict[str, Any]) -> str:
    sentence = ngettext(
        "%(contacts)d contact in the last %(window_days)d days was about preventing risk or planning costs.",
        "%(contacts)d contacts in the last %(window_days)d days were about preventing risk or planning costs.",
        figures["contacts"],
    ) % figures  # fmt: skip
    return sentence if criterion.met else sentences([sentence, _needed(figures)])


def _satisfied(criterion: Criterion, figures: dict[str, Any]) -> str:
    if not figures["open_complaints"]:
        return _survey_result(figures)
    complaints = ngettext(
        "%(open_complaints)d complaint is open.", "%(open_complaints)d complaints are open.", figures["open_complaints"]
    ) % figures  # fmt: skip
    return sentences([_survey_result(figures), complaints])


def _survey_result(figures: dict[str, Any]) -> str:
    if not figures["answered_on"]:
        return _("No survey has been answered lately.")
    if figures["score"] is None and figures["nps"] is None:
        return _("The survey answered on %(answered_on)s gave no score.") % figures
    if figures["score"] is None:
        return _("Latest survey, %(answered_on)s: would recommend us %(nps)d of 10.") % figures
    if figures["nps"] is None:
        return _("Latest survey, %(answered_on)s: %(score).1f of 5.") % figures
    return _("Latest survey, %(answered_on)s: %(score).1f of 5; would recommend us %(nps)d of 10.") % figures


_SENTENCES: dict[str, Callable[[Criterion, dict[str, Any]], str]] = {
    "reachable": _reachable,
    "early_check_in": _early_check_in,
    "progress_reported": _progress_reported,
    "feedback_sought": _feedback_sought,
    "regular_contact": _regular_contact,
    "informed": _informed,
    "needs_reviewed": _needs_reviewed,
    "long_term": _long_term,
    "two_way": _two_way,
    "risk_and_cost_work": _risk_and_cost_work,
    "satisfied": _satisfied,
}
