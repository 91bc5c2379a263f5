"""The classes of data of surveys that do not last for ever (lawcrm/firm/retention.py)."""

from django.utils.translation import gettext_lazy as _

from lawcrm.firm.retention import Kept, register
from surveys.actions.kept import forget_invitations
from surveys.queries.kept import old_answers, over_invitations

register(
    Kept(
        "invitations",
        _("Survey invitations"),
        _(
            "Once their link is closed: those nobody answered go, of the others the address they went to. Answers stay."
        ),
        over_invitations,
        lowest=30,
        forget=forget_invitations,
    )
)
register(
    Kept(
        "survey_answers",
        _("Survey answers"),
        _(
            "Marks and words, with their invitation. The newest two years are always kept: relationships are judged by them."
        ),
        old_answers,
        lowest=730,
    )
)
