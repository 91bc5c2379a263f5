"""Needs: what was found, its assessment, its steps, and the filters of the firm's list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import BusinessField, Extent, FoundBy, NeedLayer, NeedStatus, Urgency
from clients.forms.fields import PersonOfFirmField
from clients.presenters.needs import age_bands
from clients.rules.needs import OPEN
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm
from lawcrm.firm.queries.people import working_people


class PersonAtClientField(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.name


class NeedForm(VersionedForm):
    title = forms.CharField(
        label=_("What they need"),
        max_length=200,
        help_text=_("In the client's own words, where you have them."),
    )
    layer = forms.ChoiceField(label=_("Layer"), choices=NeedLayer.choices, widget=forms.RadioSelect)
    field = forms.ChoiceField(
        label=_("Field of law"), choices=[("", pgettext_lazy("field of law", "none")), *BusinessField.choices],
        required=False,
    )  # fmt: skip
    urgency = forms.TypedChoiceField(
        label=_("Urgency"),
        choices=Urgency.choices,
        coerce=int,
        initial=Urgency.NORMAL,
        widget=forms.RadioSelect,
    )
    found_by = forms.ChoiceField(label=_("How it was found"), choices=FoundBy.choices)
    found_on = forms.DateField(label=_("Found on"), widget=DayInput)
    person = PersonAtClientField(label=_("Who said so"), queryset=None, required=False)
    owner = PersonOfFirmField(label=_("Owner"), queryset=None)
    due_on = forms.DateField(label=_("Wanted by"), widget=DayInput, required=False)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["owner"].queryset = working_people()

    def clean_found_on(self):
        if self.cleaned_data["found_on"] > clock.today():
            raise forms.ValidationError(_("Give the day on which it was found, not a day to come."))
        return self.cleaned_data["found_on"]


class ExtentField(forms.TypedChoiceField):
    def __init__(self, **kwargs):
        super().__init__(
            choices=Extent.choices, coerce=int, empty_value=None, widget=forms.RadioSelect, **kwargs
        )


class AssessmentForm(forms.Form):
    """Feasibility, risk and cost of meeting a need."""

    feasibility = ExtentField(label=_("Feasibility"), help_text=_("How well the firm can do it."))
    risk = ExtentField(label=_("Risk"), help_text=_("For the client and for the firm, if it is done."))
    cost = ExtentField(label=_("Cost"), help_text=_("What it takes, against what it is worth to them."))
    assessment = forms.CharField(
        label=_("Assessment"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class DropForm(forms.Form):
    note = forms.CharField(
        label=_("Why it is dropped"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


def age_choices():
    return [("", _("Any age")), *((str(band), words) for band, words in enumerate(age_bands()))]


class NeedFilter(forms.Form):
    """The filters of the firm's list; each is in the address."""

    status = forms.ChoiceField(
        choices=[("open", _("Open needs")), ("all", _("All needs")), *NeedStatus.choices], required=False
    )
    layer = forms.ChoiceField(choices=[("", _("All layers")), *NeedLayer.choices], required=False)
    field = forms.ChoiceField(
        choices=[("", _("All fields of law")), *BusinessField.choices, ("none", _("No field of law"))],
        required=False,
    )
    urgency = forms.ChoiceField(choices=[("", _("Any urgency")), *Urgency.choices], required=False)
    age = forms.ChoiceField(choices=age_choices, required=False)
    mine = forms.BooleanField(required=False)

    def __init__(self, params):
        data = params.copy()
        data["status"] = data.get("status") or "open"
        super().__init__(data)
        self.is_valid()

    def words(self):
        """What is filtered by, as the reader sees it."""
        for name in ("status", "layer", "field", "urgency", "age"):
            chosen = self.cleaned_data.get(name)
            if chosen and chosen != "all":
                yield str(dict(self.fields[name].choices)[chosen])
        if self.cleaned_data.get("mine"):
            yield str(_("Mine"))

    def narrow(self, needs, user, *, by_status: bool = True):
        """The needs that were asked for; what is no filter's value is left out. Not `by_status`: for the figures
        above the list, which tell them by status, field and age.
        """
        chosen = self.cleaned_data
        status = chosen.get("status")
        if by_status and status not in ("", "all", None):
            needs = needs.filter(status__in=OPEN if status == "open" else [status])
        for name in ("layer", "urgency"):
            if chosen.get(name):
                needs = needs.filter(**{name: chosen[name]})
        if by_status and chosen.get("field"):
            needs = needs.filter(field="" if chosen["field"] == "none" else chosen["field"])
        if by_status and chosen.get("age"):
            needs = needs.of_age(int(chosen["age"]), clock.today(user))
        return needs.filter(owner=user) if chosen.get("mine") else needs
