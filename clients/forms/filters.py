"""One condition of a list, as a form: a comparison, and what it compares with.

The form carries the list's address as it was (`state`), so that what comes out is the address with this condition in
it. It never refuses: a condition without a value is taken away.
"""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.access import visible_clients, visible_tags
from clients.forms.client_list import ClientListForm, replaced, without
from clients.queries.column_kinds import NONE, Column, Kind, long_key, short_key
from clients.queries.columns import COLUMNS
from clients.rules.filters import WITHOUT_VALUE, Condition, Op, in_group, renumbered, tied
from lawcrm.firm.queries.people import departments, lawyer_choices

CHOSEN = (Kind.CODE, Kind.CODES, Kind.PERSON, Kind.DEPARTMENT, Kind.TAGS, Kind.FLAG, Kind.CHOSEN)
LONG = 9  # from so many choices on they can be narrowed by typing


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    on: bool


def choices_of(column: Column, user, chosen=()) -> list[Choice]:
    """What one may choose from; empty where the column is written rather than chosen."""
    if column.kind not in CHOSEN:
        return []
    if column.kind == Kind.PERSON:
        pairs = [("me", _("Me")), *lawyer_choices()]
    elif column.kind == Kind.DEPARTMENT:
        pairs = [(str(one.pk), str(one)) for one in departments()]
    elif column.kind == Kind.CHOSEN:
        pairs = [(short_key(pk), name) for pk, name in _named(user, chosen)]
    elif column.kind == Kind.TAGS:
        pairs = [(str(one.pk), one.name) for one in visible_tags(user)]
    else:
        pairs = [(str(code), str(label)) for code, label in column.choices]
    if column.may_be_empty and column.kind != Kind.FLAG and NONE not in dict(pairs):
        pairs = [*pairs, (NONE, pgettext("nothing chosen", "none"))]
    return [Choice(value, label, value in chosen) for value, label in pairs]


def _named(user, chosen) -> list[tuple]:
    """The ticked clients by name, as far as the person still sees them."""
    keys = [key for one in chosen if (key := long_key(one))]
    return list(
        visible_clients(user).filter(pk__in=keys).order_by("sort_key", "pk").values_list("pk", "name")
    )


class ConditionForm:
    """`at` is the number of the condition that is edited, None for a new one."""

    def __init__(self, column: Column, form: ClientListForm, at: int | None = None):
        self.column, self.form, self.at = column, form, at
        self.condition = form.conditions[at] if at is not None else Condition(column.code, column.ops[0])

    @classmethod
    def asked(cls, params: QueryDict) -> "ConditionForm | None":
        """What `edit_column` or `edit_at` in an address name; None where that is nothing."""
        form, at = ClientListForm(params), params.get("edit_at", "")
        if at.isdecimal() and int(at) < len(form.conditions):
            return cls(COLUMNS[form.conditions[int(at)].column], form, int(at))
        column = COLUMNS.get(params.get("edit_column", ""))
        return cls(column, form) if column and column.filterable else None

    # -- for the template ---------------------------------------------------------------------------------------

    @property
    def is_text(self) -> bool:
        return self.column.kind == Kind.TEXT

    @property
    def is_flag(self) -> bool:
        return self.column.kind == Kind.FLAG

    @property
    def first(self) -> str:
        return (*self.condition.values, "")[0] if self.condition.op == Op.BETWEEN else ""

    @property
    def last(self) -> str:
        return (*self.condition.values, "", "")[1] if self.condition.op == Op.BETWEEN else ""

    @property
    def one(self) -> str:
        values = self.condition.values
        return values[0] if values and self.condition.op != Op.BETWEEN else ""

    @property
    def others(self) -> list[tuple[str, list[Condition], bool]]:
        """What this condition may be put into one frame with: ("c2", conditions, whether it is in it now)."""
        own = self.condition.group if self.at is not None else 0
        found = []
        for number, one in enumerate(self.form.conditions):
            if one.column == "chosen" or number == self.at:
                continue
            if not one.group:
                found.append((f"c{number}", [one], False))
            elif not any(one.group == group[0].group for _code, group, _in in found if group[0].group):
                group = [c for c in in_group(self.form.conditions, one.group) if c is not self.condition]
                found.append((f"c{number}", group, one.group == own))
        return found

    # -- what comes out -------------------------------------------------------------------------------------------

    def conditions(self, posted: QueryDict) -> list[Condition]:
        """All conditions of the list after this form was sent."""
        made, kept = self._made(posted), self.form.conditions
        if made is None:
            return kept if self.at is None else renumbered(without(kept, self.at))
        if self.at is None:
            return tied([*kept, made], len(kept), posted.get("join", ""))
        kept = replaced(kept, self.at, made)
        return tied(kept, self.at, posted["join"]) if "join" in posted else renumbered(kept)

    def _made(self, posted: QueryDict) -> Condition | None:
        op = posted.get("op", self.column.ops[0])
        if op not in self.column.ops:
            return None
        if op in WITHOUT_VALUE:
            return Condition(self.column.code, Op(op))
        if op == Op.BETWEEN:
            ends = (posted.get("first", "").strip(), posted.get("last", "").strip())
            return Condition(self.column.code, Op.BETWEEN, ends) if any(ends) else None
        if self.is_text:
            values = (posted.get("text", "").strip()[:200],)
        elif op in (Op.WITHIN, Op.OVER, Op.NEXT):
            days = posted.get("days", "").strip()
            values = (days,) if days.isdecimal() else ()
        else:
            values = tuple(posted.getlist("value"))
        return Condition(self.column.code, Op(op), values) if any(values) else None
