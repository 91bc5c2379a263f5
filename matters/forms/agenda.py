"""Input for key dates, milestones, stages, service plans, receivables and renewals."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm
from lawcrm.firm.queries.people import working_people
from matters.enums import DateKind
from matters.rules.receivables import receipt_problem

RECEIPT_PROBLEMS = {
    "nothing_received": _("Give what was received."),
    "more_than_owed": _("That is more than is owed on this invoice."),
    "received_in_future": _("Give the day on which it came, not a day to come."),
}


class KeyDateForm(VersionedForm):
    kind = forms.ChoiceField(label=pgettext_lazy("date", "Kind"), choices=DateKind.choices)
    on = forms.DateField(label=_("Date"), widget=DayInput)
    at = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    title = forms.CharField(label=_("What happens"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=None)

    def __init__(self, *args, matter, **kwargs):
        if kwargs.get("instance") is None:
            kwargs["initial"] = {"owner": matter.responsible_id}
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = working_people()


class MilestoneForm(VersionedForm):
    title = forms.CharField(label=_("Milestone"), max_length=200)
    due_on = forms.DateField(label=_("Planned for"), widget=DayInput, required=False)
    reached_on = forms.DateField(label=_("Reached on"), widget=DayInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance is None:
            del self.fields["reached_on"]

    def clean_reached_on(self):
        day = self.cleaned_data["reached_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Give the day on which it was reached, not a day to come."))
        return day


class RenewForm(forms.Form):
    ends_on = forms.DateField(label=_("Runs on until"), widget=DayInput)

    def __init__(self, *args, matter, **kwargs):
        super().__init__(*args, **kwargs)
        self.matter = matter

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day <= max(clock.today(), self.matter.ends_on or clock.today()):
            raise forms.ValidationError(_("A renewed retainer runs longer than before."))
        return day


class PlanForm(VersionedForm):
    title = forms.CharField(label=_("Title"), max_length=200)
    content = forms.CharField(
        label=_("What is done for the client"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5})
    )
    needs = forms.MultipleChoiceField(
        label=_("Needs it answers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(label=_("From"), widget=DayInput, required=False)
    ends_on = forms.DateField(label=_("Until"), widget=DayInput, required=False)
    fee = forms.DecimalField(label=_("Fee"), min_value=0, max_digits=14, decimal_places=2, required=False)
    people = forms.ModelMultipleChoiceField(label=_("People assigned"), queryset=None, required=False)
    agreed_on = forms.DateField(label=_("Client agreed on"), widget=DayInput, required=False)
    agreed_by = forms.CharField(label=_("Agreed by"), max_length=120, required=False)
    feedback = forms.CharField(
        label=_("The client's feedback"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    improvement = forms.CharField(
        label=_("What is improved"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, needs, **kwargs):
        self._needs = {str(need.pk): need for need in needs}
        super().__init__(*args, **kwargs)
        self.fields["needs"].choices = [(key, need.title) for key, need in self._needs.items()]
        self.fields["people"].queryset = working_people()
        if not needs:
            del self.fields["needs"]

    def values_of(self, plan) -> dict:
        answered = [key for key, need in self._needs.items() if need.service_plan_id == plan.pk]
        return super().values_of(plan) | {"people": list(plan.people.all()), "needs": answered}

    def clean(self):
        values = super().clean()
        if values.get("starts_on") and values.get("ends_on") and values["ends_on"] < values["starts_on"]:
            self.add_error("ends_on", _("A plan ends after it begins."))
        values["needs"] = [self._needs[key] for key in values.get("needs") or ()]
        values["people"] = list(values.get("people") or ())
        return values


class InvoiceForm(VersionedForm):
    invoice_number = forms.CharField(label=_("Invoice number"), max_length=60, required=False)
    title = forms.CharField(label=_("What for"), max_length=200, required=False)
    amount = forms.DecimalField(label=_("Amount"), min_value=0.01, max_digits=14, decimal_places=2)
    issued_on = forms.DateField(label=_("Issued on"), widget=DayInput)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)

    def clean(self):
        values = super().clean()
        if values.get("issued_on") and values.get("due_on") and values["due_on"] < values["issued_on"]:
            self.add_error("due_on", _("An invoice is due after it is issued."))
        if self.instance is not None and (values.get("amount") or 0) < self.instance.received:
            self.add_error("amount", _("More than this was received already."))
        return values


class ReceiptForm(forms.Form):
    amount = forms.DecimalField(label=_("Received"), max_digits=14, decimal_places=2)
    on = forms.DateField(label=_("Date"), widget=DayInput)

    def __init__(self, *args, receivable, **kwargs):
        self.left = receivable.amount - receivable.received
        super().__init__(*args, initial={"amount": self.left, "on": clock.today()}, **kwargs)

    def clean(self):
        values = super().clean()
        if "amount" not in values or "on" not in values:
            return values
        if problem := receipt_problem(values["amount"], self.left, values["on"], clock.today()):
            field = "on" if problem == "received_in_future" else "amount"
            self.add_error(field, RECEIPT_PROBLEMS[problem])
        return values


class ReceivableFilter(forms.Form):
    state = forms.ChoiceField(
        choices=[("", _("Overdue")), ("owed", _("All that is owed")), ("all", _("All invoices"))],
        required=False,
    )
    mine = forms.BooleanField(required=False)

    def __init__(self, params):
        super().__init__(params)
        self.is_valid()

    def narrow(self, rows, user):
        state = self.cleaned_data.get("state")
        if not state:
            rows = rows.overdue(clock.today(user))
        elif state == "owed":
            rows = rows.owed()
        return rows.filter(matter__responsible=user) if self.cleaned_data.get("mine") else rows
