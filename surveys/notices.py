"""What notices about surveys say."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lawcrm.firm.notices import NoticeText, register
from surveys.access import visible_answers


def _load_many(user, ids):
    return visible_answers(user).select_related("client").in_bulk(ids)


def _load(user, answer_id):
    return _load_many(user, [answer_id]).get(answer_id)


def _url(answer, context):
    return reverse("clients:detail", args=[answer.client_id])


register(
    "survey.answered",
    NoticeText(
        title=lambda answer, context: _("%(client)s answered the survey") % {"client": answer.client},
        body=lambda answer, context: _figures(answer),
        url=_url,
        load=_load,
        load_many=_load_many,
        mail_subject=gettext_lazy("A client answered a survey"),
        group="surveys",
    ),
)
register(
    "survey.detractor",
    NoticeText(
        title=lambda answer, context: _("%(client)s would not recommend us") % {"client": answer.client},
        body=lambda answer, context: _figures(answer),
        url=_url,
        load=_load,
        load_many=_load_many,
        mail_subject=gettext_lazy("A client is unhappy: please call soon"),
        group="surveys",
    ),
)


def _figures(answer) -> str:
    return _("Score %(score)s of 5, recommendation %(nps)s of 10.") % {
        "score": "–" if answer.score is None else answer.score,
        "nps": "–" if answer.nps is None else answer.nps,
    }
