"""What a person wants of one import: what columns mean, what holds where the file says nothing, what may be written.

Kept as JSON with the run, and under a name for the next file with the same headings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

BOTH, CREATE_ONLY, UPDATE_ONLY = "both", "create", "update"
MODES = (BOTH, CREATE_ONLY, UPDATE_ONLY)
MATCH_KEYS = ("identity_number", "registration_number", "phone", "email", "name")
NEW = "+"  # a word of the file that is to be one of the list from now on
LEAVE_OUT = "-"  # a word of the file that is to be read as nothing


@dataclass(frozen=True, slots=True)
class Plan:
    """`columns`: column index -> field. `defaults`: field -> value, as stored.

    `mode`: add and update, or only one of them. `match`: the field that alone says who a row is; "": all that is known.
    `blanks`: fields filled only where the profile has nothing. `words`: field -> {word of the file, folded: code}.
    """

    columns: Mapping[int, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    mode: str = BOTH
    match: str = ""
    blanks: frozenset[str] = frozenset()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, mapping: dict) -> "Plan":
        mode, match = mapping.get("mode", BOTH), mapping.get("match", "")
        return cls(
            columns={int(index): name for index, name in mapping.get("columns", {}).items()},
            defaults=mapping.get("defaults", {}),
            mode=mode if mode in MODES else BOTH,
            match=match if match in MATCH_KEYS else "",
            blanks=frozenset(mapping.get("blanks", ())),
            words=mapping.get("words", {}),
        )

    def to_json(self) -> dict:
        return {
            "columns": {str(index): name for index, name in self.columns.items()},
            "defaults": dict(self.defaults),
            "mode": self.mode,
            "match": self.match,
            "blanks": sorted(self.blanks),
            "words": {name: dict(words) for name, words in self.words.items()},
        }

    def with_words(self, name: str, words: Mapping[str, str]) -> "Plan":
        """The same, and these words of a closed list mean these codes."""
        return replace(self, words={**self.words, name: {**self.words.get(name, {}), **words}})
