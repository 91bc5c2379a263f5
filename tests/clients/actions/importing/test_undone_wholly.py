"""An import taken back leaves every table of the firm's data as it was: only the audit trail and the import remember."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.apps import apps

from clients.actions.facts import add_fact, end_fact, make_main, remove_fact
from clients.actions.grading import decide_grade
from clients.actions.importing.deciding import decide_row
from clients.actions.importing.judging import map_columns
from clients.actions.importing.reading import stage_import
from clients.actions.importing.undoing import start_undo
from clients.actions.people import add_known_person
from clients.actions.relationship import assess_clients
from clients.actions.tags import make_tag, set_tags
from clients.importing.plan import NEW, Plan
from clients.models import Client, ClientFact, ClientPerson, ImportRun, Person, PersonFact, Tag
from clients.presenters.importing import warning_lines
from clients.queries.undoing import OF_ITSELF
from interactions.actions.follow_ups import snooze_follow_up
from interactions.models import FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import OPEN, run_next_chunk
from lawcrm.firm.models import Job, User
from lawcrm.firm.sealed import SealedTextField
from tests.clients.build import make_client, make_client_person
from tests.clients.importing.build import commit, make_firm, stage, verdicts
from tests.people import make_person

pytestmark = pytest.mark.django_db
Kind = ImportRun.Kind

RECORDS = {"importrun", "importrow", "importmapping"}  # what an import is itself
MOVES_ON = {"version", "updated_at"}  # tells that somebody wrote, not what is there


def dump() -> dict:
    """Every row of every table about clients: {table: {key: {column: value}}}, sealed values in clear."""
    found = {}
    for label in ("clients", "interactions", "matters", "surveys"):
        for model in apps.get_app_config(label).get_models(include_auto_created=True):
            if model._meta.model_name not in RECORDS | (OF_ITSELF - {"relationshipassessment"}):
                found[model._meta.label] = {row.pk: image(row) for row in model._base_manager.all()}
    return found


def image(row) -> dict:
    sealed = [field.name for field in row._meta.local_fields if isinstance(field, SealedTextField)]
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
    fields |= {name: getattr(row, name) for name in sealed}
    fields = {name: value for name, value in fields.items() if name not in MOVES_ON}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in fields.items()}


def assert_same(before: dict, after: dict) -> None:
    for table, rows in before.items():
        assert after[table] == rows, table


@pytest.fixture
def admin():
    return make_firm()


def work_off(kind: str) -> None:
    for job in Job.objects.filter(kind__startswith=kind, state__in=OPEN):
        while run_next_chunk(job.pk):
            pass


def written(run, by):
    """The run, then its further sheets, and the relationships of whom they concern."""
    run = commit(run, by)
    for part in sorted(run.parts.all(), key=lambda part: Kind.values.index(part.kind)):
        part.refresh_from_db()
        commit(part, by)
    work_off("clients.import.assess")
    return run


def undone(run, by):
    run = start_undo(run, by=by)
    work_off("clients.import.undo")
    run.refresh_from_db()
    return run


def outcomes(run) -> dict:
    return {row.number: (row.outcome, row.why) for row in run.rows.all() if row.outcome}


def workbook(**sheets) -> io.BytesIO:
    book, buffer = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(buffer)
    return buffer


CLIENTS = [
    "Name", "Kind", "Responsible lawyer", "Registration number", "Phone", "Email", "Address", "Grade", "Tags",
    "Further phones", "Further mail addresses", "Consent given on", "Client since", "Background", "Note",
]  # fmt: skip
NUMBER = "91110108551385082Q"


@pytest.fixture
def firm(admin):
    """A company with everything an import can touch, a second one, and people at both."""
    lawyer = User.objects.get(username="lawyer")
    harbour = make_client(
        lawyer, name="Old Harbour Ltd", kind="private_enterprise", phone="021-62340001", email="a@harbour.example",
        address="1 Quay", grade="B", client_since=date(2020, 5, 1), background="sealed", registration_number=NUMBER,
        former_names=["Harbour Co"],
    )  # fmt: skip
    add_fact(harbour, by=lawyer, kind="phone", value="021-62340002", label="office")
    end_fact(add_fact(harbour, by=lawyer, kind="phone", value="021-62340001"), by=lawyer, on=clock.today())
    set_tags(harbour, by=lawyer, tags=[make_tag(by=lawyer, name="VIP")])
    decide_grade(
        harbour,
        by=make_person("partner"),
        grade="B",
        reason="talks",
        ends_on=clock.today() + timedelta(days=90),
    )
    other = make_client(lawyer, name="New Quay Ltd", kind="private_enterprise")
    anna = make_client_person(
        harbour, name="Anna Bell", phone="13800138000", email="anna@harbour.example", role="payer"
    )
    add_fact(anna, by=lawyer, kind="phone", value="13900139000", label="private")
    ben = make_client_person(harbour, name="Ben Fox", role="user")  # without any phone
    add_known_person(by=lawyer, client=other, person=ben, role="payer")
    assess_clients([harbour.pk, other.pk])
    return harbour


def whole_workbook() -> io.BytesIO:
    changed = [
        "Harbour Holding Ltd", "Private enterprise", "lawyer2", NUMBER, "021-62340002", "b@harbour.example", "2 Quay", "A", "VIP; Steel",
        "13700137000 (night)", "c@harbour.example", "2024-01-02", "2019-01-01", "other background", "from the list",
    ]  # fmt: skip
    new = [
        "Third Pier Ltd",
        "Private enterprise",
        "lawyer",
        "",
        "021-62340009",
        *[""] * 3,
        "Steel",
        "13600136000",
    ]
    people = [
        # known: another main phone, which was held as a further one; and a further one beside it
        [
            "Harbour Holding Ltd",
            "Anna Bell",
            "13900139000",
            "",
            "13500135000; 13400134000 (home)",
            "Decision maker",
            "CEO",
        ],
        # known without a main phone: what is further stays further
        ["Harbour Holding Ltd", "Ben Fox", "", "", "13500135001", "User", "Clerk"],
        # known from there, new here
        ["New Quay Ltd", "Anna Bell", "13800138000", "anna@harbour.example", "13500135002", "User", ""],
        # the same person at two clients, both on record
        ["New Quay Ltd", "Ben Fox", "13300133000", "", "", "Payer", ""],
        # new, at two clients
        ["New Quay Ltd", "Cleo Day", "13200132000", "", "13200132001", "User", ""],
        ["Third Pier Ltd", "Cleo Day", "13200132000", "", "13200132002", "User", ""],
    ]
    contacts = [
        [
            "Harbour Holding Ltd",
            "2024-03-05 14:30",
            "Phone",
            "Progress report",
            "lawyer2",
            "Anna Bell",
            "Called about it",
        ],
        ["Third Pier Ltd", "2024-03-06", "Meeting", "Greeting", "lawyer", "Cleo Day", "Met"],
    ]
    return workbook(
        Clients=[CLIENTS, changed, new],
        People=[["Client", "Name", "Phone", "Email", "Further phones", "Role", "Position"], *people],
        Contacts=[["Client", "Date", "Channel", "Purpose", "Logged by", "Contact person", "Note"], *contacts],
    )


def test_every_table_is_as_it_was(admin, firm):
    before = dump()
    run = stage_import(by=admin, file=whole_workbook(), file_name="all.xlsx")
    plan = Plan.of(run.mapping).with_words("tags", {"steel": NEW})
    run = map_columns(run, by=admin, plan=plan)
    run = written(run, admin)
    told = {part.kind: dict(part.rows.values_list("number", "verdict")) for part in [run, *run.parts.all()]}
    assert told == {
        "clients": {2: "update", 3: "create"},
        "people": {2: "update", 3: "update", 4: "create", 5: "update", 6: "create", 7: "create"},
        "contacts": {2: "create", 3: "create"},
    }
    after = dump()
    for table in (
        "clients.Client", "clients.ClientFact", "clients.PersonFact", "clients.Tag", "clients.ClientTag", "clients.Person",
        "clients.ClientPerson", "clients.GradeChange", "clients.GradeDecision", "interactions.Contact",
        "interactions.FollowUp",
    ):  # fmt: skip
        assert after[table] != before[table], table
    run = undone(run, admin)
    for part in [run, *run.parts.all()]:
        assert {row.outcome for row in part.rows.all()} == {"reversed"}, part.kind
    assert_same(before, dump())


HEADINGS = ["Name", "Kind", "Responsible lawyer", "Phone", "Further phones"]


def company_row(name: str, phone: str, further: str = "") -> list[str]:
    return [name, "Private enterprise", "lawyer", phone, further]


def test_a_further_phone_goes_from_a_person_known_elsewhere(admin, firm):
    rows = [["New Quay Ltd", "Anna Bell", "13800138000", "13500135002 (desk)", "User"]]
    run = commit(stage(admin, rows, ["Client", "Name", "Phone", "Further phones", "Role"]), admin)
    assert PersonFact.objects.filter(value="13500135002").exists()
    assert Person.objects.matching("13500135002").exists()
    undone(run, admin)
    assert not PersonFact.objects.filter(value="13500135002").exists()
    assert not Person.objects.matching("13500135002").exists()
    assert PersonFact.objects.filter(value="13900139000").exists()


@pytest.mark.parametrize("deed", ["ended", "made main"])
def test_a_further_phone_that_was_worked_on_since_is_kept_and_named(admin, firm, deed):
    people = ["Client", "Name", "Phone", "Further phones", "Role"]
    of_people = commit(
        stage(admin, [["New Quay Ltd", "Anna Bell", "13800138000", "13500135002", "User"]], people), admin
    )
    of_clients = commit(stage(admin, [company_row("New Quay Ltd", "", "13500135003")], HEADINGS), admin)
    for fact in (PersonFact.objects.get(value="13500135002"), ClientFact.objects.get(value="13500135003")):
        if deed == "ended":
            end_fact(fact, by=admin, on=clock.today())
        else:
            make_main(fact, by=admin)
    edited = {2: ("kept", [{"code": "edited", "params": {"fields": ["other_phones"]}}])}
    assert outcomes(undone(of_people, admin)) == edited
    assert outcomes(undone(of_clients, admin)) == edited
    assert Person.objects.matching("13500135002").exists()
    assert Client.objects.matching("13500135003").exists()


def test_a_former_phone_that_was_removed_by_hand_hinders_nothing(admin, firm):
    run = commit(stage(admin, [company_row("Old Harbour Ltd", "021-62340005")], HEADINGS), admin)
    remove_fact(ClientFact.objects.order_by("pk").last(), by=admin)
    assert outcomes(undone(run, admin)) == {2: ("reversed", [])}
    firm.refresh_from_db()
    assert firm.phone == "021-62340001"


def test_a_person_with_a_phone_of_their_own_since_is_kept(admin, firm):
    rows = [["New Quay Ltd", "Cleo Day", "13200132000", "13200132001", "User"]]
    run = commit(stage(admin, rows, ["Client", "Name", "Phone", "Further phones", "Role"]), admin)
    add_fact(Person.objects.get(name="Cleo Day"), by=admin, kind="phone", value="13200132009")
    assert outcomes(undone(run, admin))[2][0] == "kept"
    assert PersonFact.objects.filter(person__name="Cleo Day").count() == 2


def test_a_person_whom_the_import_found_stays_though_the_other_place_is_gone(admin, firm):
    rows = [["New Quay Ltd", "Anna Bell", "13800138000", "User"]]
    run = commit(stage(admin, rows, ["Client", "Name", "Phone", "Role"]), admin)
    ClientPerson.objects.filter(client=firm, person__name="Anna Bell").delete()
    undone(run, admin)
    assert Person.objects.filter(name="Anna Bell").exists()


def test_rows_of_one_client_or_person_are_taken_back_to_before_the_first(admin, firm):
    """Two rows told to be the same client; one person at two clients."""
    wei = make_client(User.objects.get(username="lawyer"), name="张伟", phone="13800000101")
    assess_clients([wei.pk])
    before = dump()
    rows = [["张伟", "Natural person", "lawyer", f"1380000020{n}", ""] for n in range(2)]
    run = stage(admin, rows, HEADINGS)
    assert set(verdicts(run).values()) == {"ask"}
    for number in (2, 3):
        decide_row(run, by=admin, number=number, decision="update", client_id=wei.pk)
    people = [
        ["Old Harbour Ltd", "Ben Fox", "13300133000", "User"],
        ["New Quay Ltd", "Ben Fox", "13300133001", "Payer"],
    ]
    other = commit(stage(admin, people, ["Client", "Name", "Phone", "Role"]), admin)
    assert Person.objects.get(name="Ben Fox").phone == "13300133001"
    run = commit(run, admin)
    wei.refresh_from_db()
    former = ["13800000101", "13800000200"]
    assert (wei.phone, sorted(wei.facts.values_list("value", flat=True))) == ("13800000201", former)
    for one in (run, other):
        assert {outcome for outcome, _why in outcomes(undone(one, admin)).values()} == {"reversed"}
    assert_same(before, dump())


def test_a_tag_that_is_used_since_stays_and_is_named(admin, firm):
    headings = ["Name", "Kind", "Responsible lawyer", "Tags"]
    run = stage(admin, [["Third Pier Ltd", "Private enterprise", "lawyer", "Steel; Coal"]], headings)
    run = map_columns(
        run, by=admin, plan=Plan.of(run.mapping).with_words("tags", {"steel": NEW, "coal": NEW})
    )
    run = commit(run, admin)
    set_tags(firm, by=admin, tags=[Tag.objects.get(name="Coal")])
    run = undone(run, admin)
    assert list(Tag.objects.order_by("name").values_list("name", flat=True)) == ["Coal", "VIP"]
    assert {"code": "tags_kept", "params": {"names": ["Coal"]}} in run.warnings
    assert any("Coal" in line for line in warning_lines(run))


def test_a_talk_somebody_has_worked_on_stays_and_is_named(admin, firm):
    headings = ["Name", "Kind", "Responsible lawyer", "Grade"]
    run = commit(stage(admin, [["Old Harbour Ltd", "Private enterprise", "lawyer", "D"]], headings), admin)
    talk = FollowUp.objects.get()
    snooze_follow_up(talk, by=admin, until=talk.due_at + timedelta(days=3))
    assert outcomes(undone(run, admin)) == {2: ("reversed", [{"code": "talk_kept", "params": {}}])}
    firm.refresh_from_db()
    assert (firm.grade, FollowUp.objects.count()) == ("B", 1)
