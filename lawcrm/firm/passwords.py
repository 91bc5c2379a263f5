"""One more look at a new password: a common word does not get better by digits behind it or by saying it twice."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotACommonWordInDisguise:
    """Refuses "password1234", "dragondragon", and one's own user name dressed up likewise."""

    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password, user=None):
        plain = password.casefold().strip()
        core = _unrepeated(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain))
        own = {
            str(getattr(user, name, "") or "").casefold()
            for name in ("username", "given_name", "family_name")
        }
        if len(set(plain)) < 5 or core in self.common or core in own - {""}:
            raise ValidationError(
                _("This password is a common word or your name in disguise. Take a few words of your own."),
                code="password_in_disguise",
            )

    def get_help_text(self):
        return _("A few words of your own make a good password; digits and signs are not asked for.")


def _unrepeated(text: str) -> str:
    """ "dragon" for "dragondragon"."""
    at = (text + text).find(text, 1)
    return text[:at] if at > 0 else text
