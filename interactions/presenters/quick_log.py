"""The quick log as it is drawn: chips with their keys, already in words. Django's widgets would draw the same forty
inputs from forty templates; this page is opened too often for that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.enums import Grade
from interactions.enums import Channel, Confidentiality, Initiator, Mood, Purpose, PurposeKind
from interactions.forms.contacts import NO_NEXT, OWN_DATE, LogForm
from interactions.presenters.first_values import planned_for_now, values_for
from interactions.presenters.words import follow_up_words
from interactions.rules import due
from interactions.rules.purposes import KIND_OF
from lawcrm.firm import clock
from lawcrm.firm.policy import current_policy
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.working_calendar import current_calendar

# Purposes in the order of their use, each with the key that chooses it.
PURPOSE_KEYS = {
    Purpose.PROGRESS_REPORT: "1",
    Purpose.EXPECTATION_CHECK: "2",
    Purpose.FEEDBACK_SOUGHT: "3",
    Purpose.LEGAL_UPDATE: "4",
    Purpose.NEEDS_REVIEW: "5",
    Purpose.RISK_PREVENTION: "6",
    Purpose.COST_PLANNING: "7",
    Purpose.BILLING: "8",
    Purpose.GREETING: "9",
    Purpose.COMPLAINT: "0",
    Purpose.FIRST_CONSULTATION: "f",
    Purpose.EVENT: "e",
    Purpose.OTHER: "o",
}
INLINE, DIALOG, PAGE = "inline", "dialog", "page"


@dataclass(frozen=True, slots=True)
class Chip:
    value: str
    label: str
    checked: bool
    key: str = ""


@dataclass
class QuickLog:
    """`shape` says where it stands: in the client page, in the dialog, or as a page of its own."""

    form: LogForm
    client: Any
    shape: str = PAGE
    follow_ups: list = field(default_factory=list)
    back: str = ""
    drafts: list = field(default_factory=list)

    def offer_by_the_hour(self) -> None:
        """A fresh form takes up what the reader planned for this hour, unless it is about something else already."""
        form = self.form
        if form.is_bound or form.initial.get("does") or form.initial.get("draft"):
            return
        planned = planned_for_now(self.follow_ups, form.user)
        if planned:
            form.initial = values_for(planned) | {
                name: value for name, value in form.initial.items() if value not in (None, "", [])
            }

    def hidden(self, name: str) -> str:
        return str(self.form.data.get(name, "") if self.form.is_bound else self.form.initial.get(name) or "")

    @property
    def draft(self) -> str:
        return self.hidden("draft")

    @property
    def draft_version(self) -> str:
        return self.hidden("draft_version")

    @property
    def call_started(self) -> str:
        return self.hidden("call_started")

    @property
    def call_ended(self) -> str:
        return self.hidden("call_ended")

    @property
    def matter(self) -> str:
        """The matter of the page one comes from, as long as the rest of the form is folded."""
        return str(self.form["matter"].value() or "")

    def __post_init__(self):
        self.form.auto_id = f"{self.prefix}-%s"  # a page may hold two: its own and the dialog's

    @property
    def prefix(self) -> str:
        return f"log-{self.shape}"

    @property
    def note(self) -> str:
        return self.form["note"].value() or ""

    @property
    def channels(self) -> list[Chip]:
        keys = {value: str(number) for number, value in enumerate(Channel.values, start=1)}
        return self._chips("channel", Channel.choices, keys)

    @property
    def purposes(self) -> list[Chip]:
        return self._chips("purposes", [(p.value, p.label) for p in PURPOSE_KEYS], PURPOSE_KEYS)

    @property
    def purposes_by_kind(self) -> list[tuple[str, list[Chip]]]:
        """The purposes under their four kinds."""
        chips = {chip.value: chip for chip in self.purposes}
        return [
            (str(kind.label), [chips[one] for one in PURPOSE_KEYS if KIND_OF[one] == kind])
            for kind in PurposeKind
        ]

    @property
    def initiators(self) -> list[Chip]:
        return self._chips("initiator", Initiator.choices, {Initiator.FIRM: "1", Initiator.CLIENT: "2"})

    @property
    def answered(self) -> bool:
        return bool(self.form["answered"].value())

    @property
    def moods(self) -> list[Chip]:
        return self._chips("mood", [("", _("Not noted")), *Mood.choices])

    @property
    def closeness(self) -> list[Chip]:
        chosen = self.form["confidentiality"].value() or Confidentiality.ORDINARY
        return [Chip(value, str(label), value == chosen) for value, label in Confidentiality.choices]

    @property
    def nexts(self) -> list[Chip]:
        cadence = current_policy().cadence_days[self.client.cadence_grade if self.client else Grade.C]
        today = clock.today(self.form.user)
        several = hasattr(self.form, "clients")
        by_grade = _("By the grade of each") if several else ngettext(
            "By grade in %(n)d day, %(day)s", "By grade in %(n)d days, %(day)s", cadence
        ) % {"n": cadence, "day": _day_of(due.BY_GRADE, today, cadence)}  # fmt: skip
        labels = {
            NO_NEXT: _("No follow-up"),
            due.WEEK: _("In a week, %s") % _day_of(due.WEEK, today, cadence),
            due.MONTH: _("In a month, %s") % _day_of(due.MONTH, today, cadence),
            due.BY_GRADE: by_grade,
            OWN_DATE: _("On a day of your own"),
        }
        keys = {value: str(number) for number, value in enumerate(labels)}
        return self._chips("next", list(labels.items()), keys)

    @property
    def does(self) -> list[Chip]:
        """Open follow-ups this contact may settle; the first choice is none."""
        if not self.follow_ups:
            return []
        chosen = str(self.form["does"].value() or "")
        offered = [
            Chip(str(one.pk), follow_up_words(one.title, one.origin), str(one.pk) == chosen, str(number))
            for number, one in enumerate(self.follow_ups, start=1)
        ]
        none_chosen = not any(chip.checked for chip in offered)
        return [Chip("", _("None of them"), none_chosen, "0"), *offered]

    def _chips(self, name: str, choices, keys=None) -> list[Chip]:
        value = self.form[name].value()
        chosen = set(value) if isinstance(value, list | tuple) else {value or ""}
        return [Chip(code, str(label), code in chosen, (keys or {}).get(code, "")) for code, label in choices]

    # -- the full form ------------------------------------------------------------------------------------

    @cached_property
    def promises(self) -> list[dict]:
        """Those typed, and always an empty one to type in."""
        return [*self.form.promise_rows, {"text": "", "who": "", "on": ""}]


def _day_of(preset: str, today, cadence: int) -> str:
    return day(current_calendar().next_working_day(due.preset_day(preset, today, cadence)))


@dataclass
class MoreFields:
    """People, matters and colleagues to choose from: fetched only when the full form is opened."""

    people: list[Chip]
    matters: list[Chip]
    lawyers: list[Chip]
    colleagues: list[Chip]

    @classmethod
    def of(cls, form, people, matters, lawyers) -> MoreFields:
        with_whom = {str(one) for one in form["people"].value() or []}
        about = str(form["matter"].value() or "")
        who = str(form["with_lawyer"].value() or form.user.pk)
        with_us = {str(one) for one in form["colleagues"].value() or []}
        lawyers = list(lawyers)
        return cls(
            [Chip(str(p.pk), p.name, str(p.pk) in with_whom) for p in people],
            [Chip(str(m.pk), m.title, str(m.pk) == about) for m in matters],
            [Chip(str(u.pk), u.display_name, str(u.pk) == who) for u in lawyers],
            [Chip(str(u.pk), u.display_name, str(u.pk) in with_us) for u in lawyers],
        )
