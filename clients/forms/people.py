"""A person at a client, with their place there."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import Language, PersonRole, PreferredChannel, Sex
from clients.forms.fields import PartialDateField, ReadField
from clients.forms.picking import PERSON, PickField
from clients.rules.normalise import read_email, read_name, read_note, read_phone, read_text
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm, WarningsForm


class PersonForm(WarningsForm, VersionedForm):
    known = PickField(
        (PERSON,),
        label=_("Somebody on record already"),
        required=False,
        help_text=_("Known from another client? Choose them, and fill in only what they are here."),
    )
    name = ReadField(partial(read_name, longest=120), label=pgettext_lazy("person", "Name"))
    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("at a client", "Roles"),
        choices=PersonRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Several are possible: who decides often pays, too."),
    )
    position = ReadField(partial(read_text, longest=120), label=_("Position"), required=False)
    phone = ReadField(read_phone, label=_("Phone"), required=False)
    email = ReadField(read_email, label=_("Email"), required=False)
    wechat = ReadField(partial(read_text, longest=60), label=_("WeChat"), required=False)
    latin_name = ReadField(partial(read_text, longest=120), label=_("Latin name"), required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("", _("Not known")), *Sex.choices], required=False)
    birth_date = PartialDateField(label=_("Birth date"))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("Not known")), *Language.choices], required=False
    )
    preferred_channel = forms.ChoiceField(
        label=_("Preferred channel"),
        choices=[("", _("Not known")), *PreferredChannel.choices],
        required=False,
    )
    preferred_hours = ReadField(
        partial(read_text, longest=120),
        label=_("Preferred hours"),
        required=False,
        help_text=_("In their own words: after 14:00, never on Mondays."),
    )
    preferences = ReadField(
        partial(read_text, longest=300),
        label=_("Preferences"),
        required=False,
        help_text=_("What they like and do not like: green tea, no gifts, short mails."),
    )
    note = ReadField(read_note, label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    do_not_greet = forms.BooleanField(label=_("Do not send greetings"), required=False)
    since = forms.DateField(label=_("There since"), required=False, widget=DayInput())
    ended_on = forms.DateField(
        label=_("Left on"),
        required=False,
        widget=DayInput(),
        help_text=_("Who has left stays in the log, and is no longer offered."),
    )

    PLACE = ("roles", "position", "since", "ended_on")

    def __init__(self, data=None, *, user=None, place=None, **kwargs):
        self.place = place
        super().__init__(data, instance=place.person if place else None, **kwargs)
        if place is None:
            del self.fields["ended_on"]
            self.fields["known"].for_user(user)
        else:
            del self.fields["known"]

    def clean(self):
        """Who is chosen among those on record has a name already."""
        cleaned = super().clean()
        if cleaned.get("known"):
            self.errors.pop("name", None)
        since, left = cleaned.get("since"), cleaned.get("ended_on")
        if left and left > clock.today():
            self.add_error("ended_on", _("Write it down once they have left."))
        elif since and left and left < since:
            self.add_error("ended_on", _("They cannot leave before they came."))
        return cleaned

    def values(self) -> dict:
        """What add_person takes."""
        return {name: value for name, value in self.changes().items() if name != "known"}

    def values_of(self, instance) -> dict:
        """The person's values and those of the place, which the two savers share."""
        return super().values_of(instance) | {name: getattr(self.place, name) for name in self.PLACE}
