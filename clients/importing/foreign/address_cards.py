"""Rows that the reader makes of address cards (lawcrm/firm/spreadsheets/vcards.py) as Cards."""

from clients.importing.foreign.cards import ORGANISATION, PERSON, Card
from lawcrm.firm.spreadsheets.reader import Row
from lawcrm.firm.spreadsheets.vcards import PLACE

PROGRAM = "vCard"
_TEXTS = {
    "full_name": "FN", "family": "FAMILY", "given": "GIVEN", "middle": "ADDITIONAL", "prefix": "PREFIX",
    "suffix": "SUFFIX", "sound_family": "SOUND FAMILY", "sound_given": "SOUND GIVEN", "nickname": "NICKNAME",
    "organisation": "ORG", "department": "DEPARTMENT", "position": "TITLE", "wechat": "WECHAT", "birthday": "BDAY",
    "sex": "GENDER", "note": "NOTE",
}  # fmt: skip
_GROUPS = {"phones": "TEL", "emails": "EMAIL", "websites": "URL"}
_PARTS = ("po_box", "extended", "street", "city", "region", "code", "country")
_KINDS = {"org": ORGANISATION, "organization": ORGANISATION, "individual": PERSON, "": ""}


def read_card(row: Row) -> Card:
    kind = _cell(row, "KIND")
    card = Card(row.number, kind=_KINDS.get(kind, kind))
    card.texts = {name: text for name, title in _TEXTS.items() if (text := _cell(row, title))}
    if card.kind == ORGANISATION and not card.organisation:
        card.texts["organisation"] = card.full_name
    for group, title in _GROUPS.items():
        card.groups[group] = {
            number: {"label": label, "value": value}
            for number, (label, value) in enumerate(_lines(row, title))
        }
    card.groups["addresses"] = {
        number: {"label": label, **dict(zip(_PARTS, fields, strict=False))}
        for number, (label, *fields) in enumerate(_lines(row, "ADR"))
    }
    return card


def _cell(row: Row, title: str) -> str:
    return row[PLACE[title]].text


def _lines(row: Row, title: str) -> list[list[str]]:
    lines = [line.split("\t") for line in _cell(row, title).split("\n")]
    return [line for line in lines if len(line) > 1]
