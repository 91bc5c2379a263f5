"""Real mails as programs write them, and what broken and hostile ones come to."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from interactions.mail import reading
from interactions.mail.reading import Refused, read_mail

SAMPLES = Path(__file__).parent / "samples"


def sample(name):
    return read_mail((SAMPLES / f"{name}.eml").read_bytes())


def test_gb2312_with_a_character_cut_in_two():
    mail = sample("gb2312_bcc")
    assert mail.subject == "关于采购合同的修改意见"
    assert mail.text == "您好，合同已收到，请查收附件。\n张总"
    assert (mail.sender, mail.to) == ("lawyer@firm.example", ("zhang@huaxia.example",))
    assert "crm+feedfacefeedfaceface@firm.example" in mail.delivered_to
    assert mail.at == datetime(2026, 3, 4, 2, 20, 30, tzinfo=UTC)
    assert mail.message_id == "gb2312@mail.example"


def test_quoted_printable_in_a_thread():
    mail = sample("quoted_printable")
    assert mail.subject == "Entwurf – 草稿"
    assert mail.text == "Grüße, the draft is fine – 请签字。"
    assert mail.thread == ("gb2312@mail.example",)


def test_of_two_forms_the_plain_one_and_attachments_by_name_only():
    mail = sample("alternative")
    assert mail.text == "The plain text."
    assert mail.attachments == ("合同终稿.pdf",)
    assert "SECRET" not in str(mail)


def test_marks_are_taken_away():
    assert sample("html_only").text == "First line\n\nSecond <b> line"


def test_passed_on_as_an_attachment():
    inner = sample("forwarded_attached").forwarded
    assert (inner.sender, inner.subject) == ("zhang@huaxia.example", "A question of law")
    assert inner.at == datetime(2026, 3, 3, 2, 20, 30, tzinfo=UTC)
    assert sample("forwarded_attached").attachments == ("A question of law.eml",)


def test_passed_on_within_the_text_in_chinese():
    inner = sample("forwarded_inline").forwarded
    assert (inner.sender, inner.to) == ("zhang@huaxia.example", ("lawyer@firm.example",))
    assert inner.subject == "关于违约金的问题"


def test_broken_headers_are_read_as_far_as_they_go():
    mail = sample("broken_headers")
    assert mail.sender == "zhang@huaxia.example"
    assert mail.subject == "未编码的主题"
    assert mail.at is None and mail.message_id == ""


def test_nothing_at_all_is_a_mail_without_anything():
    assert read_mail(b"").sender == ""
    assert read_mail(b"\x00\xff" * 500).text is not None


@pytest.mark.parametrize(
    ("data", "limit"),
    [
        (b"Subject: x\r\n\r\n" + b"A" * (5 * 1024 * 1024), "text"),
        (b"Subject: x\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"QUFB\r\n" * 900_000, "text"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 101, "parts"),
        (b"A" * (reading.MOST_BYTES + 1), "size"),
    ],
)
def test_bombs_are_refused(data, limit):
    with pytest.raises(Refused) as refused:
        read_mail(data)
    assert str(refused.value) == limit


@pytest.mark.parametrize("deep", [12, 400, 5_000])
def test_nested_without_end_is_refused(deep):
    data = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(deep)
    )
    with pytest.raises(Refused) as refused:
        read_mail(data + b"\r\nx")
    assert str(refused.value) == "depth"
