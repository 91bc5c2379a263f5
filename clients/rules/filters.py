"""What stands in the address of a list, read: conditions on columns, tied by "and" and "or".

A parameter named like a column is a condition: `grade=A,B`, `kind=not:person`, `contact=over:90`,
`since=2020-01-01..2021-12-31`, `industry=has:steel`, `phone=empty`. Said twice, both must hold. `g1.grade=A` puts a
condition into a group of its own number. All conditions must hold, and of each group at least one; with `match=any`
it is the other way about: one condition suffices, or one group all of whose conditions hold.

Words about a person never stand readable in an address: their conditions are hidden behind a "~" by whoever writes
the address, and shown again before they come here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

HIDDEN = "~"
MOST_CONDITIONS = 40
LONGEST = 2_000
MOST_CHOSEN = 80  # rows an address names one by one
_NAME = re.compile(r"(?:g([1-9])\.)?([a-z_]+)")
_WORD = re.compile(r"(has|lacks|is|starts|not|all|within|over|next):(.*)", re.DOTALL)
_RANGE = re.compile(r"([\d-]*)\.\.([\d-]*)")


class Op(StrEnum):
    """How a column is compared."""

    IS = "is"
    NOT = "not"
    ALL = "all"
    HAS = "has"
    LACKS = "lacks"
    STARTS = "starts"
    BETWEEN = "between"
    WITHIN = "within"  # the last so many days
    OVER = "over"  # longer ago than so many days
    NEXT = "next"  # the coming so many days
    EMPTY = "empty"
    FILLED = "filled"


WITHOUT_VALUE = frozenset({Op.EMPTY, Op.FILLED})
_DAYS = frozenset({Op.WITHIN, Op.OVER, Op.NEXT})
_TEXT = frozenset({Op.HAS, Op.LACKS, Op.STARTS})


@dataclass(frozen=True, slots=True)
class Condition:
    """One column compared. `values`: codes or ids; one text; two ends of a span (either may be ""); one number of days."""

    column: str
    op: Op
    values: tuple[str, ...] = ()
    group: int = 0

    @property
    def written(self) -> str:
        """As it stands behind the column's name."""
        if self.op in WITHOUT_VALUE:
            return str(self.op)
        if self.op == Op.BETWEEN:
            return "..".join(self.values)
        said = ",".join(self.values)
        # a text says its comparison always; a code only where it is not the usual one
        return said if self.op == Op.IS and not _WORD.match(said) else f"{self.op}:{said}"

    @property
    def name(self) -> str:
        """The parameter it stands under."""
        return f"g{self.group}.{self.column}" if self.group else self.column


def read_condition(name: str, written: str, *, is_text: bool = False) -> Condition | None:
    """The condition of one parameter; None where it says none. Whether the column knows its values is not asked here."""
    named = _NAME.fullmatch(name)
    if not named or not written or len(written) > LONGEST:
        return None
    group, column = int(named[1] or 0), named[2]
    op, values = _read(written.strip(), is_text)
    return Condition(column, op, values, group) if op in WITHOUT_VALUE or any(values) else None


def _read(written: str, is_text: bool) -> tuple[Op, tuple[str, ...]]:
    if written in WITHOUT_VALUE:
        return Op(written), ()
    if span := _RANGE.fullmatch(written):
        return Op.BETWEEN, (span[1], span[2])
    if said := _WORD.fullmatch(written):
        op = Op(said[1])
        if is_text or op in _TEXT:
            return op, (said[2].strip(),)
        if op in _DAYS:
            return op, (said[2],) if said[2].isdecimal() and len(said[2]) <= 5 else ()
        return op, _several(said[2])
    return (Op.HAS, (written,)) if is_text else (Op.IS, _several(written))


def _several(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (one.strip() for one in text.split(",")))))[:200]


def in_group(conditions: Iterable[Condition], group: int) -> list[Condition]:
    return [one for one in conditions if one.group == group]


def groups_of(conditions: Iterable[Condition]) -> list[int]:
    """The numbers of the groups, in order; 0, the conditions outside of any, is not one."""
    return sorted({one.group for one in conditions if one.group})


def renumbered(conditions: Iterable[Condition]) -> list[Condition]:
    """Groups numbered from 1 on; a group of one condition is none."""
    conditions = list(conditions)
    kept = [number for number in groups_of(conditions) if len(in_group(conditions, number)) > 1]
    return [replace(one, group=kept.index(one.group) + 1 if one.group in kept else 0) for one in conditions]


MOST_GROUPS = 9


def tied(conditions: Iterable[Condition], at: int, to: str) -> list[Condition]:
    """The condition `at` tied to the others: "" on its own, "c2" in one group with the condition of that number."""
    before = list(conditions)
    made, number = list(before), to.removeprefix("c")
    group = 0
    if to != number and number.isdecimal() and int(number) < len(made) and int(number) != at:
        other = int(number)
        group = made[other].group or max(groups_of(made), default=0) + 1
        made[other] = replace(made[other], group=group)
    made[at] = replace(made[at], group=group)
    made = renumbered(made)
    return made if len(groups_of(made)) <= MOST_GROUPS else before


def as_day(text: str) -> date | None:
    """A day, a month or a year as typed into an address: its first day."""
    parts = text.split("-")
    try:
        return date(*(int(part) for part in [*parts, *["1"] * (3 - len(parts))]))
    except (ValueError, TypeError):
        return None


def as_last_day(text: str) -> date | None:
    """The same, its last day."""
    first, parts = as_day(text), text.split("-")
    if first is None or len(parts) == 3:
        return first
    year, month = (
        (first.year + 1, 1) if len(parts) == 1 or first.month == 12 else (first.year, first.month + 1)
    )
    try:
        return date.fromordinal(date(year, month, 1).toordinal() - 1)
    except ValueError:
        return date.max
