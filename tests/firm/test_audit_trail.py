"""The trail is only added to, sealed by the minute, and read by those who may."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client as Browser

from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.seals import broken_links, newest_link, redact, seal_trail
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.ids import first_id_at, new_id
from lawcrm.firm.models import AuditEntry, AuditRedaction, AuditSeal
from lawcrm.firm.queries.audit import trail
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_wait(monkeypatch):
    """Seals up to now, as if the margin had passed."""
    monkeypatch.setattr("lawcrm.firm.actions.seals.MARGIN", timedelta(seconds=-1))
    monkeypatch.setattr(
        "lawcrm.firm.actions.seals._settled_before", lambda: first_id_at(clock.now() + timedelta(seconds=1))
    )


def deeds(number, by=None):
    return [record(by=by, verb="user.signed_in", detail={"n": n}) for n in range(number)]


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
@pytest.mark.parametrize(("table", "column"), [("firm_auditentry", "verb"), ("firm_auditseal", "count")])
def test_the_database_refuses_to_change_or_remove_entries(statement, table, column):
    deeds(1)
    with (
        pytest.raises(DatabaseError, match="only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column, column))


def test_an_application_role_may_add_and_read_only():
    deeds(1)
    call_command("grants", "lawcrm_test_app", create=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "GRANT lawcrm_test_app TO CURRENT_USER WITH SET TRUE, INHERIT TRUE"
        )  # to stand in its place
        cursor.execute("SET LOCAL ROLE lawcrm_test_app")
        cursor.execute("SELECT count(*) FROM firm_auditentry")
        assert cursor.fetchone()[0] == 1
        for statement in (
            "UPDATE firm_auditentry SET verb = ''",
            "DELETE FROM firm_auditentry",
            "TRUNCATE firm_auditentry",
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
        cursor.execute("UPDATE firm_user SET given_name = given_name")
    record(by=None, verb="user.signed_in")
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("DROP OWNED BY lawcrm_test_app")
        cursor.execute("DROP ROLE lawcrm_test_app")


def test_links_cover_every_entry_once(no_wait, monkeypatch):
    monkeypatch.setattr("lawcrm.firm.actions.seals.ENTRIES", 3)
    deeds(7)
    assert seal_trail() == 7
    deeds(2)
    assert seal_trail() == 2
    assert seal_trail() == 0
    assert [link.count for link in AuditSeal.objects.all()] == [3, 3, 1, 2]
    assert list(broken_links()) == []
    call_command("audit", "verify")


def test_nothing_young_is_sealed():
    """A transaction that runs may still add an entry with an id made earlier."""
    deeds(3)
    assert seal_trail() == 0


def tampered(statement, *params):
    with connection.cursor() as cursor:
        for table in ("firm_auditentry", "firm_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, params)
        for table in ("firm_auditentry", "firm_auditseal"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'user.signed_out'", "actor_name = 'Somebody'", "at = at + interval '1 microsecond'",
        "changes = '{\"a\": 1}'", "detail = '{\"n\": 99}'", "object_label = 'x'", "origin = '10.0.0.9'",
        "on_behalf_of = 'x'", "object_type = 'x'", "client_id = id", "matter_id = id", "object_id = id", "actor_id = id",
    ],
)  # fmt: skip
def test_any_changed_column_shows(no_wait, change):
    middle = deeds(9)[4]
    seal_trail()
    tampered(f"UPDATE firm_auditentry SET {change} WHERE id = %s", middle.pk)
    assert [one.number for one in broken_links()] == [1]
    with pytest.raises(CommandError):
        call_command("audit", "verify")


def test_any_removed_or_added_entry_shows(no_wait, monkeypatch):
    monkeypatch.setattr("lawcrm.firm.actions.seals.ENTRIES", 4)
    entries = deeds(12)
    seal_trail()
    for entry in entries:
        with transaction.atomic():
            tampered("DELETE FROM firm_auditentry WHERE id = %s", entry.pk)
            assert list(broken_links())
            transaction.set_rollback(True)
    late = AuditEntry(verb="user.signed_in", actor_name="", id=uuid.UUID(int=entries[3].pk.int + 1))
    late.save(force_insert=True)
    assert list(broken_links())


def test_a_link_taken_out_or_made_by_hand_shows(no_wait, monkeypatch):
    monkeypatch.setattr("lawcrm.firm.actions.seals.ENTRIES", 4)
    deeds(12)
    seal_trail()
    with transaction.atomic():
        tampered("DELETE FROM firm_auditseal WHERE number = 2")
        assert list(broken_links())
        transaction.set_rollback(True)
    tampered("UPDATE firm_auditseal SET digest = sha256(digest) WHERE number = 3")
    assert [one.number for one in broken_links()] == [3]


def test_a_lost_end_shows_to_who_wrote_a_link_down(no_wait):
    deeds(3)
    seal_trail()
    written_down = newest_link()
    deeds(3)
    seal_trail()
    call_command("audit", "verify", expect=written_down)
    tampered("DELETE FROM firm_auditseal")
    with pytest.raises(CommandError):
        call_command("audit", "verify", expect=written_down)


def test_a_failed_deed_leaves_no_entry():
    with pytest.raises(RuntimeError), transaction.atomic():
        deeds(1)
        raise RuntimeError
    assert not AuditEntry.objects.exists()


def test_refused_tries_are_on_record_once_and_read_the_same_whether_the_row_exists():
    owner, stranger = make_person("lawyer"), make_person("lawyer2")
    client, nothing = make_client(owner), new_id()
    browser = Browser()
    browser.force_login(stranger)
    for _ in range(3):
        assert browser.get(f"/clients/{client.pk}/").status_code == 404
        assert browser.get(f"/clients/{nothing}/").status_code == 404
    browser.get("/settings/people/")
    told = AuditEntry.objects.filter(verb="access.denied").order_by("id")
    assert [(e.actor_id, e.object_id, e.client_id) for e in told] == [
        (stranger.pk, client.pk, client.pk),
        (stranger.pk, None, None),
        (stranger.pk, None, None),
    ]


def test_knocking_does_not_fill_the_trail():
    browser = Browser()
    browser.force_login(make_person("lawyer"))
    for _ in range(40):
        browser.get(f"/clients/{new_id()}/")
    assert AuditEntry.objects.filter(verb="access.denied").count() == 30


def test_the_page_tells_narrows_and_pages():
    auditor, lawyer = make_person("auditor"), make_person("lawyer")
    make_client(lawyer, name="Aurora Mining")
    for _ in range(60):
        record(by=lawyer, verb="user.signed_in", obj=lawyer)
    browser = Browser()
    browser.force_login(auditor)
    first = browser.get("/audit/")
    assert len(first.context["entries"]) == 50
    assert "Wei Chen signed in." in first.content.decode()
    assert len(browser.get("/audit/" + first.context["page"].next_query).context["entries"]) > 10
    narrowed = browser.get("/audit/", {"kind": "client", "person": lawyer.pk, "since": clock.today(auditor)})
    assert "Aurora Mining" in narrowed.content.decode()
    assert "Wei Chen signed in." not in narrowed.content.decode()
    assert (
        browser.get("/audit/", {"kind": "nonsense", "since": "yesterday", "client": "x"}).status_code == 200
    )


def test_a_wall_stands_in_the_trail_too():
    admin, lawyer = make_person("admin"), make_person("lawyer")
    client = make_client(lawyer)
    assert trail(admin, client_id=client.pk).exists()
    raise_wall(client, kind="client", mode="excludes", people=[admin], reason="conflict", by=lawyer)
    assert not trail(admin, client_id=client.pk).exists()
    assert trail(make_person("auditor"), client_id=client.pk).exists()


def test_erased_values_leave_the_chain_whole(no_wait):
    """Sealed entries are blanked for an erasure, one is not sealed yet; the chain holds, and forging still shows."""
    sealed = deeds(5)
    assert seal_trail() == 5
    young = deeds(1)
    erasure = new_id()
    blanked = [sealed[1].pk, sealed[3].pk, young[0].pk]
    assert redact(blanked, erasure_id=erasure) == 3
    assert redact(blanked, erasure_id=erasure) == 0
    for pk in blanked:
        entry = AuditEntry.objects.get(pk=pk)
        assert (entry.object_label, entry.changes, entry.detail) == ("", {}, {})
        assert entry.verb == "user.signed_in"
    assert seal_trail() == 1
    assert list(broken_links()) == []
    call_command("audit", "verify")


def test_nothing_but_blanking_is_let_through(no_wait):
    entry, other = deeds(2)
    seal_trail()
    AuditRedaction.objects.create(entry_id=entry.pk, erasure_id=new_id())
    for values in ({"detail": {"n": 7}}, {"verb": "x", "detail": {}}, {"detail": {}, "actor_name": "Nobody"}):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
            AuditEntry.objects.filter(pk=entry.pk).update(**values)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        AuditEntry.objects.filter(pk=other.pk).update(object_label="", changes={}, detail={})
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        AuditRedaction.objects.all().delete()


def test_blanking_without_the_key_breaks_the_chain(no_wait):
    """Who can write to the database but has no key can blank an entry, and it shows."""
    entry = deeds(3)[1]
    seal_trail()
    AuditRedaction.objects.create(entry_id=entry.pk, erasure_id=new_id(), key_number=1, digest=b"\0" * 32)
    AuditEntry.objects.filter(pk=entry.pk).update(object_label="", changes={}, detail={})
    assert [link.number for link in broken_links()] == [1]
