"""Erasing: refused whole where something stands against it, else gone from every table, and gone again after a restore."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client as Browser

from clients.actions import erasing
from clients.actions.erasure import erase, lift_hold, place_hold, request_erasure
from clients.models import Client, ClientPerson, Link, Person
from clients.rules.erasure import GONE
from clients.subjects import Subject
from interactions.actions.contacts import edit_contact
from interactions.models import Contact
from lawcrm.firm import clock
from lawcrm.firm.actions import exports
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.actions.seals import broken_links, seal_trail
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.inventory import FieldClass, class_of, own_models
from lawcrm.firm.models import AuditEntry, IdempotencyKey, Outbox
from matters.actions.matters import close_matter, open_matter
from matters.models import Matter
from tests.clients.actions.test_merging import merge
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person
from tests.repo.test_stolen_dump import dump
from tests.repo.world import Planter, canary

pytestmark = pytest.mark.django_db
LONG_CLOSED = {"state": "closed", "closed_on": date(2001, 5, 5), "accepted_on": date(2000, 1, 1)}


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    """The list outside the database, apart from everybody's."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def about(row) -> Subject:
    return Subject("client" if isinstance(row, Client) else "person", row.pk)


def erased(row, by, capture):
    with capture(execute=True):
        return erase(request_erasure(about(row), by=by, basis="Their letter of today."), by=by)


def hits(words) -> list[str]:
    dumped = dump().lower()
    return [word for word in words if word.lower().encode() in dumped]


def test_nothing_planted_around_a_client_is_left(partner, lawyer, django_capture_on_commit_callbacks):
    """Every column of every table that can hold a word of a client held one."""
    subject = Planter(
        "subject",
        lawyer,
        **{
            "matters.Matter": LONG_CLOSED,
            "clients.LegalHold": {"lifted_at": clock.now(), "lifted_by": lawyer},
        },
    ).plant_all()
    other = Planter("other", lawyer).plant_all()
    row = subject.rows[Client]
    assert len(hits(subject.canaries)) > 60
    request = erased(row, partner, django_capture_on_commit_callbacks)
    assert (request.state, request.label, request.basis) == ("done", "", "")
    assert hits(subject.canaries - codes("subject")) == []
    assert str(row.pk).encode() not in dump_of("clients_suppression")
    assert hits(other.canaries)  # nobody else lost anything
    assert Client.objects.filter(pk=other.rows[Client].pk).exists()
    assert Matter.objects.count() == 1


def codes(name: str) -> set[str]:
    """What was planted where no words of people stand: codes of a bulk edit, names of tags."""
    return {
        canary(name, model._meta.label, field.name)
        for model in own_models()
        for field in model._meta.concrete_fields
        if class_of(model, field) == FieldClass.OPEN
    }


def dump_of(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(piece) for piece in copy)


def test_what_people_did_and_were_told_goes_too(
    partner, lawyer, django_capture_on_commit_callbacks, monkeypatch
):
    """By the actions and the pages: audit values, outbox, kept answers, and names in other people's records."""
    monkeypatch.setattr(
        "lawcrm.firm.actions.seals._settled_before", lambda: first_id_at(clock.now() + timedelta(1))
    )
    client = make_client(
        lawyer,
        name="Quixotic Zephyr Holdings",
        phone="13812349876",
        former_names=["Zephyr Old Trading"],
        background="Founded by Wilhelmina Oxbridge.",
    )
    person = make_client_person(client, name="Wilhelmina Oxbridge", email="mina@zephyr.example")
    make_contact(client, lawyer, note="Ms Oxbridge called from 13812349876.")
    other = make_client(
        lawyer, name="Neighbour Ltd", referred_by="Quixotic Zephyr Holdings", note="like wilhelmina oxbridge"
    )
    notify(to=lawyer, event="relationship.fell", key="k", obj=client, context={"n": 1})
    browser = Browser()
    browser.force_login(lawyer)
    browser.post(
        f"/clients/{client.pk}/reveal/background/", {"idempotency_key": "k" * 24}
    )  # a page that names it
    assert IdempotencyKey.objects.count() == 1
    seal_trail()
    words = ["Quixotic Zephyr", "13812349876", "Zephyr Old", "Wilhelmina", "mina@zephyr", "Oxbridge"]
    assert hits(words[:5])
    request = erased(client, partner, django_capture_on_commit_callbacks)
    assert hits(words) == []
    assert not Person.objects.filter(pk=person.pk).exists()
    assert not IdempotencyKey.objects.exists() and not Outbox.objects.filter(object_id=client.pk).exists()
    other.refresh_from_db()
    assert (other.referred_by, other.note) == ("", f"like {GONE}")
    assert request.counts["audit"] >= 4
    seal_trail()
    assert list(broken_links()) == []
    told = AuditEntry.objects.get(verb="erasure.done")
    assert (told.object_label, told.detail["entries"]) == ("", request.counts["audit"])


def test_a_person_goes_and_their_clients_records_stay(partner, lawyer, django_capture_on_commit_callbacks):
    client = make_client(lawyer, name="Steady Works")
    person = make_client_person(client, name="王芳", phone="13911112222")
    make_client(lawyer, name="王芳")  # somebody else of that name
    contact = make_contact(client, lawyer, note="王芳 asked about the lease.", people=[person])
    sealed = make_contact(client, lawyer, note="王芳 is about to leave.", confidentiality="confidential")
    erased(person, partner, django_capture_on_commit_callbacks)
    contact.refresh_from_db()
    sealed = Contact.objects.get(pk=sealed.pk)
    assert contact.note == f"{GONE} asked about the lease."
    assert sealed.sealed_note == f"{GONE} is about to leave."
    assert not ClientPerson.objects.filter(client=client).exists()
    assert Client.objects.filter(name="王芳").exists()  # not theirs to lose
    assert hits(["13911112222"]) == []
    assert not AuditEntry.objects.filter(client_id=client.pk, object_label="王芳").exists()


def test_someone_who_belongs_to_another_client_too_stays(partner, lawyer, django_capture_on_commit_callbacks):
    here, there = make_client(lawyer), make_client(lawyer)
    person = make_client_person(here)
    ClientPerson.objects.create(client=there, person=person, roles=["user"])
    erased(here, partner, django_capture_on_commit_callbacks)
    assert Person.objects.filter(pk=person.pk).exists()


def test_what_was_merged_into_a_client_is_held_and_goes_with_it(
    partner, lawyer, django_capture_on_commit_callbacks
):
    kept, absorbed = (
        make_client(lawyer, name="Steady Works"),
        make_client(lawyer, name="Quixotic Zephyr Holdings"),
    )
    hold = place_hold(about(absorbed), by=partner, reason="Proceedings expected.")
    merge(kept, absorbed, make_person("admin"))
    request = request_erasure(about(kept), by=partner, basis="Their letter.")
    assert request.state == "held"
    lift_hold(hold, by=partner)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(request, by=partner).state == "done"
    assert not Client.objects.unscoped().filter(pk__in=[kept.pk, absorbed.pk]).exists()
    assert hits(["Quixotic Zephyr", "Steady Works"]) == []


# -- what is others' stays theirs --------------------------------------------------------------------------------


def test_what_is_somebody_elses_own_is_left_alone(partner, lawyer, django_capture_on_commit_callbacks):
    """The number of a switchboard, an address with two tenants, a longer name: nobody loses what is theirs."""
    shared = {"phone": "0371-84230189", "address": "郑州市柳河区学院路854号"}
    gone = make_client(lawyer, name="锦茂智能科技有限公司", **shared)
    person = make_client_person(gone, name="Wang Weiguo", phone="0371-84230189")
    stays = make_client(
        lawyer, name="郑州锦茂智能科技有限公司", note="0371 8423 0189 is their switchboard", **shared
    )
    namesake = make_client_person(stays, name="王维国")
    Person.objects.filter(pk=namesake.pk).update(latin_name="Wang Weiguo")
    contact = make_contact(stays, lawyer, note="郑州锦茂智能科技有限公司 and Wang Weiguo agreed")
    erased(gone, partner, django_capture_on_commit_callbacks)
    assert not Person.objects.filter(pk=person.pk).exists()
    stays.refresh_from_db()
    assert (stays.name, stays.phone, stays.note) == (
        "郑州锦茂智能科技有限公司",
        "0371-84230189",
        "0371 8423 0189 is their switchboard",
    )
    contact.refresh_from_db()
    assert contact.note == "郑州锦茂智能科技有限公司 and Wang Weiguo agreed"
    assert Person.objects.get(pk=namesake.pk).latin_name == "Wang Weiguo"


def test_a_short_name_goes_from_the_records_of_clients_near(
    partner, lawyer, django_capture_on_commit_callbacks
):
    """Near: the referred client, the other end of a link, a client whose contact the person took part in."""
    gone = make_client(lawyer, name="王芳", kind="person")
    referred = make_client(lawyer, referrer_client=gone, note="王芳 sent them")
    linked = make_client(lawyer, note="wife of 王芳")
    Link.objects.create(kind="family", from_client=gone, to_client=linked)
    far = make_client(lawyer, note="another 王芳")
    namesake = make_client_person(linked, name="王芳")
    erased(gone, partner, django_capture_on_commit_callbacks)
    notes = {
        client.pk: client.note for client in Client.objects.filter(pk__in=[referred.pk, linked.pk, far.pk])
    }
    assert notes == {referred.pk: f"{GONE} sent them", linked.pk: f"wife of {GONE}", far.pk: "another 王芳"}
    assert Person.objects.get(pk=namesake.pk).name == "王芳"


def test_sealed_texts_and_earlier_versions_are_opened_everywhere(
    partner, lawyer, django_capture_on_commit_callbacks
):
    gone = make_client(lawyer, name="Quixotic Zephyr Holdings")
    other = make_client(lawyer, background="Once with Quixotic Zephyr Holdings.")
    contact = make_contact(other, lawyer, note="欧阳娜娜 of Quixotic Zephyr Holdings")
    make_client_person(gone, name="欧阳娜娜")
    edit_contact(contact, by=lawyer, version=contact.version, changes={"note": "nothing"})
    erased(gone, partner, django_capture_on_commit_callbacks)
    assert Client.objects.get(pk=other.pk).background == f"Once with {GONE}."
    assert json.loads(contact.revisions.get().values)["note"] == f"{GONE} of {GONE}"


# -- beside other work -------------------------------------------------------------------------------------------


def test_in_a_large_firm_a_worker_does_it(partner, lawyer, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(erasing, "AT_ONCE", -1)
    client = make_client(lawyer, name="Quixotic Zephyr Holdings")
    asked = request_erasure(about(client), by=partner, basis="Their letter.")
    with django_capture_on_commit_callbacks(execute=True):
        job = erasing.start_erasure(asked, by=partner)
        assert erasing.start_erasure(asked, by=partner) == job
        assert Client.objects.filter(pk=client.pk).exists()
        assert not run_next_chunk(job.pk)
    asked.refresh_from_db()
    assert asked.state == "done" and not Client.objects.filter(pk=client.pk).exists()
    assert hits(["Quixotic"]) == []


@pytest.mark.parametrize("barred", ["hold", "right"])
def test_what_comes_between_asking_and_erasing_counts(partner, lawyer, monkeypatch, barred):
    monkeypatch.setattr(erasing, "AT_ONCE", -1)
    client = make_client(lawyer)
    asked = request_erasure(about(client), by=partner, basis="Their letter.")
    job = erasing.start_erasure(asked, by=partner)
    if barred == "hold":
        place_hold(about(client), by=partner, reason="Proceedings expected.")
    else:
        type(partner).objects.filter(pk=partner.pk).update(role="lawyer")
    run_next_chunk(job.pk)
    job.refresh_from_db(), asked.refresh_from_db()
    assert (job.state, job.problem, asked.state) == {
        "hold": ("done", "", "held"),
        "right": ("failed", "erasure_not_allowed", "open"),
    }[barred]
    assert Client.objects.filter(pk=client.pk).exists()


def test_a_file_half_written_is_written_anew(
    partner, lawyer, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(exports, "AT_ONCE", 0)
    monkeypatch.setattr(exports, "PIECE", 1)
    monkeypatch.setattr(exports, "SECONDS", 0)
    gone, stays = (
        make_client(lawyer, name="Aaron Zephyr Holdings"),
        make_client(lawyer, name="Bertha Steady Works"),
    )
    export = exports.start_export(
        by=partner, listing=listing_of("clients"), query="", columns=["name"], format="csv"
    )
    assert run_next_chunk(export.job_id)  # the first name is written
    erased(gone, partner, django_capture_on_commit_callbacks)
    while run_next_chunk(export.job_id):
        pass
    export.refresh_from_db()
    file = b"".join(exports.fetch_export(export, by=partner)).decode()
    assert (export.state, export.rows) == ("ready", 1)
    assert stays.name in file and "Zephyr" not in file


# -- holds -------------------------------------------------------------------------------------------------------


def everything() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = {}
        for table in tables:
            cursor.execute(
                f'SELECT md5(coalesce(string_agg(row::text, $$,$$ ORDER BY row::text), $$$$)) FROM "{table}" AS row'
            )
            found[table] = cursor.fetchone()[0]
    return found


def held_by_open_matter(client, lawyer, partner):
    open_matter(
        by=lawyer,
        client=client,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today(),
    )


def held_by_closed_matter(client, lawyer, partner):
    matter = open_matter(
        by=lawyer,
        client=client,
        title="Old",
        kind="civil",
        service_type="advice",
        accepted_on=date(2020, 1, 1),
    )
    close_matter(matter, by=lawyer, closed_on=clock.today() - timedelta(days=400), outcome="Won.")


def held_by_complaint(client, lawyer, partner):
    make_contact(client, lawyer, purposes=["complaint"], initiator="client")


def held_by_hold(client, lawyer, partner):
    place_hold(about(client), by=partner, reason="Proceedings expected.")


@pytest.mark.parametrize(
    ("hold", "code"),
    [
        (held_by_open_matter, "open_matter"),
        (held_by_closed_matter, "kept_matter"),
        (held_by_complaint, "complaint"),
        (held_by_hold, "legal"),
    ],
)
def test_held_nothing_changes_and_the_reason_is_kept(hold, code, partner, lawyer):
    client = make_client(lawyer, name="Quixotic Zephyr Holdings")
    hold(client, lawyer, partner)
    request = request_erasure(about(client), by=partner, basis="Their letter.")
    assert request.state == "held" and [one["code"] for one in request.holds] == [code]
    before = everything()
    request = erase(request, by=partner)
    assert request.state == "held" and request.label == "Quixotic Zephyr Holdings"
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"firm_auditentry", "clients_erasurerequest"}  # that it was tried, and why not
    assert AuditEntry.objects.filter(verb="erasure.held").count() == 2


def test_a_hold_that_is_lifted_no_longer_stands(partner, lawyer, django_capture_on_commit_callbacks):
    client = make_client(lawyer)
    hold = place_hold(about(client), by=partner, reason="Proceedings expected.")
    request = request_erasure(about(client), by=partner, basis="Their letter.")
    assert request.state == "held"
    assert lift_hold(hold, by=partner) and not lift_hold(hold, by=partner)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(request, by=partner).state == "done"
    assert not Client.objects.filter(pk=client.pk).exists()


def test_a_hold_on_the_client_protects_its_people(partner, lawyer):
    client = make_client(lawyer)
    person = make_client_person(client)
    held_by_hold(client, lawyer, partner)
    assert request_erasure(about(person), by=partner, basis="By mail.").state == "held"


def test_only_those_who_answer_such_requests(lawyer):
    client = make_client(lawyer)
    with pytest.raises(PermissionDenied):
        request_erasure(about(client), by=lawyer, basis="Mine.")
    with pytest.raises(PermissionDenied):
        place_hold(about(client), by=lawyer, reason="Mine.")
