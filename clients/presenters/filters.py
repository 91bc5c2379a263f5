"""Conditions in words: the chips above a list, and what a saved view or a piece of bulk work was about."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from clients.enums import Grade
from clients.forms.client_list import ClientListForm, without
from clients.forms.filters import LONG, choices_of
from clients.queries.column_kinds import NONE, PART_LABELS, Column, Kind, Part
from clients.queries.columns import COLUMNS
from clients.queries.list_words import Words, words_for
from clients.rules.filters import Condition, Op, groups_of
from lawcrm.firm import clock
from lawcrm.firm.words import is_chinese, labelled, listed

OP_LABELS = {
    Op.IS: gettext_lazy("is one of"),
    Op.NOT: gettext_lazy("is none of"),
    Op.ALL: gettext_lazy("has all of"),
    Op.HAS: gettext_lazy("contains"),
    Op.LACKS: gettext_lazy("does not contain"),
    Op.STARTS: gettext_lazy("begins with"),
    Op.BETWEEN: gettext_lazy("lies between"),
    Op.WITHIN: gettext_lazy("in the last … days"),
    Op.OVER: gettext_lazy("more than … days ago"),
    Op.NEXT: gettext_lazy("in the coming … days"),
    Op.EMPTY: gettext_lazy("is empty"),
    Op.FILLED: gettext_lazy("is filled in"),
}
TEXT_IS = pgettext_lazy("a text", "is exactly")


def op_label(column: Column, op: Op) -> str:
    return str(TEXT_IS if column.kind == Kind.TEXT and op == Op.IS else OP_LABELS[op])


def condition_words(condition: Condition, words: Words) -> str:
    """The condition as a chip says it: "Grade: A, B", "Last contact: more than 90 days ago"."""
    column = COLUMNS[condition.column]
    if column.kind == Kind.CHOSEN:
        return chosen_words(len(condition.values), but=condition.op == Op.NOT)
    if column.kind == Kind.FLAG:
        return _value(column, condition.values[0], words)
    return labelled(column.label, _compared(column, condition, words))


def chosen_words(count: int, *, but: bool) -> str:
    if but:
        text = ngettext("all but %(n)s client", "all but %(n)s clients", count)
    else:
        text = ngettext("%(n)s ticked client", "%(n)s ticked clients", count)
    return text % {"n": count}


def _compared(column: Column, condition: Condition, words: Words) -> str:
    op, values = condition.op, condition.values
    if op in (Op.EMPTY, Op.FILLED):
        return str(OP_LABELS[op])
    if op == Op.BETWEEN:
        return _span(column, *values)
    if op in (Op.WITHIN, Op.OVER, Op.NEXT):
        return _days(op, int(values[0]) if values else 0)
    if column.kind == Kind.TEXT:
        said = f"“{values[0]}”" if is_chinese() else f"‘{values[0]}’"
        return said if op == Op.IS else f"{OP_LABELS[op]} {said}"
    said = listed(filter(None, (_value(column, value, words) for value in values)))
    if op == Op.NOT:
        return _("not %s") % said
    return _("all of %s") % said if op == Op.ALL else said


def _days(op: Op, days: int) -> str:
    if op == Op.WITHIN:
        text = ngettext("in the last %(n)s day", "in the last %(n)s days", days)
    elif op == Op.NEXT:
        text = ngettext("in the coming %(n)s day", "in the coming %(n)s days", days)
    else:
        text = ngettext("more than %(n)s day ago", "more than %(n)s days ago", days)
    return text % {"n": f"{days:,}"}


def _span(column: Column, first: str, last: str) -> str:
    if not last:
        return _("from %s") % _end(first)
    if not first:
        return _("up to %s") % _end(last)
    return _end(first) if first == last else f"{_end(first)} – {_end(last)}"


def _end(text: str) -> str:
    try:
        return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
    except ValueError:
        return text


def _value(column: Column, value: str, words: Words) -> str:
    """One code or id in words; "" for what nobody knows any more."""
    if column.code == "grade" and value in Grade.values:
        return value
    if value == "me":
        return pgettext("lawyer", "me")
    if column.kind in (Kind.PERSON, Kind.DEPARTMENT, Kind.TAGS):
        if value == NONE:
            return pgettext("nothing chosen", "none")
        known = {Kind.PERSON: words.people, Kind.DEPARTMENT: words.departments, Kind.TAGS: words.tags}
        return known[column.kind].get(_key(value), pgettext("filter", "somebody or something gone"))
    labels = {str(code): str(label) for code, label in column.choices} | {"on": _("Gone quiet")}
    return labels.get(value) or (pgettext("nothing chosen", "none") if value == NONE else "")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# -- chips ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Chip:
    """`at`: the condition's number among all; -1 for a column that is only offered."""

    code: str
    text: str
    at: int
    edit_url: str
    without_url: str = ""
    icon: str = ""


@dataclass(slots=True)
class ChipGroup:
    """Chips tied by `joint`; `boxed` where they stand in a group of their own."""

    chips: list[Chip]
    joint: str
    boxed: bool
    tied_by: str = ""  # the word between this group and the one before it


QUICK = ("type", "grade", "responsible")  # offered above every list until they are used


def chip_groups(form: ClientListForm, words: Words) -> list[ChipGroup]:
    """All conditions as chips, those outside of groups first."""
    said_and, said_or = pgettext("filter", "and"), pgettext("filter", "or")
    outer, inner = (said_or, said_and) if form.match_any else (said_and, said_or)
    drawn = [
        (one.group, Chip(one.column, condition_words(one, words), at, _edit(form, at=at), _less(form, at)))
        for at, one in enumerate(form.conditions)
    ]
    alone = [chip for group, chip in drawn if not group and chip.code != "chosen"]
    boxes = [
        ChipGroup([chip for group, chip in drawn if group == number], inner, boxed=True)
        for number in groups_of(form.conditions)
    ]
    # where all conditions stand side by side "and" goes without saying
    outer = outer if form.match_any or boxes else ""
    groups = [*([ChipGroup(alone, outer, boxed=False)] if alone else []), *boxes]
    for group in groups[1:]:
        group.tied_by = outer
    chosen = [chip for _group, chip in drawn if chip.code == "chosen"]
    return [*([ChipGroup(chosen, "", boxed=False)] if chosen else []), *groups]


@dataclass(frozen=True, slots=True)
class Tie:
    """Whether all filters must hold or one is enough: the other way is one click."""

    all_url: str
    any_url: str
    is_any: bool


def tie_of(form: ClientListForm) -> Tie | None:
    """None where there is nothing to tie."""
    parts = len([one for one in form.conditions if not one.group and one.column != "chosen"])
    if parts + len(groups_of(form.conditions)) < 2:
        return None
    return Tie(form.address(match_any=False), form.address(match_any=True), form.match_any)


def list_words(form: ClientListForm, words: Words) -> list[str]:
    """The whole filter in words, a line for each part of it."""
    said_and, said_or = pgettext("filter", "and"), pgettext("filter", "or")
    inner = said_and if form.match_any else said_or
    groups = chip_groups(form, words)
    lines = [chip.text for group in groups if not group.boxed for chip in group.chips]
    lines += [f" {inner} ".join(chip.text for chip in group.chips) for group in groups if group.boxed]
    return [f" {said_or} ".join(lines)] if form.match_any and len(lines) > 1 else lines


def quick_chips(form: ClientListForm) -> list[Chip]:
    """The columns most lists are narrowed by, while they are not."""
    used = {one.column for one in form.conditions}
    return [
        Chip(code, str(COLUMNS[code].label), -1, _edit(form, column=code))
        for code in QUICK
        if code not in used
    ]


def switch_chips(form: ClientListForm, *, offers_mine: bool) -> list[dict]:
    """Conditions that are either there or not: one click each."""
    switches = ["quiet", "mine"] if offers_mine else ["quiet"]
    used = {one.column for one in form.conditions}
    return [
        {
            "text": str(COLUMNS[code].label),
            "url": form.address(conditions=[*form.conditions, Condition(code, Op.IS, ("yes",))]),
        }
        for code in switches
        if code not in used
    ]


def column_menu(form: ClientListForm) -> list[tuple[str, list[Chip]]]:
    """Every column a list can be narrowed by, under its part."""
    return [
        (str(PART_LABELS[part]), [
            Chip(column.code, str(column.label), -1, _edit(form, column=column.code))
            for column in COLUMNS.values() if column.part == part and column.filterable and column.offered
        ])
        for part in Part
    ]  # fmt: skip


def _edit(form: ClientListForm, **which) -> str:
    query = form.query()
    for name, value in which.items():
        query[f"edit_{name}"] = str(value)
    return f"{reverse('clients:filter')}?{query.urlencode()}"


def _less(form: ClientListForm, at: int) -> str:
    return form.address(conditions=without(form.conditions, at))


# -- the form of one condition ---------------------------------------------------------------------------------------


def condition_context(form, user) -> dict:
    """What the template of `ConditionForm` shows."""
    column, chosen = form.column, form.condition.values
    choices = choices_of(column, user, chosen)
    return {
        "label": str(column.label),
        "ops": [(str(op), op_label(column, op), op == form.condition.op) for op in column.ops],
        "choices": choices,
        "may_narrow": len(choices) >= LONG,
        "asks_days": column.kind in (Kind.DAY, Kind.MOMENT),
        "asks_span": Op.BETWEEN in column.ops,
        "span_type": "number" if column.kind == Kind.NUMBER else "date",
        "joins": joins_of(form, words_for((), form.form.conditions, [], today=clock.today(user))),
        "state": form.form.query().urlencode(),
    }


def joins_of(form, words: Words) -> list[tuple[str, str, bool]]:
    """How the condition may be tied to those there are: (value, words, whether it is so now); none where it is the only one."""
    others = form.others
    if not others or form.column.code == "chosen":
        return []
    if form.form.match_any:
        alone, together = pgettext("filter", "or"), _("and, together with: %s")
    else:
        alone, together = pgettext("filter", "and"), _("or, as an alternative to: %s")
    choices = [
        (code, together % listed(condition_words(one, words) for one in group), on)
        for code, group, on in others
    ]
    return [("", alone, not any(on for _code, _text, on in choices)), *choices]
