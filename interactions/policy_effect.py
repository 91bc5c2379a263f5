"""What other rules of the triggers would raise, told before they are saved."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.sampling import Sample
from interactions.actions.triggers import would_raise
from interactions.enums import Trigger, TriggerOwner
from interactions.presenters.triggers import effect_words
from interactions.triggers import rules_of
from lawcrm.firm import clock
from lawcrm.firm.forms.policy import tell_value
from lawcrm.firm.policy_effects import register
from lawcrm.firm.words import listed

CHUNK = 500


def changed_triggers(before, after) -> list[dict]:
    """{label, old, new} of each trigger whose rule differs."""
    old, new = rules_of(before), rules_of(after)
    return [
        {"label": Trigger(code).label, "old": _rule_words(old[code]), "new": _rule_words(new[code])}
        for code in new
        if old[code] != new[code]
    ]


def _rule_words(rule) -> str:
    if not rule.on:
        return str(_("off"))
    parts = [str(_("on")), _("%(days)d days") % {"days": rule.days}, str(TriggerOwner(rule.who).label)]
    if rule.amount:
        parts.append(str(rule.amount))
    return listed([*parts, *([" ".join(rule.grades)] if rule.grades else [])])


def sentences_on(before, after, seconds: float) -> list[str]:
    """How many follow-ups of each changed trigger hold today under either rule; by a part of the clients where
    time is short."""
    old, new = rules_of(before), rules_of(after)
    changed = [code for code in new if old[code] != new[code]]
    if not changed:
        return []
    sample, counts, today = Sample(), (Counter(), Counter()), clock.today()
    for chunk in sample.chunks(CHUNK, seconds=seconds):
        for count, found in zip(counts, would_raise(chunk, [before, after], today), strict=True):
            count.update(found)
    told = [_sentence(code, *(sample.of_all(count[code]) for count in counts)) for code in changed]
    if not sample.is_exact:
        told.append(_("Estimated from %(number)d clients chosen at random.") % {"number": sample.looked_at})
    return told


def _sentence(code: str, before: int, after: int) -> str:
    words = {"trigger": Trigger(code).label, "before": before, "after": effect_words(after)}
    return _("%(trigger)s: %(after)s hold today, %(before)d by the present rule.") % words


register(effect=sentences_on)


def _stored_words(held) -> str:
    return listed(str(Trigger(code).label) for code in held if code in Trigger.values) or "–"


tell_value("triggers", gettext_lazy("What raises follow-ups"), _stored_words)
