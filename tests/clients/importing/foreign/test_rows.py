"""What of an address book entry is the client, and what stands in the note."""

import pytest

from clients.importing.columns import COLUMNS
from clients.importing.foreign.cards import ORGANISATION, Card
from clients.importing.foreign.rows import SUPPOSED, translate


def listed(fields, rows) -> list[dict]:
    return [{name: row[index] for index, name in enumerate(fields) if row[index]} for row in rows]


def rows_of(*cards: Card, knows=lambda name: False) -> list[dict]:
    found = translate(cards, columns=COLUMNS, knows=knows)
    return listed(found.fields, found.rows)


def texts_of(*cards: Card, **options) -> list[dict]:
    return [{name: cell.text for name, cell in row.items()} for row in rows_of(*cards, **options)]


def people_of(*cards: Card) -> list[dict]:
    found = translate(cards, columns=COLUMNS, knows=lambda name: False)
    return [
        {name: cell.text for name, cell in row.items()} for row in listed(found.people_fields, found.people)
    ]


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
    assert row["other_phones"].splitlines() == ["+44 117 496 0000 (Work)", "+44 117 496 0001 (Work Fax)"]
    assert "note" not in row


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


AT_ACME = (
    card(2, given="Ann", organisation="Acme Ltd", phones=[("Work", "+44 117 496 0001"), ("Fax", "+44 1")]),
    card(3, given="Ben"),
    card(4, given="Cem", organisation="ACME Ltd.", position="Counsel", phones=[("Company Main Phone", "+44 117 496 0000")]),
    card(5, kind=ORGANISATION, organisation="Acme Ltd", emails=[("", "office@acme.example")], note="Est. 1901"),
)  # fmt: skip


def test_people_of_one_company_make_one_client():
    acme, ben = texts_of(*AT_ACME)
    assert acme == {
        "name": "Acme Ltd",
        "kind": "Private enterprise",
        "phone": "+44 117 496 0000",
        "email": "office@acme.example",
        "note": "Est. 1901",
    }
    assert ben["name"] == "Ben"


def test_they_are_people_at_that_client():
    assert people_of(*AT_ACME) == [
        {"client": "Acme Ltd", "name": "Ann", "phone": "+44 117 496 0001", "note": "Fax: +44 1"},
        {"client": "Acme Ltd", "name": "Cem", "position": "Counsel"},
    ]


def test_what_a_persons_note_cannot_take_stands_with_the_client():
    talkative = card(given="Ann", organisation="Acme Ltd", nickname="Annie", note="word " * 90)
    assert people_of(talkative)[0]["note"] == "Nickname: Annie"
    assert texts_of(talkative)[0]["note"] == "Ann: " + ("word " * 90).strip()


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


def test_the_first_website_has_its_column():
    entry = card(given="Ann")
    entry.groups["websites"] = {
        n: {"value": text} for n, text in enumerate(("see card", "ann.example", "x.example"))
    }
    (row,) = texts_of(entry)
    assert row["website"] == "ann.example"
    assert row["note"].split("\n") == ["Website: see card", "Website: x.example"]


def test_an_entry_without_a_name_is_still_a_row():
    (row,) = texts_of(card(7, emails=[("", "who@example.org")]))
    assert row == {"kind": "Natural person", "email": "who@example.org"}
