"""Invitations of other calendars: read, matched to a client, made the draft of a contact."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from interactions.invitations import MOST_BYTES, NotAnInvitation, read_invitation
from interactions.models import ContactDraft, FollowUp
from lawcrm.firm import clock
from tests.clients.build import make_client, make_client_person
from tests.people import make_person

ZONE = ZoneInfo("Asia/Shanghai")
FILES = Path(__file__).parent / "invitations"
APRIL = datetime(2026, 4, 1, 4, tzinfo=UTC)
URL = "/interactions/invitation/"


def read(name, now=APRIL):
    return read_invitation((FILES / f"{name}.ics").read_bytes(), ZONE, now)


def test_an_invitation_of_outlook():
    held = read("outlook")
    assert (held.title, held.minutes, held.channel) == ("Supply contract: open points", 45, "video")
    assert held.starts == datetime(2026, 3, 4, 6, 30, tzinfo=UTC)
    assert held.addresses == ("zhang.wei@huaxia.example", "lawyer@firm.example", "liu.fang@huaxia.example")
    assert held.initiator({"lawyer@firm.example"}) == "client"
    assert "bring the draft" in held.note and held.is_plain


def test_an_invitation_of_google():
    held = read("google")
    assert (held.starts, held.minutes, held.channel) == (datetime(2026, 3, 5, 9, tzinfo=UTC), 60, "video")
    assert held.initiator({"lawyer@firm.example"}) == "firm"


@pytest.mark.parametrize("name", ["tencent_utf8", "tencent_gb18030"])
def test_a_chinese_invitation(name):
    held = read(name)
    assert (held.title, held.minutes, held.channel) == ("华夏实业股权转让协议讨论会", 90, "video")
    assert held.starts == datetime(2026, 3, 6, 2, tzinfo=UTC)


def test_a_meeting_called_off_says_so():
    assert read("cancelled").cancelled


def test_of_a_meeting_that_recurs_the_last_is_meant():
    """London's clocks change between; one was left out, one moved to another day."""
    held = read("recurring")
    assert [f"{moment:%m-%d %H:%M}" for moment in held.occasions] == [
        "03-09 09:00", "03-23 09:00", "03-31 15:00", "04-06 08:00",
    ]  # fmt: skip
    assert held.starts == datetime(2026, 3, 31, 15, tzinfo=UTC)
    early = read("recurring", datetime(2026, 1, 1, tzinfo=UTC))
    assert (early.starts.day, len(early.occasions)) == (2, 1)
    late = read("recurring", datetime(2027, 1, 1, tzinfo=UTC))
    assert f"{late.starts:%m-%d}" == "06-01"


def hostile(rule):
    return (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:19000101T000000Z\r\n"
        f"RRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"hello", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"A" * (MOST_BYTES + 1), b"\xff\xfe\x00",
        hostile("FREQ=SECONDLY"), hostile("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), b"\x80" * 99,
    ],
)  # fmt: skip
def test_what_is_none_is_refused(data):
    with pytest.raises(NotAnInvitation):
        read_invitation(data, ZONE, APRIL)


# -- the page -----------------------------------------------------------------------------------------------------


@pytest.fixture
def lawyer(client, db):
    person = make_person("lawyer", email="Lawyer@firm.example")
    client.force_login(person)
    return person


@pytest.fixture
def huaxia(lawyer):
    made = make_client(lawyer, name="华夏实业")
    make_client_person(made, "Zhang Wei", email="zhang.wei@HUAXIA.example")
    make_client_person(made, "Liu Fang", email="liu.fang@huaxia.example")
    make_client_person(made, "Somebody Else", email="else@huaxia.example")
    return made


def upload(client, name, **values):
    data = (FILES / f"{name}.ics").read_bytes()
    with clock.standing_at(APRIL):
        return client.post(URL, values | {"file": SimpleUploadedFile("invite.ics", data)})


def fields_of(draft):
    return json.loads(draft.fields)


def test_it_becomes_a_draft_of_the_client_whose_people_were_invited(client, lawyer, huaxia):
    colleague = make_person("colleague", email="partner@firm.example")
    answer = upload(client, "outlook")
    draft = ContactDraft.objects.get()
    assert answer["Location"] == f"{reverse('interactions:log')}?draft={draft.pk}"
    fields = fields_of(draft)
    names = set(huaxia.places.filter(person__pk__in=fields["people"]).values_list("person__name", flat=True))
    assert names == {"Zhang Wei", "Liu Fang"}
    assert (fields["initiator"], fields["channel"], fields["minutes"]) == (["client"], ["video"], ["45"])
    assert (fields["at"], fields["colleagues"]) == (["2026-03-04T14:30"], []) and colleague
    page = client.get(answer["Location"]).content.decode()
    assert "bring the draft" in page and "2026-03-04T14:30" in page


def test_nobody_known_somebody_chooses(client, lawyer, huaxia):
    answer = upload(client, "google")
    assert answer.status_code == 200 and "anna@harbour.example" in answer.content.decode()
    text = answer.context["form"].cleaned_data["text"]
    found = client.post(URL, {"text": text, "q": "华夏"})
    assert [one.name for one in found.context["clients"]] == ["华夏实业"]
    client.post(URL, {"text": text, "client": huaxia.pk})
    assert fields_of(ContactDraft.objects.get())["people"] == []


def test_of_a_meeting_that_recurs_one_time_is_chosen(client, lawyer, huaxia):
    answer = upload(client, "recurring")
    assert len(answer.context["page"].occasions) == 4
    text, first = answer.context["form"].cleaned_data["text"], answer.context["page"].occasions[0].value
    with clock.standing_at(APRIL):
        client.post(URL, {"text": text, "client": huaxia.pk, "at": first})
    assert fields_of(ContactDraft.objects.get())["at"] == ["2026-03-09T17:00"]


def test_one_called_off_is_no_draft_by_itself(client, lawyer, huaxia):
    answer = upload(client, "cancelled")
    assert answer.context["page"].cancelled and not ContactDraft.objects.exists()


def test_of_one_to_come_one_is_reminded(client, lawyer, huaxia):
    with clock.standing_at(datetime(2026, 3, 2, 4, tzinfo=UTC)):
        data = (FILES / "outlook.ics").read_text()
        answer = client.post(URL, {"text": data})
        assert answer.context["page"].is_ahead
        client.post(URL, {"text": data, "remind": huaxia.pk})
    row = FollowUp.objects.get(origin="hand")
    assert (row.title, row.client, row.person.name) == ("Supply contract: open points", huaxia, "Zhang Wei")
    assert row.due_at == datetime(2026, 3, 4, 7, 15, tzinfo=UTC)


def test_a_client_behind_the_door_is_neither_guessed_nor_taken(client, lawyer):
    other = make_client(make_person("colleague"), name="Harbour")
    make_client_person(other, "Anna Bell", email="anna@harbour.example")
    answer = upload(client, "google")
    assert "Harbour" not in answer.content.decode()
    text = (FILES / "google.ics").read_text()
    assert client.post(URL, {"text": text, "client": other.pk}).status_code == 404
    assert not ContactDraft.objects.exists()


def test_what_is_none_is_said(client, lawyer):
    assert client.post(URL, {"text": "hello"}).status_code == 422
    assert client.post(URL, {}).status_code == 422
