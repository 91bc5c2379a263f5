"""The questionnaire's words."""

from django.utils.translation import gettext_lazy as _

from surveys.enums import Dimension

QUESTION_WORDS = {
    "professional_level": _("Professional level"),
    "communication": _("Communication"),
    "response_speed": _("Speed of response"),
    "progress_told": _("Being told of progress"),
    "clear_fees": _("Clear fees"),
    "convenience": _("Convenience"),
    "office": _("Office"),
    "reception": _("Reception"),
    "training": _("Legal training"),
    "information": _("Information sent to you"),
}
MARK_WORDS = {
    1: _("Very dissatisfied"),
    2: _("Dissatisfied"),
    3: _("Neither"),
    4: _("Satisfied"),
    5: _("Very satisfied"),
}


def dimension_word(code: str) -> str:
    return Dimension(code).label
