"""The client page in words: who they are in one line, the profile's facts, the people, the history."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.enums import BusinessField, RelationshipType, ServiceType
from clients.models import Client, ClientPerson, Person
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.sealed import MASK
from lawcrm.firm.sentences import sentence
from lawcrm.firm.templatetags.look import ago, day
from lawcrm.firm.words import listed

SEALED = ("identity_number", "registration_number", "background", "family_notes")


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands at the top: one line, and how to reach them."""

    line: str
    grade: str
    grade_label: str
    last_contact: str
    quiet_since: str
    phone: str
    phone_url: str
    email: str


def headline(page) -> Headline:
    client = page.client
    quiet = client.quiet_from is not None and client.quiet_from <= page.today
    return Headline(
        line=" · ".join(part for part in _line(client, page.today) if part),
        grade=client.grade,
        grade_label=client.get_grade_display(),
        last_contact=ago(client.last_contact_at) if client.last_contact_at else "",
        quiet_since=day(client.quiet_from) if quiet else "",
        phone=client.phone,
        phone_url=phone_url(client.phone),
        email=client.email,
    )


def _line(client, today):
    yield client.latin_name if client.latin_name != client.name else ""
    yield client.get_kind_display()
    yield client.industry
    yield listed(BusinessField(field).label for field in client.business_fields)
    if client.client_since:
        yield _since(client.client_since, today)


def _since(since: date, today: date) -> str:
    words = {"month": date_format(since, "YEAR_MONTH_FORMAT"), "years": (today - since).days // 365}
    if not words["years"]:
        return _("client since %(month)s") % words
    return ngettext(
        "client since %(month)s (%(years)d year)", "client since %(month)s (%(years)d years)", words["years"]
    ) % words  # fmt: skip


def phone_url(phone: str) -> str:
    """A tel: address; the digits and a leading plus are what a phone dials."""
    dialled = "".join(one for one in phone if one.isdigit() or one == "+")
    return f"tel:{dialled}" if dialled else ""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str = ""
    url: str = ""
    reveal_url: str = ""  # set where the value is sealed: a POST there shows it and is recorded


def profile_facts(page) -> list[Fact]:
    """The profile's filled fields. Sealed ones are masked; only presence is known without opening them."""
    client, may_reveal = page.client, page.may("sealed.reveal")
    facts = [Fact(_label(Client, name), value) for name, value in _open_values(client) if value]
    if client.email:
        facts.insert(0, Fact(_label(Client, "email"), client.email, f"mailto:{client.email}"))
    if client.phone:
        facts.insert(0, Fact(_label(Client, "phone"), client.phone, phone_url(client.phone)))
    for name in SEALED:
        if client.__dict__.get(name):  # ciphertext or text: there is something
            url = reverse("clients:reveal", args=[client.pk, name]) if may_reveal else ""
            facts.append(Fact(_label(Client, name), MASK, reveal_url=url))
    return facts


def _open_values(client):
    yield "wechat", client.wechat
    yield "address", client.address
    yield "former_names", listed(client.former_names)
    yield "sex", client.get_sex_display()
    yield "birth_date", partial_date_words(client.birth_date)
    yield "language", client.get_language_display()
    yield "service_types", listed(ServiceType(one).label for one in client.service_types)
    yield "source", client.get_source_display()
    yield "referred_by", client.referred_by
    yield "temperament", client.get_temperament_display()
    yield "verified_on", date_format(client.verified_on, "DATE_FORMAT") if client.verified_on else ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    roles: list[str]
    position: str
    phone: str
    phone_url: str
    email: str
    url: str


def person_line(place: ClientPerson) -> PersonLine:
    person = place.person
    return PersonLine(
        name=person.name
        if not person.latin_name or person.latin_name == person.name
        else f"{person.name} {person.latin_name}",
        roles=place.role_words,
        position=place.position,
        phone=person.phone,
        phone_url=phone_url(person.phone),
        email=person.email,
        url=reverse("clients:person", args=[place.person_id]),
    )


# -- history ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deed:
    at: object
    text: str
    changes: list  # [(field label, old, new)]


def deed(entry) -> Deed:
    """One deed with what it changed, values in the reader's words."""
    model = {"clients.client": Client, "clients.clientperson": Person}.get(entry.object_type)
    changes = [] if entry.verb.endswith((".created", ".added")) else _changes(model, entry.changes)
    return Deed(entry.at, sentence(entry), changes)


def _changes(model, changes: dict) -> list[tuple[str, str, str]]:
    return [
        (_label(model, name), _value(model, name, pair[0]), _value(model, name, pair[1]))
        for name, pair in changes.items()
        if isinstance(pair, list) and len(pair) == 2
    ]


def _label(model, name: str) -> str:
    field = _field(model, name)
    known = {
        "team": _("team"),
        "former_names": _("former names"),
        "relationship_type": _("relationship type"),
    }
    return capfirst(str(field.verbose_name if field and name not in known else known.get(name, name)))


def _field(model, name):
    for one in (model, ClientPerson if model is Person else None):
        try:
            return one._meta.get_field(name) if one else None
        except FieldDoesNotExist:
            continue
    return None


def _value(model, name: str, value) -> str:
    if isinstance(value, list):
        return listed(_value(model, name, one) for one in value)
    field = _field(model, name)
    options = dict(getattr(field, "base_field", field).flatchoices) if field else {}
    if value in options:
        return str(options[value])
    if name == "birth_date" and value:
        return partial_date_words(PartialDate.parse(value))
    if isinstance(value, str) and name.endswith(("_on", "_date", "_since")) and value:
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if name == "relationship_type" and value:
        return str(RelationshipType(value).label)
    return str(value)
