from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from clients.models import RelationshipAssessment
from interactions.actions.contacts import log_contact, withdraw_contact
from interactions.actions.follow_ups import create_follow_up, finish_without_contact
from interactions.models import Contact
from interactions.presenters.story import story_line
from interactions.timeline import Wanted, timeline_page
from lawcrm.firm import clock
from lawcrm.firm.models import Wall, WallPerson
from matters.actions.agenda import add_date, call_off_date, finish_date
from matters.actions.conflicts import decide_check
from matters.actions.matters import open_matter
from matters.actions.service import invoice, void_invoice
from matters.models import Matter, MatterProgress
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def client_row(lawyer):
    return make_client(lawyer)


@pytest.fixture(autouse=True)
def shanghai():
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        yield


def make_matter(client, **fields):
    values = dict(
        title="Lease",
        kind="civil",
        service_type="advice",
        responsible=client.responsible,
        accepted_on=date(2026, 1, 5),
    )
    return Matter.objects.create(client=client, **{**values, **fields})


def titles(user, client, **kwargs):
    RelationshipAssessment.objects.filter(assessed_on=clock.today()).delete()
    return [line.item.title for line in timeline_page(user, client, **kwargs).lines]


def test_everything_that_happened_stands_in_one_line(lawyer, client_row):
    matter = make_matter(client_row, state="closed", closed_on=date(2026, 3, 1), outcome="Settled")
    MatterProgress.objects.create(
        matter=matter, on=date(2026, 2, 1), text="Filed", audience="internal", made_by=lawyer
    )
    MatterProgress.objects.create(
        matter=matter, on=date(2026, 2, 2), text="Told", audience="told", made_by=lawyer
    )
    RelationshipAssessment.objects.create(
        client=client_row,
        type=2,
        previous_type=3,
        fingerprint="x",
        assessed_on=date(2026, 2, 10),
        current=False,
    )
    follow_up = create_follow_up(by=lawyer, client=client_row, title="Call", due_at=clock.now())
    make_contact(
        client_row, at=datetime(2026, 1, 20, 2, tzinfo=UTC), does_follow_up=follow_up, note="Said hello"
    )
    assert titles(lawyer, client_row) == [
        "Follow-up done: Call",
        "Matter closed: Lease",
        "Relationship fell to Passive",
        "Progress noted: Lease",
        "Phone",
        "Matter accepted: Lease",
    ]
    page = timeline_page(lawyer, client_row)
    contact = page.lines[4]
    assert (contact.hour, contact.item.note, contact.item.tags) == (
        "10:00",
        "Said hello",
        ("Progress report",),
    )
    assert contact.item.meta == "Wei Chen"
    assert page.older == ""


def test_only_changes_of_type_are_told(lawyer, client_row):
    for day, (now, before) in enumerate([(None, None), (2, None), (2, 2), (3, 2)], start=1):
        RelationshipAssessment.objects.create(
            client=client_row,
            type=now,
            previous_type=before,
            fingerprint="x",
            assessed_on=date(2026, 1, day),
            current=False,
        )
    assert titles(lawyer, client_row) == [
        "Relationship rose to Responsible",
        "Relationship first assessed: Passive",
    ]


def test_withdrawn_contacts_and_confidential_words_stay_out(lawyer, client_row):
    withdraw_contact(make_contact(client_row), by=lawyer, reason="wrong")
    make_contact(client_row, note="sealed words", confidentiality="confidential")
    page = timeline_page(lawyer, client_row)
    assert len(page.lines) == 1
    assert page.lines[0].item.note == ""
    assert "Confidential" in page.lines[0].item.meta


def test_closer_contacts_are_seen_by_those_who_work_for_the_client(lawyer, client_row):
    make_contact(client_row, confidentiality="team")
    partner = make_person("partner")
    assert titles(partner, client_row) == []
    client_row.team.create(user=partner)
    client_row.refresh_from_db()
    assert titles(partner, client_row) == ["Phone"]


def test_what_lies_behind_a_matters_wall_stays_there(lawyer, client_row):
    matter = make_matter(client_row)
    make_contact(client_row, matter=matter)
    partner = make_person("partner")
    assert len(titles(partner, client_row)) == 2
    wall = Wall.objects.create(
        kind="matter", target_id=matter.pk, mode="excludes", reason="conflict", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=partner)
    assert titles(partner, client_row) == []
    assert len(titles(lawyer, client_row)) == 2


def test_older_pages_neither_skip_nor_repeat_items_of_one_instant(lawyer, client_row):
    instant = datetime(2026, 1, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    for _ in range(4):
        make_contact(client_row, at=instant)
    make_contact(client_row, at=instant - timedelta(days=1))
    matter = make_matter(
        client_row, state="closed", closed_on=date(2026, 1, 5)
    )  # opened and closed at that instant
    seen, cursor = [], ""
    for _ in range(10):
        page = timeline_page(lawyer, client_row, cursor, size=1)
        seen += [(line.item.title, line.item.url) for line in page.lines]
        cursor = page.older
        if not cursor:
            break
    seen = [(title, url) for title, url in seen if not title.startswith("Relationship")]
    assert len(seen) == 7
    assert sum(title.startswith("Matter") for title, _ in seen) == 2
    assert len({url for title, url in seen if title == "Phone"}) == Contact.objects.count()
    assert matter.pk


def test_a_cursor_of_nonsense_shows_the_first_page(lawyer, client_row):
    make_contact(client_row)
    assert titles(lawyer, client_row, cursor="nonsense") == ["Phone"]


@pytest.mark.parametrize("number", [3, 30])
def test_it_is_one_statement_however_long(django_assert_num_queries, lawyer, client_row, number):
    for _ in range(number):
        make_contact(client_row)
    with django_assert_num_queries(
        2
    ):  # the walls around the reader, which a request has read already; the story
        lines = timeline_page(lawyer, client_row).lines
    assert sum(line.item.title == "Phone" for line in lines) == number


def test_a_page_kept_in_writing_tells_each_reader_their_own_story(monkeypatch):
    """The text of the query is kept from one reader and client to the next: what it shows must not be."""
    from interactions import timeline
    from lawcrm.firm.reading import one_reading

    lawyer, partner = make_person("lawyer"), make_person("partner", time_zone="Europe/London")
    clients = [make_client(lawyer, name="One"), make_client(lawyer, name="Two")]
    for number, client in enumerate(clients):
        for closeness in ("ordinary", "team", "confidential"):
            log_contact(
                by=lawyer, client=client, at=clock.now() - timedelta(days=number + 1), channel="phone",
                purposes=["other"], note=f"{client.name} {closeness}", confidentiality=closeness,
            )  # fmt: skip

    def story(user, client):
        with one_reading():
            return [
                (line.item.title, line.item.note, line.when) for line in timeline_page(user, client).lines
            ]

    monkeypatch.setattr(timeline, "_WRITTEN", timeline.Written())
    kept = {
        (user.pk, client.pk): story(user, client)
        for _twice in (1, 2)
        for user in (lawyer, partner)
        for client in clients
    }
    monkeypatch.setattr(timeline, "_asked", lambda user, client, before, size, written: list(written()))
    anew = {(user.pk, client.pk): story(user, client) for user in (lawyer, partner) for client in clients}
    assert kept == anew
    assert [len(kept[reader.pk, clients[0].pk]) for reader in (lawyer, partner)] == [
        4,
        2,
    ]  # with the assessment


def test_a_letter_stands_in_the_timeline_without_its_empty_lines(lawyer, client_row):
    make_contact(client_row, lawyer, note="Dear Ms Li,\n\n  \nthe contract is signed.\nYours")
    (line,) = timeline_page(lawyer, client_row).lines
    assert "Dear Ms Li,\nthe contract is signed.\nYours" in story_line(line)


def test_the_work_on_a_matter_stands_in_it(lawyer, client_row):
    make_client(lawyer, name="Kestrel plc")
    matter = open_matter(
        by=lawyer,
        client=client_row,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=clock.today(),
        opposing_party="Kestrel Ltd",
    )
    decide_check(matter.conflict_checks.get(), by=lawyer, decision="waived", reason="Both agreed.")
    finish_date(add_date(matter, by=lawyer, kind="hearing", on=clock.today()), by=lawyer)
    call_off_date(add_date(matter, by=lawyer, kind="filing", on=clock.today()), by=lawyer)
    for number in ("INV-1", "INV-2"):
        made = invoice(
            matter,
            by=lawyer,
            amount=Decimal("1200.50"),
            issued_on=clock.today(),
            due_on=clock.today(),
            invoice_number=number,
        )
    void_invoice(made, by=lawyer)
    follow_up = create_follow_up(by=lawyer, client=client_row, title="Call", due_at=clock.now())
    finish_without_contact(follow_up, by=lawyer, outcome="They are content")
    RelationshipAssessment.objects.all().delete()
    lines = timeline_page(lawyer, client_row).lines
    assert {(line.item.title, line.item.who, line.item.note) for line in lines} == {
        ("Matter accepted: Lease", "Legal advice", ""),
        ("Conflict check decided: Conflict waived", "Lease", ""),
        ("Key date done: Hearing", "Lease", ""),
        ("Invoice issued: 1,200.50", "Lease", "INV-1"),
        ("Follow-up done: Call", "", "They are content"),
    }
    for words, title in (
        ("waived", "Conflict check decided: Conflict waived"),
        ("hearing", "Key date done: Hearing"),
        ("inv-1", "Invoice issued: 1,200.50"),
        ("content", "Follow-up done: Call"),
    ):
        found = timeline_page(lawyer, client_row, wanted=Wanted.of((), words)).lines
        assert [line.item.title for line in found] == [title]
    wall = Wall.objects.create(
        kind="matter", target_id=matter.pk, mode="excludes", reason="x", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=lawyer)
    assert titles(lawyer, client_row) == ["Follow-up done: Call"]
