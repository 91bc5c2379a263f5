"""Input for follow-ups."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from interactions.enums import Channel, Priority, Purpose
from interactions.forms.contacts import day_input
from interactions.queries.clients import people_at
from interactions.rules import due, recurrence
from lawcrm.firm import clock
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.working_calendar import current_calendar
from matters.access import visible_matters

REPEATS = [
    ("", _("Does not repeat")),
    (recurrence.WEEKLY, _("Every week")),
    (recurrence.FORTNIGHTLY, _("Every two weeks")),
    (recurrence.MONTHLY, _("Every month")),
    (recurrence.QUARTERLY, _("Every three months")),
    (recurrence.HALF_YEARLY, _("Every six months")),
    (recurrence.YEARLY, _("Every year")),
]


class FollowUpForm(forms.Form):
    """The due time is the owner's: nine in the morning of whoever is to do it, wherever the form is filled in."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=day_input())
    due_time = forms.TimeField(
        label=_("At, where the owner is"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=None, empty_label=None)
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    person = forms.ModelChoiceField(label=_("Person"), queryset=None, required=False, empty_label="–")
    matter = forms.ModelChoiceField(
        label=_("Matter"), queryset=None, required=False, empty_label=_("About no matter in particular")
    )
    purpose = forms.ChoiceField(
        label=_("Purpose of the contact"), required=False, choices=[("", "–"), *Purpose.choices]
    )
    recurrence = forms.ChoiceField(label=_("Repeats"), required=False, choices=REPEATS)
    watchers = forms.ModelMultipleChoiceField(
        label=_("Watchers"), queryset=None, required=False, help_text=_("They are told when it is late.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, client, untitled: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = self.fields["watchers"].queryset = working_people()
        self.fields["person"].queryset = people_at(client)
        self.fields["matter"].queryset = visible_matters(user).filter(client=client)
        self.fields["title"].required = not untitled

    @staticmethod
    def initial_of(follow_up) -> dict:
        due_at = clock.local(follow_up.due_at, follow_up.owner)
        return {
            "title": follow_up.title,
            "due_on": due_at.date(),
            "due_time": due_at.time(),
            "owner": follow_up.owner_id,
            "priority": follow_up.priority,
            "person": follow_up.person_id,
            "matter": follow_up.matter_id,
            "purpose": follow_up.purpose,
            "recurrence": recurrence.preset_of(follow_up.recurrence),
            "watchers": follow_up.watcher_ids,
            "version": follow_up.version,
        }

    def values(self) -> dict:
        clean = self.cleaned_data
        names = ("title", "owner", "priority", "person", "matter", "purpose", "recurrence")
        watchers = sorted(one.pk for one in clean["watchers"])
        zone = clock.zone_of(clean["owner"])
        due_at = datetime.combine(clean["due_on"], clean["due_time"] or due.MORNING, tzinfo=zone)
        return {**{name: clean[name] for name in names}, "due_at": due_at, "watcher_ids": watchers}


class SnoozeForm(forms.Form):
    """A preset, or a day of one's own."""

    preset = forms.ChoiceField(required=False, choices=[(code, code) for code in due.PRESETS])
    until = forms.DateField(label=_("Until"), required=False, widget=day_input())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self):
        values = super().clean()
        if not values.get("preset") and not values.get("until"):
            raise forms.ValidationError(_("Say until when."))
        if values.get("until") and values["until"] <= clock.today(self.user):
            raise forms.ValidationError(_("A snooze ends on a day to come."))
        return values

    def until_for(self, follow_up, cadence_days: int) -> datetime:
        """Nine in the owner's morning of the chosen day."""
        zone = clock.zone_of(follow_up.owner)
        if day := self.cleaned_data["until"]:
            return due.morning_of(day, zone)
        return due.preset_due(
            self.cleaned_data["preset"], clock.today(follow_up.owner), zone, cadence_days, current_calendar()
        )


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("What came of it?"), max_length=300)


class MoveForm(forms.Form):
    """To another day; `version` says which state of it was looked at."""

    day = forms.DateField(label=_("To"), widget=day_input())
    version = forms.IntegerField()


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why is it not to be done?"), max_length=300)


class ProgressForm(forms.Form):
    """Progress told to the client."""

    text = forms.CharField(
        label=_("What you told the client"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=Channel, initial=Channel.PHONE, widget=forms.RadioSelect
    )
