"""The client form: one for adding and changing, its fields depending on the kind of client."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import (
    FAMILY_OF,
    BusinessField,
    ClientFamily,
    ClientKind,
    Grade,
    Language,
    ServiceType,
    Sex,
    Source,
    Temperament,
)
from clients.forms.fields import PartialDateField, PeopleOfFirmField, PersonOfFirmField, ReadField
from clients.rules.identity import (
    birth_date_conflict,
    identity_details,
    read_identity_number,
    read_registration_number,
)
from clients.rules.normalise import read_email, read_name, read_note, read_phone, read_text
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm, WarningsForm
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.roles import Scope

NOT_KNOWN = _("Not known")
KEPT = _("Kept sealed. Leave empty to keep it as it is, write a dash to take it away.")


def _text(label, longest, **kwargs):
    return ReadField(partial(read_text, longest=longest), label=label, required=False, **kwargs)


def _choice(label, choices, none=NOT_KNOWN):
    return forms.ChoiceField(label=label, choices=[("", none), *choices.choices], required=False)


def _chips(label, choices):
    return forms.MultipleChoiceField(
        label=label, choices=choices.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _day(label):
    return forms.DateField(label=label, required=False, widget=DayInput())


def _area(rows, **attrs):
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ClientForm(WarningsForm, VersionedForm):
    SEALED = ("identity_number", "registration_number", "background")

    name = ReadField(read_name, label=pgettext_lazy("client", "Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=[])
    latin_name = _text(_("Latin name"), 200)
    former_names = _text(_("Former names"), 600, help_text=_("Separated by semicolons."))
    identity_number = ReadField(
        lambda raw: read_identity_number(raw, clock.today()), label=_("Identity number"), required=False
    )
    registration_number = ReadField(read_registration_number, label=_("Registration number"), required=False)
    sex = _choice(_("Sex"), Sex)
    birth_date = PartialDateField(label=_("Birth date"))
    industry = _text(_("Industry"), 120)

    phone = ReadField(read_phone, label=_("Phone"), required=False)
    email = ReadField(read_email, label=_("Email"), required=False)
    wechat = _text(_("WeChat"), 60)
    address = _text(_("Address"), 300)
    language = _choice(_("Language"), Language)

    responsible = PersonOfFirmField(label=_("Responsible lawyer"), queryset=None)
    grade = _choice(_("Grade"), Grade, _("No grade"))
    client_since = _day(_("Client since"))
    business_fields = _chips(_("Business fields"), BusinessField)
    service_types = _chips(_("Service types"), ServiceType)
    source = _choice(_("Source"), Source)
    referred_by = _text(_("Referred by"), 200)
    temperament = _choice(_("Temperament"), Temperament)
    note = ReadField(read_note, label=_("Note"), required=False, widget=_area(3))
    background = ReadField(
        read_note,
        label=_("Background"),
        required=False,
        widget=_area(3),
        help_text=_("Family, standing, what must stay among us. Kept sealed; every look at it is recorded."),
    )

    GROUPS = (
        (pgettext_lazy("part of a form", "Who"), ("name", "kind", "latin_name", "former_names", "identity_number", "registration_number", "sex",
                    "birth_date", "industry")),
        (_("How to reach them"), ("phone", "email", "wechat", "address", "language")),
        (_("With the firm"), ("responsible", "grade", "client_since", "source", "referred_by", "temperament",
                              "business_fields", "service_types")),
        (_("Notes"), ("note", "background")),
    )  # fmt: skip
    # Fields that only some kinds of client have; js/clients.js hides the others while a kind is chosen.
    PERSON_ONLY = ("identity_number", "sex", "birth_date")
    NOT_FOR_PERSONS = ("registration_number", "industry")

    def __init__(self, data=None, *, by, instance=None, **kwargs):
        self.by = by
        initial = kwargs.pop("initial", {})
        if instance is None:
            initial = {
                "responsible": by,
                "kind": ClientKind.PRIVATE,
                "client_since": clock.today(by),
            } | initial
        super().__init__(data, instance=instance, initial=initial, **kwargs)
        self.fields["kind"].choices = _kinds_by_family()
        people = working_people()
        self.fields["responsible"].queryset = people
        for name in self.SEALED:
            if instance is not None and instance.__dict__.get(name):
                self.fields[name].help_text = KEPT

    def values_of(self, instance) -> dict:
        return super().values_of(instance) | {"former_names": "; ".join(instance.former_names)}

    def groups(self):
        """[(heading, [bound field])] for the template; each field knows which kinds it is for."""
        return [(heading, [self._field(name) for name in names]) for heading, names in self.GROUPS]

    def _field(self, name):
        field = self[name]
        field.css = (
            "wide"
            if name
            in ("name", "former_names", "address", "note", "background", "business_fields", "service_types")
            else ""
        )
        field.only_for = (
            "person" if name in self.PERSON_ONLY else "organisation" if name in self.NOT_FOR_PERSONS else ""
        )
        return field

    def clean_former_names(self):
        return "; ".join(_names_in(self.cleaned_data["former_names"]))

    def described(self) -> dict:
        """The clean values as far as they are, for finding clients that look the same."""
        former = _names_in(self.cleaned_data.get("former_names", ""))
        return self.cleaned_data | {"former_names": former}

    def clean(self):
        cleaned = super().clean()
        self._fit_to_kind(cleaned)
        self._read_from_number(cleaned)
        self._warn_of_losing_sight(cleaned)
        return cleaned

    def _fit_to_kind(self, cleaned) -> None:
        """What a kind of client does not have is left empty, whatever stood there under another kind."""
        kind = cleaned.get("kind")
        if not kind:
            return
        foreign = () if FAMILY_OF[kind] == ClientFamily.INDIVIDUAL else self.PERSON_ONLY
        foreign += self.NOT_FOR_PERSONS if kind == ClientKind.PERSON else ()
        for name in foreign:
            if name in cleaned:
                cleaned[name] = None if name == "birth_date" else ""
            self.errors.pop(name, None)
        self.not_of_this_kind = foreign

    def _read_from_number(self, cleaned) -> None:
        """An identity number tells birth date and sex: fills them in, or warns where they disagree."""
        number = cleaned.get("identity_number")
        details = identity_details(number) if number else None
        if details is None:
            return
        cleaned["sex"] = cleaned.get("sex") or details.sex
        if not cleaned.get("birth_date"):
            cleaned["birth_date"] = PartialDate.of(details.birth_date)
        elif birth_date_conflict(number, cleaned["birth_date"]):
            self.add_warning(
                "birth_date",
                _("The identity number says another birth date: %s.") % details.birth_date.isoformat(),
            )

    def _warn_of_losing_sight(self, cleaned) -> None:
        """Handing a client on may close it to the one who hands it on."""
        responsible = cleaned.get("responsible")
        if responsible is None or responsible == self.by or self.by.scope not in (Scope.OWN, Scope.TEAM):
            return
        in_team = self.instance is not None and self.by.pk in self.instance.team_ids
        if not (in_team and self.by.scope == Scope.TEAM):
            self.add_warning(
                "sight", _("You will no longer see this client unless %s adds you to its team.") % responsible
            )

    def changes(self) -> dict:
        """Sealed fields: empty means as it was, a dash means taken away, another kind of client means gone."""
        changes = super().changes()
        if "former_names" in changes:
            changes["former_names"] = _names_in(changes["former_names"])
        for name in self.SEALED:
            typed = (self.data.get(name) or "").strip()
            if name in getattr(self, "not_of_this_kind", ()) or (typed and not self.cleaned_data.get(name)):
                changes[name] = ""
        return changes


class TeamForm(forms.Form):
    people = PeopleOfFirmField(
        label=_("Team"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, client, **kwargs):
        super().__init__(data, initial={"people": client.team_ids}, **kwargs)
        self.fields["people"].queryset = working_people().exclude(pk=client.responsible_id)


def _names_in(text: str) -> list[str]:
    return [name.strip() for name in text.replace("；", ";").split(";") if name.strip()]


def _kinds_by_family():
    families: dict[str, list] = {}
    for kind, family in FAMILY_OF.items():
        families.setdefault(str(family.label), []).append((kind.value, kind.label))
    return list(families.items())
