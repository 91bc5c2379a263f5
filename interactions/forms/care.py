"""Input for care: the filters of the list, one message, and the plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from interactions.enums import CareChannel, CareKind, CareState, FestivalName
from interactions.forms.templates import placeholder_problems
from interactions.rules.care import DATED
from interactions.rules.festivals import FIRST_CHOICE
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput
from lawcrm.firm.queries.people import lawyer_choices

AHEAD = 30


class CareFilter(forms.Form):
    """The filters of the greeting list; each is in the address."""

    state = forms.ChoiceField(
        choices=[
            ("", gettext_lazy("To be done")),
            (CareState.DONE, CareState.DONE.label),
            (CareState.SKIPPED, CareState.SKIPPED.label),
            ("all", gettext_lazy("All of it")),
        ],
        required=False,
    )
    kind = forms.ChoiceField(choices=[("", gettext_lazy("Any care")), *CareKind.choices], required=False)
    everybody = forms.BooleanField(required=False)

    def __init__(self, params):
        super().__init__(params)
        self.is_valid()

    @property
    def finished(self) -> bool:
        return self.cleaned_data.get("state") in (CareState.DONE, CareState.SKIPPED, "all")

    def narrow(self, tasks, user):
        chosen = self.cleaned_data
        if not chosen.get("everybody"):
            tasks = tasks.filter(owner=user)
        if chosen.get("kind"):
            tasks = tasks.filter(kind=chosen["kind"])
        state = chosen.get("state")
        if state == "all":
            return tasks
        return tasks.filter(state=state) if state else tasks.open()


class MessageForm(forms.Form):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200, required=False)
    body = forms.CharField(
        label=gettext_lazy("Message"), max_length=4000, widget=forms.Textarea(attrs={"rows": 12})
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("By hand"),
        choices=[CareChannel.choices[1], CareChannel.choices[2]],
        required=False,
    )
    anyway = forms.BooleanField(label=gettext_lazy("Greet them all the same"), required=False)

    def clean(self):
        clean = super().clean()
        for words in placeholder_problems(clean.get("body", ""), "invitation"):
            self.add_error("body", words)
        if self.data.get("act") == "send" and not clean.get("subject"):
            self.add_error("subject", _("A mail has a subject."))
        return clean


class SkipForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Why it is left out"), max_length=200)


class PeriodForm(forms.Form):
    """From one day to another; the year up to today where nothing is said."""

    since = forms.DateField(label=pgettext_lazy("period", "From"), widget=DayInput, required=False)
    until = forms.DateField(label=pgettext_lazy("period", "to"), widget=DayInput, required=False)

    def __init__(self, params, *, user):
        today = clock.today(user)
        data = {
            "since": params.get("since") or (today - timedelta(days=365)).isoformat(),
            "until": params.get("until") or today.isoformat(),
        }
        super().__init__(data)
        self.is_valid()
        clean = self.cleaned_data
        self.until = clean.get("until") or today
        self.since = min(clean.get("since") or self.until - timedelta(days=365), self.until)


# -- plans --------------------------------------------------------------------------------------------------------

EVERY = [
    (1, gettext_lazy("every month")),
    (2, gettext_lazy("every two months")),
    (3, gettext_lazy("every quarter")),
    (6, gettext_lazy("every half-year")),
    (12, gettext_lazy("once a year")),
]
_LEAD = {CareKind.FESTIVAL: 1, CareKind.BIRTHDAY: 1}


@dataclass(frozen=True, slots=True)
class StepFields:
    """The fields of one kind of care, for the page."""

    kind: str
    label: str
    on: forms.BoundField
    when: list[forms.BoundField]
    how: list[forms.BoundField]

    @property
    def is_wrong(self) -> bool:
        return any(field.errors for field in (*self.when, *self.how))


class PlanForm(forms.Form):
    """Each kind of care once: whether, when, by whom, how. `steps()` is what a plan holds."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, steps=(), templates=(), **kwargs):
        super().__init__(*args, **kwargs)
        held = {step.kind: step for step in steps}
        owners = [("", _("each client’s lawyer")), *lawyer_choices()]
        for kind in CareKind:
            self._add(kind, held.get(kind), owners, templates)

    def _add(self, kind, held, owners, templates) -> None:
        def value(name, otherwise):
            return getattr(held, name) if held else otherwise

        own = [(str(one.pk), str(one)) for one in templates if one.occasion == kind]
        fields = {
            "on": forms.BooleanField(label=kind.label, required=False, initial=held is not None),
            "lead_days": _whole(
                gettext_lazy("Prepared, days before"), 0, 60, value("lead_days", _LEAD.get(kind, 14))
            ),
            "owner": forms.ChoiceField(
                label=gettext_lazy("Owner"), choices=owners, required=False, initial=value("owner_id", "")
            ),
            "channel": forms.ChoiceField(
                label=gettext_lazy("Channel"), choices=CareChannel.choices, initial=value("channel", CareChannel.EMAIL)
            ),
            "template": forms.ChoiceField(
                label=gettext_lazy("Template"),
                choices=[("", _("by the client’s language")), *own],
                required=False,
                initial=value("template_id", ""),
            ),
            "cost": forms.DecimalField(
                label=gettext_lazy("Cost each time"), min_value=0, max_digits=10, decimal_places=2, required=False,
                initial=value("cost", 0),
            ),
        }  # fmt: skip
        if kind == CareKind.FESTIVAL:
            fields["festivals"] = forms.MultipleChoiceField(
                label=gettext_lazy("Festivals"), choices=FestivalName.choices, required=False,
                widget=forms.CheckboxSelectMultiple, initial=value("festivals", list(FIRST_CHOICE)),
            )  # fmt: skip
        if kind in DATED:
            fields["every_months"] = forms.TypedChoiceField(
                label=gettext_lazy("How often"), choices=EVERY, coerce=int, initial=value("every_months", 6)
            )
            fields["first_month"] = _whole(gettext_lazy("From month"), 1, 12, value("first_month", 3))
            fields["month_day"] = _whole(gettext_lazy("Day of the month"), 1, 28, value("month_day", 15))
        for name, one in fields.items():
            self.fields[f"{kind}_{name}"] = one

    @property
    def parts(self) -> list[StepFields]:
        return [self._part(kind) for kind in CareKind]

    def _part(self, kind) -> StepFields:
        def of(*names):
            return [self[f"{kind}_{name}"] for name in names if f"{kind}_{name}" in self.fields]

        when = of("festivals", "every_months", "first_month", "month_day", "lead_days")
        how = of("channel", "owner", "template", "cost")
        return StepFields(kind, str(kind.label), self[f"{kind}_on"], when, how)

    def clean(self):
        clean = super().clean()
        if clean.get("festival_on") and not clean.get("festival_festivals"):
            self.add_error("festival_festivals", _("Choose the festivals."))
        return clean

    def steps(self) -> list[dict]:
        return [self._step(kind) for kind in CareKind if self.cleaned_data[f"{kind}_on"]]

    def _step(self, kind) -> dict:
        prefix = f"{kind}_"
        values = {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and name != f"{kind}_on"
        }
        owner, template = values.pop("owner"), values.pop("template")
        return {
            **values,
            "kind": kind.value,
            "owner_id": owner or None,
            "template_id": template or None,
            "cost": values["cost"] or 0,
        }


def _whole(label, low: int, high: int, initial: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=low, max_value=high, initial=initial)
