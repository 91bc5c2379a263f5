"""An entry of an address book, whichever program wrote it, and what of it is fit for a client's profile."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from clients.rules.names import CJK, has_han, normal_form

_CJK = re.compile(f"[{CJK}]")
_SEVERAL = ":::"  # how Google joins several values of one label
PERSON, ORGANISATION = "person", "organisation"
MOBILE = re.compile(r"\b(?:mobile|cell|iphone|main|primary)\b|手机|移动|主要", re.I)
OF_COMPANY = re.compile(r"company main|单位主要|總機|总机|switchboard", re.I)
NOT_SPOKEN = re.compile(r"fax|pager|telex|isdn|tty|callback|传真|寻呼|电报|回电", re.I)
AT_HOME = re.compile(r"\bhome\b|住宅|家庭|private", re.I)
PREFERRED = re.compile(r"\bpref\b|^\s*\*")


@dataclass(slots=True)
class Card:
    """`kind`: PERSON, ORGANISATION, another word the file has for it, or "" where it says nothing.

    The groups (phones, ...): key -> {part: text}; a key is whatever tells the entries of one card apart.
    """

    number: int
    kind: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    groups: dict[str, dict[object, dict[str, str]]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> str:
        return self.texts.get(name, "")

    @property
    def person_name(self) -> str:
        """Family name first where it is written in Chinese, Japanese or Korean; else as it is said."""
        family, given = self.family, " ".join(filter(None, (self.given, self.middle)))
        if _CJK.search(family + given):
            return _east_asian(family, given, self.full_name)
        name = " ".join(filter(None, (given, family, self.suffix)))
        return name or self.full_name

    @property
    def sound(self) -> str:
        """The name in Latin letters that some programs keep for sorting: Chen Wei of 陈伟."""
        family, given = self.sound_family, self.sound_given
        sound = " ".join(filter(None, (family, given)))
        return sound if sound.isascii() and has_han(self.person_name) else ""

    @property
    def is_organisation(self) -> bool:
        if self.kind:
            return self.kind == ORGANISATION
        name = self.person_name
        return bool(self.organisation) and (not name or normal_form(name) == normal_form(self.organisation))

    def entries(self, group: str) -> Iterator[tuple[str, str]]:
        """(label, value) of the phones, the mail addresses, ...: those the person prefers first."""
        found = list(self._entries(group))
        yield from sorted(found, key=lambda entry: not PREFERRED.search(entry[0]))

    def _entries(self, group: str) -> Iterator[tuple[str, str]]:
        for parts in self.groups.get(group, {}).values():
            for value in parts.get("value", "").split(_SEVERAL):
                if value.strip():
                    yield parts.get("label", ""), value.strip()

    def addresses(self) -> Iterator[tuple[str, str]]:
        for parts in self.groups.get("addresses", {}).values():
            if address := one_address(parts):
                yield parts.get("label", ""), address


def _east_asian(family: str, given: str, full: str) -> str:
    if "·" in full and has_han(full):  # 买买提·艾力 has no family name to stand first
        return full
    given = given.replace(" ", "") if _CJK.search(given) else given
    together = "" if _CJK.search(family) and _CJK.search(given) else " "
    return together.join(filter(None, (family, given))) or full


def one_address(parts: dict[str, str]) -> str:
    """On one line: from the large to the small in Chinese, else as on an envelope."""
    if whole := parts.get("whole"):
        return ", ".join(line.strip() for line in whole.splitlines() if line.strip())
    street = _joined(parts, ("po_box", "extended", "street", "street2", "street3"), ", ")
    city, region, code, country = (
        parts.get(name, "").strip() for name in ("city", "region", "code", "country")
    )
    if has_han(street + city + region):
        region = "" if region == city else region
        country = "" if country in ("中国", "中华人民共和国", "China", "CN") else country
        place = "".join((country, region, city, street.replace(", ", "")))
        return f"{place} {code}".strip()
    return ", ".join(filter(None, (street, city, " ".join(filter(None, (region, code))), country)))


def _joined(parts: dict[str, str], names: Iterable[str], sign: str) -> str:
    return sign.join(filter(None, (parts.get(name, "").strip() for name in names)))


def plain_label(label: str) -> str:
    """Work of "* Work", of "pref work"."""
    return PREFERRED.sub("", label).strip(" *")
