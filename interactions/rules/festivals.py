"""The festivals that are kept: their days, solar and lunar, and who keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lawcrm.firm.partial_dates import PartialDate, next_occurrences

CHINESE, WESTERN, ALL = "chinese", "western", "all"


@dataclass(frozen=True, slots=True)
class Festival:
    """`month` and `day` in its own calendar; `kept_by` says whose it is, where a client has not said otherwise."""

    code: str
    month: int
    day: int
    lunar: bool
    kept_by: str

    def next_from(self, today: date) -> date | None:
        found = next_occurrences(PartialDate(month=self.month, day=self.day, lunar=self.lunar), today, 1)
        return found[0] if found else None

    def days_between(self, first: date, last: date) -> list[date]:
        partial = PartialDate(month=self.month, day=self.day, lunar=self.lunar)
        return [day for day in next_occurrences(partial, first, 3) if day <= last]


_LIST = (
    Festival("new_year", 1, 1, False, ALL),
    Festival("spring", 1, 1, True, CHINESE),
    Festival("lantern", 1, 15, True, CHINESE),
    Festival("womens_day", 3, 8, False, CHINESE),
    Festival("labour_day", 5, 1, False, CHINESE),
    Festival("dragon_boat", 5, 5, True, CHINESE),
    Festival("teachers_day", 9, 10, False, CHINESE),
    Festival("mid_autumn", 8, 15, True, CHINESE),
    Festival("national_day", 10, 1, False, CHINESE),
    Festival("double_ninth", 9, 9, True, CHINESE),
    Festival("christmas", 12, 25, False, WESTERN),
)
FESTIVALS: dict[str, Festival] = {festival.code: festival for festival in _LIST}
FIRST_CHOICE = ("new_year", "spring", "dragon_boat", "mid_autumn", "christmas")


def keeps(festival: Festival, language: str) -> bool:
    """Whether somebody who is written to in this language keeps the festival, as far as one can tell."""
    if festival.kept_by == ALL:
        return True
    return (festival.kept_by == CHINESE) == language.startswith("zh")
