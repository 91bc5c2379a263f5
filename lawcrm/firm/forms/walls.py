"""Raising a wall, reviewing it, asking to lift it; a day to look back at."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm import clock
from lawcrm.firm.actions.walls import REVIEW_AFTER
from lawcrm.firm.forms.base import DayInput
from lawcrm.firm.models import Wall
from lawcrm.firm.queries.people import active_people, nobody

LONGEST_REVIEW = timedelta(days=366)


class _ReviewDay(forms.DateField):
    """A day to come, a year ahead at most: a wall nobody looks at again is forgotten."""

    def clean(self, value):
        day = super().clean(value)
        today = clock.today()
        if day and not today < day <= today + LONGEST_REVIEW:
            raise forms.ValidationError(_("Choose a day to come, at most a year ahead."))
        return day


def _review_day() -> _ReviewDay:
    return _ReviewDay(label=_("Review on"), widget=DayInput(), initial=lambda: clock.today() + REVIEW_AFTER)


class WallForm(forms.Form):
    mode = forms.ChoiceField(
        label=_("What the wall does"),
        choices=Wall.Mode,
        widget=forms.RadioSelect,
        initial=Wall.Mode.EXCLUDES,
    )
    people = forms.ModelMultipleChoiceField(
        label=_("People"), queryset=nobody(), widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Kept in the audit trail; the people outside never see it."),
    )
    notice = forms.CharField(
        label=_("Notice to the people named"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "They read exactly this and confirm it. Say as much of the case as they need to stay away from it; "
            "left empty, they read a general notice that names nothing."
        ),
    )
    review_on = _review_day()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = active_people()


class ReviewForm(forms.Form):
    review_on = _review_day()
    note = forms.CharField(label=_("What the review found"), max_length=300)


class LiftForm(forms.Form):
    reason = forms.CharField(label=_("Why it may go"), max_length=300)


class DayForm(forms.Form):
    """A day that has begun."""

    on = forms.DateField(label=_("Day"), widget=DayInput(), initial=clock.today)

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError(_("That day has not begun."))
        return day
