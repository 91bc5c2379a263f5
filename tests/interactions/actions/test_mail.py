"""Mail into the log: once, on the right side, through its reader's door, as the policy keeps it."""

import io
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from clients.actions.people import add_person
from interactions.actions.mail import NobodysAddress, discard, log_waiting, make_mail_address, receive
from interactions.models import Contact, InboundMail, MailAddress
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import Notice, Outbox, PolicyVersion
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[1] / "mail" / "samples"
TOKEN = "feedfacefeedfaceface"
BASE = "crm@firm.example"


@pytest.fixture(autouse=True)
def takes_mail(settings, monkeypatch):
    settings.MAIL_IN_ADDRESS = BASE
    monkeypatch.setattr("interactions.actions.mail.secrets.token_hex", lambda _n: TOKEN)


@pytest.fixture
def lawyer():
    lawyer = make_person("lawyer")
    make_mail_address(lawyer)
    return lawyer


@pytest.fixture
def huaxia(lawyer):
    firm = make_client(lawyer, name="Huaxia Industries")
    add_person(by=lawyer, client=firm, name="Zhang Wei", role="decision_maker", email="Zhang@Huaxia.example")
    return firm


def sample(name):
    return (SAMPLES / f"{name}.eml").read_bytes()


def keep(what, *, by):
    PolicyVersion.objects.create(number=1, values={"mail_in_keeps": what}, note="x", made_by=by)


def test_what_we_wrote_is_our_contact(lawyer, huaxia):
    (taken,) = receive(sample("gb2312_bcc"))
    contact = Contact.objects.get()
    assert (contact.client, contact.initiator, contact.channel) == (huaxia, "firm", "email")
    assert contact.note == "关于采购合同的修改意见"
    assert [person.email.lower() for person in contact.people.all()] == ["zhang@huaxia.example"]
    assert contact.at.isoformat() == "2026-03-04T02:20:30+00:00"
    assert (taken.mail.state, taken.mail.contact, taken.mail.told) == ("logged", contact, "")


@pytest.mark.parametrize(
    "name", ["quoted_printable", "forwarded_attached", "forwarded_inline", "broken_headers"]
)
def test_what_they_wrote_is_theirs(lawyer, huaxia, name):
    receive(sample(name))
    contact = Contact.objects.get()
    assert (contact.client, contact.initiator) == (huaxia, "client")


def test_passed_on_it_has_the_subject_and_time_of_the_mail_inside(lawyer, huaxia):
    receive(sample("forwarded_attached"))
    contact = Contact.objects.get()
    assert contact.note.startswith("A question of law")
    assert contact.at.isoformat() == "2026-03-03T02:20:30+00:00"


@pytest.mark.parametrize(
    ("keeps", "note", "sealed"),
    [
        ("subject", "Two forms of one text\n\n📎 合同终稿.pdf", ""),
        ("text", "Two forms of one text\n\nThe plain text.\n\n📎 合同终稿.pdf", ""),
        ("sealed", "", "Two forms of one text\n\nThe plain text.\n\n📎 合同终稿.pdf"),
    ],
)
def test_the_policy_says_what_is_kept(lawyer, huaxia, keeps, note, sealed):
    keep(keeps, by=lawyer)
    receive(sample("alternative"))
    contact = Contact.objects.get()
    assert (contact.note, contact.sealed_note) == (note, sealed)


def test_one_contact_for_a_mail_however_often_it_comes(lawyer, huaxia):
    for _ in range(3):
        (taken,) = receive(sample("gb2312_bcc"))
    assert taken.again
    assert Contact.objects.count() == 1


def test_two_readers_of_one_mail_share_its_contact(lawyer, huaxia, monkeypatch):
    partner = make_person("partner")
    monkeypatch.setattr("interactions.actions.mail.secrets.token_hex", lambda _n: "0badcafe0badcafe0bad")
    make_mail_address(partner)
    receive(sample("gb2312_bcc"), recipients=["crm+0badcafe0badcafe0bad@firm.example"])
    assert InboundMail.objects.filter(state="logged").count() == 2
    assert Contact.objects.count() == 1


def test_a_stranger_waits_until_somebody_says_whose_it_is(lawyer, huaxia):
    (taken,) = receive(sample("unmatched"))
    assert taken.mail.state == "waiting"
    assert Outbox.objects.get().event == "mail.waiting"
    contact = log_waiting(taken.mail, huaxia, by=lawyer)
    assert (contact.client, contact.initiator, contact.note) == (huaxia, "client", "Who is this?")
    assert log_waiting(taken.mail, huaxia, by=lawyer) is None, "once"
    assert Contact.objects.count() == 1


def test_a_thread_once_placed_is_known(lawyer, huaxia):
    first = sample("unmatched")
    (taken,) = receive(first)
    log_waiting(taken.mail, huaxia, by=lawyer)
    answer = first.replace(
        b"Message-ID: <nobody@", b"References: <nobody@mail.example>\r\nMessage-ID: <second@"
    )
    (next_one,) = receive(answer)
    assert (next_one.mail.state, next_one.mail.client) == ("logged", huaxia)


def test_what_is_discarded_leaves_nothing_but_that_it_was(lawyer):
    (taken,) = receive(sample("unmatched"))
    discard(taken.mail, by=lawyer)
    row = InboundMail.objects.get()
    assert (row.state, row.told) == ("discarded", "")
    (again,) = receive(sample("unmatched"))
    assert again.again and again.mail.state == "discarded"


def test_a_wall_keeps_the_mail_from_the_client(lawyer, huaxia):
    raise_wall(huaxia, by=make_person("partner"), kind="client", mode="excludes", people=[lawyer], reason="x")
    (taken,) = receive(sample("gb2312_bcc"))
    assert taken.mail.state == "waiting"
    assert not Contact.objects.exists()


def test_an_address_of_two_clients_waits(lawyer, huaxia):
    other = make_client(lawyer, name="Other")
    add_person(by=lawyer, client=other, name="Zhang Wei", role="user", email="zhang@huaxia.example")
    (taken,) = receive(sample("gb2312_bcc"))
    assert taken.mail.state == "waiting"


def test_nobodys_address(lawyer, huaxia):
    with pytest.raises(NobodysAddress):
        receive(sample("gb2312_bcc").replace(TOKEN.encode(), b"0" * 20))
    make_mail_address_of_somebody_gone(lawyer)
    with pytest.raises(NobodysAddress):
        receive(sample("gb2312_bcc"))
    assert not Contact.objects.exists()


def make_mail_address_of_somebody_gone(lawyer):
    lawyer.is_active = False
    lawyer.save()


def test_a_bomb_is_refused_and_told(lawyer):
    bomb = sample("unmatched") + b"A" * (5 * 1024 * 1024)
    (taken,) = receive(bomb)
    assert (taken.mail.state, taken.mail.problem, taken.mail.told) == ("refused", "text", "")


def test_what_waits_is_sealed(lawyer):
    receive(sample("unmatched"))
    (raw,) = InboundMail.objects.values_list("told", flat=True)
    assert b"Who is this" not in bytes(raw)
    (token,) = MailAddress.objects.values_list("token", flat=True)
    assert TOKEN.encode() not in bytes(token)


class Pipe:
    def __init__(self, data):
        self.buffer = io.BytesIO(data)


def test_a_mail_server_pipes_it_in(lawyer, huaxia, monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", Pipe(sample("gb2312_bcc")))
    call_command("receive_mail", stdout=sys.stdout)
    assert capsys.readouterr().out.strip() == "logged"
    for data, code in ((sample("gb2312_bcc").replace(TOKEN.encode(), b"x"), 67), (b"A" * 99, 67)):
        monkeypatch.setattr(sys, "stdin", Pipe(data))
        with pytest.raises(SystemExit) as left:
            call_command("receive_mail", stderr=io.StringIO())
        assert left.value.code == code


def test_the_inbox_in_a_browser(client, lawyer, huaxia):
    client.force_login(lawyer)
    receive(sample("unmatched"))
    row = InboundMail.objects.get()
    page = client.get(reverse("interactions:mail_in")).content.decode()
    assert "Who is this?" in page and f"crm+{TOKEN}@firm.example" in page
    choose = reverse("interactions:mail_in_choose", args=[row.pk])
    assert "Huaxia Industries" in client.post(choose, {"q": "Huaxia"}).content.decode()
    client.post(reverse("interactions:mail_in_log", args=[row.pk]), {"client": str(huaxia.pk)})
    assert Contact.objects.get().client == huaxia
    assert "Nothing waits." in client.get(reverse("interactions:mail_in")).content.decode()
    make_person("partner")
    assert not Notice.objects.exists()


def test_nobody_elses_inbox(client, lawyer):
    receive(sample("unmatched"))
    row = InboundMail.objects.get()
    client.force_login(make_person("partner"))
    assert client.get(reverse("interactions:mail_in_choose", args=[row.pk])).status_code == 404
    assert "Who is this?" not in client.get(reverse("interactions:mail_in")).content.decode()


def test_a_full_mailbox_asks_no_more_of_a_mail_than_an_empty_one(lawyer, huaxia):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(number, address):
        text = sample("gb2312_bcc").replace(b"Message-ID: <", b"Message-ID: <%d" % number)
        text = text.replace(b"Message-Id: <", b"Message-Id: <%d" % number)
        with CaptureQueriesContext(connection) as queries:
            (taken,) = receive(text.replace(b"zhang@huaxia.example", address))
        assert not taken.again
        return len(queries)

    for address in (b"zhang@huaxia.example", b"nobody@nowhere.example"):
        counts = [asked(int.from_bytes(address[:2], "big") * 100 + n, address) for n in range(30)]
        assert len(set(counts[2:])) == 1, counts
