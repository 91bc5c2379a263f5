"""The client form: one for adding and changing, its fields depending on the kind of client."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.access import visible_clients, visible_people
from clients.enums import (
    FAMILY_OF,
    BusinessField,
    ClientFamily,
    ClientKind,
    CompanySize,
    ConsentBasis,
    ConsentForm,
    CreditStanding,
    Grade,
    Language,
    PreferredChannel,
    ServiceType,
    Sex,
    Source,
    Temperament,
)
from clients.forms.fields import PartialDateField, PeopleOfFirmField, PersonOfFirmField, ReadField
from clients.forms.picking import CLIENT, COLLEAGUE, OUTSIDE, PERSON, Picked, PickField
from clients.rules.identity import (
    birth_date_conflict,
    identity_details,
    read_identity_number,
    read_registration_number,
)
from clients.rules.normalise import read_email, read_name, read_note, read_phone, read_text
from clients.rules.several import joined, split
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput, VersionedForm, WarningsForm
from lawcrm.firm.forms.people import time_zone_choices
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
    AROUND = (*VersionedForm.AROUND, "grade_reason", "was_mistyped")
    SEALED = ("identity_number", "registration_number", "background", "family_notes")

    name = ReadField(read_name, label=pgettext_lazy("client", "Name"), max_length=200)
    was_mistyped = forms.BooleanField(
        label=_("Only a correction: do not keep the old name as a former name"), required=False
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[])
    latin_name = _text(_("Latin name"), 200)
    former_names = _text(_("Former names"), 600, help_text=_("Separated by semicolons."))
    identity_number = ReadField(
        lambda raw: read_identity_number(raw, clock.today()), label=_("Identity number"), required=False
    )
    registration_number = ReadField(read_registration_number, label=_("Registration number"), required=False)
    sex = _choice(_("Sex"), Sex)
    birth_date = PartialDateField(label=_("Birth date"))

    employer = _text(_("Employer"), 200)
    position = _text(_("Position"), 120)
    education = _text(_("Education"), 200)
    interests = _text(_("Interests"), 300)
    family_notes = ReadField(
        read_note,
        label=_("Family"),
        required=False,
        widget=_area(2),
        help_text=_("Kept sealed; every look at it is recorded."),
    )
    industry = _text(_("Industry"), 120)
    company_size = _choice(_("Size"), CompanySize)
    group_name = _text(_("Group"), 200, help_text=_("The group of companies it belongs to."))
    listing = _text(_("Listed as"), 120, help_text=_("Exchange and code: SSE 600000."))
    credit_standing = _choice(_("Credit standing"), CreditStanding)

    phone = ReadField(read_phone, label=_("Phone"), required=False)
    email = ReadField(read_email, label=_("Email"), required=False)
    wechat = _text(_("WeChat"), 60)
    address = _text(_("Address"), 300)
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    language = _choice(_("Language"), Language)
    preferred_channel = _choice(_("Preferred channel"), PreferredChannel)
    preferred_hours = _text(
        _("Preferred hours"), 120, help_text=_("In their own words: after 14:00, never on Mondays.")
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, required=False)

    responsible = PersonOfFirmField(label=_("Responsible lawyer"), queryset=None)
    grade = _choice(_("Grade"), Grade, _("No grade"))
    grade_reason = _text(
        _("Reason for the new grade"), 300, help_text=_("Stands in the path of the client’s grade.")
    )
    client_since = _day(_("Client since"))
    business_fields = _chips(_("Business fields"), BusinessField)
    service_types = _chips(_("Service types"), ServiceType)
    source = _choice(_("Source"), Source)
    referrer = PickField(
        (CLIENT, PERSON, COLLEAGUE, OUTSIDE),
        label=_("Referred by"),
        required=False,
        help_text=_("A client, a person on record, a colleague, or a name in words."),
    )
    temperament = _choice(_("Temperament"), Temperament)
    note = ReadField(read_note, label=_("Note"), required=False, widget=_area(3))
    background = ReadField(
        read_note,
        label=_("Background"),
        required=False,
        widget=_area(3),
        help_text=_("Family, standing, what must stay among us. Kept sealed; every look at it is recorded."),
    )

    purpose_of_processing = _text(
        _("Purpose of processing"),
        300,
        help_text=_("What the firm keeps this for: advice on the lease, retainer."),
    )
    consent_basis = _choice(_("Basis"), ConsentBasis)
    consent_on = _day(_("Consent given on"))
    consent_form = _choice(_("How it was given"), ConsentForm)
    consent_until = _day(_("Consent ends on"))
    consent_withdrawn_on = _day(_("Consent withdrawn on"))
    consent_disclosure = forms.BooleanField(
        label=_("The consent covers disclosure to third parties"), required=False
    )
    consent_note = _text(_("What the consent covers"), 300)

    GROUPS = (
        ("who", pgettext_lazy("part of a form", "Who"), ("name", "was_mistyped", "kind", "latin_name", "former_names", "identity_number",
            "registration_number", "sex", "birth_date", "industry")),
        ("reach", _("How to reach them"), ("phone", "email", "wechat", "address", "website", "language", "preferred_channel",
            "preferred_hours", "time_zone")),
        ("service", _("With the firm"), ("responsible", "grade", "grade_reason", "client_since", "source", "referrer", "temperament",
            "business_fields", "service_types")),
        ("background", _("Background"), ("employer", "position", "education", "interests", "company_size", "credit_standing",
            "group_name", "listing", "family_notes", "background", "note")),
        ("principles", _("Purpose and consent"), ("purpose_of_processing", "consent_basis", "consent_form", "consent_on",
            "consent_until", "consent_withdrawn_on", "consent_disclosure", "consent_note")),
    )  # fmt: skip
    # Fields that only some kinds of client have; js/clients.js hides the others while a kind is chosen.
    PERSON_ONLY = (
        "identity_number", "sex", "birth_date", "employer", "position", "education", "interests", "family_notes"
    )  # fmt: skip
    NOT_FOR_PERSONS = (
        "registration_number", "industry", "company_size", "group_name", "listing", "credit_standing"
    )  # fmt: skip
    WIDE = {
        "name", "was_mistyped", "former_names", "address", "note", "background", "family_notes", "business_fields", "service_types",
        "referrer", "purpose_of_processing", "consent_note", "consent_disclosure", "interests",
    }  # fmt: skip

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
        if instance is None or not instance.grade:
            del self.fields["grade_reason"]  # a first grade replaces none
        if instance is None:
            del self.fields["was_mistyped"]
        self.fields["kind"].choices = _kinds_by_family()
        self.fields["referrer"].for_user(by)
        people = working_people()
        self.fields["responsible"].queryset = people
        for name in self.SEALED:
            if instance is not None and instance.__dict__.get(name):
                self.fields[name].help_text = KEPT

    def values_of(self, instance) -> dict:
        return super().values_of(instance) | {
            "former_names": joined(instance.former_names),
            "referrer": referrer_of(instance, self.by),
        }

    def groups(self):
        """[(code, heading, [bound field])] for the template; each field knows which kinds it is for."""
        return [
            (code, heading, [self._field(name) for name in names if name in self.fields])
            for code, heading, names in self.GROUPS
        ]

    def _field(self, name):
        field = self[name]
        field.css = "wide" if name in self.WIDE else ""
        field.only_for = (
            "person" if name in self.PERSON_ONLY else "organisation" if name in self.NOT_FOR_PERSONS else ""
        )
        return field

    @property
    def _referrer_is_hidden(self) -> bool:
        """Somebody referred the client whom this person does not see: an empty field then means "as it was"."""
        one = self.instance
        known = one is not None and (one.referrer_client_id or one.referrer_person_id)
        return bool(known and referrer_of(one, self.by) is None)

    def clean_former_names(self):
        return joined(_names_in(self.cleaned_data["former_names"]))

    def described(self) -> dict:
        """The clean values as far as they are, for finding clients that look the same."""
        former = _names_in(self.cleaned_data.get("former_names", ""))
        return self.cleaned_data | {"former_names": former}

    def clean(self):
        cleaned = super().clean()
        self._fit_to_kind(cleaned)
        self._read_from_number(cleaned)
        self._warn_of_losing_sight(cleaned)
        self._ask_why_graded(cleaned)
        self._check_consent(cleaned)
        return cleaned

    def _check_consent(self, cleaned) -> None:
        """Days that do not fit; what stood there before and is not touched may stay."""
        given, days = cleaned.get("consent_on"), ("consent_on", "consent_until", "consent_withdrawn_on")
        if self.instance and all(cleaned.get(name) == getattr(self.instance, name) for name in days):
            return
        for name in ("consent_until", "consent_withdrawn_on"):
            if not (day := cleaned.get(name)):
                continue
            if given is None and "consent_on" not in self.errors:
                self.add_error("consent_on", _("Say when it was given."))
            elif given and day < given:
                self.add_error(name, _("This is before the day on which it was given."))

    def _ask_why_graded(self, cleaned) -> None:
        if "grade_reason" not in self.fields or cleaned.get("grade", "") == self.opened.get("grade"):
            return
        if not cleaned.get("grade_reason") and self.data.get("keep-grade") != "theirs":
            self.add_error("grade_reason", _("Say why the grade changes."))

    @property
    def why_graded(self) -> str:
        return self.cleaned_data.get("grade_reason", "")

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
        if "referrer" in changes:
            picked = changes.pop("referrer")
            if picked is not None or not self._referrer_is_hidden:
                changes |= _referrer_columns(picked)
        for name in self.SEALED:
            typed = (self.data.get(name) or "").strip()
            if name in getattr(self, "not_of_this_kind", ()) or (typed and not self.cleaned_data.get(name)):
                changes[name] = ""
        return changes


def referrer_of(client, user) -> Picked | None:
    """Who referred a client, as far as this person may see them."""
    if client.referrer_user_id:
        return Picked(COLLEAGUE, client.referrer_user)
    for kind, key, rows in (
        (CLIENT, client.referrer_client_id, visible_clients(user)),
        (PERSON, client.referrer_person_id, visible_people(user)),
    ):
        if key and (found := rows.filter(pk=key).first()):
            return Picked(kind, found)
    return Picked(OUTSIDE, client.referred_by) if client.referred_by else None


def _referrer_columns(picked: Picked | None) -> dict:
    columns = {"referrer_client": None, "referrer_person": None, "referrer_user": None, "referred_by": ""}
    if picked is None:
        return columns
    name = "referred_by" if picked.kind == OUTSIDE else f"referrer_{picked.kind}"
    return columns | {name: picked.who}


class TeamForm(forms.Form):
    people = PeopleOfFirmField(
        label=_("Team"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, client, **kwargs):
        super().__init__(data, initial={"people": client.team_ids}, **kwargs)
        self.fields["people"].queryset = working_people().exclude(pk=client.responsible_id)


def _names_in(text: str) -> list[str]:
    return [name.strip() for name, _quoted in split(text)]


def _kinds_by_family():
    families: dict[str, list] = {}
    for kind, family in FAMILY_OF.items():
        families.setdefault(str(family.label), []).append((kind.value, kind.label))
    return list(families.items())
