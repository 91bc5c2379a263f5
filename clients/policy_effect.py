"""What new thresholds would do to the relationship types."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.actions.assess_all import start_assessing_all
from clients.actions.relationship import judge_under
from clients.presenters.relationship import type_label
from clients.rules.relationship_facts import RelationshipPolicy
from clients.sampling import Sample
from lawcrm.firm import clock
from lawcrm.firm.policy_effects import register
from lawcrm.firm.words import listed

CHUNK = 500
NAMED_MOVES = 3


@dataclass
class Effect(Sample):
    """`moves` counts (type before, type after) among the clients looked at."""

    moves: Counter = field(default_factory=Counter)

    @property
    def changed(self) -> int:
        return self.of_all(self.moves.total())


def effect_of(before: RelationshipPolicy, after: RelationshipPolicy, *, seconds: float) -> Effect:
    """Judges clients under both policies as of today, all of them if there is time."""
    effect, today = Effect(), clock.today()
    for chunk in effect.chunks(CHUNK, seconds=seconds):
        for old, new in judge_under([before, after], chunk, today):
            if old.type != new.type:
                effect.moves[old.type, new.type] += 1
    return effect


def sentences_on(before, after, seconds: float) -> list[str]:
    """The effect on the types in words; nothing where no threshold of theirs changes."""
    old, new = RelationshipPolicy.of(before), RelationshipPolicy.of(after)
    if old == new:
        return []
    effect = effect_of(old, new, seconds=seconds)
    return [sentence for sentence in (_how_many(effect), _which_ways(effect)) if sentence]


def _how_many(effect: Effect) -> str:
    figures = {"changed": effect.changed, "total": effect.total, "looked_at": effect.looked_at}
    if not effect.changed:
        return _("No client would change its relationship type.")
    if effect.is_exact:
        return (
            ngettext(
                "%(changed)d of %(total)d clients would change its relationship type.",
                "%(changed)d of %(total)d clients would change their relationship type.",
                effect.changed,
            )
            % figures
        )
    return _(
        "About %(changed)d of %(total)d clients would change their relationship type"
        " (judged by %(looked_at)d chosen at random)."
    ) % figures  # fmt: skip


def _which_ways(effect: Effect) -> str:
    ways = [
        _("%(before)s to %(after)s %(percent)d %%")
        % {
            "before": type_label(old),
            "after": type_label(new),
            "percent": round(100 * count / effect.moves.total()),
        }
        for (old, new), count in effect.moves.most_common(NAMED_MOVES)
    ]
    return _("Mostly: %(ways)s.") % {"ways": listed(ways)} if ways else ""


def judge_everybody_anew(before, after, by) -> None:
    """New thresholds count at once; until the work is done, lists show what held before."""
    if RelationshipPolicy.of(before) != RelationshipPolicy.of(after):
        start_assessing_all(by=by)


register(effect=sentences_on, consequence=judge_everybody_anew)
