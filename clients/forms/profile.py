"""The small forms of the profile: a further fact, other counsel, a disclosure."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import ClientFamily, FactKind
from clients.forms.fields import ReadField
from clients.presenters.problems import problem_words
from clients.rules.normalise import read_email, read_phone, read_text
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm

READERS = {FactKind.PHONE: read_phone, FactKind.EMAIL: read_email}
OF_PEOPLE = (FactKind.PHONE, FactKind.EMAIL, FactKind.WECHAT, FactKind.ADDRESS)


def kinds_for(client) -> tuple:
    """What may be known several times over of a client: an organisation has no employer."""
    return tuple(FactKind) if client.family == ClientFamily.INDIVIDUAL else OF_PEOPLE


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
    until = _day(
        _("Until"),
        required=False,
        help_text=_("Only for what holds no longer: it goes to the earlier values."),
    )

    def __init__(self, data=None, *, kinds, held=(), user=None, **kwargs):
        """`held`: (kind, value) of all that holds now."""
        super().__init__(data, initial={"kind": FactKind.PHONE}, **kwargs)
        self.fields["kind"].choices = [(one, FactKind(one).label) for one in kinds]
        self.held = {(kind, value.casefold()) for kind, value in held}
        self.today = clock.today(user)

    def clean(self):
        cleaned = super().clean()
        read = READERS.get(cleaned.get("kind"))
        if read and cleaned.get("value"):
            reading = read(cleaned["value"])
            if reading.problem:
                self.add_error("value", problem_words(reading.problem.code, reading.problem.params))
            cleaned["value"] = reading.value
        if (cleaned.get("kind"), (cleaned.get("value") or "").casefold()) in self.held:
            self.add_error("value", _("This is on record already."))
        _check_days(self, cleaned, self.today)
        return cleaned


class FactEditForm(VersionedForm):
    """What is said about a value: what for, since when, until when. Another value is another fact."""

    label = FactForm.base_fields["label"]
    since = _day(pgettext_lazy("of what holds", "Since"), required=False)
    until = _day(_("Until"), required=False, help_text=_("Empty as long as it holds."))

    def __init__(self, data=None, *, user, **kwargs):
        super().__init__(data, **kwargs)
        self.today = clock.today(user)

    def clean(self):
        cleaned = super().clean()
        _check_days(self, cleaned, self.today)
        return cleaned


def _check_days(form, cleaned: dict, today) -> None:
    """A fact ends after it began, and not in days to come."""
    since, until = cleaned.get("since"), cleaned.get("until")
    if since and until and until < since:
        form.add_error("until", _("It cannot end before it began."))
    elif until and until > today:
        form.add_error("until", _("Write it down once it has happened."))


class CounselForm(VersionedForm):
    firm_name = _text(_("Firm"), 200)
    serves_for = _text(_("For what"), 200, required=False, help_text=_("Tax, patents, everything abroad."))
    lawyer = _text(_("Lawyer there"), 120, required=False)
    since = _day(pgettext_lazy("of what holds", "Since"), required=False)
    until = _day(_("Until"), required=False)
    note = _text(_("Note"), 300, required=False)

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
