"""Surveys in a client's timeline: sent, and answered."""

from django.db.models import Q
from django.utils.translation import gettext as _

from interactions.timeline import Row, Source, TimelineItem
from lawcrm.firm.row_address import row_address
from lawcrm.firm.words import codes_called
from surveys.enums import Occasion
from surveys.presenters.surveys import figure
from surveys.queries.timeline import answers, invitations


def survey_sent(row: Row) -> TimelineItem:
    occasion = str(dict(Occasion.choices).get(row.data["occasion"], ""))
    return TimelineItem(
        _("Survey sent"),
        "clipboard-text",
        url=row_address("surveys:invitation", row.id),
        who=occasion,
        meta=row.data["sent_to"] or "",
        quiet=True,
    )


def survey_answered(row: Row) -> TimelineItem:
    score, nps = row.data["score"], row.data["nps"]
    tags = []
    if score is not None:
        tags.append(_("%s of 5") % figure(float(score)))
    if nps is not None:
        tags.append(_("recommends %d of 10") % nps)
    return TimelineItem(
        _("Survey answered"),
        "clipboard-check",
        url=row_address("surveys:result", row.id),
        from_client=True,
        tags=tuple(tags),
        note=row.data["text"],
    )


def occasion_meant(word: str) -> Q:
    return Q(occasion__in=codes_called(word, Occasion.choices))


SOURCES = (
    Source("surveysent", invitations, survey_sent, kinds={"survey": None}, meant_by=occasion_meant),
    Source("surveyanswered", answers, survey_answered, kinds={"survey": None}, looks_in=("text",)),
)
