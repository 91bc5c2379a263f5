"""Clients and people found by words: who answers best, who answers, and who is nearly called so.

The search box and the list of clients ask alike, so that they find alike and in the same order.
"""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.http import QueryDict

from clients.queries.words import anywhere_query, full_query, near_queries, whole_query, words_query
from clients.rules.names import sort_key
from lawcrm.firm.paging import SIZE, Page, cursor_at, keyset_page

BY_NAME = ("sort_key", "id")
BEST = SIZE - 1  # that a list puts first, so that its first page shows where the others begin
MOST_NEAR, MOST_ALIKE = 500, 5_000
MOST_FEW = 1_000  # found rows that are known by their keys
_LAST = "\U0010ffff"


def steps_to(rows: QuerySet, words: str, path: str = "") -> list[QuerySet]:
    """The rows that answer best, step by step: who bears exactly this, whose name begins so; last, who is called so at all.

    `path` leads to the one whose name is searched ("person__").
    """
    whole, full, called = whole_query(words), full_query(words), words_query(words)
    stretches = [
        rows.filter(**{f"{path}sort_key__gte": first, f"{path}sort_key__lt": last})
        for first, last in _beginnings(words)
    ]
    return [
        *([rows.filter(**{f"{path}search": whole})] if whole else []),
        *stretches[:-1],  # a syllable comes before those it begins
        *([rows.filter(**{f"{path}search": full})] if full else []),
        *stretches[-1:],
        *([rows.filter(**{f"{path}search": called})] if called else []),
    ]


def first_of(steps: Sequence[QuerySet], limit: int) -> list:
    """The rows of the steps one after the other, each once, until there are enough."""
    found: dict = {}
    for rows in steps:
        if len(found) >= limit:
            break
        for row in rows[: limit + len(found)]:
            found.setdefault(row.pk, row)
    return list(found.values())[:limit]


def best_of(rows: QuerySet, words: str, limit: int, path: str = "") -> list:
    """The rows that are found, in the order of the steps; who is called so and, behind them, who only lives so are asked
    for in one statement.
    """
    called, anywhere = words_query(words), anywhere_query(words)
    if anywhere is None:
        return []
    is_called = ExpressionWrapper(Q(**{f"{path}search": called}), output_field=BooleanField())
    everybody = rows.filter(**{f"{path}search": anywhere})
    everybody = everybody.order_by(is_called.desc(), *everybody.query.order_by)
    return first_of([*steps_to(rows, words, path)[:-1], everybody], limit)


@contextmanager
def by_the_index_of_words():
    """Postgres thinks that hundreds of words, any of which will do, are in most rows, and would read them all."""
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")


def _beginnings(words: str) -> list[tuple[str, str]]:
    """Stretches of the list by name where names begin with these words, the nearest first; none where that says nothing.

    A syllable comes before those it begins: 'li' finds 李 before 梁 (liang) and Lina.
    """
    words = words.strip()
    if not words or len(words) >= 200 or any(character.isdigit() for character in words):
        return []
    key = sort_key(words, is_person=True)
    whole = [(key + "\u0080", key + _LAST)] if key.isascii() and key.isalpha() else []
    return [*whole, (key, key + _LAST)]


# -- a list of clients, searched ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """`rows` is everybody; `steps` lead to the best of them; `nearly` where nobody is called so but for a letter."""

    rows: QuerySet
    steps: Sequence[QuerySet]
    nearly: bool = False

    def best(self) -> list[UUID]:
        """The clients the list begins with, in their order: the narrow steps in one statement, the wide last one only
        where these do not fill a page.
        """
        *narrow, wide = (rows.order_by(*BY_NAME) for rows in self.steps)
        found = _in_one(narrow) if narrow else []
        if len(found) < BEST:
            found = list(dict.fromkeys([*found, *wide.values_list("pk", flat=True)[: BEST + len(found)]]))
        return found[:BEST]


def _in_one(steps: Sequence[QuerySet]) -> list[UUID]:
    """The keys of the first rows of each step, step by step, each once."""
    first, *others = (
        rows.values_list(Value(number), *BY_NAME)[: BEST + 1] for number, rows in enumerate(steps)
    )
    lines = sorted(first.union(*others, all=True) if others else first)  # as BY_NAME: code points, then bytes
    return list(dict.fromkeys(pk for _number, _sort_key, pk in lines))


def found_among(clients: QuerySet, words: str) -> Found:
    """The clients of a list that are found by the words; where there are none, those who are nearly called so.

    Who they are is asked first, as far as they are few: Postgres cannot guess how many a beginning of a word finds, and
    for two that are left would walk the whole list in its order.
    """
    rows = clients.matching(words)
    keys = list(rows.order_by().values_list("pk", flat=True)[: MOST_FEW + 1])
    if keys:
        few = clients.filter(pk__any_of=keys) if len(keys) <= MOST_FEW else rows
        return Found(few, steps_to(rows, words) or [few])
    near = _near(clients, words)
    first = near[:BEST]
    return Found(clients.filter(pk__in=near), [clients.filter(pk__in=first)], nearly=bool(near))


def _near(clients: QuerySet, words: str) -> list[UUID]:
    steps = [
        clients.filter(pk__in=keys).order_by(*BY_NAME).only("pk")
        for keys in alike(clients.model, words)
        if keys
    ]
    return [row.pk for row in first_of(steps, MOST_NEAR)]


def alike(model, words: str) -> list[list[UUID]]:
    """The rows of all whose names are nearly these words, the likeliest first.

    For doors to look through: asked together with who may see what, Postgres reads the words of everything one may see.
    """
    rows, asked = model.objects.unscoped(), near_queries(words)
    if not asked:
        return []
    with by_the_index_of_words():
        return [
            list(rows.filter(search=one).order_by().values_list("pk", flat=True)[:MOST_ALIKE])
            for one in asked
        ]


def best_page(found: Found, fields: Sequence[str], params: QueryDict) -> Page:
    """As keyset_page, the best first and everybody else behind them by name."""
    best = found.best()
    others = found.rows.exclude(pk__in=best).values_list(*fields, named=True)
    if "after" in params:
        return keyset_page(others, BY_NAME, params)
    if "before" in params:
        page = keyset_page(others, BY_NAME, params)
        if page.previous_query:
            return page
    start = params.copy()
    start.pop("before", None)
    page = keyset_page(others, BY_NAME, start, size=SIZE - len(best))
    shown = {row.id: row for row in found.rows.filter(pk__in=best).values_list(*fields, named=True)}
    return Page([*(shown[key] for key in best if key in shown), *page.rows], page.next_query, "")


def beside(found: Found, client: UUID, *, backwards: bool) -> UUID | None:
    """The client after or before this one in the order of `best_page`; None at its end."""
    best = found.best()
    if client in best:
        place = best.index(client) + (-1 if backwards else 1)
        if place < 0:
            return None
        if place < len(best):
            return best[place]
        return found.rows.exclude(pk__in=best).order_by(*BY_NAME).values_list("pk", flat=True).first()
    here = found.rows.model.objects.unscoped().only(*BY_NAME).get(pk=client)
    params = QueryDict(mutable=True)
    params["before" if backwards else "after"] = cursor_at(here, BY_NAME)
    row = keyset_page(found.rows.exclude(pk__in=best).only(*BY_NAME), BY_NAME, params, size=1).rows
    return row[0].pk if row else (best[-1] if backwards and best else None)
