"""How one is told, and the team chats, as forms."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.chat.wire import Refused, check_address
from lawcrm.firm.forms.people import DepartmentChoice
from lawcrm.firm.models import ChatHook
from lawcrm.firm.models.telling import MORNING
from lawcrm.firm.notices import WAYS, groups_in_use

MAIL = [("now", _("At once")), ("morning", _("With the morning mail")), ("off", _("Not by mail"))]


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class NoticeChoicesForm(forms.Form):
    """A row for each kind of event, then hours and mornings."""

    has_quiet = forms.BooleanField(label=_("Keep mail and chat back in quiet hours"), required=False)
    quiet_from = forms.TimeField(label=_("Quiet from"), required=False, widget=HourInput())
    quiet_until = forms.TimeField(label=_("until"), required=False, widget=HourInput())
    quiet_weekends = forms.BooleanField(label=_("Quiet on Saturdays and Sundays"), required=False)
    morning_mail = forms.BooleanField(
        label=_("Each morning: what is due, and what waited"),
        required=False,
        help_text=_("One mail, and none where there is nothing to tell."),
    )
    monday_mail = forms.BooleanField(label=_("On Mondays: what the week brings"), required=False)
    mail_at = forms.TimeField(label=_("The morning mail comes at"), widget=HourInput())

    HOURS = ("has_quiet", "quiet_from", "quiet_until", "quiet_weekends")
    MORNINGS = ("morning_mail", "monday_mail", "mail_at")

    def __init__(self, data=None, *, choices, chat: bool):
        self.chat = chat
        super().__init__(data, initial=self._initial(choices))
        for group, label in groups_in_use().items():
            ways = WAYS | choices.choices.get(group, {})
            self._add("app", group, _("In the app"), forms.BooleanField, ways, label)
            self._add("mail", group, _("By mail"), forms.ChoiceField, ways, label, choices=MAIL)
            if chat:
                self._add("chat", group, _("In the team chat"), forms.BooleanField, ways, label)

    def _add(self, channel, group, word, kind, ways, label, **options):
        name = _("%(what)s: %(how)s") % {"what": label, "how": word}
        field = kind(label=name, required=channel == "mail", initial=ways[channel], **options)
        self.fields[f"{channel}-{group}"] = field

    def _initial(self, choices) -> dict:
        held = {
            name: getattr(choices, name)
            for name in ("quiet_from", "quiet_until", "quiet_weekends", "morning_mail", "monday_mail")
        }
        return held | {"has_quiet": choices.quiet_from is not None, "mail_at": choices.mail_at or MORNING}

    def rows(self):
        """The table: what, and a field for each way."""
        for group, label in groups_in_use().items():
            cells = [self[f"{channel}-{group}"] for channel in self._channels]
            yield {"label": label, "cells": cells}

    @property
    def _channels(self):
        return ("app", "mail", "chat") if self.chat else ("app", "mail")

    def hours(self):
        return [self[name] for name in self.HOURS]

    def mornings(self):
        return [self[name] for name in self.MORNINGS]

    def clean(self):
        values = super().clean()
        if not values.get("has_quiet"):
            values["quiet_from"] = values["quiet_until"] = None
        elif not values.get("quiet_from") or not values.get("quiet_until"):
            self.add_error("quiet_from", _("Quiet hours need a beginning and an end."))
        elif values["quiet_from"] == values["quiet_until"]:
            self.add_error("quiet_until", _("Quiet hours cannot last the whole day."))
        return values

    def chosen(self) -> dict:
        """The values for `choose_notices`."""
        values = self.cleaned_data
        names = ("quiet_from", "quiet_until", "quiet_weekends", "morning_mail", "monday_mail", "mail_at")
        choices = {
            group: {channel: values[f"{channel}-{group}"] for channel in self._channels}
            for group in groups_in_use()
        }
        return {"choices": choices, **{name: values[name] for name in names}}


class ChatHookForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As your people call this chat."))
    format = forms.ChoiceField(label=_("Kind of chat"), choices=ChatHook.Format)
    department = DepartmentChoice(
        label=_("Department"), help_text=_("Without one: for everybody whose department has no chat.")
    )
    address = forms.CharField(
        label=_("Address of the webhook"),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
        help_text=_("Kept sealed, and never shown again."),
    )
    secret = forms.CharField(
        label=_("Secret for signing"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Signs each message where the chat can check it: DingTalk, Feishu, generic JSON."),
    )

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        try:
            check_address(address)
        except Refused:
            raise forms.ValidationError(
                _("An address that begins with https:// and holds no user name."), code="address"
            ) from None
        return address
