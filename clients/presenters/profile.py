"""The profile of a client in words: its parts, what else is known, how complete it is, and how long ago it was verified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from clients.enums import BusinessField, FactKind, PersonRole, ServiceType
from clients.forms.clients import referrer_of
from clients.forms.picking import CLIENT, OUTSIDE, PERSON
from clients.models import Client
from clients.presenters.client_page import SEALED, phone_url
from clients.presenters.dates import day_with_weekday, solar_words
from clients.rules.completeness import Completeness, completeness
from clients.rules.consent import Refusal, consent_to_disclose
from clients.rules.facts import has_ended
from lawcrm.firm.partial_dates import PartialDate, next_occurrences
from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.sealed import MASK
from lawcrm.firm.templatetags.look import ago
from lawcrm.firm.words import listed

_COMPLETENESS_PARTS = ("reach", "identity", "background", "people", "service", "principles")
# Fields whose presence is asked of the row itself; sealed ones without being opened.
_ASKED = {name for names in (
    ("phone", "email", "wechat", "address", "preferred_channel", "sex", "birth_date", "latin_name", "website",
     "employer", "position", "interests", "education", "industry", "company_size", "group_name", "listing",
     "credit_standing", "source", "business_fields", "service_types", "client_since", "temperament",
     "purpose_of_processing", "consent_basis", "verified_on"),
) for name in names}  # fmt: skip


# -- completeness and verification --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Upkeep:
    score: int
    missing: list[Missing]
    more: int
    verified: str
    stale: bool
    stale_words: str


def completeness_of(client: Client, roles: list[list[str]], policy: FirmPolicy | None = None) -> Completeness:
    """`roles`: those of each person at the client."""
    policy = policy or current_policy()
    filled = {name for name in _ASKED if getattr(client, name)}
    filled |= {name for name in ("identity_number", "registration_number") if client.__dict__.get(name)}
    if roles:
        filled.add("people")
    if any(PersonRole.DECISION_MAKER in one for one in roles):
        filled.add("decision_maker")
    weights = {part: getattr(policy, f"completeness_{part}") for part in _COMPLETENESS_PARTS}
    return completeness(filled, is_person=client.is_person, weights=weights)


def upkeep(client: Client, roles: list[list[str]], today: date, shown: int = 6) -> Upkeep:
    policy = current_policy()
    found = completeness_of(client, roles, policy)
    age = (today - client.verified_on).days if client.verified_on else None
    stale = age is None or age > policy.verify_days
    return Upkeep(
        score=found.score,
        missing=[Missing(missing_words(name), _missing_url(client, name)) for name in found.missing[:shown]],
        more=max(len(found.missing) - shown, 0),
        verified=date_format(client.verified_on, "DATE_FORMAT") if client.verified_on else "",
        stale=stale,
        stale_words=_stale_words(age, policy.verify_days) if stale else ago(client.verified_on),
    )


def _stale_words(age: int | None, limit: int) -> str:
    if age is None:
        return _("Nobody has verified this profile yet.")
    days = {"age": age, "limit": limit}
    return ngettext(
        "Verified %(age)d day ago; it goes stale after %(limit)d.",
        "Verified %(age)d days ago; it goes stale after %(limit)d.",
        age,
    ) % days  # fmt: skip


_PSEUDO = {
    "people": gettext_lazy("somebody there"),
    "decision_maker": gettext_lazy("who decides there"),
    "verified_on": gettext_lazy("verified by somebody"),
}


def missing_words(name: str) -> str:
    """A missing field by its name; "a or b" where either would do."""
    words = [str(_PSEUDO.get(one) or Client._meta.get_field(one).verbose_name) for one in name.split("|")]
    return capfirst(_(" or ").join(words))


def _missing_url(client: Client, name: str) -> str:
    first = name.split("|")[0]
    if first in ("people", "decision_maker"):
        return reverse("clients:person_create", args=[client.pk])
    if first == "verified_on":
        return "#upkeep"
    return f"{reverse('clients:edit', args=[client.pk])}#id_{first}"


# -- the parts ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to do with a fact: posted, or (`form`) opened as a form."""

    label: str
    url: str
    confirm: str = ""
    form: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One value with its label. `former`: what was true once; `deeds`: what may be done with it."""

    label: str
    value: str = ""
    url: str = ""
    sub: str = ""
    reveal_url: str = ""
    former: bool = False
    deeds: tuple[Deed, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    code: str
    title: str
    lines: list[Line] = field(default_factory=list)
    former: list[Line] = field(default_factory=list)
    edit_url: str = ""
    add_url: str = ""


_TITLES = {
    "who": pgettext_lazy("part of a form", "Who"),
    "reach": gettext_lazy("How to reach them"),
    "service": gettext_lazy("With the firm"),
    "background": gettext_lazy("Background"),
}
_REACH = (FactKind.PHONE, FactKind.EMAIL, FactKind.WECHAT, FactKind.ADDRESS)


def parts(client: Client, facts: list, user, *, may_edit: bool, may_reveal: bool, today: date) -> list[Part]:
    """The parts of the profile, each with its filled values; sealed ones masked."""
    edit = reverse("clients:edit", args=[client.pk])
    made = {
        "who": list(_who(client, may_reveal, today)),
        "reach": [*_reach(client, facts, may_edit), *_habits(client)],
        "service": list(_service(client, user)),
        "background": [
            *_background(client, facts, may_edit),
            *_sealed(client, ("family_notes", "background"), may_reveal),
        ],
    }
    reach_url = reverse("clients:fact_add", args=[client.pk]) if may_edit else ""
    return [
        Part(
            code,
            str(_TITLES[code]),
            lines,
            former=_former(client, facts, code, may_edit),
            edit_url=f"{edit}#part-{code}" if may_edit else "",
            add_url=reach_url if code == "reach" else "",
        )
        for code, lines in made.items()
    ]


def _label(name: str) -> str:
    if name == "former_names":
        return capfirst(_("former names"))
    return capfirst(str(Client._meta.get_field(name).verbose_name))


def _lines(client: Client, *pairs) -> Iterator[Line]:
    for name, value in pairs:
        if value:
            yield Line(_label(name), str(value))


def _who(client: Client, may_reveal: bool, today: date) -> Iterator[Line]:
    yield from _lines(
        client,
        ("name", client.name),
        ("latin_name", client.latin_name),
        ("former_names", listed(client.former_names)),
        ("kind", client.get_kind_display()),
        ("sex", client.get_sex_display()),
    )
    if client.birth_date:
        yield birth_line(_label("birth_date"), client.birth_date, today)
    yield from _lines(client, ("industry", client.industry))
    yield from _sealed(client, ("identity_number", "registration_number"), may_reveal)


def birth_line(label: str, born: PartialDate, today: date) -> Line:
    """A birthday, the solar day of a lunar one, and the age where the year is known."""
    known = [solar_words(born), age_words(born, today)]
    return Line(label, partial_date_words(born), sub=" · ".join(one for one in known if one))


def age_words(born: PartialDate, today: date) -> str:
    if born.year is None:
        return ""
    if born.exact:
        years = today.year - born.exact.year - ((today.month, today.day) < (born.exact.month, born.exact.day))
        return ngettext("%d year old", "%d years old", years) % years
    return _("about %d years old") % (today.year - born.year)


def birthdays(born: PartialDate | None, today: date, n: int = 5) -> list[str]:
    """The next days on which it is kept, with their weekdays."""
    return [day_with_weekday(day) for day in next_occurrences(born, today, n)] if born else []


def _reach(client: Client, facts: list, may_edit: bool) -> Iterator[Line]:
    for kind in _REACH:
        if value := getattr(client, kind):
            yield Line(_label(kind), value, value_url(kind, value))
        for fact in facts:
            if fact.kind == kind and fact.until is None:
                yield fact_line(fact, _deeds(client, fact, may_edit))


def value_url(kind: str, value: str) -> str:
    if kind == FactKind.PHONE:
        return phone_url(value)
    return f"mailto:{value}" if kind == FactKind.EMAIL else ""


def fact_line(fact, deeds: tuple[Deed, ...] = ()) -> Line:
    since = _("since %s") % date_format(fact.since, "DATE_FORMAT") if fact.since else ""
    until = _("until %s") % date_format(fact.until, "DATE_FORMAT") if fact.until else ""
    sub = " · ".join(one for one in (fact.label, since, until) if one)
    url = "" if fact.until else value_url(fact.kind, fact.value)
    return Line(fact.get_kind_display(), fact.value, url, sub, former=fact.until is not None, deeds=deeds)


def _deeds(client: Client, fact, may_edit: bool) -> tuple[Deed, ...]:
    if not may_edit:
        return ()
    return fact_deeds(fact, "clients:fact_change", [client.pk])


def fact_deeds(fact, url_name: str, keys: list) -> tuple[Deed, ...]:
    def deed(label: str, code: str, confirm: str = "") -> Deed:
        return Deed(label, reverse(url_name, args=[*keys, fact.pk, code]), confirm)

    edit = Deed(_("Since, until, what for"), reverse(f"{url_name}_form", args=[*keys, fact.pk]), form=True)
    remove = deed(_("Never was true"), "remove", _("Take it away? It stays in the audit trail only."))
    if fact.until:
        return (edit, remove)
    return (deed(_("Make it the main one"), "main"), deed(_("No longer holds"), "end"), edit, remove)


def _former(client: Client, facts: list, part: str, may_edit: bool) -> list[Line]:
    kinds = {"reach": _REACH, "background": (FactKind.EMPLOYER, FactKind.POSITION)}.get(part, ())
    return [fact_line(one, _deeds(client, one, may_edit)) for one in facts if one.kind in kinds and one.until]


def _habits(client: Client) -> Iterator[Line]:
    if client.website:
        yield Line(_label("website"), client.website.removeprefix("https://").rstrip("/"), client.website)
    yield from _lines(
        client,
        ("language", client.get_language_display()),
        ("preferred_channel", client.get_preferred_channel_display()),
        ("preferred_hours", client.preferred_hours),
        ("time_zone", client.time_zone),
    )


def _service(client: Client, user) -> Iterator[Line]:
    yield from _lines(
        client,
        ("responsible", client.responsible.display_name),
        ("department", client.department or ""),
        ("client_since", date_format(client.client_since, "DATE_FORMAT") if client.client_since else ""),
        ("source", client.get_source_display()),
    )
    yield from _referrer(client, user)
    yield from _lines(
        client,
        ("temperament", client.get_temperament_display()),
        ("business_fields", listed(BusinessField(one).label for one in client.business_fields)),
        ("service_types", listed(ServiceType(one).label for one in client.service_types)),
    )


def _referrer(client: Client, user) -> Iterator[Line]:
    picked = referrer_of(client, user)
    if picked is None:
        if client.referrer_client_id or client.referrer_person_id:
            yield Line(_label("referred_by"), _("somebody you do not see"))
        return
    names = {CLIENT: "clients:detail", PERSON: "clients:person"}
    url = reverse(names[picked.kind], args=[picked.who.pk]) if picked.kind in names else ""
    sub = (
        ""
        if picked.kind in (OUTSIDE, CLIENT)
        else _("Person on record")
        if picked.kind == PERSON
        else _("Colleague")
    )
    yield Line(_label("referred_by"), str(picked), url, sub)


def _background(client: Client, facts: list, may_edit: bool) -> Iterator[Line]:
    yield from _lines(
        client,
        ("employer", client.employer),
        ("position", client.position),
        ("education", client.education),
        ("interests", client.interests),
        ("company_size", client.get_company_size_display()),
        ("group_name", client.group_name),
        ("listing", client.listing),
        ("credit_standing", client.get_credit_standing_display()),
    )
    for fact in facts:
        if fact.kind in (FactKind.EMPLOYER, FactKind.POSITION) and fact.until is None:
            yield fact_line(fact, _deeds(client, fact, may_edit))


def _sealed(client: Client, names, may_reveal: bool) -> Iterator[Line]:
    for name in names:
        if name in SEALED and client.__dict__.get(name):  # ciphertext: there is something
            url = reverse("clients:reveal", args=[client.pk, name]) if may_reveal else ""
            yield Line(_label(name), MASK, reveal_url=url)


# -- purpose and consent ------------------------------------------------------------------------------------------

REFUSALS = {
    Refusal.NONE_RECORDED: gettext_lazy("No consent is recorded: nothing may be told to a third party."),
    Refusal.WITHDRAWN: gettext_lazy("The consent was withdrawn: nothing may be told to a third party."),
    Refusal.NOT_YET: gettext_lazy("The consent holds only from a later day."),
    Refusal.ENDED: gettext_lazy("The consent has ended: ask for it again before telling anybody anything."),
    Refusal.NOT_COVERED: gettext_lazy("The consent does not cover disclosure to third parties."),
}


@dataclass(frozen=True, slots=True)
class Principles:
    lines: list[Line]
    may_disclose: bool
    words: str  # why nothing may be disclosed


def principles(client: Client, today: date) -> Principles:
    refusal = consent_to_disclose(client, today).refusal
    lines = _lines(
        client,
        ("purpose_of_processing", client.purpose_of_processing),
        ("consent_basis", client.get_consent_basis_display()),
        ("consent_on", _given(client)),
        ("consent_until", client.consent_until and date_format(client.consent_until, "DATE_FORMAT")),
        (
            "consent_withdrawn_on",
            client.consent_withdrawn_on and date_format(client.consent_withdrawn_on, "DATE_FORMAT"),
        ),
        ("consent_note", client.consent_note),
    )
    return Principles(list(lines), refusal is None, str(REFUSALS[refusal]) if refusal else "")


def _given(client: Client) -> str:
    if not client.consent_on:
        return ""
    how = client.get_consent_form_display()
    return " · ".join(one for one in (date_format(client.consent_on, "DATE_FORMAT"), how) if one)


@dataclass(frozen=True, slots=True)
class CounselLine:
    name: str
    what: str
    sub: str
    former: bool
    edit_url: str


def counsel_lines(rows, may_edit: bool, today: date) -> list[CounselLine]:
    return [
        CounselLine(
            one.firm_name,
            one.serves_for,
            " · ".join(part for part in (one.lawyer, _span(one.since, one.until), one.note) if part),
            has_ended(one.until, today),
            reverse("clients:counsel_edit", args=[one.client_id, one.pk]) if may_edit else "",
        )
        for one in rows
    ]


def _span(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{date_format(since, 'DATE_FORMAT')} – {date_format(until, 'DATE_FORMAT')}"
    if since:
        return _("since %s") % date_format(since, "DATE_FORMAT")
    return _("until %s") % date_format(until, "DATE_FORMAT") if until else ""
