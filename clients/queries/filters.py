"""A list narrowed: the conditions on its columns (clients/queries/columns.py), tied by and / or."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from clients.queries.column_kinds import Asking
from clients.queries.columns import COLUMNS, RANKS
from clients.rules.filters import Condition, groups_of, in_group


def narrowed(clients, conditions: list[Condition], *, match_any: bool, user, today: date):
    """The clients for which the conditions hold. What makes no sense is left out: the address may be old."""
    asking = Asking(user, today)
    ticked = [one for one in conditions if one.column == "chosen"]  # holds whatever else is an alternative
    conditions = [one for one in conditions if one.column != "chosen"]
    alone = _qs(in_group(conditions, 0), asking)
    grouped = [_qs(in_group(conditions, number), asking) for number in groups_of(conditions)]
    outer, inner = (_any_of, _all_of) if match_any else (_all_of, _any_of)
    whole = _all_of([*_qs(ticked, asking), outer([*alone, *(inner(group) for group in grouped if group)])])
    asked = {name for name in RANKS if name in _names(whole)}
    return clients.alias(**{name: RANKS[name] for name in asked}).filter(whole) if whole else clients


def _qs(conditions: list[Condition], asking: Asking) -> list[Q]:
    found = (COLUMNS[one.column].q(one, asking) for one in conditions if one.column in COLUMNS)
    return [q for q in found if q is not None]


def _all_of(parts: list[Q]) -> Q:
    return reduce(and_, parts, Q())


def _any_of(parts: list[Q]) -> Q:
    """An empty condition holds for all, and so does whatever it is an alternative in."""
    return reduce(or_, parts) if parts and all(parts) else Q()


def _names(q: Q) -> set[str]:
    """The columns a condition names."""
    names: set[str] = set()
    for child in q.children:
        names |= _names(child) if isinstance(child, Q) else {child[0].partition("__")[0]}
    return names
