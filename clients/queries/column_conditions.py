"""Columns with a comparison of their own: what holds for a client when it is asked for by one of them."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.apps import apps
from django.db.models import Q

from clients.enums import FAMILY_OF, Grade, RelationshipType
from clients.queries.clients import FORMERLY_OTHERWISE, REFERRED_BY_NOBODY, works_for
from clients.queries.column_kinds import NONE, YES, Asking, as_key, text_q
from clients.rules.filters import Condition, Op
from lawcrm.firm.roles import Scope

# Type and grade are asked for by their ranks, as the list is sorted: one index serves both.


def by_type(condition: Condition, asking: Asking) -> Q | None:
    ranks = [6 - kind for kind in RelationshipType if kind.code in condition.values]
    return _ranked("its_type", ranks + [9] * (NONE in condition.values), condition)


def by_grade(condition: Condition, asking: Asking) -> Q | None:
    ranks = [grade.value for grade in Grade if grade.value in condition.values]
    return _ranked("its_grade", ranks + ["Z"] * (NONE in condition.values), condition)


def _ranked(name: str, ranks: list, condition: Condition) -> Q | None:
    if not ranks:
        return None
    # one value as an equality: it pins the first column of the index, and the list comes sorted out of it
    found = Q(**{name: ranks[0]}) if len(ranks) == 1 else Q(**{f"{name}__in": ranks})
    return ~found if condition.op == Op.NOT else found


def by_kind(condition: Condition, asking: Asking) -> Q | None:
    kinds = [
        kind.value
        for kind, family in FAMILY_OF.items()
        if kind.value in condition.values or family.value in condition.values
    ]
    if not kinds:
        return None
    return ~Q(kind__in=kinds) if condition.op == Op.NOT else Q(kind__in=kinds)


def by_quiet(condition: Condition, asking: Asking) -> Q | None:
    if condition.values[0] in YES:
        return Q(quiet_from__lte=asking.today)
    return Q(quiet_from__gt=asking.today) | Q(quiet_from__isnull=True)


def by_mine(condition: Condition, asking: Asking) -> Q | None:
    """Said twice, the same condition misleads the planner: whoever sees only their own is not asked again."""
    if condition.values[0] not in YES:
        return ~works_for(asking.user)
    return Q() if asking.user.scope in (Scope.OWN, Scope.TEAM) else works_for(asking.user)


def by_former_name(condition: Condition, asking: Asking) -> Q | None:
    if condition.op in (Op.EMPTY, Op.FILLED):
        return FORMERLY_OTHERWISE if condition.op == Op.FILLED else ~FORMERLY_OTHERWISE
    found = text_q("its_former", condition) & FORMERLY_OTHERWISE
    return ~found if condition.op == Op.LACKS else found


def by_referrer(condition: Condition, asking: Asking) -> Q | None:
    """In words, or by the name of the client, person or colleague on record, as far as the one who asks sees them.

    Each is looked for by itself, by the index of those who have such a referrer: all in one condition would be asked of
    every client of the firm.
    """
    if condition.op in (Op.EMPTY, Op.FILLED):
        return REFERRED_BY_NOBODY if condition.op == Op.EMPTY else ~REFERRED_BY_NOBODY
    in_words = text_q("referred_by", condition) & ~Q(referred_by="")
    names = ("given_name", "family_name", "name_zh")
    colleague = reduce(or_, (text_q(f"referrer_user__{name}", condition) for name in names))
    ways = [in_words & ~REFERRED_BY_NOBODY, colleague & Q(referrer_user__isnull=False)]
    for name in ("client", "person"):
        seen = (
            apps.get_model("clients", name).objects.visible_to(asking.user).filter(text_q("name", condition))
        )
        ways.append(
            Q(**{f"referrer_{name}__in": seen.order_by().values("pk"), f"referrer_{name}__isnull": False})
        )
    first, *others = (_clients().filter(way).order_by().values("pk") for way in ways)
    found = Q(pk__in=first.union(*others))
    return ~found if condition.op == Op.LACKS else found


def _clients():
    return apps.get_model("clients", "Client").objects.unscoped()


def on_record(lookup: str):
    """That a sealed field holds something; what, is not asked."""

    def asked(condition: Condition, asking: Asking) -> Q:
        return Q(**{f"{lookup}__isnull": condition.values[0] not in YES})

    return asked


def by_birth_month(condition: Condition, asking: Asking) -> Q | None:
    """By the month alone, as it is kept: solar or lunar, the year known or not."""
    months = [f"{int(one):02}" for one in condition.values if one.isdecimal() and 1 <= int(one) <= 12]
    asked = [Q(its_birth_month__in=months)] if months else []
    if NONE in condition.values:
        asked.append(Q(birth_date__isnull=True))
    if not asked:
        return None
    found = reduce(or_, asked)
    return ~found if condition.op == Op.NOT else found


def by_team(condition: Condition, asking: Asking) -> Q | None:
    keys = [asking.user.pk if one == "me" else as_key(one) for one in condition.values if one != NONE]
    keys = [key for key in keys if key is not None]
    asked = [Q(team_ids__overlap=keys)] if keys else []
    if NONE in condition.values:
        asked.append(Q(team_ids=[]))
    if not asked:
        return None
    found = reduce(or_, asked)
    return ~found if condition.op == Op.NOT else found
