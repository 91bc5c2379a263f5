"""How deeds on surveys are told."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "survey.sent": _("%(who)s sent %(what)s a satisfaction survey."),
    "survey.revoked": _("%(who)s withdrew a satisfaction survey of %(what)s."),
    "survey.answered": _("%(what)s answered a satisfaction survey."),
}
