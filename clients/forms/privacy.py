"""Requests about personal data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput


class HoldForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Proceedings, an inspection, a dispute over fees.")
    )
    review_on = forms.DateField(label=_("Look at it again on"), required=False, widget=DayInput)

    def clean_review_on(self):
        review_on = self.cleaned_data["review_on"]
        if review_on and review_on <= clock.today():
            raise forms.ValidationError(_("Choose a day to come."))
        return review_on


class AskForm(forms.Form):
    basis = forms.CharField(
        label=_("Who asks, and how we know it is them"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class EraseForm(forms.Form):
    name = forms.CharField(label=_("Type the name to confirm"), max_length=200)

    def __init__(self, *args, expected: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_name(self):
        if self.cleaned_data["name"].strip() != self.expected.strip():
            raise forms.ValidationError(_("This is not the name."))
        return self.cleaned_data["name"]
