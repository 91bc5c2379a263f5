"""Matters and receivables that go out as files come in again without a change, in either language and format."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from clients.actions.importing.reading import stage_import
from lawcrm.firm import clock
from lawcrm.firm.actions.exports import fetch_export, start_export
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.models import AuditEntry, Export
from matters.actions.service import invoice, receive
from tests.clients.build import make_client
from tests.clients.importing.build import verdicts
from tests.matters.build import make_matter
from tests.people import make_person
from tests.repo.world import wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def matter(lawyer, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    make_person("lawyer2")
    found = make_matter(
        make_client(lawyer, name="华安科技有限公司"),
        number="2026-7",
        title="=Lease, of the mill",
        parties=[("opposing", "Kestrel Ltd"), ("opposing", "远洋公司")],
        agreed_fee=Decimal("80000.50"),
        fee_basis="staged",
        note="two\nlines",
    )
    today = clock.today()
    one = invoice(found, by=lawyer, amount=Decimal(4000), issued_on=today - timedelta(60), due_on=today - timedelta(20),
                  invoice_number="INV-1")  # fmt: skip
    receive(one, by=lawyer, amount=Decimal(1500), on=today)
    return found


def taken_out(by, listing: str, format: str, query="") -> bytes:
    found = listing_of(listing)
    columns = [column.code for column in found.columns(by)]
    export = start_export(by=by, listing=found, query=query, columns=columns, format=format)
    assert export.state == Export.State.READY
    return b"".join(fetch_export(export, by=by))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("listing, kind", [("matters", "matters"), ("receivables", "invoices")])
def test_out_and_in_again(matter, listing, kind, format, language):
    admin = make_person("admin", language=language)
    with translation.override(language):
        data = taken_out(admin, listing, format)
        run = stage_import(by=admin, file=io.BytesIO(data), file_name=f"list.{format}")
    row = run.rows.get()
    assert (run.kind, verdicts(run)) == (kind, {row.number: "same"}), (row.changes, row.problems)
    assert AuditEntry.objects.filter(verb__startswith="export").exists()


def test_what_stands_behind_a_wall_is_not_in_the_file(matter):
    partner = make_person("partner")
    assert b"INV-1" in taken_out(partner, "receivables", "csv")
    wall_off("client", matter.client, partner, raised_by=make_person("manager"))
    assert b"INV-1" not in taken_out(partner, "receivables", "csv", "state=all")
    assert b"Kestrel" not in taken_out(partner, "matters", "csv")
