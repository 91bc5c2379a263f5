"""A person on record, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clients.enums import FactKind
from clients.models import ClientPerson, Person
from clients.presenters.profile import Deed, Line, birth_line, birthdays, fact_deeds, fact_line, value_url


@dataclass(frozen=True, slots=True)
class PlaceLine:
    client: str
    client_url: str
    position: str
    roles: list[str]
    span: str
    former: bool
    edit_url: str
    move_url: str


@dataclass(frozen=True, slots=True)
class PersonPage:
    line: str
    lines: list[Line]
    former: list[Line]
    birthdays: list[str]
    places: list[PlaceLine]
    add_url: str


def person_page(person: Person, places, facts, today: date, *, may_edit: bool) -> PersonPage:
    present = [place for place in places if place.ended_on is None]
    return PersonPage(
        line=" · ".join(_at(place) for place in present),
        lines=list(_lines(person, facts, today, may_edit)),
        former=[fact_line(one, _deeds(person, one, may_edit)) for one in facts if one.until],
        birthdays=[] if person.do_not_greet else birthdays(person.birth_date, today),
        places=[_place(place, may_edit) for place in places],
        add_url=reverse("clients:person_fact_add", args=[person.pk]) if may_edit else "",
    )


def _at(place: ClientPerson) -> str:
    if place.position:
        return _("%(position)s at %(client)s") % {"position": place.position, "client": place.client.name}
    return place.client.name


def _label(name: str) -> str:
    return capfirst(str(Person._meta.get_field(name).verbose_name))


def _lines(person: Person, facts, today: date, may_edit: bool):
    for kind in (FactKind.PHONE, FactKind.EMAIL, FactKind.WECHAT, FactKind.ADDRESS):
        if value := getattr(person, kind, ""):
            yield Line(_label(kind), value, value_url(kind, value))
        for fact in facts:
            if fact.kind == kind and fact.until is None:
                yield fact_line(fact, _deeds(person, fact, may_edit))
    if person.birth_date:
        yield birth_line(_label("birth_date"), person.birth_date, today)
    for name, value in (
        ("sex", person.get_sex_display()),
        ("language", person.get_language_display()),
        ("preferred_channel", person.get_preferred_channel_display()),
        ("preferred_hours", person.preferred_hours),
        ("preferences", person.preferences),
        ("note", person.note),
    ):
        if value:
            yield Line(_label(name), str(value))


def _deeds(person: Person, fact, may_edit: bool) -> tuple[Deed, ...]:
    if not may_edit:
        return ()
    deeds = fact_deeds(fact, "clients:person_fact_change", [person.pk])
    return (
        deeds if hasattr(person, fact.kind) else tuple(one for one in deeds if not one.url.endswith("/main/"))
    )


def _place(place: ClientPerson, may_edit: bool) -> PlaceLine:
    acts = may_edit and place.ended_on is None
    return PlaceLine(
        client=place.client.name,
        client_url=reverse("clients:detail", args=[place.client_id]),
        position=place.position,
        roles=place.role_words,
        span=_span(place.since, place.ended_on),
        former=place.ended_on is not None,
        edit_url=reverse("clients:person_edit", args=[place.client_id, place.pk]) if may_edit else "",
        move_url=reverse("clients:person_move", args=[place.person_id, place.pk]) if acts else "",
    )


def _span(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{date_format(since, 'YEAR_MONTH_FORMAT')} – {date_format(until, 'YEAR_MONTH_FORMAT')}"
    if until:
        return _("until %s") % date_format(until, "YEAR_MONTH_FORMAT")
    return _("since %s") % date_format(since, "YEAR_MONTH_FORMAT") if since else ""
