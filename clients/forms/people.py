"""A person at a client, with their place there."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import PersonRole, Sex
from clients.forms.fields import PartialDateField, ReadField
from clients.rules.normalise import read_email, read_name, read_phone, read_text
from lawcrm.firm.forms.base import DayInput, VersionedForm, WarningsForm


class PersonForm(WarningsForm, VersionedForm):
    name = ReadField(partial(read_name, longest=120), label=pgettext_lazy("person", "Name"))
    role = forms.ChoiceField(
        label=pgettext_lazy("at a client", "Role"), choices=PersonRole.choices, initial=PersonRole.USER
    )
    position = ReadField(partial(read_text, longest=120), label=_("Position"), required=False)
    phone = ReadField(read_phone, label=_("Phone"), required=False)
    email = ReadField(read_email, label=_("Email"), required=False)
    wechat = ReadField(partial(read_text, longest=60), label=_("WeChat"), required=False)
    latin_name = ReadField(partial(read_text, longest=120), label=_("Latin name"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not known")), *Sex.choices], required=False)
    birth_date = PartialDateField(label=_("Birth date"))
    note = ReadField(partial(read_text, longest=300), label=_("Note"), required=False)
    do_not_greet = forms.BooleanField(label=_("Do not send greetings"), required=False)
    ended_on = forms.DateField(
        label=_("Left on"),
        required=False,
        widget=DayInput(),
        help_text=_("Who has left stays in the log, and is no longer offered."),
    )

    PLACE = ("role", "position", "ended_on")

    def __init__(self, data=None, *, place=None, **kwargs):
        self.place = place
        super().__init__(data, instance=place.person if place else None, **kwargs)
        if place is None:
            del self.fields["ended_on"]

    def values_of(self, instance) -> dict:
        """The person's values and those of the place, which the two savers share."""
        return super().values_of(instance) | {name: getattr(self.place, name) for name in self.PLACE}
