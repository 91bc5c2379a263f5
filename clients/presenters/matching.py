"""The words for why two clients may be the same."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy

from lawcrm.firm.words import listed

REASONS = {
    "reference": gettext_lazy("same LawCRM reference"),
    "identity_number": gettext_lazy("same identity number"),
    "registration_number": gettext_lazy("same registration number"),
    "phone": gettext_lazy("same phone"),
    "email": gettext_lazy("same mail address"),
    "name": gettext_lazy("same name"),
    "similar_name": gettext_lazy("same name written differently"),
    "near_name": gettext_lazy("similar name"),
    "birth_date": gettext_lazy("same birth date"),
    "address": gettext_lazy("same address"),
    "name_differs": gettext_lazy("but another name"),
    "identity_differs": gettext_lazy("but another identity number"),
    "registration_differs": gettext_lazy("but another registration number"),
    "birth_date_differs": gettext_lazy("but another birth date"),
    "form_differs": gettext_lazy("but a legal form of another country"),
    "kind_differs": gettext_lazy("but one is a person, the other an organisation"),
    "several_match": gettext_lazy("several clients match"),
}


def reason_words(reasons: Iterable[str]) -> str:
    """'same phone, but another name'."""
    return listed(REASONS[reason] for reason in reasons)
