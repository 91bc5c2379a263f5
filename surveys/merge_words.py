"""How a merge of clients or people speaks of surveys (clients/merging.py)."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clients.merging import tell


def _on(row) -> str:
    return date_format(timezone.localtime(row.created_at), "DATE_FORMAT")


tell("surveys.SurveyAnswer.client", _("Survey answers"), place=60, words=_on)
tell("surveys.SurveyInvitation.client", _("Survey invitations"), place=70, words=_on)
tell("surveys.SurveyInvitation.person", _("Survey invitations"), place=90, words=_on)
