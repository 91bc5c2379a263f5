"""Is one of us meant? The people of the firm, those who left too, among the names a conflict check asks."""

from functools import lru_cache

from lawcrm.firm.queries.people import names_of_everybody
from matters.rules.conflicts import PERSON, Agreement, Name, best_agreement

# What only sounds alike is no reason to ask a colleague.
_SURE = frozenset({"exact", "script", "word_order", "spelling", "pinyin", "slip"})


@lru_cache(maxsize=4096)
def _name(text: str) -> Name:
    """With the ways it is compared, which are costly to find and the same each time."""
    return Name(text, PERSON)


def colleagues_named(names: list[Name]) -> list[tuple[object, Agreement]]:
    """(key, how the names agree) of everybody of the firm who may be meant."""
    asked = [name for name in names if name.may_be_person]
    if not asked:
        return []
    found = []
    for key, texts in names_of_everybody():
        agreement = best_agreement(asked, [_name(text) for text in texts])
        if agreement and agreement.reason in _SURE:
            found.append((key, agreement))
    return found
