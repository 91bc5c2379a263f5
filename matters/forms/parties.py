"""Input for parties and the team of a matter."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm
from lawcrm.firm.queries.people import working_people
from matters.enums import PartyKind, PartyRole, TeamRole

MOST_NAMES = 20


class NamesField(forms.CharField):
    """Several names, one on each line."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(required=kwargs.pop("required", False), max_length=4000, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value):
        names = list(
            dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip())
        )
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(_("Give at most %(most)s names.") % {"most": MOST_NAMES})
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(_("A name has at most 200 characters."))
        return names


class PartyForm(VersionedForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=PartyRole.choices)
    kind = forms.ChoiceField(
        label=pgettext_lazy("in a matter", "Person or organisation"),
        choices=[("", _("By the name")), *PartyKind.choices],
        required=False,
    )
    other_names = NamesField(
        label=_("Other names"), help_text=_("Former, Latin or short names, one on each line.")
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    left_on = forms.DateField(label=_("Left on"), widget=DayInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance is None:
            del self.fields["left_on"]
        else:
            self.fields["kind"].choices = PartyKind.choices
            self.fields["kind"].required = True

    def clean_left_on(self):
        day = self.cleaned_data["left_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("Give the day on which the party left, not a day to come."))
        return day


class TeamForm(forms.Form):
    """Somebody of the firm and what they do; without a role they leave the team."""

    user = forms.ModelChoiceField(label=_("Person of the firm"), queryset=None)
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("leaves the team")), *TeamRole.choices], required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = working_people()
