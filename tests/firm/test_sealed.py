"""Sealed fields: bound to their row and column, never handed out closed, never written unbound."""

import random
import secrets
import tracemalloc

import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import F, Value

from clients.models import Client
from interactions.models import Contact, ContactRevision
from lawcrm.firm.ids import new_id
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.sealed import SealBroken, blind_index, seal, unseal
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db
NUMBER = "11010519491231002X"


@pytest.fixture
def owner():
    return make_person("lawyer")


@pytest.fixture
def client_row(owner):
    return make_client(owner, identity_number=NUMBER, background="grew up in Harbin")


def column(pk, name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM clients_client WHERE id = %s", [pk])
        return cursor.fetchone()[0]


def put(pk, name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE clients_client SET {name} = %s WHERE id = %s", [value, pk])


def test_what_is_stored_is_not_what_was_written(client_row):
    stored = bytes(column(client_row.pk, "identity_number"))
    assert NUMBER.encode() not in stored
    assert Client.objects.get(pk=client_row.pk).identity_number == NUMBER


def test_the_same_value_is_never_stored_alike(owner):
    rows = [make_client(owner, background="the same") for _ in range(5)]
    assert len({bytes(column(row.pk, "background")) for row in rows}) == 5


def test_ten_thousand_swaps_are_all_noticed():
    """A value moved to another row, field or model does not open, nor does one with a bit changed."""
    dice = random.Random("swaps")
    places = [("a.b", "x", new_id()) for _ in range(100)] + [("a.b", "y", new_id()), ("c.d", "x", new_id())]
    sealed = [(place, seal("value", model=place[0], field=place[1], row_id=place[2])) for place in places]
    noticed = 0
    for _ in range(10_000):
        (here, blob), (there, _other) = dice.sample(sealed, 2)
        if dice.random() < 0.3:
            at = dice.randrange(len(blob))
            blob, there = blob[:at] + bytes([blob[at] ^ 1 << dice.randrange(8)]) + blob[at + 1 :], here
        with pytest.raises(SealBroken):
            unseal(blob, model=there[0], field=there[1], row_id=there[2])
        noticed += 1
    assert noticed == 10_000


def test_a_value_moved_in_the_database_does_not_open(owner, client_row):
    other = make_client(owner, identity_number="110105195001010011")
    put(other.pk, "identity_number", column(client_row.pk, "identity_number"))
    put(client_row.pk, "registration_number", column(client_row.pk, "identity_number"))
    with pytest.raises(SealBroken):
        _ = Client.objects.get(pk=other.pk).identity_number
    with pytest.raises(SealBroken):
        _ = Client.objects.get(pk=client_row.pk).registration_number


@pytest.mark.parametrize("blob", [b"", b"\x01", b"plain text", b"\x02" + b"x" * 60, b"\x01" + b"\xff" * 60])
def test_what_is_no_ciphertext_is_never_handed_out(blob):
    with pytest.raises(SealBroken):
        unseal(blob, model="a.b", field="x", row_id=new_id())


def test_nothing_is_sealed_without_a_row():
    with pytest.raises(ValueError, match="row's id"):
        seal("x", model="a.b", field="x", row_id=None)


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.update(identity_number="new"),
        lambda rows: rows.update(identity_number=b"raw bytes that were never sealed ......"),
        lambda rows: rows.update(identity_number=None),
        lambda rows: rows.update(background=F("identity_number")),
        lambda rows: rows.update(background=Value("x")),
        lambda rows: rows.update(identity_index=b"x" * 32),
        lambda rows: rows.bulk_update(list(rows), ["background"]),
        lambda rows: rows.bulk_update(list(rows), ["name", "identity_index"]),
        lambda rows: rows.bulk_create(
            list(rows), update_conflicts=True, unique_fields=["id"], update_fields=["background"]
        ),
    ],
)
def test_writes_that_know_no_row_are_refused(client_row, write):
    with pytest.raises(FieldError):
        write(Client.objects.all())
    assert Client.objects.get(pk=client_row.pk).identity_number == NUMBER


def test_every_model_with_a_sealed_field_has_the_guard(client_row):
    for rows in (Contact.objects.all(), ContactRevision.objects.all()):
        with pytest.raises(FieldError):
            rows.update(**{"sealed_note" if rows.model is Contact else "values": "x"})


def test_searching_in_a_sealed_field_is_refused(client_row):
    with pytest.raises(FieldError):
        Client.objects.filter(identity_number=NUMBER).exists()


def test_values_gives_bytes(client_row):
    (value,) = Client.objects.values_list("identity_number", flat=True)
    assert isinstance(value, bytes)
    assert NUMBER.encode() not in value


def test_a_field_left_out_of_the_query_is_fetched_and_not_taken_for_empty(
    client_row, django_assert_num_queries
):
    (row,) = Client.objects.only("name")
    with django_assert_num_queries(1):
        assert row.identity_number == NUMBER
    with django_assert_num_queries(0):
        assert row.identity_number == NUMBER


def test_saving_a_row_read_in_part_keeps_what_was_left_out(client_row):
    row = Client.objects.only("name").get(pk=client_row.pk)
    row.name = "Renamed"
    row.save()
    kept = Client.objects.get(pk=client_row.pk)
    assert (kept.name, kept.identity_number, kept.background) == ("Renamed", NUMBER, "grew up in Harbin")


def test_a_row_never_opened_is_saved_as_it_was(client_row):
    before = column(client_row.pk, "background")
    Client.objects.get(pk=client_row.pk).save()
    assert column(client_row.pk, "background") == before


def test_a_copy_under_another_key_is_not_saved_unreadable(client_row):
    """Bytes bound to the old row would be lost in the new one: better an error now than a loss later."""
    copy = Client.objects.get(pk=client_row.pk)
    copy.pk, copy._state.adding = new_id(), True
    with pytest.raises(SealBroken):
        copy.save()


def test_what_does_not_open_is_not_written_back(client_row):
    put(client_row.pk, "background", secrets.token_bytes(60))
    with pytest.raises(SealBroken):
        Client.objects.get(pk=client_row.pk).save()


def test_the_index_follows_also_when_only_the_field_is_saved(client_row):
    row = Client.objects.get(pk=client_row.pk)
    row.identity_number = "110105195001010011"
    row.save(update_fields=["identity_number"])
    assert bytes(column(row.pk, "identity_index")) == blind_index(
        "clients.client", "identity_number", "110105195001010011"
    )


def test_emptied_is_null(client_row):
    row = Client.objects.get(pk=client_row.pk)
    row.identity_number = ""
    row.save()
    assert column(row.pk, "identity_number") is None
    assert column(row.pk, "identity_index") is None
    assert Client.objects.get(pk=row.pk).identity_number == ""


def test_an_index_tells_fields_apart_and_needs_the_key():
    import hashlib

    one, two = (
        blind_index("clients.client", name, NUMBER) for name in ("identity_number", "registration_number")
    )
    assert one != two
    assert one not in {
        hashlib.new(kind, NUMBER.encode()).digest() for kind in ("sha256", "sha3_256", "blake2s")
    }


def test_opening_many_values_keeps_no_memory():
    pk = new_id()
    blob = seal("x" * 200, model="a.b", field="x", row_id=pk)
    for _ in range(1000):
        unseal(blob, model="a.b", field="x", row_id=pk)
    tracemalloc.start()
    before, _peak = tracemalloc.get_traced_memory()
    for _ in range(20_000):
        unseal(blob, model="a.b", field="x", row_id=pk)
    after, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 64_000


def test_nobody_looks_at_very_many_values_in_a_row(client_row, owner, client):
    client.force_login(owner)
    url = f"/clients/{client_row.pk}/reveal/background/"
    answers = [client.post(url) for _ in range(62)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429] * 2
    assert "Harbin" in answers[0].content.decode()
    assert "Harbin" not in answers[-1].content.decode()
    assert "sealed values" in answers[-1].content.decode()
    assert AuditEntry.objects.filter(verb="client.background_revealed").count() == 60
