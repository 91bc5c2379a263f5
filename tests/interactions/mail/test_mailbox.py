"""The firm's mailbox, read from a real server over a real connection."""

import imaplib
from pathlib import Path

import pytest

from clients.actions.people import add_person
from interactions.actions.mail import make_mail_address
from interactions.mail import mailbox, reading
from interactions.mail.mailbox import MailboxUnset, poll
from interactions.models import Contact, InboundMail
from tests.clients.build import make_client
from tests.interactions.mail.imap_server import imap_server
from tests.people import make_person

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def lawyer(settings, monkeypatch):
    settings.MAIL_IN_ADDRESS = "crm@firm.example"
    settings.MAIL_IN_IMAP_PASSWORD = "pass word"
    monkeypatch.setattr("interactions.actions.mail.secrets.token_hex", lambda _n: "feedfacefeedfaceface")
    lawyer = make_person("lawyer")
    make_mail_address(lawyer)
    firm = make_client(lawyer, name="Huaxia Industries")
    add_person(by=lawyer, client=firm, name="Zhang Wei", role="user", email="zhang@huaxia.example")
    return lawyer


def samples(*names):
    return [(SAMPLES / f"{name}.eml").read_bytes() for name in names]


def test_what_is_new_is_taken_in_and_marked(lawyer, settings):
    with imap_server(samples("gb2312_bcc", "quoted_printable", "unmatched")) as (box, address):
        settings.MAIL_IN_IMAP_URL = address
        assert poll() == 3
        assert box.seen == {1, 2, 3}
        assert poll() == 0
    assert Contact.objects.count() == 2
    assert InboundMail.objects.filter(state="waiting").count() == 1


def test_stopped_before_the_mark_it_is_taken_in_once(lawyer, settings, monkeypatch):
    with imap_server(samples("gb2312_bcc")) as (box, address):
        settings.MAIL_IN_IMAP_URL = address
        poll()
        box.seen.clear()
        assert poll() == 1
    assert Contact.objects.count() == 1


def test_a_mail_that_fails_keeps_no_other_and_stays_unseen(lawyer, settings, monkeypatch):
    taken = []

    def receive(data):
        taken.append(data)
        if len(taken) == 1:
            raise ValueError("something of ours")

    monkeypatch.setattr(mailbox, "receive", receive)
    with imap_server(samples("gb2312_bcc", "unmatched")) as (box, address):
        settings.MAIL_IN_IMAP_URL = address
        poll()
        assert box.seen == {2}


def test_of_what_is_too_large_only_the_head_is_fetched(lawyer, settings, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST_BYTES", 1000)
    monkeypatch.setattr(mailbox, "HEAD", 500)
    monkeypatch.setattr(reading, "MOST_TEXT_BYTES", 10_000)
    with imap_server([samples("unmatched")[0] + b"A" * 5000]) as (box, address):
        settings.MAIL_IN_IMAP_URL = address
        poll()
    assert box.fetched == ["(RFC822.SIZE)", "(BODY.PEEK[]<0.500>)"]


def test_a_wrong_password_is_an_error_and_not_a_loss(lawyer, settings):
    settings.MAIL_IN_IMAP_PASSWORD = "wrong"
    with imap_server(samples("unmatched")) as (box, address):
        settings.MAIL_IN_IMAP_URL = address
        with pytest.raises(imaplib.IMAP4.error):
            poll()
        assert not box.seen


def test_no_password_in_clear_across_a_network(lawyer, settings):
    settings.PRODUCTION = True
    settings.MAIL_IN_IMAP_URL = "imap://reader@mail.example/INBOX"
    with pytest.raises(MailboxUnset):
        poll()
