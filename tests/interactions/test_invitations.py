"""Invitations of other calendars, read."""

from zoneinfo import ZoneInfo

import pytest

from interactions.invitations import MOST_BYTES, NotAnInvitation, read_invitation

ZONE = ZoneInfo("Asia/Shanghai")
OUTLOOK = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:合同会议\r\n"
    "DTSTART;TZID=China Standard Time:20260304T093000\r\nDTEND;TZID=China Standard Time:20260304T103000\r\n"
    "ORGANIZER;CN=Zhang:mailto:Zhang@huaxia.example\r\nATTENDEE:mailto:lawyer@firm.example\r\n"
    "LOCATION:腾讯会议 123\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
).encode()


def test_an_invitation_of_outlook():
    read = read_invitation(OUTLOOK, ZONE)
    assert (read.title, read.minutes, read.channel) == ("合同会议", 60, "video")
    assert read.starts.isoformat() == "2026-03-04T01:30:00+00:00"
    assert read.addresses == ("zhang@huaxia.example", "lawyer@firm.example")
    assert read.initiator({"lawyer@firm.example"}) == "client"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"A" * (MOST_BYTES + 1)]
)
def test_what_is_none_is_refused(data):
    with pytest.raises(NotAnInvitation):
        read_invitation(data, ZONE)
