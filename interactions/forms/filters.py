"""What the lists of contacts and follow-ups show."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clients.access import visible_clients
from interactions.enums import Channel, FollowUpOrigin, FollowUpState, Purpose
from lawcrm.firm import clock
from lawcrm.firm.queries.people import working_people

PERIODS = {
    "7": _("The last 7 days"),
    "30": _("The last 30 days"),
    "90": _("The last 90 days"),
    "365": _("The last year"),
}


def _choices(first, choices):
    return [("", first), *choices]


class _Filter(forms.Form):
    """Fields that cannot be read are left out: a list is shown rather than an error."""

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.full_clean()

    @property
    def wanted(self) -> dict:
        return {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def of_client(self):
        """The client whose rows alone are shown, if the person may see it."""
        chosen = self.cleaned_data.get("client")
        return visible_clients(self.user).filter(pk=chosen).first() if chosen else None

    @property
    def is_set(self) -> bool:
        return bool(self.wanted)


def _lawyers():
    return forms.ModelChoiceField(
        queryset=working_people(), required=False, empty_label=_("Anybody of us"), label=_("Lawyer")
    )


class ContactFilter(_Filter):
    mine = forms.BooleanField(label=_("Mine"), required=False)
    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=_choices(_("Any channel"), Channel.choices)
    )
    purpose = forms.ChoiceField(
        label=_("Purpose"), required=False, choices=_choices(_("Any purpose"), Purpose.choices)
    )
    period = forms.ChoiceField(
        label=_("Period"), required=False, choices=_choices(_("Any time"), PERIODS.items())
    )
    lawyer = _lawyers()
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    withdrawn = forms.BooleanField(label=_("Withdrawn"), required=False)

    def filter(self, contacts):
        wanted = self.wanted
        contacts = contacts.exclude(withdrawn_at=None) if "withdrawn" in wanted else contacts.standing()
        if "mine" in wanted:
            contacts = contacts.filter(with_lawyer=self.user)
        if "channel" in wanted:
            contacts = contacts.filter(channel=wanted["channel"])
        if "purpose" in wanted:
            contacts = contacts.filter(purposes__contains=[wanted["purpose"]])
        if "period" in wanted:
            since = clock.today(self.user) - timedelta(days=int(wanted["period"]))
            contacts = contacts.filter(at__gte=clock.start_of(since, self.user))
        if "lawyer" in wanted:
            contacts = contacts.filter(with_lawyer=wanted["lawyer"])
        return contacts.filter(client=wanted["client"]) if "client" in wanted else contacts


MINE, TEAM, WATCHED, GIVEN, EVERYBODY = "", "team", "watched", "given", "all"
DUE, LATE, UNFINISHED, SNOOZED, DONE, CANCELLED = "due", "late", "", "snoozed", "done", "cancelled"


class FollowUpFilter(_Filter):
    whose = forms.ChoiceField(
        label=_("Whose"),
        required=False,
        choices=[
            (MINE, _("Mine")),
            (WATCHED, _("Watched by me")),
            (GIVEN, _("Delegated by me")),
            (TEAM, _("Of those I supervise")),
            (EVERYBODY, _("Everybody's")),
        ],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            (UNFINISHED, _("All open")),
            (DUE, _("Due today or late")),
            (LATE, _("Late")),
            (SNOOZED, _("Snoozed")),
            (DONE, _("Done")),
            (CANCELLED, _("Cancelled")),
        ],
    )
    origin = forms.ChoiceField(
        label=_("Where from"), required=False, choices=_choices(_("From anywhere"), FollowUpOrigin.choices)
    )
    owner = _lawyers()
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @property
    def finished(self) -> bool:
        return self.cleaned_data.get("state") in (DONE, CANCELLED)

    def filter(self, follow_ups):
        wanted = self.wanted
        follow_ups = self._in_state(follow_ups, wanted.get("state", UNFINISHED))
        if "owner" in wanted:
            follow_ups = follow_ups.filter(owner=wanted["owner"])
        elif "client" not in wanted:
            follow_ups = self._of_whom(follow_ups, wanted.get("whose", MINE))
        if "origin" in wanted:
            follow_ups = follow_ups.filter(origin=wanted["origin"])
        return follow_ups.filter(client=wanted["client"]) if "client" in wanted else follow_ups

    def _of_whom(self, follow_ups, whose: str):
        if whose == EVERYBODY:
            return follow_ups
        if whose == TEAM:
            return follow_ups.filter(Q(owner__supervisor=self.user))
        if whose == WATCHED:
            return follow_ups.watched_by(self.user)
        if whose == GIVEN:
            return follow_ups.filter(delegated_by=self.user).exclude(owner=self.user)
        return follow_ups.filter(owner=self.user)

    def _in_state(self, follow_ups, state: str):
        today = clock.today(self.user)
        if state in (DONE, CANCELLED):  # said twice: the index of finished ones goes by its time
            return follow_ups.filter(state=FollowUpState(state), finished_at__isnull=False)
        if state == SNOOZED:
            return follow_ups.filter(state=FollowUpState.SNOOZED)
        follow_ups = follow_ups.unfinished()
        if state == DUE:
            return follow_ups.pending(clock.now()).filter(
                due_at__lt=clock.start_of(today + timedelta(days=1), self.user)
            )
        if state == LATE:
            return follow_ups.filter(due_at__lt=clock.start_of(today, self.user))
        return follow_ups
