"""Input for events."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.forms.fields import PersonOfFirmField
from interactions.enums import EventKind
from lawcrm.firm.queries.people import working_people


class EventForm(forms.Form):
    title = forms.CharField(label=pgettext_lazy("event", "Title"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    starts_at = forms.DateTimeField(
        label=_("Starts"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    place = forms.CharField(label=pgettext_lazy("event", "Place"), max_length=200)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, required=False)
    organiser = PersonOfFirmField(label=_("Organiser"), queryset=None)
    budget = forms.DecimalField(label=_("Budget"), min_value=0, max_digits=12, decimal_places=2, initial=0)
    cost = forms.DecimalField(
        label=_("What it cost"), min_value=0, max_digits=12, decimal_places=2, initial=0
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = working_people()

    def values(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AudienceForm(forms.Form):
    """Guests out of a saved list of clients."""

    view = forms.ModelChoiceField(label=_("Saved list"), queryset=None, empty_label=None)

    def __init__(self, *args, views, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["view"].queryset = views


class AfterForm(forms.Form):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    who = forms.ChoiceField(
        label=_("For whom"),
        choices=[("came", _("those who came")), ("missed", _("those who said yes and did not come"))],
    )
