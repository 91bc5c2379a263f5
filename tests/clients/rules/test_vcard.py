"""Contact cards: what another program reads out of them is what went in."""

import re

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.rules.vcard import Card, birth_day, escaped, folded, phone_uri, vcard
from lawcrm.firm.partial_dates import PartialDate

UID = "01a200a7-56ef-74b7-a410-31d13bfa11a3"
TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), st.sampled_from(";,:\\\n\"'=^ ")
    ),
    max_size=120,
)


def read(card: Card):
    return vobject.readOne(vcard(card))


def test_a_whole_card_as_another_program_reads_it():
    card = read(
        Card(
            uid=UID,
            name="欧阳娜娜",
            latin_name="Nana Ouyang",
            sex="female",
            phones=("13800138000", "021-62345678-806", "13800138000"),
            emails=("nana@x.example",),
            wechat="nana 微信",
            birth_date=PartialDate(1980, 5, 3),
            organisations=(("Alpha; Beta, Ltd", "General counsel"), ("Gamma\\Ltd", "")),
            address="1 Road; Flat 2, Shanghai",
        )
    )
    assert card.version.value == "4.0" and card.fn.value == "欧阳娜娜"
    assert (card.n.value.family, card.n.value.given) == ("欧阳", "娜娜")
    assert [tel.value for tel in card.tel_list] == ["tel:+8613800138000", "tel:+862162345678;ext=806"]
    assert card.tel_list[0].params["TYPE"] == ["cell,work"] or card.tel_list[0].params["TYPE"] == [
        "cell",
        "work",
    ]
    assert [org.value for org in card.org_list] == [["Alpha; Beta, Ltd"], ["Gamma\\Ltd"]]
    assert card.adr.value.street == "1 Road; Flat 2, Shanghai"
    assert (card.bday.value, card.gender.value, card.email.value) == ("19800503", "F", "nana@x.example")
    assert card.uid.value == f"urn:uuid:{UID}" and card.nickname.value == "Nana Ouyang"


@settings(max_examples=300, deadline=None)
@given(name=TEXT, organisation=TEXT, position=TEXT, address=TEXT)
def test_whatever_stands_in_a_field_stays_in_it(name, organisation, position, address):
    written = vcard(Card(uid=UID, name=name, organisations=((organisation, position),), address=address))
    card = vobject.readOne(written)
    assert card.fn.value == name
    assert (card.contents["org"][0].value if organisation else [""]) == [organisation]
    assert (card.contents["title"][0].value if position else "") == position
    assert (card.adr.value.street if address else "") == address
    names = {line.partition(":")[0].partition(";")[0].rpartition(".")[2] for line in _unfolded(written)}
    assert names <= {"BEGIN", "VERSION", "KIND", "UID", "FN", "N", "ORG", "TITLE", "ADR", "END"}, (
        "no line of its own"
    )


@settings(max_examples=200, deadline=None)
@given(text=st.text(st.characters(codec="utf-8"), max_size=400))
def test_lines_are_short_and_no_character_is_cut(text):
    line = f"NOTE:{escaped(text)}"
    parts = list(folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert not re.search("[\r\n]", "".join(parts))


def _unfolded(written: str) -> list[str]:
    return written.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize(
    ("phone", "uri"),
    [
        ("13800138000", "tel:+8613800138000"),
        ("0571-87654321", "tel:+8657187654321"),
        ("010-62345678-12", "tel:+861062345678;ext=12"),
        ("+442079460000", "tel:+442079460000"),
        ("+442079460000-55", "tel:+442079460000;ext=55"),
        ("4008001234", "tel:4008001234"),
    ],
)
def test_phones_are_dialled_from_anywhere(phone, uri):
    assert phone_uri(phone) == uri


@pytest.mark.parametrize(
    ("birth", "written"),
    [
        (PartialDate(1980, 5, 3), "19800503"),
        (PartialDate(None, 5, 3), "--0503"),
        (PartialDate(1980, 5), "1980-05"),
        (PartialDate(1980), "1980"),
        (PartialDate(None, 5), "--05"),
        (PartialDate(1980, 8, 15, lunar=True), "19800923"),
        (PartialDate(None, 8, 15, lunar=True), ""),
    ],
)
def test_birthdays_as_far_as_they_are_known(birth, written):
    assert birth_day(birth) == written
