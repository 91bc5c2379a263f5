"""The address of the client list, read: which clients, in which order, with which columns.

Conditions stand as `clients.rules.filters` says, on the columns of `clients.queries.columns`. Beside them:
sort=<column> with "-" for the other way round (a searched list: best first unless said), cols=<columns in their order>, match=any, s=<hidden search>,
after / before=<cursor>, view=<saved view> or, where it was changed since it was opened, of=<saved view>. Other pages link here, for instance with
type=basic|...|partner|none, grade=A|B|C|D|none, responsible=<id>|me, department=<id>, kind=<kind>|enterprise|...,
field, source, quiet=yes|on|no, mine=yes, contact=over:90.
"""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.crypto import salted_hmac

from clients.queries.column_kinds import NONE, Column, Kind, Sort
from clients.queries.columns import COLUMNS, SHOWN_FIRST, SORTS, shown_columns
from clients.queries.filters import narrowed
from clients.queries.found import Found, found_among
from clients.rules.filters import HIDDEN, MOST_CONDITIONS, Condition, Op, read_condition
from lawcrm.firm import opaque

SEARCH = "client search"
FILTER = "client filter"
BEST = "best"  # the order of who answers a search best


class ClientListForm:
    """Conditions that make no sense are left out rather than complained about: the address may be old."""

    def __init__(self, params: QueryDict):
        self.conditions = _conditions(params)
        self.match_any = params.get("match") == "any"
        self.words = _shown(params.get("s", ""), SEARCH)
        self.of_view = params.get("of", "")
        self.found: Found | None = None  # what the search came to, once the list was narrowed
        sort = params.get("sort", "")
        usual = self._usual_sort(self.words)
        self.sort_code = sort if sort.lstrip("-") in SORTS else usual
        self._sort_is_chosen = self.sort_code != usual
        self.columns: list[Column] = shown_columns(",".join(params.getlist("cols")).split(","))

    @classmethod
    def of_state(cls, state: dict, view: str = "") -> "ClientListForm":
        """The list that a saved view or a piece of bulk work keeps (`state`)."""
        query = QueryDict(mutable=True)
        for name, written in state.get("conditions", ()):
            query.appendlist(name, written)
        if state.get("match_any"):
            query["match"] = "any"
        query["sort"], query["cols"] = state.get("sort", "name"), ",".join(state.get("cols", ()))
        if words := state.get("words"):
            query["s"] = opaque.hide(words, SEARCH)
        form = cls(query)
        form.of_view = view
        return form

    @staticmethod
    def _usual_sort(words: str) -> str:
        """A list begins by name, a searched one with who answers best."""
        return BEST if words else "name"

    @property
    def state(self) -> dict:
        """What a saved view keeps: all of the list but the place in it, words in clear."""
        return {
            "conditions": [[one.name, one.written] for one in self.conditions],
            "match_any": self.match_any and len(self.conditions) > 1,
            "words": self.words,
            "sort": self.sort_code,
            "cols": list(self.column_codes),
        }

    def ticks_of(self, user) -> str:
        """Names the list to the browser that keeps what its user ticked on it, whatever its order and columns."""
        narrowed_by = [self.state[name] for name in ("conditions", "match_any", "words")]
        return salted_hmac("clients.ticks", json.dumps([str(user.pk), *narrowed_by])).hexdigest()[:16]

    # -- what is asked for --------------------------------------------------------------------------------------

    @property
    def is_narrowed(self) -> bool:
        return bool(self.conditions or self.words)

    @property
    def is_usual(self) -> bool:
        """Whether order and columns are those every list begins with."""
        return not self._sort_is_chosen and self.column_codes == SHOWN_FIRST

    @property
    def is_by_answer(self) -> bool:
        return self.sort_code == BEST

    @property
    def single(self) -> dict[str, str]:
        """{column: value} of the plain conditions that leave one value."""
        plain = () if self.match_any else self.conditions
        return {
            one.column: one.values[0]
            for one in plain
            if not one.group and one.op == Op.IS and len(one.values) == 1
        }

    @property
    def sorting(self) -> Sort:
        """The order asked for; by name where a condition leaves only one value of what it would sort by."""
        code = self.sort_code.lstrip("-")
        return SORTS["name" if code == BEST or code in self.single else code]

    @property
    def order(self) -> tuple[str, ...]:
        return self.sorting.reversed() if self.sort_code.startswith("-") else self.sorting.order

    def narrow(self, clients, user, today, *, ranked: bool = True):
        """`clients` as far as conditions and search let them through, with the rank the order needs."""
        clients = narrowed(clients, self.conditions, match_any=self.match_any, user=user, today=today)
        if self.words:
            self.found = found_among(clients, self.words)
            clients = self.found.rows
        return self.ranked(clients) if ranked else clients

    def ranked(self, clients):
        """`clients` with what the order goes by."""
        return clients.annotate(**dict([self._rank()])) if self.sorting.rank else clients

    def _rank(self) -> tuple[str, object]:
        name, rank = self.sorting.rank
        if name == "contact_rank" and self.single.get("type") == NONE:
            # Who was never assessed was hardly ever contacted: walking the index by contact would begin at the
            # wrong end of it. Another constant is another expression, so Postgres sorts the few rows instead.
            rank = Coalesce(F("last_contact_at"), Value(datetime(1901, 1, 1, tzinfo=UTC)))
        return name, rank

    # -- written again ------------------------------------------------------------------------------------------

    def query(self, **changes) -> QueryDict:
        """The list's address, without its place in it. `changes`: conditions, match_any, words, sort, cols, of_view."""
        conditions = changes.get("conditions", self.conditions)
        query = QueryDict(mutable=True)
        if view := changes.get("of_view", self.of_view):
            query["of"] = str(view)
        for condition in conditions:
            query.appendlist(condition.name, _written(condition))
        if changes.get("match_any", self.match_any) and len(conditions) > 1:
            query["match"] = "any"
        if words := changes.get("words", self.words):
            query["s"] = opaque.hide(words, SEARCH)
        usual = self._usual_sort(words)
        if (sort := changes.get("sort", self.sort_code if self._sort_is_chosen else usual)) != usual:
            query["sort"] = sort
        cols = tuple(changes.get("cols", self.column_codes)) or SHOWN_FIRST
        if cols != SHOWN_FIRST:
            query["cols"] = ",".join(cols)
        return query

    def address(self, **changes) -> str:
        """The same as what follows "/clients/"."""
        query = self.query(**changes).urlencode(safe=",:~@")
        return f"?{query}" if query else "?"

    @property
    def column_codes(self) -> tuple[str, ...]:
        return tuple(column.code for column in self.columns)


def _conditions(params: QueryDict) -> list[Condition]:
    found = []
    for name, said in params.lists():
        column = COLUMNS.get(name.rpartition(".")[2])
        if column is None:
            continue
        for written in said:
            condition = read_condition(name, _opened(written), is_text=column.kind == Kind.TEXT)
            if condition and condition.op in column.ops and _makes_sense(column, condition):
                found.append(condition)
    return found[:MOST_CONDITIONS]


def _makes_sense(column: Column, condition: Condition) -> bool:
    """Whether a code of a closed list is one of it; what is asked in vain is not shown as a filter either."""
    if not column.choices:
        return True
    known = {str(code) for code, _label in column.choices} | {NONE, "on"}
    return any(value in known for value in condition.values)


def _opened(written: str) -> str:
    return _shown(written[1:], FILTER) if written.startswith(HIDDEN) else written


def _written(condition: Condition) -> str:
    if COLUMNS[condition.column].personal and condition.values:
        return HIDDEN + opaque.hide(condition.written, FILTER)
    return condition.written


def _shown(hidden: str, purpose: str) -> str:
    """Words read out of the hidden part of the address."""
    words = opaque.show(hidden, purpose) if hidden else ""
    return words if isinstance(words, str) else ""


def without(conditions: Iterable[Condition], number: int) -> list[Condition]:
    return [one for place, one in enumerate(conditions) if place != number]


def replaced(conditions: Iterable[Condition], number: int, by: Condition) -> list[Condition]:
    return [replace(by, group=one.group) if place == number else one for place, one in enumerate(conditions)]
