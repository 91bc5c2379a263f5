"""Key dates, milestones and receivables as pages show them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from matters.rules import key_dates, receivables


@dataclass(frozen=True, slots=True)
class DateLine:
    pk: object
    on: date
    at: object
    title: str
    kind: str
    note: str
    owner: str
    state: str
    late: bool
    done: bool


def date_line(key_date, today: date) -> DateLine:
    held = key_dates.standing(key_date.kind, key_date.on, bool(key_date.done_on), today)
    return DateLine(
        pk=key_date.pk,
        on=key_date.on,
        at=key_date.at,
        title=key_date.title or key_date.get_kind_display(),
        kind=key_date.get_kind_display() if key_date.title else "",
        note=key_date.place,
        owner=key_date.owner.display_name,
        state=_("Called off") if key_date.called_off else _standing_words(held),
        late=held.code in ("passed", "warning"),
        done=held.code == "done",
    )


def _standing_words(held) -> str:
    if held.code == "done":
        return pgettext("key date", "Done")
    if held.days == 0:
        return _("Today")
    if held.code == "passed":
        return ngettext("%(days)s day past", "%(days)s days past", -held.days) % {"days": -held.days}
    return ngettext("in %(days)s day", "in %(days)s days", held.days) % {"days": held.days}


@dataclass(frozen=True, slots=True)
class MoneyLine:
    pk: object
    title: str
    matter: str
    matter_url: str
    client: str
    amount: object
    left: object
    issued_on: date
    due_on: date
    state: str
    late: bool
    is_owed: bool
    is_void: bool


def money_line(row, today: date) -> MoneyLine:
    held = receivables.due(row.amount, row.received, row.due_on, today, void=bool(row.voided_at))
    return MoneyLine(
        pk=row.pk,
        title=" · ".join(filter(None, (row.invoice_number, row.title))) or _("Invoice"),
        matter=row.matter.title,
        matter_url=reverse("matters:detail", args=[row.matter_id]),
        client=row.matter.client.name,
        amount=row.amount,
        left=held.left,
        issued_on=row.issued_on,
        due_on=row.due_on,
        state=_money_words(held),
        late=held.code == "overdue",
        is_owed=held.code in ("open", "overdue"),
        is_void=held.code == "void",
    )


def _money_words(held) -> str:
    if held.code == "void":
        return _("Void")
    if held.code == "paid":
        return _("Paid")
    if held.code == "open":
        return pgettext("money", "Open")
    late = ngettext("%(days)s day overdue", "%(days)s days overdue", held.days) % {"days": held.days}
    step = _("step %(step)s of %(steps)s") % {"step": held.rung + 1, "steps": len(receivables.LADDER)}
    return f"{late} · {step}"
