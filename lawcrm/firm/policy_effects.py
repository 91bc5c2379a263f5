"""What a change of policy would do, told before it is saved; and what follows when it is.

Apps register both in AppConfig.ready. The policy page calls `effects_of` with the policy as it is and as it would be,
and `follow_up_on` after the new version is stored.
"""

from collections.abc import Callable

_EFFECTS: list[Callable] = []
_CONSEQUENCES: list[Callable] = []


def register(*, effect: Callable | None = None, consequence: Callable | None = None) -> None:
    """`effect(before, after, seconds) -> list of sentences` within that time; `consequence(before, after, by)`."""
    for function, known in ((effect, _EFFECTS), (consequence, _CONSEQUENCES)):
        if function and function not in known:
            known.append(function)


def effects_of(before, after, *, seconds: float = 3.0) -> list[str]:
    """Sentences on what would change, in the reader's language; none where nothing would."""
    return [str(sentence) for effect in _EFFECTS for sentence in effect(before, after, seconds)]


def follow_up_on(before, after, *, by) -> None:
    """Does what the new policy asks for; inside the transaction that stores it."""
    for consequence in _CONSEQUENCES:
        consequence(before, after, by)
