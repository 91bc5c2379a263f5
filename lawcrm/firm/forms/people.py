"""Forms about people: who they are, what they prefer, their password."""

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.models import Department, User
from lawcrm.firm.queries.people import (
    active_people,
    department_named,
    department_tree,
    departments,
    is_taken,
    nobody,
)
from lawcrm.firm.roles import Role, Scope
from lawcrm.firm.words import is_chinese


def language_choices():
    return [("", _("As the browser asks")), *settings.LANGUAGES]


def time_zone_choices():
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [("", _("The firm's (%s)") % settings.FIRM_TIME_ZONE), *((zone, zone) for zone in zones)]


class SignInForm(AuthenticationForm):
    """Django's, with words that do not tell which half was wrong."""

    error_messages = {
        "invalid_login": _(
            "User name and password do not go together. Mind capital letters in the password."
        ),
        "inactive": _("User name and password do not go together. Mind capital letters in the password."),
    }


class DepartmentChoice(forms.ModelChoiceField):
    """A department, shown as the tree stands."""

    def __init__(self, **kwargs):
        super().__init__(queryset=departments(), required=False, **kwargs)
        self.choices = _tree_choices

    def label_from_instance(self, department):
        return str(department)


def _tree_choices():
    yield "", "–"
    for department in department_tree():
        yield department.pk, "\u2003" * department.depth + str(department)


class PersonForm(forms.Form):
    given_name = forms.CharField(label=_("Given name"), max_length=60)
    family_name = forms.CharField(label=_("Family name"), max_length=60)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=60, required=False)
    username = forms.SlugField(
        label=_("User name"),
        max_length=60,
        help_text=_("What they type to sign in: letters, digits, - and _."),
    )
    email = forms.EmailField(label=_("Email"))
    role = forms.ChoiceField(label=_("Role"), choices=Role)
    scope = forms.ChoiceField(
        label=_("Sees"),
        choices=[("", _("What the role usually sees")), *Scope.choices],
        required=False,
        help_text=_("Walls are taken away from this, whatever it says."),
    )
    department = DepartmentChoice(label=_("Department"))
    supervisor = forms.ModelChoiceField(
        label=_("Supervising partner"),
        queryset=nobody(),
        required=False,
        empty_label="–",
        help_text=_("Hears of what stays undone."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, required=False)
    is_active = forms.BooleanField(
        label=_("May sign in"),
        required=False,
        help_text=_("Without it every session of theirs ends at once. What they did stays."),
    )

    def __init__(self, *args, person: User | None = None, **kwargs):
        self.person = person
        if person:
            kwargs["initial"] = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        if is_chinese():
            self.order_fields(["name_zh", "family_name", "given_name"])
        others = active_people().filter(role__in=[Role.PARTNER, Role.ADMINISTRATOR])
        self.fields["supervisor"].queryset = others.exclude(pk=person.pk) if person else others
        if person is None:
            del self.fields["is_active"]

    def clean_username(self):
        username = self.cleaned_data["username"].lower()
        self._refuse_taken("username", username, _("Somebody else has this user name."))
        return username

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        self._refuse_taken("email", email, _("Somebody else has this email address."))
        return email

    def _refuse_taken(self, field, value, message):
        if is_taken(field, value, but=self.person):
            raise forms.ValidationError(message, code="taken")

    def clean(self):
        values = super().clean()
        if values.get("role") == Role.AUDITOR and values.get("scope") not in {"", Scope.NONE}:
            self.add_error("scope", _("An auditor reads the audit trail and sees no clients."))
        return values


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=language_choices, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, required=False)


class _PlainHelp:
    """One sentence in place of a list of rules: they are told when one of them is broken."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = _(
            "At least 12 characters. A few words of your own are best."
        )
        self.fields["new_password2"].help_text = ""


class NewPasswordForm(_PlainHelp, SetPasswordForm):
    """Setting a password by invitation."""


class ChangePasswordForm(_PlainHelp, PasswordChangeForm):
    """Changing one's own password, knowing the old one."""


class DepartmentForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=120, required=False)
    parent = DepartmentChoice(label=_("Stands below"))

    def __init__(self, *args, department: Department | None = None, **kwargs):
        self.department = department
        if department:
            kwargs["initial"] = {name: getattr(department, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if department_named(name, but=self.department):
            raise forms.ValidationError(_("There is a department of this name."), code="taken")
        return name

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and self.department and f"/{self.department.id.hex}" in parent.path:
            raise forms.ValidationError(_("A department cannot stand below itself."))
        return parent
