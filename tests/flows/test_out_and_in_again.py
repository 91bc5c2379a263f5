"""A list that goes out as a file and comes in again changes nothing: every row is the same, whatever the values."""

import io
from collections import Counter
from datetime import date

import pytest
from django.utils import translation

from clients.actions.clients import create_client, update_client
from clients.actions.importing.reading import stage_import
from clients.enums import BusinessField, ClientKind, ServiceType
from clients.importing.columns import COLUMNS
from clients.models import Client
from lawcrm.firm.actions.exports import fetch_export, start_export
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.sealed import MASK
from tests.people import make_person

pytestmark = pytest.mark.django_db
PERSON, FIRM = ClientKind.PERSON, ClientKind.PRIVATE
UGLY = [
    {"name": "=1+1 Trading Ltd", "kind": FIRM, "note": "=cmd|' /C calc'!A0", "address": "+86 road"},
    {"name": "@Home Ltd", "kind": FIRM, "wechat": "007", "industry": "-", "note": "'quoted'"},
    {"name": "-minus- Ltd", "kind": FIRM, "wechat": "1e10", "employer": "0123456789012345"},
    {"name": "Line Break Ltd", "kind": FIRM, "note": "first\nsecond\n\nfourth \t x"},
    {"name": "CR LF Ltd", "kind": FIRM, "note": "one\r\ntwo\rthree"},
    {"name": "张伟", "kind": PERSON, "birth_date": PartialDate(1980, 5)},
    {"name": "张伟", "kind": PERSON, "birth_date": PartialDate(1980, 8, 15, lunar=True)},
    {"name": "张伟", "kind": PERSON, "phone": "13800138000", "birth_date": PartialDate(None, 4, 3, lunar=True, leap=True)},
    {"name": "张伟", "kind": PERSON, "phone": "13800138000", "birth_date": PartialDate(None, 12)},
    {"name": "张伟", "kind": PERSON, "identity_number": "110101199003071233"},
    {"name": "欧阳 娜娜", "kind": PERSON, "phone": "+442079460000", "sex": "female", "family_notes": "two\nlines"},
    {"name": "古丽·买买提", "kind": PERSON, "phone": "0571-87654321-806", "birth_date": PartialDate(1955)},
    {"name": "Ｆｕｌｌ　Ｗｉｄｔｈ", "kind": FIRM, "address": "上海市　浦东新区"},
    {"name": "华东贸易有限公司", "kind": ClientKind.STATE_OWNED, "registration_number": "91310000MA1FL0000X"},
    {"name": "华东贸易有限公司", "kind": ClientKind.STATE_OWNED, "address": "12, \"quoted\"; and, more"},
    {"name": "Lists Ltd", "kind": ClientKind.FOREIGN_INVESTED, "business_fields": list(BusinessField.values),
     "service_types": [ServiceType.RETAINER, ServiceType.ADVICE], "source": "alliance", "grade": "D",
     "former_names": ["Old, Ltd", "Older & Co"], "client_since": date(1999, 2, 28), "language": "zh-hant"},
    {"name": "O'Brien & Söhne <GmbH>", "kind": FIRM, "latin_name": "O'Brien", "email": "o'brien@x.example"},
    {"name": "_x0041_ Ltd", "kind": FIRM, "note": "_x000D_ <&>", "website": "https://x.example/?a=1&b=2"},
]  # fmt: skip


@pytest.fixture
def firm():
    lawyer, namesake = (
        make_person("lawyer"),
        make_person("weichen2", given_name="Wei", family_name="Chen", name_zh="陈伟"),
    )
    number = "91310000MA1FL0000X"
    for count, fields in enumerate(UGLY):
        fields = dict(fields)
        if fields.get("registration_number") == number:
            del fields["registration_number"]
        responsible = namesake if count % 3 == 0 else lawyer
        create_client(by=lawyer, responsible=responsible, **fields)
    return make_person("admin")


def out_and_in(by, format: str, *, columns=tuple(COLUMNS), language="en", read_in="en"):
    """Exports all clients and stages the very file; says what would become of each row."""
    with translation.override(language):
        export = start_export(by=by, listing=listing_of("clients"), query="", columns=columns, format=format)
        data = b"".join(fetch_export(export, by=by))
    with translation.override(read_in):
        return stage_import(by=by, file=io.BytesIO(data), file_name=f"clients.{format}")


def trouble(run) -> list:
    rows = run.rows.exclude(verdict="same").order_by("number")
    return [(row.number, row.verdict, row.problems, row.reasons, row.changes) for row in rows]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_row_is_the_same(firm, format, language):
    run = out_and_in(firm, format, language=language, read_in="zh-hans" if language == "en" else "en")
    assert trouble(run) == []
    assert run.counts["same"] == run.counts["rows"] == len(UGLY)
    assert not [
        warning for warning in run.warnings if warning["code"] in ("unknown_headings", "repeated_heading")
    ]


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_with_every_column_there_is_too(firm, format):
    codes = [column.code for column in listing_of("clients").columns(firm)]
    run = out_and_in(firm, format, columns=codes)
    assert trouble(run) == []


def test_what_was_masked_says_nothing_when_it_comes_back(firm, monkeypatch):
    from lawcrm.firm import roles

    monkeypatch.setitem(
        roles.PERMISSIONS, roles.Role.ADMINISTRATOR, roles.PERMISSIONS["administrator"] - {"sealed.reveal"}
    )
    run = out_and_in(firm, "csv")
    assert trouble(run) == []
    assert Client.objects.filter(identity_index__isnull=False).get().identity_number != MASK


def test_the_columns_are_found_by_the_headings_of_either_language(firm):
    for language in ("en", "zh-hans"):
        run = out_and_in(firm, "csv", language=language)
        assert Counter(run.mapping["columns"].values()) == Counter(list(COLUMNS))


def test_what_changed_meanwhile_is_told_and_the_reference_finds_the_client_whatever_its_name(firm):
    client = Client.objects.get(name="Lists Ltd")
    with translation.override("en"):
        export = start_export(
            by=firm, listing=listing_of("clients"), query="", columns=tuple(COLUMNS), format="csv"
        )
    data = b"".join(fetch_export(export, by=firm))
    changes = {"name": "Renamed Ltd", "grade": "A"}
    update_client(client, by=firm, version=client.version, changes=changes, was_mistyped=True)
    run = stage_import(by=firm, file=io.BytesIO(data), file_name="clients.csv")
    [row] = run.rows.exclude(verdict="same")
    assert (row.verdict, row.client_id) == ("update", client.pk)
    assert row.reasons == [{"code": "reference", "params": {}}]
    former = row.changes.pop("former_names")[1]
    assert "Renamed Ltd" in former and "Lists Ltd" not in former
    assert row.changes == {"name": ["Renamed Ltd", "Lists Ltd"], "grade": ["A", "D"]}
