"""What a conflict check would find is said before a matter is opened; the check itself is kept when it is."""

import hashlib

from django.urls import reverse
from django.utils.translation import gettext as _

from matters.actions.conflicts import search_only, subjects_of_names
from matters.enums import HitReason, HitSource
from matters.presenters.conflicts import role_words
from matters.queries.conflicts import WEAK, seen_by

MOST_TOLD = 8
REASONS = dict(HitReason.choices)


def warn_of_conflicts(form, client, user) -> None:
    """Adds a remark for each hit the person may see, and one for all they may not."""
    names: dict[str, list[str]] = {}
    for role, name in form.parties:
        names.setdefault(role, []).append(name)
    found = [
        (subject, one)
        for subject, one in search_only(subjects_of_names(client, names))
        if one.strength > WEAK
    ]
    seen = seen_by([one for _subject, one in found], user)
    told = [(subject, one) for subject, one in found if one.key in seen]
    for subject, one in told[:MOST_TOLD]:
        values = {
            "role": role_words(subject.role),
            "name": subject.name,
            "known": one.agreement.known,
            "why": REASONS.get(one.reasons[0], ""),
            "what": HitSource.COLLEAGUE.label if one.colleague_id else role_words(one.known_role or "client"),
        }
        text = _("%(role)s %(name)s: on record as %(known)s, %(what)s (%(why)s).") % values
        form.add_warning(_code(subject.name, *one.key), text, _url(one))
    if len(told) < len(found):
        form.add_warning("conflict-desk", _("There is more that you may not see: ask the conflicts desk."))


def _code(*parts) -> str:
    return "conflict-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:12]


def _url(one) -> str:
    if one.matter_id:
        return reverse("matters:detail", args=[one.matter_id])
    return reverse("clients:detail", args=[one.client_id]) if one.client_id else ""
