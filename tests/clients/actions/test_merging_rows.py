"""What both of two merged clients or people have is there once and takes over what its twin said; parted, each has its own
again, whatever was merged before, after and into what."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import translation

from clients.access import visible_clients
from clients.actions.clients import set_team, update_client
from clients.actions.grading import decide_grade, score_clients
from clients.actions.merging import merge_clients, unmerge_clients
from clients.actions.people import add_known_person
from clients.actions.person_merging import merge_people, unmerge_people
from clients.merging import Undeclared, moving_relations, told
from clients.models import (
    Client,
    ClientFact,
    ClientGrading,
    ClientPerson,
    ClientTag,
    ClientTeam,
    GradeChange,
    GradeDecision,
    Link,
    MergeRecord,
    Person,
    Tag,
)
from clients.queries import merges
from clients.queries.client_page import history_of
from interactions.actions import events
from interactions.models import CareTask, EventInvitation
from lawcrm.firm import clock
from matters.models import ConflictCheck, ConflictHit
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_person("admin")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def merge(keep, absorb, by, choices=None):
    versions = fresh(keep).version, fresh(absorb).version
    act = merge_clients if isinstance(keep, Client) else merge_people
    return act(keep=keep, absorb=absorb, by=by, versions=versions, choices=choices or {})


def part(record, by):
    return (unmerge_clients if isinstance(record, MergeRecord) else unmerge_people)(record, by=by)


def rows(*models) -> dict:
    found = {}
    for model in models:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT to_jsonb(t) - 'updated_at' - 'version' FROM {model._meta.db_table} t ORDER BY id"
            )
            found[model] = [json.loads(row) for (row,) in cursor.fetchall()]
    return found


class TestWhatBothHave:
    def test_one_persons_two_places(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        person = make_client_person(kept)
        ClientPerson.objects.filter(person=person).update(roles=["user"], since=date(2020, 5, 1))
        add_known_person(
            by=lawyer, client=absorbed, person=person, roles=["payer"], position="CFO", since=date(2018, 1, 1)
        )
        before = rows(ClientPerson)
        record = merge(kept, absorbed, admin)
        place = ClientPerson.objects.get(client=kept)
        assert (set(place.roles), place.position, place.since) == (
            {"user", "payer"}, "CFO", date(2018, 1, 1),
        )  # fmt: skip
        part(record, admin)
        assert rows(ClientPerson) == before

    def test_two_invitations_without_a_person(self, admin, lawyer):
        kept, absorbed = make_client(lawyer, email="a@x.example"), make_client(lawyer, email="b@x.example")
        event = events.make_event(
            by=admin,
            title="Seminar",
            place="Hall",
            organiser=admin,
            starts_at=clock.now() + timedelta(days=9),
        )
        events.add_guests(event, [kept, absorbed], by=admin)
        assert EventInvitation.objects.filter(person__isnull=True).count() == 2
        EventInvitation.objects.filter(client=absorbed).update(
            answer="yes", answered_at=clock.now(), sent_at=clock.now(), sent_to="b@x.example"
        )
        before = rows(EventInvitation)
        record = merge(kept, absorbed, admin)
        one = EventInvitation.objects.get(client=kept)
        assert (one.answer, one.sent_to) == ("yes", "b@x.example")
        part(record, admin)
        assert rows(EventInvitation) == before

    def test_who_was_greeted_once_is_not_greeted_again(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        said = {
            "kind": "festival",
            "occasion": "festival:spring:2026",
            "on": clock.today(),
            "channel": "phone",
        }
        CareTask.objects.create(client=kept, owner=lawyer, **said)
        CareTask.objects.create(
            client=absorbed, owner=lawyer, state="done", done_at=clock.now(), done_by=lawyer, **said
        )
        record = merge(kept, absorbed, admin)
        assert CareTask.objects.get(client=kept).state == "done"
        part(record, admin)
        assert CareTask.objects.get(client=kept).state == "waiting"

    def test_figures_that_people_gave(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        ClientGrading.objects.create(client=kept, standing=3)
        ClientGrading.objects.create(client=absorbed, standing=5, realisation=80, entered_by=lawyer)
        merge(kept, absorbed, admin)
        one = ClientGrading.objects.get(client=kept)
        assert (one.standing, one.realisation) == (3, 80)

    def test_a_fact_that_is_known_is_not_written_again(self, admin, lawyer):
        kept, absorbed = make_client(lawyer, phone="13800138000"), make_client(lawyer, phone="13900139000")
        ClientFact.objects.create(client=kept, kind="phone", value="13900139000", label="office")
        merge(kept, absorbed, admin)
        assert ClientFact.objects.get(client=kept).label == "office"


class TestGrades:
    def test_the_grade_chosen_stands_whatever_was_decided_by_hand_for_the_other(self, admin, lawyer):
        partner, end = make_person("partner"), clock.today() + timedelta(days=90)
        kept, absorbed = make_client(lawyer, grade="B"), make_client(lawyer, grade="B")
        for client, grade in ((kept, "A"), (absorbed, "D")):
            decide_grade(client, by=partner, grade=grade, reason="x", ends_on=end)
        before = rows(GradeDecision)
        record = merge(kept, absorbed, admin)
        score_clients([kept.pk])
        assert fresh(kept).grade == "A"
        assert [one.grade for one in GradeDecision.objects.filter(client=kept).not_ended()] == ["A"]
        part(record, admin)
        assert rows(GradeDecision) == before

    def test_a_grade_taken_over_is_a_step_on_the_path(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        update_client(absorbed, by=lawyer, version=absorbed.version, changes={"grade": "B"})
        before = rows(GradeChange)
        record = merge(kept, absorbed, admin)
        newest = GradeChange.objects.filter(client=kept).first()
        assert (newest.old, newest.new, newest.origin) == ("", "B", "merge")
        part(record, admin)
        assert rows(GradeChange) == before


class TestChains:
    def test_a_into_b_into_c_and_back(self, admin, lawyer):
        one, two, three = (
            make_client(lawyer, name=f"Firm {number} Ltd", phone=f"1380013800{number}", note=f"note {number}")
            for number in range(3)
        )
        contact = make_contact(one)
        tables = (Client, ClientFact, ClientPerson, ClientTeam, type(contact))
        first = rows(*tables)
        into_two = merge(two, one, admin)
        second = rows(*tables)
        into_three = merge(three, two, admin)
        assert fresh(contact).client_id == three.pk
        told_of = {(entry.verb, entry.object_label) for entry in history_of(three, 30)}
        assert {("client.created", "Firm 0 Ltd"), ("client.created", "Firm 1 Ltd")} <= told_of
        part(into_three, admin)
        after = rows(*tables)
        assert _plain(after) == _plain(second)
        part(into_two, admin)
        assert _plain(rows(*tables)) == _plain(first)

    def test_two_into_one_and_the_first_leaves(self, admin, lawyer):
        """What the kept client had from the one that leaves, it still has from the other."""
        second = make_person("lawyer2")
        kept, one, other = make_client(lawyer), make_client(second), make_client(second)
        tag = Tag.objects.create(name="VIP", made_by=admin)
        for client in (one, other):
            ClientTag.objects.create(client=client, tag=tag)
        before = rows(ClientTag, ClientTeam)
        first, later = merge(kept, one, admin), merge(kept, other, admin)
        part(first, admin)
        assert set(visible_clients(second)) == {kept, one}
        assert fresh(kept).tag_ids == [tag.pk] == fresh(one).tag_ids
        part(fresh(later), admin)
        assert rows(ClientTag, ClientTeam) == before
        assert set(visible_clients(second)) == {one, other}


class TestWhatStays:
    def test_a_tie_between_the_two_ends_and_what_a_check_found_is_kept(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        Link.objects.create(kind="group_company", from_client=kept, to_client=absorbed)
        check = ConflictCheck.objects.create(asked_by=lawyer)
        hit = ConflictHit.objects.create(
            check_run=check, subject=0, asked_name="X", source="client", client=kept, via_client=absorbed, known_name="X",
        )  # fmt: skip
        record = merge(kept, absorbed, admin)
        assert not Link.objects.exists()
        assert fresh(hit).via_client_id == kept.pk
        part(record, admin)
        assert Link.objects.get().to_client_id == absorbed.pk
        assert fresh(hit).via_client_id == absorbed.pk

    def test_two_long_notes_of_people_are_kept_whole(self, admin, lawyer):
        client = make_client(lawyer)
        one, other = (make_client_person(client, note=letter * 290) for letter in "ab")
        merge(one, other, admin)
        assert fresh(one).note == f"{'a' * 290}\n\n{'b' * 290}"


class TestWords:
    @pytest.mark.parametrize("model", [Client, Person])
    def test_every_relation_that_moves_says_how_it_is_spoken_of(self, model):
        for relation in moving_relations(model):
            telling = told(relation.label)
            if telling:
                with translation.override("zh-hans"):
                    assert not str(telling.label).isascii(), relation.label

    def test_one_forgotten_is_an_error(self):
        with pytest.raises(Undeclared):
            told("clients.Nothing.client")


def _plain(tables: dict) -> dict:
    """Without sealed bytes and what every save moves on."""
    return {
        model: [
            {
                name: value
                for name, value in row.items()
                if not str(value).startswith("\\x") and name != "search"
            }
            for row in found
        ]
        for model, found in tables.items()
    }


def test_what_doubles_is_told_by_whoever_may_have_it_once(lawyer):
    """Every relation of either kind can be asked for its doubles."""
    one, other = make_client(lawyer), make_client(lawyer)
    set_team(one, by=lawyer, people=[make_person("lawyer2")])
    for relation in moving_relations(Client):
        assert merges.doubles(relation, one.pk, other.pk) == []
    here = make_client_person(one), make_client_person(one)
    for relation in moving_relations(Person):
        pairs = merges.doubles(relation, here[0].pk, here[1].pk)
        assert bool(pairs) == (relation.label == "clients.ClientPerson.person")
