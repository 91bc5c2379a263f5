"""What a thief of the database reads of the sealed fields: nothing, in no spelling."""

import base64
import hashlib
import json

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client as Browser
from psycopg import sql

from clients.models import Client
from lawcrm.firm.inventory import FieldClass, class_of, own_models, sealed_fields
from lawcrm.firm.models import AuditEntry, IdempotencyKey
from lawcrm.firm.sealed import BlindIndexField, SealedTextField
from tests.clients.build import make_client
from tests.people import make_person
from tests.repo.world import World

pytestmark = pytest.mark.django_db


def dump() -> bytes:
    """Every table, as pg_dump would copy it, binary columns in both hex and as they are."""
    pieces = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            for form in ("TEXT", "BINARY"):
                statement = sql.SQL("COPY {} TO STDOUT (FORMAT {})").format(
                    sql.Identifier(table), sql.SQL(form)
                )
                with cursor.copy(statement) as copy:
                    pieces += [bytes(piece) for piece in copy]
    return b"".join(pieces)


def spellings(text: str):
    """The ways a value might stand in a dump: itself, other encodings, base64, hex, JSON, unkeyed digests."""
    plain = {text.encode(), text.encode("gb18030"), text.encode("utf-16-le"), text[::-1].encode()}
    plain |= {json.dumps(text)[1:-1].encode(), text.lower().encode(), text.upper().encode()}
    for one in list(plain):
        yield one
        yield one.hex().encode()
        for shift in range(3):  # base64 of a longer text that has it inside
            yield base64.b64encode(b"x" * shift + one)[4:-4]
        for kind in ("md5", "sha1", "sha256", "sha512"):
            digest = hashlib.new(kind, one)
            yield digest.digest()
            yield digest.hexdigest().encode()


def assert_absent(secrets):
    dumped = dump()
    assert b"firm_auditentry" in dumped or b"client.created" in dumped
    found = [secret for secret in secrets for one in spellings(secret) if len(one) >= 8 and one in dumped]
    assert not found


def test_every_sealed_field_of_every_model():
    world = World()
    world.plant_secrets()
    secrets = set().union(*(planter.sealed for planter in [world.open, *world.secrets.values()]))
    assert len(secrets) >= 4
    make_client(world.people["lawyer"])  # something to find, so that an empty dump proves nothing
    assert_absent(secrets)


def test_what_comes_in_by_form_and_is_looked_at_again():
    """The whole way: a form with its key (its answer is kept), a mistake shown again, a look, the audit trail."""
    owner = make_person("lawyer")
    client = make_client(
        owner, identity_number="11010519491231002X", background="长大于哈尔滨, grew up in Harbin"
    )
    browser = Browser()
    browser.force_login(owner)
    page = browser.get(f"/clients/{client.pk}/edit/")
    form = page.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, [])}
    sent |= {
        "identity_number": "110105195001010011",
        "background": "moved to Dalian in 1990",
        "idempotency_key": "k" * 24,
    }
    browser.post(f"/clients/{client.pk}/edit/", sent)
    browser.post(f"/clients/{client.pk}/edit/", sent | {"name": "", "idempotency_key": "m" * 24})
    browser.post(f"/clients/{client.pk}/reveal/background/", {"idempotency_key": "n" * 24})
    assert Client.objects.get(pk=client.pk).background == "moved to Dalian in 1990"
    assert IdempotencyKey.objects.exists()
    assert AuditEntry.objects.filter(verb="client.changed").exists()
    assert_absent(
        {
            "11010519491231002X",
            "长大于哈尔滨",
            "grew up in Harbin",
            "110105195001010011",
            "moved to Dalian in 1990",
        }
    )


def test_the_inventory_knows_every_sealed_field_and_its_index():
    for model in own_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, SealedTextField | BlindIndexField):
                assert class_of(model, field) == FieldClass.SEALED
    names = {f"{model._meta.label}.{field.name}" for model, field in sealed_fields()}
    assert {"clients.Client.identity_number", "interactions.Contact.sealed_note"} <= names


def test_every_sealed_column_holds_nothing_but_sealed_values():
    """Versioned, with a known key, of every column: ciphertext that `keys verify` can open."""
    from lawcrm.firm.actions import keys

    World().plant_secrets()
    make_client(apps.get_model("firm", "User").objects.first(), identity_number="11010519491231002X")
    assert set(keys.use_of_keys()) == {1}
    assert list(keys.broken_values()) == []
