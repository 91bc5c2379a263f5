"""Input for matters."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import BusinessField, ServiceType
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm, WarningsForm
from lawcrm.firm.queries.people import working_people
from matters.enums import FeeBasis, PartyRole, Stage
from matters.enums import MatterState as State
from matters.forms.parties import NamesField
from matters.models import Matter
from matters.rules.matters import MatterState, close_problem
from matters.rules.stages import stage_problem

CLOSE_PROBLEMS = {
    "already_closed": _("This matter is closed already."),
    "closed_before_accepted": _("A matter cannot be closed before it was accepted."),
    "closed_in_future": _("Give the day on which the matter was closed, not a day to come."),
}


class FeeForm(forms.Form):
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=14, decimal_places=2)
    on = forms.DateField(label=_("Date"), widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean_on(self):
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("Give the day of the bill, not a day to come."))
        return self.cleaned_data["on"]


class MatterForm(VersionedForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    kind = forms.ChoiceField(label=pgettext_lazy("matter", "Kind"), choices=BusinessField.choices)
    service_type = forms.ChoiceField(label=_("Service type"), choices=ServiceType.choices)
    responsible = forms.ModelChoiceField(label=_("Responsible lawyer"), queryset=None)
    accepted_on = forms.DateField(label=_("Accepted on"), widget=DayInput)
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices, initial=Stage.INTAKE)
    fee_basis = forms.ChoiceField(
        label=_("How the fee is agreed"), choices=[("", "–"), *FeeBasis.choices], required=False
    )
    agreed_fee = forms.DecimalField(
        label=_("Agreed fee"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    ends_on = forms.DateField(
        label=_("Runs until"), widget=DayInput, required=False, help_text=_("The end of a retainer's term.")
    )
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = working_people()

    def clean_accepted_on(self):
        accepted_on = self.cleaned_data["accepted_on"]
        if accepted_on > clock.today():
            raise forms.ValidationError(
                _("Give the day on which the matter was accepted, not a day to come.")
            )
        return accepted_on

    def clean(self):
        values = super().clean()
        if (
            "stage" in values
            and "service_type" in values
            and stage_problem(values["service_type"], values["stage"], values.get("kind", ""))
        ):
            self.add_error(
                "stage", _("A matter of this service type does not pass this stage. Choose another.")
            )
        return values


class NewMatterForm(WarningsForm, MatterForm):
    """A matter to be opened, with the names it is checked by before it is."""

    opposing = NamesField(label=_("Opposing parties"), help_text=_("One name on each line."))
    related = NamesField(label=_("Related parties"), help_text=_("One name on each line."))

    AROUND = (*MatterForm.AROUND, "opposing", "related")

    @property
    def parties(self) -> list[tuple[str, str]]:
        """(role, name) of everybody named."""
        names = ((PartyRole.OPPOSING, "opposing"), (PartyRole.RELATED, "related"))
        return [(str(role), name) for role, field in names for name in self.cleaned_data.get(field) or ()]


class ProgressForm(forms.Form):
    """An internal progress update; one told to the client is a contact and goes through interactions."""

    on = forms.DateField(label=_("Date"), widget=DayInput)
    text = forms.CharField(
        label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_on(self):
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError(_("Progress is what has happened: give a day not later than today."))
        return self.cleaned_data["on"]


class CloseForm(forms.Form):
    closed_on = forms.DateField(label=_("Closed on"), widget=DayInput)
    outcome = forms.CharField(label=_("Outcome"), max_length=300)
    closing_summary = forms.CharField(
        label=_("Summary"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was asked, what was done, what came of it."),
    )
    lessons = forms.CharField(
        label=_("Lessons"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What the firm would do again, and what not."),
    )

    def __init__(self, *args, matter: Matter, **kwargs):
        super().__init__(*args, **kwargs)
        self.matter = matter

    def clean_closed_on(self):
        closed_on = self.cleaned_data["closed_on"]
        state = MatterState(self.matter.accepted_on, self.matter.closed_on)
        if problem := close_problem(state, closed_on, clock.today()):
            raise forms.ValidationError(CLOSE_PROBLEMS[problem])
        return closed_on


class MatterFilter(forms.Form):
    """What the list of matters shows."""

    state = forms.ChoiceField(required=False, choices=[("", _("Any state")), *State.choices])
    service_type = forms.ChoiceField(required=False)
    mine = forms.BooleanField(required=False)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = Matter._meta.get_field("service_type").choices
        self.fields["service_type"].choices = [("", _("Any service")), *choices]

    def filter(self, matters, user):
        if not self.is_valid():
            return matters
        wanted = self.cleaned_data
        if wanted["state"]:
            matters = matters.filter(state=wanted["state"])
        if wanted["service_type"]:
            matters = matters.filter(service_type=wanted["service_type"])
        if wanted["client"]:
            matters = matters.filter(client_id=wanted["client"])
        if wanted["mine"]:
            matters = matters.worked_on_by(user)
        return matters
