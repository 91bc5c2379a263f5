"""One follow-up for each of many clients."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.forms.bulk import BulkForm
from interactions.access import visible_events
from interactions.actions.bulk_follow_ups import RESPONSIBLE
from interactions.enums import Priority
from interactions.forms.contacts import day_input
from lawcrm.firm import clock
from lawcrm.firm.queries.people import lawyer_choices


class BulkFollowUpForm(BulkForm):
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=day_input())
    owner = forms.ChoiceField(label=_("Owner"))
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Priority.choices, coerce=int, initial=Priority.NORMAL
    )

    def prepare(self):
        own = (RESPONSIBLE, _("Each client’s responsible lawyer"))
        self.fields["owner"].choices = [own, *lawyer_choices()]
        self.fields["due_on"].initial = clock.today(self.by) + timedelta(days=7)

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < clock.today(self.by):
            raise forms.ValidationError(_("This day has passed."))
        return day

    def params(self):
        clean = self.cleaned_data
        return {
            "title": clean["title"],
            "due_on": clean["due_on"].isoformat(),
            "owner": clean["owner"],
            "priority": int(clean["priority"]),
        }


class BulkEventForm(BulkForm):
    event = forms.ModelChoiceField(label=_("Event to come"), queryset=None, empty_label=None)

    def prepare(self):
        events = visible_events(self.by).filter(starts_at__gt=clock.now(), cancelled_at=None)
        self.fields["event"].queryset = events.order_by("starts_at")

    def params(self):
        return {"event": str(self.cleaned_data["event"].pk)}
