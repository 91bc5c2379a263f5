"""What new weights, cut-offs or the switch would do to the grades, told before the policy is saved."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.actions.grade_all import start_scoring_all
from clients.actions.grading import scores_of
from clients.queries.grading import decisions_of, graded
from clients.rules.grading import GradingPolicy, counting_grade
from clients.sampling import Sample
from lawcrm.firm import clock
from lawcrm.firm.policy_effects import register
from lawcrm.firm.words import listed

CHUNK = 2_000
NAMED_MOVES = 4


@dataclass
class Effect(Sample):
    """`moves` counts (grade now, grade then), `proposals` those whose score would speak for another grade than it does."""

    moves: Counter = field(default_factory=Counter)
    proposals: int = 0


def effect_of(before: GradingPolicy, after: GradingPolicy, *, seconds: float) -> Effect:
    """Scores clients under both policies as of today, all of them if there is time."""
    effect, today = Effect(), clock.today()
    for chunk in effect.chunks(CHUNK, seconds=seconds):
        clients, decisions = graded(chunk), decisions_of(chunk)
        pairs = zip(clients, scores_of(clients, before, today), scores_of(clients, after, today), strict=True)
        for client, old, new in pairs:
            decision = decisions.get(client.id)
            then = counting_grade(
                now=client.grade,
                by_hand=decision.grade if decision and decision.ends_on >= today else None,
                ended_from=None,
                proposed=new.score.grade,
                follows=after.follows,
            )
            if then != client.grade:
                effect.moves[client.grade, then] += 1
            effect.proposals += old.score.grade != new.score.grade
    return effect


def sentences_on(before, after, seconds: float) -> list[str]:
    """The effect on the grades in words; nothing where nothing of theirs changes."""
    old, new = GradingPolicy.of(before), GradingPolicy.of(after)
    if old == new:
        return []
    effect = effect_of(old, new, seconds=seconds)
    told = [_how_many_proposals(effect), _how_many_moves(effect), _which_ways(effect)]
    return [sentence for sentence in told if sentence]


def _how_many_proposals(effect: Effect) -> str:
    found = effect.of_all(effect.proposals)
    if not found:
        return _("No client's score would speak for another grade than now.")
    return ngettext(
        "The score of %(found)d client would speak for another grade than now.",
        "The scores of %(found)d clients would speak for another grade than now.",
        found,
    ) % {"found": found}


def _how_many_moves(effect: Effect) -> str:
    found = effect.of_all(effect.moves.total())
    if not found:
        return _("No client would change its grade.")
    return ngettext(
        "%(found)d of %(total)d clients would change its grade, and with it the service standard.",
        "%(found)d of %(total)d clients would change their grade, and with it the service standard.",
        found,
    ) % {"found": found, "total": effect.total}


def _which_ways(effect: Effect) -> str:
    ways = [
        _("%(before)s to %(after)s: %(count)d")
        % {"before": old or _("no grade"), "after": new, "count": effect.of_all(count)}
        for (old, new), count in effect.moves.most_common(NAMED_MOVES)
    ]
    return _("Mostly: %(ways)s.") % {"ways": listed(ways)} if ways else ""


def score_everybody_anew(before, after, by) -> None:
    if GradingPolicy.of(before) != GradingPolicy.of(after):
        start_scoring_all(by=by)


register(effect=sentences_on, consequence=score_everybody_anew)
