"""Two people made one and parted again: nothing is lost, nothing doubled, and every relation says what it does."""

import json

import pytest
from django.db import connection

from clients.actions.duplicates import find_all_next
from clients.actions.erasure import erase, place_hold, request_erasure
from clients.actions.merge_rows import MergeRefused
from clients.actions.people import add_known_person, update_person
from clients.actions.person_merging import merge_people, say_two_people, unmerge_people
from clients.merging import KEEP, MOVE, UNITE, Undeclared, moving_relations, relations_to
from clients.models import Client, ClientPerson, Link, Need, Person, PersonFact, PersonPair
from clients.queries import merges
from clients.subjects import Subject
from interactions.models import Contact
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry, Wall
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person
from tests.repo.world import Planter

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_person("admin")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def here(lawyer):
    return make_client(lawyer, name="Here Ltd")


@pytest.fixture
def there(lawyer):
    return make_client(lawyer, name="There Ltd")


@pytest.fixture
def two(here, there):
    return (
        make_client_person(here, name="张伟", phone="13800138000", email="w@here.example"),
        make_client_person(there, name="Zhang Wei", phone="13900139000", note="plays chess"),
    )


def fresh(person) -> Person:
    return Person.objects.get(pk=person.pk)


def merge(keep, absorb, by, choices=None, versions=None):
    versions = versions or (fresh(keep).version, fresh(absorb).version)
    return merge_people(keep=keep, absorb=absorb, by=by, versions=versions, choices=choices or {})


def rows(table: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) - 'updated_at' - 'version' FROM {table} t ORDER BY id")
        return [json.loads(row) for (row,) in cursor.fetchall()]


class TestRelations:
    def test_every_relation_to_a_person_is_declared(self):
        found = relations_to(Person)
        assert {relation.policy for relation in found} <= {MOVE, UNITE, KEEP}
        assert {"clients.ClientPerson.person", "interactions.Contact_people.person"} <= {
            r.label for r in found
        }

    def test_an_undeclared_one_stops_every_merge(self, monkeypatch, two, admin):
        monkeypatch.setattr(Need, "on_person_merge", {})
        with pytest.raises(Undeclared):
            merge(*two, admin)

    def test_everything_around_the_absorbed_person_is_around_the_kept_one(self, admin, lawyer, here):
        kept = make_client_person(here, name="Kept")
        planted = Planter("people", lawyer).plant_all()
        absorbed = planted.rows[Person]
        before = {
            relation.label: set(merges.rows_of(relation, absorbed.pk).values_list("pk", flat=True))
            for relation in moving_relations(Person)
        }
        assert sum(map(bool, before.values())) >= 5
        merge(kept, absorbed, admin)
        for relation in moving_relations(Person):
            assert not merges.rows_of(relation, absorbed.pk).exists(), relation.label
            here_now = set(merges.rows_of(relation, kept.pk).values_list("pk", flat=True))
            assert before[relation.label] <= here_now, relation.label


class TestMerging:
    def test_what_is_filled_stands_and_what_gave_way_is_known_still(self, two, admin):
        merge(*two, admin)
        one = fresh(two[0])
        assert (one.name, one.latin_name, one.phone, one.note) == (
            "张伟",
            "Zhang Wei",
            "13800138000",
            "plays chess",
        )
        assert PersonFact.objects.get(person=one).value == "13900139000"
        assert list(Person.objects.visible_to(admin).matching("Zhang Wei")) == [one]
        assert list(Person.objects.visible_to(admin).matching("13900139000")) == [one]

    def test_a_choice_counts(self, two, admin):
        merge(*two, admin, {"name": "absorbed", "phone": "absorbed"})
        assert (fresh(two[0]).name, fresh(two[0]).phone) == ("Zhang Wei", "13900139000")

    def test_what_both_have_is_there_once_with_the_roles_of_both(self, two, admin, lawyer, here):
        kept, absorbed = two
        ClientPerson.objects.filter(person=kept).update(roles=["user"])
        add_known_person(by=lawyer, client=here, person=absorbed, roles=["payer"], position="CFO")
        contact = make_contact(here, lawyer, people=[kept, absorbed])
        Link.objects.create(kind="family", from_person=kept, to_person=absorbed)
        merge(kept, absorbed, admin)
        place = ClientPerson.objects.get(client=here)
        assert (place.person_id, set(place.roles), place.position) == (kept.pk, {"user", "payer"}, "CFO")
        assert list(contact.people.all()) == [kept]
        assert not Link.objects.exists()  # from one to oneself

    def test_nobody_sees_the_absorbed_person_and_the_address_leads_on(self, client, two, admin):
        kept, absorbed = two
        merge(kept, absorbed, admin)
        assert set(Person.objects.visible_to(admin)) == {kept}
        client.force_login(admin)
        assert client.get(f"/clients/people/{absorbed.pk}/").url == f"/clients/people/{kept.pk}/"

    def test_the_histories_of_both_clients_tell(self, two, admin, here, there):
        merge(*two, admin)
        told = AuditEntry.objects.filter(verb="person.merged")
        assert {entry.client_id for entry in told} == {here.pk, there.pk}


class TestRefusing:
    def test_across_a_wall(self, two, admin, lawyer, there):
        other = make_person("lawyer2")
        Client.objects.filter(pk=there.pk).update(responsible=other)
        raise_wall(
            by=make_person("partner"),
            kind=Wall.Kind.CLIENT,
            target=there,
            mode="excludes",
            people=[lawyer],
            reason="x",
        )
        with pytest.raises(MergeRefused, match="across_a_wall"):
            merge(*two, admin)

    def test_one_the_steward_does_not_see(self, two, admin, there):
        raise_wall(
            by=make_person("partner"),
            kind=Wall.Kind.CLIENT,
            target=there,
            mode="excludes",
            people=[admin],
            reason="x",
        )
        with pytest.raises(MergeRefused, match="not_visible"):
            merge(*two, admin)

    def test_somebody_edited_meanwhile_twice_and_with_oneself(self, two, admin, lawyer):
        seen = (fresh(two[0]).version, fresh(two[1]).version)
        update_person(two[0].places.get(), by=lawyer, version=seen[0], changes={"note": "new"})
        with pytest.raises(StaleVersion):
            merge(*two, admin, versions=seen)
        merge(*two, admin)
        with pytest.raises(MergeRefused, match="merged_before"):
            merge(*two, admin)
        with pytest.raises(MergeRefused, match="itself"):
            merge(two[0], two[0], admin)


class TestUndoing:
    TABLES = (
        "clients_person", "clients_clientperson", "clients_personfact", "clients_link", "interactions_contact_people",
    )  # fmt: skip

    def test_both_come_back_exactly(self, two, admin, lawyer, here):
        kept, absorbed = two
        add_known_person(by=lawyer, client=here, person=absorbed, roles=["payer"], position="CFO")
        make_contact(here, lawyer, people=[kept, absorbed])
        Link.objects.create(kind="family", from_person=kept, to_person=absorbed)
        before = {table: rows(table) for table in self.TABLES}
        record = unmerge_people(merge(kept, absorbed, admin), by=admin)
        assert {table: rows(table) for table in self.TABLES} == before
        assert record.left == {"fields": [], "rows": {}}
        with pytest.raises(MergeRefused, match="undone_before"):
            unmerge_people(record, by=admin)

    def test_what_came_since_stays_and_is_named(self, two, admin, lawyer):
        kept, absorbed = two
        record = merge(kept, absorbed, admin)
        place = kept.places.order_by("created_at").first()
        update_person(place, by=lawyer, version=fresh(kept).version, changes={"note": "changed"})
        PersonFact.objects.create(person=kept, kind="phone", value="13700137000")
        record = unmerge_people(record, by=admin)
        assert record.left == {"fields": ["note"], "rows": {"clients.PersonFact.person": 1}}
        assert (fresh(kept).note, fresh(absorbed).note) == ("changed", "plays chess")
        assert PersonPair.objects.get().state == "different"


class TestFinding:
    def look(self) -> dict:
        cursor = {}
        while find_all_next(cursor):
            pass
        return cursor

    def test_the_same_rule_finds_people(self, lawyer, here, there, two):
        twin = make_client_person(there, name="張偉", phone="+86 138 0013 8000")
        (
            make_client_person(here, name="阳光"),
            make_client_person(there, name="阳光"),
        )  # a bare name, never met
        same = [make_client_person(here, name="欧阳娜娜"), make_client_person(here, name="欧阳娜娜")]
        found = self.look()
        pairs = {frozenset((pair.one_id, pair.other_id)): pair.verdict for pair in PersonPair.objects.all()}
        assert pairs == {
            frozenset((two[0].pk, twin.pk)): "same",
            frozenset(one.pk for one in same): "unsure",
        }
        assert (found["people"]["clients"], found["people"]["proposed"]) == (7, 2)

    def test_what_was_decided_is_not_asked_again(self, admin, here):
        for _ in range(2):
            make_client_person(here, name="欧阳娜娜", phone="13800138000")
        self.look()
        pair = say_two_people(PersonPair.objects.get(), by=admin)
        self.look()
        assert PersonPair.objects.get().state == pair.state == "different"


def test_an_erasure_takes_those_merged_along_and_a_hold_on_either_stands(
    two, admin, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.DATA_DIR = tmp_path
    kept, absorbed = two
    partner = make_person("partner")
    hold = place_hold(Subject("person", absorbed.pk), by=partner, reason="Proceedings expected.")
    merge(kept, absorbed, admin)
    asked = request_erasure(Subject("person", kept.pk), by=partner, basis="Letter.")
    assert asked.state == "held"
    type(hold).objects.filter(pk=hold.pk).update(lifted_at=hold.created_at, lifted_by=partner)
    with django_capture_on_commit_callbacks(execute=True):
        erase(asked, by=partner)
    assert not Person.objects.filter(pk__in=[kept.pk, absorbed.pk]).exists()
    assert not Contact.people.through.objects.exists()


def test_a_position_taken_over_is_found_and_parted_again(two, here, lawyer):
    """Both have a place at one client; only one of them says which position."""
    one, other = two
    add_known_person(by=lawyer, client=here, person=other, position="General counsel")

    def found() -> set:
        places = ClientPerson.objects.visible_to(lawyer).present().holding("counsel")
        return set(places.values_list("person_id", flat=True))

    assert found() == {other.pk}
    record = merge_people(
        keep=fresh(one), absorb=fresh(other), by=lawyer, versions=(fresh(one).version, fresh(other).version),
        choices={},
    )  # fmt: skip
    assert found() == {one.pk}
    unmerge_people(record, by=lawyer)
    assert found() == {other.pk}
