"""The list of surveys, with their answers, as a file."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy, pgettext_lazy

from lawcrm.firm.exporting import TableListing, register, wall_clock
from surveys.access import visible_invitations
from surveys.enums import Dimension
from surveys.presenters.surveys import state_of
from surveys.queries.surveys import NEWEST_FIRST
from surveys.words import dimension_word


def _answer(name: str):
    """Reads of the answer, where there is one."""
    return lambda one: getattr(getattr(one, "answer", None), name, None)


def _score_of(code: str):
    return lambda one: (getattr(one, "answer", None) and one.answer.dimension_scores.get(code)) or None


class SurveyListing(TableListing):
    code, label, url_name = "surveys", gettext_lazy("Surveys"), "surveys:list"

    table = {
        "client": (gettext_lazy("Client"), lambda one: one.client.name),
        "occasion": (gettext_lazy("Occasion"), lambda one: one.get_occasion_display()),
        "sent": (gettext_lazy("Sent on"), lambda one: wall_clock(one.created_at)),
        "sent_by": (gettext_lazy("Sent by"), lambda one: one.sent_by.display_name),
        "sent_to": (gettext_lazy("Sent to"), lambda one: one.sent_to),
        "state": (gettext_lazy("State"), lambda one: state_of(one)),
        "answered": (gettext_lazy("Answered on"), lambda one: wall_clock(_answer("answered_at")(one))),
        "score": (gettext_lazy("Satisfaction"), _answer("score")),
        "nps": ("NPS", _answer("nps")),
        **{code: (dimension_word(code), _score_of(code)) for code in Dimension.values},
        "text": (pgettext_lazy("survey", "In their own words"), _answer("text")),
    }
    widths = {"client": 28, "text": 60}

    def rows(self, user, query: QueryDict):
        return visible_invitations(user).for_lists()

    def order(self, query: QueryDict) -> tuple[str, ...]:
        return NEWEST_FIRST


register(SurveyListing())
