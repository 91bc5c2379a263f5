"""The small forms of the profile: a further fact, other counsel, a disclosure."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import FactKind
from clients.forms.fields import ReadField
from clients.presenters.problems import problem_words
from clients.rules.normalise import read_email, read_phone, read_text
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput

READERS = {FactKind.PHONE: read_phone, FactKind.EMAIL: read_email}
OF_PEOPLE = (FactKind.PHONE, FactKind.EMAIL, FactKind.WECHAT, FactKind.ADDRESS)


def _text(label, longest, **kwargs):
    return ReadField(partial(read_text, longest=longest), label=label, **kwargs)


def _day(label, **kwargs):
    return forms.DateField(label=label, widget=DayInput(), **kwargs)


class FactForm(forms.Form):
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a fact", "What"), choices=FactKind.choices, widget=forms.RadioSelect
    )
    value = _text(_("Number, address or name"), 300)
    label = _text(
        pgettext_lazy("of a fact", "What for"),
        60,
        required=False,
        help_text=_("Office, home, assistant, from the 1st of May."),
    )
    since = _day(pgettext_lazy("of what holds", "Since"), required=False)

    def __init__(self, data=None, *, kinds=FactKind.values, **kwargs):
        super().__init__(data, initial={"kind": FactKind.PHONE}, **kwargs)
        self.fields["kind"].choices = [(one, FactKind(one).label) for one in kinds]

    def clean(self):
        cleaned = super().clean()
        read = READERS.get(cleaned.get("kind"))
        if read and cleaned.get("value"):
            reading = read(cleaned["value"])
            if reading.problem:
                self.add_error("value", problem_words(reading.problem.code, reading.problem.params))
            cleaned["value"] = reading.value
        return cleaned


class CounselForm(forms.Form):
    firm_name = _text(_("Firm"), 200)
    serves_for = _text(_("For what"), 200, required=False, help_text=_("Tax, patents, everything abroad."))
    lawyer = _text(_("Lawyer there"), 120, required=False)
    since = _day(pgettext_lazy("of what holds", "Since"), required=False)
    until = _day(_("Until"), required=False)
    note = _text(_("Note"), 300, required=False)

    def __init__(self, data=None, *, counsel=None, **kwargs):
        initial = {name: getattr(counsel, name) for name in self.base_fields} if counsel else {}
        super().__init__(data, initial=initial, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("since") and cleaned.get("until") and cleaned["until"] < cleaned["since"]:
            self.add_error("until", _("It cannot end before it began."))
        return cleaned


class DisclosureForm(forms.Form):
    on = _day(_("When"))
    recipient = _text(_("To whom"), 200, help_text=_("The third party: a bank, a court, an appraiser."))
    what = _text(_("What"), 300, help_text=_("Which facts or papers; no more than needed."))
    purpose = _text(pgettext_lazy("of a disclosure", "What for"), 300)

    def __init__(self, data=None, *, user, **kwargs):
        super().__init__(data, initial={"on": clock.today(user)}, **kwargs)
        self.today = clock.today(user)

    def clean_on(self):
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Write it down once it has happened."))
        return self.cleaned_data["on"]
