"""Who a client is: name, numbers, address, what it is to the firm."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from lawcrm.desk.demo import names, notes
from lawcrm.desk.demo.background import background_of

PEOPLE_WITH_A_NUMBER = 209_000  # so many identity numbers can be told apart by birth day, region and order


def profile_of(telling, random: Random) -> dict[str, Any]:
    """The fields of a client, and under "called" how a note calls somebody whose name it does not know."""
    profile = _PROFILES.get(telling.kind, _organisation)(telling, random)
    since = date.fromordinal(telling.since)
    verified = telling.today - random.randrange(5, 400)
    return {
        "kind": telling.kind,
        "language": telling.language,
        "grade": telling.grade,
        "client_since": since,
        "source": random.choice(("direct", "referred", "referred", "alliance", "direct", "")),
        "temperament": random.choice(("", "", "", "", "demanding", "confused", "agitated")),
        "note": random.choice(notes.CLIENT_NOTES[telling.language]),
        "background": random.choice(notes.BACKGROUNDS[telling.language]) if random.random() < 0.12 else "",
        "verified_on": date.fromordinal(verified)
        if verified > telling.known and random.random() < 0.7
        else None,
        "business_fields": _business_fields(telling.kind, random),
        "service_types": random.choice(
            (["litigation"], ["advice"], ["litigation", "non_contentious"], ["retainer"], [])
        ),
        **profile,
        **background_of(telling, profile),
    }


def _business_fields(kind: str, random: Random) -> list[str]:
    if kind == "person":
        return random.choice((["civil"], ["civil"], ["civil", "criminal"], ["criminal"]))
    if kind in ("department", "public_institution"):
        return ["administrative"] if random.random() < 0.6 else ["civil", "administrative"]
    return random.choice(
        (["commercial"], ["commercial"], ["commercial", "civil"], ["commercial", "administrative"])
    )


def _organisation(telling, random: Random) -> dict[str, Any]:
    city, city_en, area, region = random.choice(names.CITIES)
    industry, industry_en, field = random.choice(names.INDUSTRIES)
    brand = names.brand(random)
    latin = f"{city_en} {names.latin_brand(brand)} {industry_en} Co., Ltd."
    return _of_organisation(
        telling, random, f"{city}{brand}{industry}{random.choice(names.FORMS)}", city, area, region,
        latin=latin if random.random() < 0.25 else "", at=names.domain(names.latin_brand(brand)),
        industry=industry if telling.chinese else field,
    )  # fmt: skip


def _state_owned(telling, random: Random) -> dict[str, Any]:
    city, city_en, area, region = random.choice(names.CITIES)
    stem, stem_en = random.choice(names.STATE_STEMS)
    form = random.choice(("集团有限公司", "集团有限公司", "有限公司", "（集团）股份有限公司"))
    district = random.choice(("", *names.DISTRICTS))
    at = names.domain(city_en + stem_en.split()[0])
    return _of_organisation(
        telling, random, f"{city}{district}{stem}{form}", city, area, region, at=at,
        industry=stem if telling.chinese else stem_en,
    )  # fmt: skip


def _foreign_invested(telling, random: Random) -> dict[str, Any]:
    city, city_en, area, region = random.choice(names.CITIES)
    brand_en, brand = random.choice(names.FOREIGN_BRANDS)
    second = random.choice(names.LATIN_FAMILY) if random.random() < 0.5 else ""
    industry, industry_en, field = random.choice(names.INDUSTRIES)
    latin = " ".join(
        word
        for word in (brand_en, second and f"& {second}", industry_en, f"({city_en})", "Co., Ltd.")
        if word
    )
    chinese = f"{brand}{industry}（{city}）有限公司"
    shown = (chinese, latin) if telling.chinese or random.random() < 0.35 else (latin, "")
    at = names.domain(brand_en + second)
    profile = _of_organisation(
        telling, random, shown[0], city, area, region, latin=shown[1], at=at,
        industry=industry if telling.chinese else field,
    )  # fmt: skip
    if not telling.chinese:
        profile["address"] = f"{random.randrange(1, 900)} {random.choice(names.ROADS_EN)}, {city_en}"
    return profile


def _public(telling, random: Random) -> dict[str, Any]:
    city, city_en, area, region = random.choice(names.CITIES)
    district = random.choice(names.DISTRICTS)
    stems = {
        "department": names.PUBLIC_DEPARTMENTS,
        "public_institution": names.INSTITUTIONS,
        "social_organisation": names.SOCIETIES,
    }[telling.kind]
    name = f"{city}{'' if telling.kind == 'social_organisation' else district}{random.choice(stems)}".replace(
        "{n}", random.choice("一二三四五六七八九")
    )
    if telling.kind == "social_organisation" and random.random() < 0.7:
        name = f"{city}{district}{name.removeprefix(city)}"
    return _of_organisation(telling, random, name, city, area, region, at=names.domain(f"{city_en}gov"))


def _of_organisation(telling, random: Random, name: str, city: str, area: str, region: str, *, at: str,
                     latin: str = "", industry: str = "") -> dict[str, Any]:  # fmt: skip
    return {
        "name": name,
        "latin_name": latin,
        "phone": names.landline(random, area) if random.random() < 0.85 else "",
        "email": f"{random.choice(('office', 'legal', 'info', 'contact'))}@{at}"
        if random.random() < 0.8
        else "",
        "address": _address(random, city),
        "industry": industry,
        "registration_number": names.credit_code(region, telling.number),
        "called": "客户" if telling.chinese else "the client",
    }


def _sole_trader(telling, random: Random) -> dict[str, Any]:
    city, _city_en, _area, region = random.choice(names.CITIES)
    owner = names.chinese_person(random)
    style = random.choice(("{family}记{trade}", "{brand}{trade}", "{name}{trade}"))
    name = style.format(
        family=owner.name[0], name=owner.name, brand=names.brand(random), trade=random.choice(names.TRADES)
    )
    return {
        "name": name,
        "phone": names.mobile(random),
        "wechat": f"wx_{owner.latin.casefold().replace(' ', '')}",
        "address": _address(random, city),
        "registration_number": names.credit_code(region, telling.number),
        "called": owner.given,
    }


def _person(telling, random: Random) -> dict[str, Any]:
    city, city_en, _area, _region = random.choice(names.CITIES)
    name = names.chinese_person(random) if telling.chinese else names.foreign_person(random)
    born = names.birth_date(random, date.fromordinal(telling.today))
    number = ""
    if telling.chinese and random.random() < 0.6:
        born, number = _identity(telling.number, born)
    phone = names.mobile(random) if telling.chinese or random.random() < 0.5 else names.foreign_number(random)
    return {
        "name": name.name,
        "latin_name": name.latin if random.random() < 0.3 else "",
        "sex": name.sex,
        "birth_date": born if number or random.random() < 0.6 else None,
        "identity_number": number,
        "phone": phone,
        "email": names.email_of(name, names.domain("mail")) if random.random() < 0.6 else "",
        "wechat": f"wx_{name.latin.casefold().replace(' ', '')}"
        if name.latin and random.random() < 0.4
        else "",
        "address": _address(random, city)
        if telling.chinese
        else f"{random.choice(names.ROADS_EN)}, {city_en}",
        "called": name.given,
    }


def _identity(number: int, born: date) -> tuple[date, str]:
    """A birth date and an identity number that no other client of the demo has."""
    if number >= PEOPLE_WITH_A_NUMBER:
        return born, ""
    rest, order = divmod(number, 999)
    sevenths, place = divmod(rest, len(names.CITIES))
    born = born.replace(day=sevenths % 7 + 1 + 7 * (born.day % 4))
    return born, names.identity_number(order + 1, names.CITIES[place][3], born)


def _address(random: Random, city: str) -> str:
    if random.random() < 0.15:
        return ""
    place = (
        f"{city}市{random.choice(names.DISTRICTS)}{random.choice(names.ROADS)}{random.randrange(1, 1200)}号"
    )
    return place + (
        f"{random.randrange(1, 30)}楼{random.randrange(1, 30):02d}室" if random.random() < 0.5 else ""
    )


_PROFILES = {
    "private": _organisation,
    "state_owned": _state_owned,
    "foreign_invested": _foreign_invested,
    "department": _public,
    "public_institution": _public,
    "social_organisation": _public,
    "sole_trader": _sole_trader,
    "person": _person,
}
