"""Papers with a contact: sealed at rest, fetched through the door, written down."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from interactions.actions.contacts import edit_contact
from interactions.kept import files_older_than, forget_bodies
from interactions.models import Attachment, Contact
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\nThe terms of the lease"


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def pdf(name="Lease 合同.pdf", data=PDF):
    return SimpleUploadedFile(name, data, "text/html")  # what the browser says of it counts for nothing


def add(desk, contact, **fields):
    return desk.post(reverse("interactions:attachment_add", args=[contact.pk]), fields, follow=True)


def log(desk, harbour, *files):
    fields = {
        "client": harbour.pk, "channel": "phone", "purposes": ["other"], "initiator": "firm", "answered": "on",
        "next": "none", "shape": "dialog", "idempotency_key": "k1", "files": files,
    }  # fmt: skip
    return desk.post(reverse("interactions:log"), fields, headers={"HX-Request": "true"})


def test_a_file_comes_with_the_contact_and_lies_sealed(desk, harbour, lawyer):
    assert log(desk, harbour, pdf(), pdf("b.pdf")).status_code == 204
    first = Attachment.objects.get(name="Lease 合同.pdf")
    assert (first.media_type, first.size, first.added_by) == ("application/pdf", len(PDF), lawyer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM interactions_attachment")
        assert all(b"lease" not in bytes(body) for (body,) in cursor.fetchall())
    answer = desk.post(reverse("interactions:attachment", args=[first.pk]))
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="Lease __.pdf"; filename*=UTF-8')
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert AuditEntry.objects.filter(verb="contact.file_fetched", actor_id=lawyer.pk).exists()


def test_a_file_that_is_not_taken_is_named_and_nothing_is_logged(desk, harbour):
    answer = log(desk, harbour, pdf("letter.txt"))
    assert answer.status_code == 422
    assert "letter.txt is not what its name says." in answer.content.decode()
    assert not Contact.objects.exists()


def test_bytes_of_another_row_do_not_open(desk, harbour):
    log(desk, harbour, pdf(), pdf("b.pdf"))
    one, other = Attachment.objects.order_by("name")
    Attachment.objects.filter(pk=one.pk).update(body=other.body)
    desk.raise_request_exception = False
    assert desk.post(reverse("interactions:attachment", args=[one.pk])).status_code == 500


def test_a_link_and_a_number_stand_on_the_page(desk, harbour):
    contact = make_contact(harbour)
    add(desk, contact, name="Lease", address="https://dms.example/4711")
    page = add(desk, contact, name="Deed", address="DMS 4712").content.decode()
    assert '<a href="https://dms.example/4711" rel="noopener noreferrer"' in page
    assert "DMS 4712" in page
    page = add(desk, contact, name="Trick", address="javascript:alert(1)").content.decode()
    assert 'href="javascript' not in page


def test_nothing_and_too_much_are_refused_in_words(desk, harbour):
    contact = make_contact(harbour)
    assert "Choose a file, or say where the paper is." in add(desk, contact).content.decode()
    for number in range(10):
        add(desk, contact, address=f"DMS {number}")
    assert "At most 10 files" in add(desk, contact, address="DMS 11").content.decode()
    assert Attachment.objects.count() == 10


def test_a_file_of_a_confidential_contact_is_for_those_who_may_reveal(desk, harbour, lawyer):
    contact = make_contact(harbour, confidentiality="confidential")
    add(desk, contact, file=pdf())
    url = reverse("interactions:attachment", args=[Attachment.objects.get().pk])
    assert desk.post(url).content == PDF
    assert AuditEntry.objects.filter(verb="contact.file_revealed", actor_id=lawyer.pk).exists()
    desk.force_login(make_person("partner"))
    assert desk.post(url).status_code == 404
    assert desk.get(url).status_code == 405


def test_removed_it_is_gone_and_remembered(desk, harbour):
    contact = make_contact(harbour)
    add(desk, contact, file=pdf())
    desk.post(reverse("interactions:attachment_remove", args=[Attachment.objects.get().pk]))
    assert not Attachment.objects.exists()
    assert AuditEntry.objects.get(verb="contact.file_removed").detail == {"name": "Lease 合同.pdf"}


def test_kept_for_so_long_the_bytes_go_and_the_name_stays(desk, harbour):
    contact = make_contact(harbour)
    add(desk, contact, file=pdf())
    assert forget_bodies(files_older_than(clock.now())) == 1
    page = desk.get(f"/interactions/{contact.pk}/").content.decode()
    assert "Lease 合同.pdf" in page
    assert "removed today" in page or "removed " in page
    answer = desk.post(reverse("interactions:attachment", args=[Attachment.objects.get().pk]), follow=True)
    assert "There is no file here any more." in answer.content.decode()


def test_who_took_part_reads_a_closer_contact(desk, harbour, lawyer):
    partner = make_person("partner")
    contact = make_contact(harbour, confidentiality="team", note="team words", colleagues=[partner])
    desk.force_login(partner)
    assert "team words" in desk.get(f"/interactions/{contact.pk}/").content.decode()
    edit_contact(contact, by=lawyer, version=1, changes={"colleagues": []})
    assert desk.get(f"/interactions/{contact.pk}/").status_code == 404


def test_a_link_among_the_references_leads_there(desk, harbour):
    contact = make_contact(harbour, references="DMS 4711, https://dms.example/4711")
    page = desk.get(f"/interactions/{contact.pk}/").content.decode()
    assert '<a href="https://dms.example/4711"' in page
