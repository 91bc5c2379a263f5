"""Raising a wall."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.models import Wall
from lawcrm.firm.queries.people import active_people, nobody


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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = active_people()
