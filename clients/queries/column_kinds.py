"""What a column of a list is: what kind of value it holds, how it is asked for, sorted by and compared."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.queries.clients import SPARSE_TEXTS
from clients.rules.filters import Condition, Op, as_day, as_last_day

NONE = "none"  # the value that stands for "nothing said" among codes


class Kind(StrEnum):
    """What kind of value a column holds: which comparisons it knows, and how it is shown and exported."""

    TEXT = "text"
    CODE = "code"  # one of a closed list
    CODES = "codes"  # several of a closed list
    PERSON = "person"  # of the firm
    DEPARTMENT = "department"
    DAY = "day"
    MOMENT = "moment"
    NUMBER = "number"
    FLAG = "flag"
    TAGS = "tags"
    CHOSEN = "chosen"  # rows ticked one by one


OPS = {
    Kind.TEXT: (Op.HAS, Op.IS, Op.STARTS, Op.LACKS, Op.EMPTY, Op.FILLED),
    Kind.CODE: (Op.IS, Op.NOT),
    Kind.CODES: (Op.IS, Op.ALL, Op.NOT),
    Kind.PERSON: (Op.IS, Op.NOT),
    Kind.DEPARTMENT: (Op.IS, Op.NOT),
    Kind.DAY: (Op.BETWEEN, Op.WITHIN, Op.OVER, Op.NEXT, Op.EMPTY, Op.FILLED),
    Kind.MOMENT: (Op.BETWEEN, Op.WITHIN, Op.OVER, Op.EMPTY, Op.FILLED),
    Kind.NUMBER: (Op.BETWEEN, Op.EMPTY, Op.FILLED),
    Kind.FLAG: (Op.IS,),
    Kind.TAGS: (Op.IS, Op.ALL, Op.NOT),
    Kind.CHOSEN: (Op.IS, Op.NOT),
}


class Part(StrEnum):
    """Where a column stands in choosers."""

    WHO = "who"
    REACH = "reach"
    FIRM = "firm"
    LOG = "log"


PART_LABELS = {
    Part.WHO: _("Who they are"),
    Part.REACH: _("How to reach them"),
    Part.FIRM: _("What they are to the firm"),
    Part.LOG: _("What the log says"),
}


@dataclass(frozen=True)
class Sort:
    """`order` is the first click's, its last column unique; `rank` annotates what is not a column, never NULL."""

    order: tuple[str, ...]
    rank: tuple[str, object] | None = None

    def reversed(self) -> tuple[str, ...]:
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.order)


@dataclass(frozen=True)
class Asking:
    """Who asks, and on which day: "me", "mine" and "gone quiet" mean nothing without."""

    user: object
    today: date


@dataclass(frozen=True)
class Column:
    """One column. `lookup` is the field of Client; `needs` more of them that showing it takes.

    `personal`: its words are hidden in addresses. `choices`: (code, label) of a closed list. `condition` replaces the
    usual comparison of its kind; None from it means "holds for all".
    """

    code: str
    label: str
    kind: Kind
    lookup: str = ""
    part: Part = Part.WHO
    choices: tuple = ()
    needs: tuple[str, ...] = ()
    sort: Sort | None = None
    personal: bool = False
    filterable: bool = True
    offered: bool = True  # among what a list can be narrowed by
    showable: bool = True
    may_be_empty: bool = True
    condition: Callable[[Condition, Asking], Q | None] | None = field(default=None, repr=False)

    @property
    def sortable(self) -> bool:
        return self.sort is not None

    @property
    def ops(self) -> tuple[Op, ...]:
        return OPS[self.kind]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of Client a row must carry to show this column."""
        return (self.lookup, *self.needs) if self.lookup else self.needs

    def q(self, condition: Condition, asking: Asking) -> Q | None:
        """The rows for which the condition holds; None where it makes no sense here (an old or mistyped address)."""
        if condition.op not in self.ops or not self.filterable:
            return None
        return (self.condition or _CONDITIONS[self.kind].__get__(self))(condition, asking)

    # -- by kind ---------------------------------------------------------------------------------------------

    def _text(self, condition: Condition, asking: Asking) -> Q | None:
        if condition.op in (Op.EMPTY, Op.FILLED):
            return Q(**{self.lookup: ""}) if condition.op == Op.EMPTY else ~Q(**{self.lookup: ""})
        found = text_q(self.lookup, condition)
        if condition.op == Op.LACKS:
            return ~found
        # says what the index of those who have any says: what few have is looked for among these few
        return (
            found & ~Q(**{self.lookup: ""}) if condition.values[0] and self.lookup in SPARSE_TEXTS else found
        )

    def _code(self, condition: Condition, asking: Asking) -> Q | None:
        known = {str(code) for code, _label in self.choices} | {NONE}
        codes = [code for code in condition.values if code in known]
        if not codes:
            return None
        found = Q(**{f"{self.lookup}__in": ["" if code == NONE else code for code in codes]})
        return ~found if condition.op == Op.NOT else found

    def _codes(self, condition: Condition, asking: Asking) -> Q | None:
        known = {str(code) for code, _label in self.choices}
        codes = [code for code in condition.values if code in known]
        if condition.op == Op.ALL:
            if len(codes) < 2:
                return Q(**{f"{self.lookup}__contains": codes}) if codes else None
            # said as the index of those who have more than one says it: how two go together, Postgres cannot guess
            return Q(**{f"{self.lookup}__contains": codes, f"{self.lookup}__len__gt": 1})
        asked = [Q(**{f"{self.lookup}__overlap": codes})] if codes else []
        if NONE in condition.values:
            asked.append(Q(**{self.lookup: []}))
        if not asked:
            return None
        found = reduce(or_, asked)
        return ~found if condition.op == Op.NOT else found

    def _key(self, condition: Condition, asking: Asking) -> Q | None:
        keys = [asking.user.pk if one == "me" else as_key(one) for one in condition.values if one != NONE]
        keys = [key for key in keys if key is not None]
        asked = [Q(**{f"{self.lookup}__in": keys})] if keys else []
        if NONE in condition.values and self.may_be_empty:
            asked.append(Q(**{f"{self.lookup}__isnull": True}))
        if not asked:
            return None
        found = reduce(or_, asked)
        return ~found if condition.op == Op.NOT else found

    def _tags(self, condition: Condition, asking: Asking) -> Q | None:
        keys = [key for one in condition.values if (key := as_key(one))]
        if condition.op == Op.ALL:
            return Q(**{f"{self.lookup}__contains": keys}) if keys else None
        asked = [Q(**{f"{self.lookup}__overlap": keys})] if keys else []
        if NONE in condition.values:
            asked.append(Q(**{self.lookup: []}))
        if not asked:
            return None
        found = reduce(or_, asked)
        return ~found if condition.op == Op.NOT else found

    def _chosen(self, condition: Condition, asking: Asking) -> Q | None:
        keys = [key for one in condition.values if (key := long_key(one))]
        return (~Q(pk__in=keys) if condition.op == Op.NOT else Q(pk__in=keys)) if keys else None

    def _day(self, condition: Condition, asking: Asking) -> Q | None:
        if condition.op in (Op.EMPTY, Op.FILLED):
            return Q(**{f"{self.lookup}__isnull": condition.op == Op.EMPTY})
        first, last = _span(condition, asking.today)
        if first is None and last is None:
            return None
        if self.kind == Kind.MOMENT:
            first = first and _midnight(first)
            last = last and _midnight(last + timedelta(days=1))
        before = "lt" if self.kind == Kind.MOMENT else "lte"
        ends = {f"{self.lookup}__gte": first, f"{self.lookup}__{before}": last}
        return Q(**{name: end for name, end in ends.items() if end is not None})

    def _number(self, condition: Condition, asking: Asking) -> Q | None:
        if condition.op in (Op.EMPTY, Op.FILLED):
            return Q(**{f"{self.lookup}__isnull": condition.op == Op.EMPTY})
        ends = zip(("gte", "lte"), condition.values, strict=True)
        asked = {f"{self.lookup}__{how}": int(end) for how, end in ends if end.lstrip("-").isdecimal()}
        return Q(**asked) if asked else None

    def _flag(self, condition: Condition, asking: Asking) -> Q | None:
        return Q(**{self.lookup: condition.values[0] in YES})


def text_q(path: str, condition: Condition) -> Q:
    """That the text at `path` holds, begins with or is what was asked for; what it must not hold is asked so, too."""
    how = {Op.IS: "any_case", Op.STARTS: "any_case_begins"}.get(condition.op, "any_case_holds")
    return Q(**{f"{path}__{how}": condition.values[0]})


_CONDITIONS = {
    Kind.TEXT: Column._text,
    Kind.CODE: Column._code,
    Kind.CODES: Column._codes,
    Kind.PERSON: Column._key,
    Kind.DEPARTMENT: Column._key,
    Kind.DAY: Column._day,
    Kind.MOMENT: Column._day,
    Kind.NUMBER: Column._number,
    Kind.FLAG: Column._flag,
    Kind.TAGS: Column._tags,
    Kind.CHOSEN: Column._chosen,
}
YES = ("yes", "on")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def as_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def short_key(key: UUID | str) -> str:
    """An id as addresses carry many of them."""
    return urlsafe_b64encode(UUID(str(key)).bytes).decode().rstrip("=")


def long_key(short: str) -> UUID | None:
    try:
        return UUID(bytes=urlsafe_b64decode(short + "==")) if len(short) == 22 else None
    except ValueError:
        return None


def _span(condition: Condition, today: date) -> tuple[date | None, date | None]:
    """First and last day, either open."""
    if condition.op == Op.BETWEEN:
        return as_day(condition.values[0]), as_last_day(condition.values[1])
    if not condition.values:
        return None, None
    days = timedelta(days=min(int(condition.values[0]), 40_000))
    if condition.op == Op.WITHIN:
        return today - days, today
    if condition.op == Op.NEXT:
        return today, today + days
    return None, today - days - timedelta(days=1)
