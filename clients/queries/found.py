"""Clients and people found by words: who answers best, who answers, and who is nearly called so.

The search box and the list of clients ask alike, so that they find alike and in the same order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from django.db.models import BooleanField, Case, ExpressionWrapper, Q, QuerySet, Value, When
from django.http import QueryDict

from clients.queries.words import anywhere_query, full_query, near_queries, whole_query, words_query
from clients.rules.names import sort_key
from lawcrm.firm.paging import SIZE, Page, cursor_at, keyset_page

BY_NAME = ("sort_key", "id")
BEST = SIZE - 1  # that a list puts first, so that its first page shows where the others begin
MOST_NEAR, MOST_ALIKE = 500, 5_000
MOST_FEW = 1_000  # found rows that are known by their keys
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Step:
    """Some of those who are found. `walked`: along the list by name, because there they stand side by side."""

    who: Q
    walked: bool = False

    def order(self, by: Sequence) -> Sequence:
        """That whose words are searched are found by their index: Postgres, asked for the first few in the order of the
        list, would else walk it from its beginning until it has met them.
        """
        return by if self.walked else (ExpressionWrapper(self.who, output_field=BooleanField()).desc(), *by)


def steps_to(words: str, path: str = "") -> list[Step]:
    """Who answers best, step by step: who bears exactly this, whose name begins so; last, who is called so at all.

    `path` leads to the one whose name is searched ("person__").
    """
    whole, full, called = whole_query(words), full_query(words), words_query(words)
    stretches = [
        Step(Q(**{f"{path}sort_key__gte": first, f"{path}sort_key__lt": last}), walked=True)
        for first, last in _beginnings(words)
    ]
    return [
        *([Step(Q(**{f"{path}search": whole}))] if whole else []),
        *stretches[:-1],  # a syllable comes before those it begins
        *([Step(Q(**{f"{path}search": full}))] if full else []),
        *stretches[-1:],
        *([Step(Q(**{f"{path}search": called}))] if called else []),
    ]


def best_of(
    rows: QuerySet, words: str, limit: int, fields: Sequence[str], path: str = "", further: Q | None = None
) -> list:
    """The rows that are found, in the order of the steps; who is called so and, behind them, who only lives so are one
    step. `further`: who else is found, behind all these.
    """
    called, anywhere = words_query(words), anywhere_query(words)
    if anywhere is None:
        return []
    by = rows.query.order_by
    is_called = Step(Q(**{f"{path}search": called}))
    steps = [
        *((step.who, step.order(by)) for step in steps_to(words, path)[:-1]),
        (Q(**{f"{path}search": anywhere}), is_called.order(by)),
        *([(further, by)] if further is not None else []),
    ]
    return in_turn(rows, steps, limit, fields)


def in_turn(rows: QuerySet, steps: Sequence[tuple[Q, Sequence]], limit: int, fields: Sequence[str]) -> list:
    """The rows of the steps (whom, in which order) one after the other, each once, until there are enough.

    One statement: Postgres goes from step to step and begins none it does not need. Whoever stands in an earlier step
    is left out of the later ones, so that "enough" means as many different rows.
    """
    parts = [
        rows.filter(step, *(~earlier for earlier, _order in steps[:number]))
        .order_by(*order)
        .annotate(step=Value(number))
        .values_list(*fields, "step", named=True)[:limit]
        for number, (step, order) in enumerate(steps)
    ]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True)[:limit] if len(parts) > 1 else parts[0]
    return sorted(found, key=attrgetter("step"))


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
    """`rows` is everybody; `steps` lead to the best of them, who are known already where few were found (`known`)."""

    rows: QuerySet
    steps: Sequence[QuerySet] = ()
    known: Sequence[UUID] | None = None
    count: int | None = None  # of rows, where it is known
    nearly: bool = False  # nobody is called so but for a letter

    def best(self) -> list[UUID]:
        """The clients the list begins with, in their order: the narrow steps in one statement, the wide last one only
        where these do not fill a page.
        """
        if self.known is not None:
            return list(self.known)
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

    Who they are is asked first, and how well each answers, as far as they are few: Postgres cannot guess how many a
    beginning of a word finds, and for two that are left would walk the whole list in its order.
    """
    rows, steps = clients.matching(words), steps_to(words)
    step_of = Case(*(When(step.who, then=number) for number, step in enumerate(steps)), default=len(steps))
    few = sorted(rows.order_by().values_list(step_of, *BY_NAME)[: MOST_FEW + 1])
    if len(few) > MOST_FEW:
        return Found(rows, [rows.filter(step.who) for step in steps] or [rows])
    if few:
        best = [pk for step, _sort_key, pk in few if step < len(steps)][:BEST]  # the others only live so
        return Found(clients.filter(pk__any_of=[pk for *_, pk in few]), known=best, count=len(few))
    near = _near(clients, words)
    return Found(clients.filter(pk__any_of=near), known=near[:BEST], count=len(near), nearly=bool(near))


def _near(clients: QuerySet, words: str) -> list[UUID]:
    [found] = alike([clients.model], words)
    return [row.pk for row in those_alike(clients.order_by(*BY_NAME), found, MOST_NEAR, ["pk"])]


def those_alike(
    rows: QuerySet, found: Sequence[Sequence[UUID]], limit: int, fields: Sequence[str], path: str = ""
) -> list:
    """The rows of those who are nearly called so (`alike`), the likeliest first."""
    order = rows.query.order_by
    return in_turn(rows, [(Q(**{f"{path}pk__any_of": keys}), order) for keys in found if keys], limit, fields)


def alike(models: Sequence, words: str) -> list[list[list[UUID]]]:
    """For each model its rows whose names are nearly these words: first those that begin alike, then all. One statement.

    Of all rows, for doors to look through: asked together with who may see what, Postgres reads the words of everything
    one may see.
    """
    asked = near_queries(words)
    parts = [
        model.objects.unscoped()
        .filter(search=query)
        .order_by()
        .values_list(Value(number), Value(step), "pk")[:MOST_ALIKE]
        for number, model in enumerate(models)
        for step, query in enumerate(asked)
    ]
    found: list[list[list[UUID]]] = [[[] for _ in asked] for _ in models]
    if parts:
        for number, step, pk in parts[0].union(*parts[1:], all=True):
            found[number][step].append(pk)
    return found


def best_page(found: Found, fields: Sequence[str], params: QueryDict) -> Page:
    """As keyset_page, the best first and everybody else behind them by name."""
    best = found.best()
    others = found.rows.exclude(pk__in=best).values_list(*fields, named=True)
    if found.count == len(best):
        return Page(_shown(found, best, fields), "", "")
    if "after" in params:
        return keyset_page(others, BY_NAME, params)
    if "before" in params:
        page = keyset_page(others, BY_NAME, params)
        if page.previous_query:
            return page
    start = params.copy()
    start.pop("before", None)
    page = keyset_page(others, BY_NAME, start, size=SIZE - len(best))
    return Page([*_shown(found, best, fields), *page.rows], page.next_query, "")


def _shown(found: Found, best: Sequence[UUID], fields: Sequence[str]) -> list:
    shown = {row.id: row for row in found.rows.filter(pk__in=best).values_list(*fields, named=True)}
    return [shown[key] for key in best if key in shown]


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
