"""Grades by hand, figures by hand, and growth plans."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.actions.grading import LONGEST
from clients.enums import GoalState, Grade
from clients.forms.fields import PersonOfFirmField
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm
from lawcrm.firm.queries.people import working_people

USUAL = timedelta(days=180)


class DecisionForm(forms.Form):
    grade = forms.ChoiceField(
        label=_("Grade"),
        choices=[(grade.value, f"{grade.value} · {grade.label}") for grade in Grade],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What do you know that the figures do not show?"),
    )
    ends_on = forms.DateField(
        label=pgettext_lazy("judgement", "Until"),
        widget=DayInput,
        help_text=_("Afterwards the grade counts again that counts without yours."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["grade"].choices = [(grade.value, f"{grade.value} · {grade.label}") for grade in Grade]
        self.initial.setdefault("ends_on", clock.today() + USUAL)

    def clean_ends_on(self):
        ends_on, today = self.cleaned_data["ends_on"], clock.today()
        if not today <= ends_on <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return ends_on


class FiguresForm(forms.Form):
    realisation = forms.IntegerField(
        label=_("Realisation (%)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("How much of the work done for them is billed and paid."),
    )
    standing = forms.TypedChoiceField(
        label=_("Standing"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[
            ("", _("not said")),
            (1, _("1 · hardly known")),
            (2, _("2 · known locally")),
            (3, _("3 · known in its field")),
            (4, _("4 · leads its field")),
            (5, _("5 · a name everybody knows")),
        ],
        help_text=_("What it is worth to be known as their firm."),
    )


class PlanForm(VersionedForm):
    aim = forms.CharField(
        label=_("Aim"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What this client should be to the firm by the end of the plan."),
    )
    owner = PersonOfFirmField(label=_("Owner"), queryset=None)
    starts_on = forms.DateField(label=pgettext_lazy("plan", "From"), widget=DayInput)
    ends_on = forms.DateField(label=pgettext_lazy("plan", "Until"), widget=DayInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = working_people()

    def clean(self):
        values = super().clean()
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("The plan ends before it begins."))
        return values


class ClosePlanForm(forms.Form):
    result = forms.CharField(
        label=_("Result"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What came of it?"),
    )


class GoalForm(VersionedForm):
    text = forms.CharField(
        label=_("Goal"), max_length=300, help_text=_("Something one can tell to be reached or not.")
    )
    due_on = forms.DateField(label=pgettext_lazy("plan", "By"), widget=DayInput)


class EndGoalForm(forms.Form):
    state = forms.ChoiceField(
        label=_("What came of it"),
        choices=GoalState.choices,
        widget=forms.RadioSelect,
        initial=GoalState.REACHED,
    )
    result = forms.CharField(label=_("Result"), max_length=300, required=False)


class ActionForm(VersionedForm):
    text = forms.CharField(label=_("Action"), max_length=300)
    due_on = forms.DateField(label=pgettext_lazy("plan", "By"), widget=DayInput)
    owner = PersonOfFirmField(label=_("Owner"), queryset=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = working_people()


class DoneForm(forms.Form):
    done_on = forms.DateField(label=_("Done on"), widget=DayInput)
    result = forms.CharField(label=_("Result"), max_length=300, required=False)

    def __init__(self, *args, was_done: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if was_done:
            self.fields["done_on"].required = False
            self.fields["done_on"].help_text = _("Leave it empty if it is not done after all.")

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > clock.today():
            raise forms.ValidationError(_("Give the day on which it was done, not a day to come."))
        return done_on
