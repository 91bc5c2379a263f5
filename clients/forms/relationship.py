"""A partner's own judgement of a relationship."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.actions.overrides import LONGEST
from clients.enums import RelationshipType
from lawcrm.firm import clock

USUAL = timedelta(days=90)


class OverrideForm(forms.Form):
    type = forms.TypedChoiceField(
        label=_("Relationship type"), choices=RelationshipType.choices, coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What do you know that the log does not show?"),
    )
    ends_on = forms.DateField(
        label=pgettext_lazy("judgement", "Until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Afterwards the assessed type counts again."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", clock.today() + USUAL)

    def clean_ends_on(self):
        ends_on, today = self.cleaned_data["ends_on"], clock.today()
        if not today <= ends_on <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return ends_on
