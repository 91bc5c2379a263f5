"""What of an address book entry is the client, and what stands in the note."""

import pytest

from clients.importing.columns import COLUMNS
from clients.importing.foreign.cards import ORGANISATION, Card
from clients.importing.foreign.rows import SUPPOSED, translate


def rows_of(*cards: Card, knows=lambda name: False) -> list[dict]:
    found = translate(cards, columns=COLUMNS, knows=knows)
    return [{name: row[index] for index, name in enumerate(found.fields) if row[index]} for row in found.rows]


def texts_of(*cards: Card, **options) -> list[dict]:
    return [{name: cell.text for name, cell in row.items()} for row in rows_of(*cards, **options)]


def card(number: int = 1, kind: str = "", phones=(), emails=(), **texts) -> Card:
    def group(pairs):
        return {n: {"label": label, "value": value} for n, (label, value) in enumerate(pairs)}

    return Card(number, kind, texts, {"phones": group(phones), "emails": group(emails)})


def test_the_mobile_is_the_main_phone_and_the_others_are_kept():
    (row,) = texts_of(
        card(
            given="Ann",
            phones=[
                ("Work Fax", "+44 117 496 0001"),
                ("Work", "+44 117 496 0000"),
                ("Mobile", "+44 7700 900123"),
            ],
        )
    )
    assert row["phone"] == "+44 7700 900123"
    assert row["note"].split("\n") == ["Phone (Work): +44 117 496 0000", "Work Fax: +44 117 496 0001"]


def test_the_preferred_one_comes_before_all():
    (row,) = texts_of(
        card(given="Ann", phones=[("Mobile", "+44 7700 900123"), ("* Work", "+44 117 496 0000")])
    )
    assert row["phone"] == "+44 117 496 0000"


def test_what_is_no_phone_and_no_address_is_kept_in_the_note():
    (row,) = texts_of(
        card(
            given="Ann", phones=[("Mobile", "ask Tom")], emails=[("", "ann at home"), ("", "ann@example.org")]
        )
    )
    assert "phone" not in row
    assert row["email"] == "ann@example.org"
    assert row["note"].split("\n") == ["Phone (Mobile): ask Tom", "Email: ann at home"]


def test_people_of_one_company_make_one_client():
    rows = texts_of(
        card(2, given="Ann", organisation="Acme Ltd", phones=[("Work", "+44 117 496 0001")]),
        card(3, given="Ben"),
        card(4, given="Cem", organisation="ACME Ltd.", position="Counsel"),
        card(5, kind=ORGANISATION, organisation="Acme Ltd", phones=[("", "+44 117 496 0000")]),
    )
    assert [row["name"] for row in rows] == ["Acme Ltd", "Ben"]
    assert rows[0]["note"].split("\n") == [
        "Contact person: Ann, +44 117 496 0001",
        "Contact person: Cem, Counsel",
        "Phone: +44 117 496 0000",
    ]


def test_the_kind_is_supposed_where_the_file_does_not_say_it():
    person, court, known = rows_of(
        card(1, given="Ann"),
        card(2, organisation="上海市浦东新区人民法院"),
        card(3, kind="person", given="Ben"),
    )
    assert (person["kind"].kind, person["kind"].text) == (SUPPOSED, "Natural person")
    assert (court["kind"].kind, court["kind"].text) == (SUPPOSED, "Government department")
    assert known["kind"].kind == "text"


def test_an_owner_who_works_here_is_responsible_and_another_is_remembered():
    known, unknown = texts_of(
        card(1, given="Ann", owner="Li Na"), card(2, given="Ben", owner="Gone"), knows="Li Na".__eq__
    )
    assert known["responsible"] == "Li Na"
    assert "responsible" not in unknown
    assert unknown["note"] == "Looked after by: Gone"


@pytest.mark.parametrize(
    ("birthdays", "read"),
    [
        (["4/25/1975", "5/3/1981"], ["1975-04-25", "1981-05-03"]),
        (["25/4/1975", "5/3/1981"], ["1975-04-25", "1981-03-05"]),
        (["5/3/1981", "6/7/1982"], ["5/3/1981", "6/7/1982"]),
        (["25/4/1975", "4/25/1975"], ["25/4/1975", "4/25/1975"]),
        (["1981-05-03"], ["1981-05-03"]),
    ],
)
def test_the_order_of_day_and_month_shows_in_the_whole_file(birthdays, read):
    cards = [card(number, given="Ann", birthday=text) for number, text in enumerate(birthdays, 1)]
    assert [row["birth_date"] for row in texts_of(*cards)] == read


def test_an_entry_without_a_name_is_still_a_row():
    (row,) = texts_of(card(7, emails=[("", "who@example.org")]))
    assert row == {"kind": "Natural person", "email": "who@example.org"}
