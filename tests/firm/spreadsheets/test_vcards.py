"""Address cards of all three versions, in the encodings telephones and programs write; hostile ones are refused."""

import io

import pytest

from lawcrm.firm.spreadsheets import guard
from lawcrm.firm.spreadsheets.limits import Limits, Refused
from lawcrm.firm.spreadsheets.reader import open_sheet
from lawcrm.firm.spreadsheets.vcards import PLACE, TITLES
from tests.data import make_foreign


def read(data: bytes, tmp_path, **options) -> list[dict]:
    """The cards as their child reads them: title -> text."""
    path = tmp_path / "cards.vcf"
    path.write_bytes(data)
    with open_sheet(path, **options) as sheet:
        assert sheet.format == "vcard"
        head, *rows = sheet.rows()
    assert head.number == 0
    assert tuple(head.texts) == TITLES
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    return [{title: row[place].text for title, place in PLACE.items() if row[place]} for row in rows]


def card(*lines: str, version: str = "3.0") -> str:
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])


def test_version_21_in_quoted_printable_of_two_encodings(tmp_path):
    chen, zhou = read(make_foreign.cards_21(), tmp_path)
    assert (chen["FAMILY"], chen["GIVEN"], chen["FN"]) == ("陈", "伟", "陈伟")
    assert chen["TEL"].split("\n") == [
        "work fax\t010-65051235",
        "work\t010-65051234",
        "cell pref\t+86 138 0013 8000",
    ]
    assert chen["BDAY"] == "1980-05-03"
    assert (zhou["ORG"], zhou["DEPARTMENT"], zhou["FAMILY"]) == ("南京秦淮置业有限公司", "法务部", "周")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_version_30_folded_and_grouped(tmp_path, encoding):
    nadia, ouyang, bluesky = read(make_foreign.cards_30(encoding), tmp_path)
    assert nadia["TEL"] == "cell pref\t+44 7700 900123\nAssistant\t+44 117 496 0010"
    assert nadia["ADR"] == "home pref\t\t\t12 Quay Street\tBristol\t\tBS1 4XX\tUnited Kingdom"
    assert nadia["NOTE"].split("\n") == [
        "First seen in March; likes short letters, no calls.",
        "Second line that is folded here.",
    ]
    assert nadia["BDAY"] == "--04-12"
    assert (ouyang["FAMILY"], ouyang["WECHAT"], ouyang["TITLE"]) == ("欧阳", "ouyang_jy", "法务总监")
    assert (bluesky["KIND"], bluesky["ORG"]) == ("org", "北京蓝天律师协会")


def test_version_40(tmp_path):
    kenji, harbour, club = read(make_foreign.cards_40(), tmp_path)
    assert kenji["TEL"] == "pref cell\t+81-90-1234-5678"
    assert (kenji["GENDER"], kenji["BDAY"], kenji["KIND"]) == ("M", "--04-12", "individual")
    assert harbour["TEL"] == "work\t+44-117-496-0000 ext 12"
    assert harbour["ADR"].startswith("work\t\t\tDock 3\tBristol")
    assert club["KIND"] == "group"


def test_pictures_are_passed_over_however_long(tmp_path):
    picture = "PHOTO;ENCODING=b:" + "\r\n ".join(["A" * 70] * 20_000)
    assert read(card("FN:Ann", picture, "TEL:1").encode(), tmp_path) == [{"FN": "Ann", "TEL": "\t1"}]


def test_a_card_within_a_card_is_not_another_client(tmp_path):
    inner = card("FN:Secretary").rstrip()
    assert read(card("FN:Ann", "AGENT:", inner, "TEL:1").encode(), tmp_path) == [{"FN": "Ann", "TEL": "\t1"}]


def test_lunar_birthdays_say_so(tmp_path):
    (found,) = read(card("FN:Ann", "BDAY;CALSCALE=chinese:1980-08-15").encode(), tmp_path)
    assert found["BDAY"] == "农历1980-08-15"


def test_each_property_in_its_own_encoding(tmp_path):
    lines = [b"FN;CHARSET=GBK:" + "陈伟".encode("gbk"), b"NOTE;CHARSET=UTF-8:" + "喜欢围棋".encode()]
    data = b"\r\n".join([b"BEGIN:VCARD", b"VERSION:2.1", *lines, b"END:VCARD", b""])
    assert read(data, tmp_path) == [{"FN": "陈伟", "NOTE": "喜欢围棋"}]


def test_characters_nobody_can_read_are_asked_about(tmp_path):
    data = card("FN:X").encode().replace(b"X", b"M\xfcller \xe9\xff")
    with pytest.raises(Refused) as refused:
        read(data, tmp_path)
    assert refused.value.code == "encoding_unknown"


@pytest.mark.parametrize(
    ("data", "limits", "code"),
    [
        (card("FN:Ann").encode()[:-12], Limits(), "damaged_archive"),
        (card("FN:Ann", "BEGIN:VCARD").encode(), Limits(), "damaged_archive"),
        (card("NOTE:" + "x" * 40_000).encode(), Limits(), "cell_too_long"),
        (card("NOTE:" + "\r\n x" * 400_000).encode(), Limits(), "cell_too_long"),
        (card(*["NOTE:" + "x" * 30_000] * 2).encode(), Limits(), "cell_too_long"),
        (card(*["TEL:1"] * 5_000).encode(), Limits(), "too_many_cells"),
        (card("FN:Ann").encode() * 11, Limits(rows=10), "too_many_rows"),
        (card("FN:Ann").encode() * 11, Limits(text_chars=20), "too_much_text"),
        (b"BEGIN:VCARD\r\n" + b"x" * 9_000, Limits(file_bytes=5_000), "file_too_big"),
        (b"BEGIN:VCARD\n" * 100_000, Limits(), "damaged_archive"),
    ],
)
def test_hostile_cards(data, limits, code, tmp_path):
    with pytest.raises(Refused) as refused:
        read(data, tmp_path, limits=limits)
    assert refused.value.code == code


def test_a_file_of_blank_lines_costs_little(tmp_path):
    data = b"BEGIN:VCARD\nFN:A\nEND:VCARD\n" + b"\n" * 4_000_000
    assert read(data, tmp_path) == [{"FN": "A"}]


def test_cards_are_known_by_their_beginning():
    assert guard.inspect(io.BytesIO(b"\xef\xbb\xbfbegin:vcard\r\n")) == guard.CARDS
    assert guard.inspect(io.BytesIO("BEGIN:VCARD\r\n".encode("utf-16"))) == guard.CARDS
    assert guard.inspect(io.BytesIO(b"Name,Phone\r\nBEGIN:VCARD,1\r\n")) == guard.TEXT
