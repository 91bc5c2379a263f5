"""Taking lists out: with the rights of the moment, written down, sealed, and gone when its day is over."""

import hashlib
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone, translation

from clients.actions.clients import create_client
from clients.enums import ClientKind
from clients.models import Client, ClientGrading
from interactions.models import EventInvitation
from lawcrm.firm import clock
from lawcrm.firm.actions import exports as actions
from lawcrm.firm.actions.exports import (
    NotHere,
    TooManyExports,
    drop_export,
    fetch_export,
    forget_expired,
    start_export,
)
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.exporting import all_listings, listing_of
from lawcrm.firm.models import AuditEntry, Export, ExportPart, Outbox
from lawcrm.firm.roles import Role, Scope
from lawcrm.firm.sealed import MASK
from tests.clients.build import make_client
from tests.people import make_person
from tests.repo.world import Planter, wall_off

pytestmark = pytest.mark.django_db
NUMBER = "110101199003071233"


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def take_out(by, listing="clients", query="", columns=("name",), format="xlsx") -> Export:
    return start_export(by=by, listing=listing_of(listing), query=query, columns=columns, format=format)


def content(export, by) -> bytes:
    return b"".join(fetch_export(export, by=by))


def cells(export, by) -> list[tuple]:
    return list(openpyxl.load_workbook(io.BytesIO(content(export, by))).active.iter_rows(values_only=True))


def to_the_end(export) -> Export:
    while run_next_chunk(export.job_id):
        pass
    export.refresh_from_db()
    return export


def test_a_small_list_is_written_at_once(partner, lawyer):
    for name in ("Beta", "Alpha"):
        make_client(lawyer, name=name)
    export = take_out(partner, columns=["name", "responsible"])
    assert (export.state, export.rows, export.job) == (Export.State.READY, 2, None)
    assert cells(export, partner) == [
        ("Name", "Responsible lawyer"),
        ("Alpha", "Wei Chen"),
        ("Beta", "Wei Chen"),
    ]


def test_it_is_written_down_with_filter_columns_count_and_hash(partner, lawyer):
    make_client(lawyer, grade="A")
    make_client(lawyer, grade="B")
    export = take_out(partner, query="grade=A", columns=["name", "grade"])
    data = content(export, partner)
    written, fetched = AuditEntry.objects.filter(object_id=export.pk).order_by("id")
    assert (written.verb, written.actor_id, fetched.verb) == ("export.written", partner.pk, "export.fetched")
    detail = written.detail
    assert detail["filter"] == ["Grade: A"] and detail["columns"] == ["Name", "Grade"]
    assert detail["rows"] == 1 and detail["hash"] == hashlib.sha256(data).hexdigest() == export.file_hash
    assert export.size == len(data)


def test_a_large_list_is_written_by_a_job_in_pieces(partner, lawyer, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    monkeypatch.setattr(actions, "PIECE", 2)
    monkeypatch.setattr(actions, "SECONDS", -1)  # one piece in each chunk
    names = sorted(make_client(lawyer).name for _ in range(7))
    export = take_out(partner)
    assert export.state == Export.State.WRITING and export.job.total == 7
    assert [run_next_chunk(export.job_id) for _ in range(4)] == [True, True, True, False]
    export.refresh_from_db()
    assert [row[0] for row in cells(export, partner)] == ["Name", *names]
    assert export.job.params["result_url"] == f"/exports/{export.pk}/"
    assert Outbox.objects.filter(event="export.ready", person=partner).count() == 1


def test_a_job_acts_with_the_rights_its_maker_has_when_it_runs(partner, lawyer, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    open_client, secret = make_client(lawyer, name="Open"), make_client(lawyer, name="Secret")
    export = take_out(partner)
    wall_off("client", secret, partner, raised_by=make_person("admin"))
    export = to_the_end(export)
    assert [row[0] for row in cells(export, partner)] == ["Name", open_client.name]


def test_a_job_of_somebody_who_may_no_longer_export_fails(partner, lawyer, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    make_client(lawyer)
    export = take_out(partner)
    partner.role = Role.LAWYER
    partner.save()
    export = to_the_end(export)
    export.job.refresh_from_db()
    assert (export.job.state, export.job.problem) == ("failed", "export_not_allowed")
    assert not Export.objects.visible_to(partner).exists()


@pytest.mark.parametrize("what", ["wall", "role", "scope", "expiry", "dropped", "another"])
def test_a_file_is_no_longer_to_be_had(partner, lawyer, what):
    client = make_client(lawyer)
    export = take_out(partner)
    by = partner
    if what == "wall":
        wall_off("client", client, partner, raised_by=make_person("admin"))
    elif what == "role":
        partner.role = Role.MANAGER
        partner.save()
    elif what == "scope":
        partner.scope = Scope.OWN
        partner.save()
    elif what == "expiry":
        Export.objects.update(expires_at=clock.now())
    elif what == "dropped":
        drop_export(export, by=partner)
    else:
        by = make_person("admin")
    with pytest.raises(NotHere):
        fetch_export(export, by=by)


def test_expired_files_are_removed_and_their_record_stays(partner, lawyer):
    make_client(lawyer)
    export = take_out(partner)
    forget_expired()
    assert ExportPart.objects.exists()
    with clock.standing_at(timezone.now() + timedelta(hours=25)):
        forget_expired()
    export.refresh_from_db()
    assert export.state == Export.State.GONE and not ExportPart.objects.exists()
    assert export.file_hash and export.rows == 1


def test_what_lies_ready_is_sealed(partner, lawyer):
    make_client(lawyer, name="Verysecretname")
    take_out(partner, format="csv")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM firm_exportpart")
        assert all(b"Verysecretname" not in bytes(body) for [body] in cursor.fetchall())


def test_sealed_columns_are_masked_without_the_right_to_reveal(partner, lawyer, monkeypatch):
    create_client(by=lawyer, name="张伟", kind=ClientKind.PERSON, responsible=lawyer, identity_number=NUMBER)
    make_client(lawyer, name="Nobody Ltd")
    export = take_out(partner, columns=["name", "identity_number"])
    assert {row[1] for row in cells(export, partner)} == {"Identity number", NUMBER, None}
    assert export.told["sealed"] == ["Identity number"]
    monkeypatch.setitem(
        actions.may.__globals__["PERMISSIONS"], Role.PARTNER, {"clients.view", "clients.export"}
    )
    export = take_out(partner, columns=["name", "identity_number"])
    assert {row[1] for row in cells(export, partner)} == {"Identity number", MASK, None}
    assert export.told["sealed"] == []


def test_nobody_makes_very_many_files(partner, monkeypatch):
    monkeypatch.setattr(actions, "MOST_AN_HOUR", 2)
    take_out(partner)
    take_out(partner)
    with pytest.raises(TooManyExports):
        take_out(partner)


def test_the_reader_of_chinese_gets_chinese_words(lawyer):
    partner = make_person("partner", language="zh-hans")
    make_client(lawyer, name="Alpha", grade="A")
    with translation.override("zh-hans"):
        export = take_out(partner, columns=["name", "grade", "responsible"])
    headings, row = cells(export, partner)
    assert row == ("Alpha", "重点客户", "陈伟") and headings[2] == "负责律师"


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("listing", sorted(all_listings()))
def test_every_listing_is_written_with_rows_and_empty(listing, format):
    """With one row of everything; what one cannot see is not in it."""
    admin, found = make_person("admin"), listing_of(listing)
    codes = [column.code for column in found.columns(admin)]
    assert take_out(admin, listing=listing, columns=codes, format=format).rows == 0 or listing == "audit"
    planted = Planter("export", make_person("lawyer")).plant_all()
    ClientGrading.objects.update(grade="A", points=1)
    Client.objects.update(grade="B")
    query = f"event={planted.rows[EventInvitation].event_id}&state=all&status=all&whose=all&everybody=on"
    expected = found.rows(admin, QueryDict(query)).count()
    assert expected >= 1, "the planted firm has one of everything"
    export = take_out(admin, listing=listing, query=query, columns=codes, format=format)
    assert (export.state, export.rows) == (Export.State.READY, expected)
    assert len(export.told["columns"]) == len(set(export.told["columns"])) == len(codes)


def test_a_list_of_its_own_right_is_asked_for_it(partner):
    """A partner exports, and reads no audit trail: not as a page, not as a file, not as one begun before."""
    assert not listing_of("audit").is_open_to(partner)
    assert not listing_of("clients").is_open_to(make_person("lawyer"))
    admin = make_person("admin")
    export = take_out(admin, listing="audit", columns=["what"])
    admin.role = Role.PARTNER
    admin.save()
    with pytest.raises(NotHere):
        fetch_export(export, by=admin)
