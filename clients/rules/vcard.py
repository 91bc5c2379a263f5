"""A person as a vCard 4.0 (RFC 6350) or 3.0 (RFC 2426), for address books of phones and mail programs.

Outlook and many telephones read 3.0 alone; 4.0 says more: sex, language, birthdays of which not all is known.
What an address book needs and no more: notes, roles and what the firm thinks of somebody stay here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from clients.rules.names import is_han, normal_form, split_person_name
from lawcrm.firm.partial_dates import PartialDate

_LINE = 75  # octets of a line, its break aside
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAKS = re.compile("\r\n|\r|\n|\u2028|\u2029|\x85")
_SEXES = {"female": "F", "male": "M"}
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0(\d{2,3})-?(\d{7,8})(?:-(\d+))?")


@dataclass(frozen=True, slots=True)
class Card:
    """`organisations`: (name, position there), the first the main one."""

    uid: str
    name: str
    latin_name: str = ""
    sex: str = ""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    wechat: str = ""
    birth_date: PartialDate | None = None
    organisations: tuple[tuple[str, str], ...] = ()
    address: str = ""
    language: str = ""


def vcard(card: Card, version: str = "4.0") -> str:
    """The card as a file holds it."""
    lines = _lines_of_3(card) if version == "3.0" else _lines(card)
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A value of text: separators, backslashes and line breaks as RFC 6350 3.4 writes them."""
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    for sign in "\\,;":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, each but the first behind a space; no character is cut in two."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part


def _lines(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:individual"
    yield f"UID:urn:uuid:{card.uid}"
    yield f"FN:{escaped(card.name)}"
    yield f"N:{_components(name_parts(card.name))};;;"
    if card.latin_name and card.latin_name != card.name:
        yield f"NICKNAME:{escaped(card.latin_name)}"
    if card.sex in _SEXES:
        yield f"GENDER:{_SEXES[card.sex]}"
    yield from _organisations(card.organisations)
    for phone in _once(card.phones):
        yield f'TEL;VALUE=uri;TYPE="{_phone_type(phone)}":{phone_uri(phone)}'
    for email in _once(card.emails):
        yield f"EMAIL;TYPE=work:{escaped(email)}"
    if card.wechat:
        yield f"IMPP;X-SERVICE-TYPE=WeChat:weixin:{_uri_text(card.wechat)}"
    if card.address:
        yield f"ADR;TYPE=work:;;{escaped(card.address)};;;;"
    if card.birth_date and (day := birth_day(card.birth_date)):
        yield f"BDAY:{day}"
    if card.language:
        yield f"LANG:{card.language}"
    yield "END:VCARD"


def _lines_of_3(card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"UID:{card.uid}"
    yield f"FN:{escaped(card.name)}"
    yield f"N:{_components(name_parts(card.name))};;;"
    if card.latin_name and card.latin_name != card.name:
        yield f"NICKNAME:{escaped(card.latin_name)}"
    yield from _organisations(card.organisations)
    for phone in _once(card.phones):
        number = f"+86{phone}" if _MOBILE.fullmatch(phone) else phone
        yield f"TEL;TYPE={_phone_type(phone).upper()}:{escaped(number)}"
    for email in _once(card.emails):
        yield f"EMAIL;TYPE=INTERNET,WORK:{escaped(email)}"
    if card.wechat:
        yield f"IMPP;X-SERVICE-TYPE=WeChat:weixin:{_uri_text(card.wechat)}"
    if card.address:
        yield f"ADR;TYPE=WORK:;;{escaped(card.address)};;;;"
    if card.birth_date and (day := card.birth_date.exact):
        yield f"BDAY:{day.isoformat()}"
    elif card.birth_date and card.birth_date.month and card.birth_date.day and not card.birth_date.lunar:
        # as telephones write a birthday without its year
        yield f"BDAY;X-APPLE-OMIT-YEAR=1604:1604-{card.birth_date.month:02d}-{card.birth_date.day:02d}"
    yield "END:VCARD"


def name_parts(name: str) -> tuple[str, str]:
    """Family and given name as they are written: address books sort and show by them."""
    if is_han(normal_form(name)):
        length = len(split_person_name(name)[0])
        return name[:length], name[length:].strip()
    given, _space, family = name.rpartition(" ")
    return (family, given) if given else ("", family)


def _organisations(places: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Each organisation with the position there: one group of properties."""
    for number, (name, position) in enumerate(places, start=1):
        if name:
            yield f"work{number}.ORG:{escaped(name)}"
        if position:
            yield f"work{number}.TITLE:{escaped(position)}"


def _components(names: Iterable[str]) -> str:
    return ";".join(escaped(name) for name in names)


def _once(values: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(value for value in values if value))


def phone_uri(phone: str) -> str:
    """The number as a telephone dials it from anywhere; as it stands where we cannot tell."""
    if _MOBILE.fullmatch(phone):
        return f"tel:+86{phone}"
    if landline := _LANDLINE.fullmatch(phone):
        extension = f";ext={landline[3]}" if landline[3] else ""
        return f"tel:+86{landline[1]}{landline[2]}{extension}"
    number, _sign, extension = phone.partition("-") if phone.startswith("+") else (phone, "", "")
    digits = re.sub(r"[^\d+]", "", number)
    return f"tel:{digits}{f';ext={extension}' if extension.isdigit() else ''}"


def _phone_type(phone: str) -> str:
    return "cell,work" if _MOBILE.fullmatch(phone) else "voice,work"


def _uri_text(text: str) -> str:
    """What may stand in a URI as it is; the rest by its octets."""
    return quote(_CONTROLS.sub("", text), safe="")


def birth_day(birth: PartialDate) -> str:
    """As far as it is known (RFC 6350 4.3.1). A lunar day only where the solar one is certain."""
    if birth.lunar:
        return f"{birth.exact:%Y%m%d}" if birth.exact else ""
    year = f"{birth.year:04d}" if birth.year else "--"
    if birth.month and birth.day:
        return f"{year}{birth.month:02d}{birth.day:02d}"
    if birth.month:
        return f"{year}-{birth.month:02d}" if birth.year else f"--{birth.month:02d}"
    return year
