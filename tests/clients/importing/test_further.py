"""Further phones and addresses of a list: read, added beside what is known, exported, taken back."""

import io

import pytest

from clients.actions.facts import add_fact, end_fact
from clients.actions.importing.reading import stage_import
from clients.actions.importing.undoing import start_undo
from clients.importing.further import several_emails, several_phones
from clients.models import Client, ClientFact, Person, PersonFact
from lawcrm.firm import clock
from lawcrm.firm.actions.exports import fetch_export, start_export
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.exporting import listing_of
from lawcrm.firm.spreadsheets.reader import Cell
from tests.clients.build import make_client, make_client_person
from tests.clients.importing.build import commit, make_firm, stage, verdicts

pytestmark = pytest.mark.django_db
HEADINGS = ["Name", "Kind", "Responsible lawyer", "Phone", "Further phones", "Further mail addresses"]


@pytest.fixture
def admin():
    return make_firm()


def row(name: str, phones: str, emails: str = "", main: str = "021-62340000") -> list[str]:
    return [name, "Private enterprise", "lawyer", main, phones, emails]


def phones_of(client) -> list[tuple[str, str]]:
    return list(client.facts.filter(kind="phone", until=None).order_by("pk").values_list("value", "label"))


def undone(run, by) -> None:
    start_undo(run, by=by)
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("021-62340001 (office)； 13800138000", [["021-62340001", "office"], ["13800138000", ""]]),
        ("(021) 62340001", [["021-62340001", ""]]),
        ("13800138000\n13800138000（秘书）", [["13800138000", ""]]),
    ],
)
def test_several_phones_of_a_cell(text, read):
    assert several_phones().clean(Cell(text, "text")).value == read


def test_one_that_cannot_be_read_refuses_the_cell():
    assert several_emails().clean(Cell("a@b.example; nonsense", "text")).problem is not None


def test_they_are_added_found_and_taken_back(admin):
    held = make_client(admin, name="Old Harbour Ltd", phone="021-62340009")
    add_fact(held, by=admin, kind="phone", value="021-62340008")
    ended = add_fact(held, by=admin, kind="phone", value="021-62340007")
    end_fact(ended, by=admin, on=clock.today())
    run = stage(
        admin,
        [
            row("New Port Ltd", "021-62340001 (office)", "two@port.example (invoices)"),
            row(
                "Old Harbour Ltd",
                "021-62340009; 021-62340008; 021-62340007; 13800138000 (secretary)",
                main="021-62340009",
            )[:2]
            + [
                "admin",
                "021-62340009",
                "021-62340009; 021-62340008; 021-62340007; 13800138000 (secretary)",
                "",
            ],
        ],
        HEADINGS,
    )
    assert verdicts(run) == {2: "create", 3: "update"}
    assert run.rows.get(number=3).changes == {
        "other_phones": [[["021-62340008", ""]], [["021-62340008", ""], ["13800138000", "secretary"]]]
    }
    commit(run, admin)
    port = Client.objects.get(name="New Port Ltd")
    assert phones_of(port) == [("021-62340001", "office")]
    assert Client.objects.matching("62340001").get() == port
    assert Client.objects.matching("two@port.example").get() == port
    assert phones_of(held) == [("021-62340008", ""), ("13800138000", "secretary")]
    assert Client.objects.matching("13800138000").get() == held
    again = stage(admin, [row("New Port Ltd", "021-62340001", "two@port.example")], HEADINGS)
    assert verdicts(again) == {2: "same"}
    undone(run, admin)
    assert not Client.objects.filter(name="New Port Ltd").exists()
    assert phones_of(held) == [("021-62340008", "")]
    assert not Client.objects.matching("13800138000").exists()


def test_a_client_that_got_another_phone_since_is_kept(admin):
    run = commit(stage(admin, [row("New Port Ltd", "021-62340001")], HEADINGS), admin)
    add_fact(Client.objects.get(), by=admin, kind="phone", value="021-62340005")
    undone(run, admin)
    assert ClientFact.objects.count() == 2


def test_of_people_they_are_added_and_taken_back(admin):
    client = make_client(admin, name="Harbour Ltd")
    make_client_person(client, name="Anna Bell", phone="13800138000")
    rows = [
        ["Harbour Ltd", "Anna Bell", "13800138000", "13900139000 (private)", "Payer"],
        ["Harbour Ltd", "Ben Fox", "13700137000", "13600136000", "User"],
    ]
    run = stage(admin, rows, ["Client", "Name", "Phone", "Further phones", "Role"])
    assert (run.kind, verdicts(run)) == ("people", {2: "update", 3: "create"})
    commit(run, admin)
    facts = set(PersonFact.objects.values_list("person__name", "value", "label"))
    assert facts == {("Anna Bell", "13900139000", "private"), ("Ben Fox", "13600136000", "")}
    assert Person.objects.matching("13900139000").get().name == "Anna Bell"
    assert set(verdicts(stage(admin, rows, run.headings)).values()) == {"same"}
    undone(run, admin)
    assert not PersonFact.objects.exists()
    assert list(Person.objects.values_list("name", flat=True)) == ["Anna Bell"]


def test_what_is_exported_is_read_again_as_the_same(admin):
    client = make_client(admin, name="Harbour Ltd", phone="021-62340000")
    add_fact(client, by=admin, kind="phone", value="13800138000", label="office")
    add_fact(client, by=admin, kind="address", value="1 Harbour Road; Shanghai")
    listing = listing_of("clients")
    columns = ["name", "kind", "responsible", "other_phones", "other_addresses", "reference"]
    export = start_export(by=admin, listing=listing, query="", columns=columns, format="csv")
    body = b"".join(fetch_export(export, by=admin))
    assert "13800138000 (office)" in body.decode("utf-8-sig")
    assert verdicts(stage_import(by=admin, file=io.BytesIO(body), file_name="out.csv")) == {2: "same"}
