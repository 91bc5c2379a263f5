"""Labelled pairs of clients: the same one written down twice, or two that look alike. Seeded, so always the same.

Who writes a client down again does so from memory, from a card, from another list: another spelling, another phone, half
of the data. Those who are two look alike for the reasons that life has: common names, families, groups, branches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from clients.rules.matching import Candidate
from clients.rules.names import romanised
from clients.rules.scripts import _SIMPLIFIED, _TRADITIONAL
from tests.clients.rules.pair_words import (
    CITIES,
    COMMON_GIVEN,
    LATIN_FAMILY,
    LATIN_GIVEN,
    LATIN_STEMS,
    LATIN_TRADES,
    OTHER_SOUND,
    SMALL,
    SURNAMES,
    SYLLABLES,
    TRADE_NAMES,
    TRADES,
)

_TO_TRADITIONAL = {simple: old for old, simple in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}


@dataclass(frozen=True)
class Pair:
    one: Candidate
    other: Candidate
    same: bool
    why: str


def labelled_pairs(count: int = 5_000, seed: int = 2026) -> list[Pair]:
    """Two fifths the same, three fifths not; of the latter one in seven has nothing in common."""
    chance = Random(seed)
    same = [again(chance) for _ in range(count * 2 // 5)]
    kinds, weights = zip(*ALIKE, strict=True)
    others = [chance.choices(kinds, weights)[0] for _ in range(count - len(same))]
    return same + [Pair(*make(chance), False, make.__name__) for make in others]


# -- clients ------------------------------------------------------------------------------------------------


def _chinese_given(chance: Random) -> str:
    if chance.random() < 0.35:
        return chance.choice(COMMON_GIVEN)
    return "".join(chance.sample(SYLLABLES, chance.choice((1, 2, 2, 2))))


def _person_name(chance: Random) -> str:
    if chance.random() < 0.2:
        return f"{chance.choice(LATIN_GIVEN)} {chance.choice(LATIN_FAMILY)}"
    return chance.choice(SURNAMES) + _chinese_given(chance)


def _company_name(chance: Random) -> str:
    if chance.random() < 0.25:
        form = chance.choice(("Ltd", "Limited", "Inc.", "GmbH", "Co., Ltd.", "LLC"))
        return f"{chance.choice(LATIN_STEMS)} {chance.choice(LATIN_TRADES)} {form}"
    stem = (
        chance.choice(CITIES) + chance.choice(TRADE_NAMES) + chance.choice(SYLLABLES) + chance.choice(TRADES)
    )
    return stem + chance.choice(
        ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司")
    )


def _phone(chance: Random) -> str:
    return f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"


def _email(chance: Random) -> str:
    return f"{''.join(chance.sample('abcdefghijklmnopqrstuvwxyz', 7))}{chance.randrange(100)}@example.com"


def _address(chance: Random) -> str:
    return f"{chance.choice(CITIES)}市{chance.choice(TRADE_NAMES)}路{chance.randrange(1, 999)}号{chance.randrange(1, 30)}室"


def _number(chance: Random) -> str:
    return f"{chance.randrange(10**17):017d}X"


def _maybe(chance: Random, share: float, make: Callable):
    return make(chance) if chance.random() < share else ""


def _person(chance: Random, **given) -> Candidate:
    name = given.pop("name", None) or _person_name(chance)
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(365 * 65))
    values = dict(
        identity=_number(chance) if chance.random() < 0.4 else None,
        phone=_maybe(chance, 0.9, _phone),
        email=_maybe(chance, 0.5, _email),
        birth_date=born if chance.random() < 0.5 else None,
        address=_maybe(chance, 0.5, _address),
        latin_name=romanised(name) if chance.random() < 0.2 else "",
    )
    return Candidate(key=None, is_person=True, name=name, **{**values, **given})


def _company(chance: Random, **given) -> Candidate:
    values = dict(
        registration=_number(chance) if chance.random() < 0.4 else None,
        phone=_maybe(chance, 0.8, _phone),
        email=_maybe(chance, 0.5, _email),
        address=_maybe(chance, 0.6, _address),
    )
    name = given.pop("name", None) or _company_name(chance)
    return Candidate(key=None, is_person=False, name=name, **{**values, **given})


# -- the same one again -------------------------------------------------------------------------------------


def again(chance: Random) -> Pair:
    """One client written down twice, each time with what was at hand."""
    person = chance.random() < 0.6
    one = (_person if person else _company)(chance)
    retell = chance.choice(RETOLD_PERSON if person else RETOLD_COMPANY)
    return Pair(one, _half_told(chance, retell(chance, one)), True, retell.__name__)


def _half_told(chance: Random, one: Candidate) -> Candidate:
    """Of what is known a part is told again, some of it has changed since."""
    return replace(
        one,
        identity=one.identity if chance.random() < 0.6 else None,
        registration=one.registration if chance.random() < 0.6 else None,
        phone=_told_phone(chance, one.phone),
        email=chance.choices((one.email, one.email.upper(), "", _email(chance)), (6, 1, 2, 1))[0],
        birth_date=one.birth_date if chance.random() < 0.7 else None,
        address=chance.choices((one.address, "", _address(chance)), (6, 3, 1))[0],
        latin_name=one.latin_name if chance.random() < 0.7 else "",
    )


def _told_phone(chance: Random, phone: str) -> str:
    if not phone:
        return _maybe(chance, 0.3, _phone)
    spaced = f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return chance.choices((phone, spaced, "", _phone(chance)), (8, 3, 1, 1))[0]


def as_it_was(chance: Random, one: Candidate) -> Candidate:
    return one


def spaced_and_cased(chance: Random, one: Candidate) -> Candidate:
    name = one.name.upper() if one.name.isascii() else one.name
    return replace(one, name=f" {name[:1]} {name[1:]} " if not name.isascii() else f"  {name} ")


def slipped(chance: Random, one: Candidate) -> Candidate:
    """A character of the same sound, another one, or one letter less."""
    name = list(one.name)
    sounding = [i for i, c in enumerate(name) if c in OTHER_SOUND and i > 0]
    if sounding:
        place = chance.choice(sounding)
        name[place] = chance.choice(OTHER_SOUND[name[place]])
    elif one.name.isascii() and len(name) > 6:
        del name[chance.randrange(1, len(name) - 1)]
    elif len(name) > 2:
        name[chance.randrange(1, len(name) - 1)] = chance.choice(SYLLABLES)
    return replace(one, name="".join(name), latin_name="")


def traditional(chance: Random, one: Candidate) -> Candidate:
    return replace(one, name="".join(_TO_TRADITIONAL.get(c, c) for c in one.name))


def in_pinyin(chance: Random, one: Candidate) -> Candidate:
    """The name as in a passport, either way round."""
    latin = romanised(one.name)
    if not latin:
        return turned(chance, one)
    family, _space, given = latin.partition(" ")
    return replace(
        one, name=chance.choice((latin, f"{given} {family}", f"{family.upper()} {given}")), latin_name=""
    )


def turned(chance: Random, one: Candidate) -> Candidate:
    words = one.name.split()
    return replace(one, name=f"{words[-1]}, {' '.join(words[:-1])}" if len(words) > 1 else one.name)


def renamed(chance: Random, one: Candidate) -> Candidate:
    """Known by another name since; the former one is on record on one side."""
    name = _person_name(chance) if one.is_person else _company_name(chance)
    return replace(one, name=name, former_names=(one.name,), latin_name="")


_LONG_AND_SHORT = {
    "有限公司": ("有限责任公司", "", "公司"), "有限责任公司": ("有限公司", ""), "股份有限公司": ("股份公司", "有限公司", ""),
    "集团有限公司": ("集团", "集团有限责任公司"), " Ltd": (" Limited", ", Ltd.", ""), " Limited": (" Ltd", ""),
    " Inc.": (", Incorporated", " Inc", ""), " GmbH": (" gmbh", ""), " Co., Ltd.": (" Co Ltd", " Company Limited", " Ltd"),
    " LLC": (" L.L.C.", ""),
}  # fmt: skip


def other_form(chance: Random, one: Candidate) -> Candidate:
    """The legal form written otherwise, or left away."""
    for form in sorted(_LONG_AND_SHORT, key=len, reverse=True):
        if one.name.endswith(form):
            return replace(one, name=one.name.removesuffix(form) + chance.choice(_LONG_AND_SHORT[form]))
    return one


def for_short(chance: Random, one: Candidate) -> Candidate:
    """What people call it: 华信科技 for 北京华信科技有限公司."""
    for city in CITIES:
        if one.name.startswith(city):
            stem = one.name.removeprefix(city)
            for form in sorted(_LONG_AND_SHORT, key=len, reverse=True):
                stem = stem.removesuffix(form)
            return replace(one, name=stem)
    return other_form(chance, one)


RETOLD_PERSON = (
    as_it_was, as_it_was, as_it_was, as_it_was, spaced_and_cased, slipped, traditional, in_pinyin, turned, renamed,
)  # fmt: skip
RETOLD_COMPANY = (
    as_it_was, as_it_was, as_it_was, spaced_and_cased, slipped, traditional, other_form, other_form, for_short, renamed,
)  # fmt: skip


# -- two that look alike ------------------------------------------------------------------------------------


def namesakes(chance: Random):
    """Two people of one common name, each with their own phone."""
    one = _person(chance, name=chance.choice(SURNAMES[:30]) + chance.choice(COMMON_GIVEN))
    return one, _person(chance, name=one.name)


def foreign_namesakes(chance: Random):
    one = _person(chance, name=f"{chance.choice(LATIN_GIVEN)} {chance.choice(LATIN_FAMILY)}")
    return one, _person(chance, name=one.name)


def family(chance: Random):
    """Parents and children: one phone, one address, often one character of the name in common."""
    surname, shared = chance.choice(SURNAMES), chance.choice(SYLLABLES)
    one = _person(chance, name=surname + shared + chance.choice(SYLLABLES))
    name = surname + (shared if chance.random() < 0.4 else "") + chance.choice(SYLLABLES)
    name = name if name != one.name else surname + _chinese_given(chance)
    email = one.email if chance.random() < 0.1 else _maybe(chance, 0.4, _email)
    return one, _person(chance, name=name, phone=one.phone, address=one.address, email=email)


def father_and_son(chance: Random):
    """John Smith and his father of the same name: seldom, and nothing but the numbers tells."""
    one = _person(chance, name=f"{chance.choice(LATIN_GIVEN)} {chance.choice(LATIN_FAMILY)}")
    return one, _person(
        chance, name=one.name, address=one.address, phone=chance.choice((one.phone, _phone(chance)))
    )


def sounding_alike(chance: Random):
    """张伟 and 章维, sometimes at the same switchboard or by one Latin name."""
    given = chance.choice(list(OTHER_SOUND))
    surname = chance.choice(SURNAMES)
    one = _person(chance, name=surname + given)
    phone = one.phone if chance.random() < 0.25 else _phone(chance)
    other = _person(chance, name=surname + chance.choice(OTHER_SOUND[given]), phone=phone)
    if chance.random() < 0.3:
        return replace(one, latin_name=romanised(one.name)), replace(other, latin_name=romanised(other.name))
    return one, other


def colleagues(chance: Random):
    """Clients who gave the number of their employer, or its mailbox."""
    one = _person(chance)
    return one, _person(
        chance, phone=one.phone, email=one.email if chance.random() < 0.15 else _email(chance)
    )


def of_one_group(chance: Random):
    """Companies of a group: one trade name, one switchboard, different trades or countries."""
    shared = {"phone": _phone(chance)} if chance.random() < 0.4 else {}
    if chance.random() < 0.35:
        stem = f"{chance.choice(LATIN_STEMS)} {chance.choice(LATIN_TRADES)}"
        forms = chance.sample(("Ltd", "GmbH", "Inc.", "S.A.", "B.V.", "Pty Ltd"), 2)
        names = [f"{stem} {form}" for form in forms]
    else:
        start = chance.choice(CITIES) + chance.choice(TRADE_NAMES)
        names = [f"{start}{trade}有限公司" for trade in chance.sample(TRADES, 2)]
        if chance.random() < 0.4:
            names[0] = f"{start}集团有限公司"
    return _company(chance, name=names[0], **shared), _company(chance, name=names[1], **shared)


def branches(chance: Random):
    """A company and its branch in another city."""
    one = _company(
        chance, name=chance.choice(CITIES) + chance.choice(TRADE_NAMES) + chance.choice(TRADES) + "有限公司"
    )
    phone = one.phone if chance.random() < 0.4 else _phone(chance)
    return one, _company(chance, name=f"{one.name}{chance.choice(CITIES)}分公司", phone=phone)


def numbered(chance: Random):
    """第一 and 第二 hospital of one city."""
    city, (first, second) = chance.choice(CITIES), chance.sample("一二三四五六", 2)
    kind = chance.choice(("人民医院", "中学", "建筑工程公司"))
    return _company(chance, name=f"{city}市第{first}{kind}"), _company(
        chance, name=f"{city}市第{second}{kind}"
    )


def shops_of_one_name(chance: Random):
    """阳光幼儿园 in two towns."""
    name = chance.choice(SMALL)
    return _company(chance, name=name), _company(chance, name=name)


def trade_names_alike(chance: Random):
    """北京华信… and 上海华信…: two companies."""
    stem = chance.choice(TRADE_NAMES) + chance.choice(TRADES)
    first, second = chance.sample(CITIES, 2)
    return _company(chance, name=f"{first}{stem}有限公司"), _company(chance, name=f"{second}{stem}有限公司")


def person_and_firm(chance: Random):
    """The owner and the shop: one phone."""
    one = _person(chance)
    return one, _company(chance, phone=one.phone, email=one.email)


def strangers(chance: Random):
    make = chance.choice((_person, _company))
    return make(chance), make(chance)


ALIKE = (
    (namesakes, 18), (foreign_namesakes, 4), (family, 14), (father_and_son, 0.5), (sounding_alike, 8), (colleagues, 9),
    (of_one_group, 12), (branches, 8), (numbered, 4), (shops_of_one_name, 3), (trade_names_alike, 5),
    (person_and_firm, 3), (strangers, 14),
)  # fmt: skip
