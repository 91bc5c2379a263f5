"""Narrowing the audit trail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.presenters.audit import kind_choices
from lawcrm.firm.queries.audit import trail
from lawcrm.firm.queries.people import everybody, nobody


class TrailFilter(forms.Form):
    kind = forms.ChoiceField(label=_("About"), choices=kind_choices, required=False)
    person = forms.ModelChoiceField(
        label=_("Who"), queryset=nobody(), required=False, empty_label=_("Anybody")
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = everybody()

    def filter(self, user):
        """The entries asked for; what was asked wrongly narrows nothing."""
        asked = {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
        return trail(user, client_id=asked.pop("client", None), **asked)
