"""Merging two clients and parting them again: nothing is lost, nothing is seen that was not, both come back exactly."""

import json
from threading import Barrier, Thread

import pytest
from django.apps import apps
from django.db import connection, models

from clients.access import visible_clients
from clients.actions.clients import EDITABLE, set_team, update_client
from clients.actions.merge_rows import MergeRefused
from clients.actions.merging import merge_clients, unmerge_clients
from clients.actions.people import add_known_person
from clients.holds import holds_on
from clients.merging import KEEP, LOOSE, MOVE, UNITE, Undeclared, loose_columns, relations_to
from clients.models import (
    Client,
    ClientFact,
    ClientPerson,
    ClientTeam,
    DuplicatePair,
    LegalHold,
    MergeRecord,
    RelationshipAssessment,
)
from clients.queries import merges
from clients.queries.client_page import history_of
from clients.subjects import Subject
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry, Wall
from lawcrm.firm.sealed import SealedTextField
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person
from tests.repo.world import Planter, walled_models

pytestmark = pytest.mark.django_db
NUMBER = "91110108551385082Q"


@pytest.fixture
def admin():
    return make_person("admin")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def other_lawyer():
    return make_person("lawyer2")


def versions(*clients):
    return tuple(Client.objects.get(pk=client.pk).version for client in clients)


def merge(keep, absorb, by, choices=None, **more):
    return merge_clients(
        keep=keep, absorb=absorb, by=by, versions=versions(keep, absorb), choices=choices or {}, **more
    )


def rows(table: str) -> list:
    """A table as it stands, without what any save moves on."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t) - 'updated_at' - 'version' FROM {table} t ORDER BY id")
        return [json.loads(row) for (row,) in cursor.fetchall()]


class TestValues:
    def test_what_is_filled_stands_and_nothing_is_lost(self, admin, lawyer):
        kept = make_client(lawyer, name="Huaxin Ltd", phone="", note="old", business_fields=["civil"])
        absorbed = make_client(
            lawyer,
            name="Hua Xin Limited",
            phone="13800138000",
            note="new",
            business_fields=["criminal", "civil"],
        )
        merge(kept, absorbed, admin)
        kept.refresh_from_db()
        assert (kept.name, kept.phone, kept.note) == ("Huaxin Ltd", "13800138000", "old\n\nnew")
        assert kept.business_fields == ["civil", "criminal"]
        assert kept.former_names == ["Hua Xin Limited"]

    def test_a_choice_counts(self, admin, lawyer):
        kept = make_client(lawyer, name="Huaxin Ltd", phone="13800138000", note="old")
        absorbed = make_client(lawyer, name="Hua Xin Limited", phone="13900139000", note="new")
        merge(kept, absorbed, admin, {"name": "absorbed", "phone": "absorbed", "note": "kept"})
        kept.refresh_from_db()
        assert (kept.name, kept.phone, kept.note) == ("Hua Xin Limited", "13900139000", "old")
        assert kept.former_names == ["Huaxin Ltd"]

    def test_the_name_that_gave_way_still_finds_the_client(self, admin, lawyer):
        kept, absorbed = (
            make_client(lawyer, name="华信有限公司"),
            make_client(lawyer, name="宏图贸易有限公司"),
        )
        merge(kept, absorbed, admin)
        assert list(visible_clients(lawyer).matching("宏图")) == [kept]

    def test_sealed_values_are_sealed_anew_under_the_kept_client(self, admin, lawyer):
        kept = make_client(lawyer, background="")
        absorbed = make_client(lawyer, registration_number=NUMBER, background="a debt")
        record = merge(kept, absorbed, admin)
        kept = Client.objects.get(pk=kept.pk)
        assert (kept.registration_number, kept.background) == (NUMBER, "a debt")
        assert list(visible_clients(lawyer).matching(NUMBER)) == [kept]
        assert NUMBER not in str(
            AuditEntry.objects.filter(verb="client.merged").values("changes", "detail").get()
        )
        raw = MergeRecord.objects.filter(pk=record.pk).values_list("values", flat=True).get()
        assert NUMBER.encode() not in bytes(raw)

    def test_the_fields_are_those_of_the_profile(self):
        """A field nobody may edit is not taken over; a new one is, as soon as it may be edited."""
        columns = {field.name for field in Client._meta.concrete_fields}
        assert set(EDITABLE) <= columns


class TestRelations:
    def test_every_relation_is_declared(self):
        assert {relation.policy for relation in relations_to(Client)} <= {MOVE, UNITE, KEEP}

    def test_an_undeclared_relation_stops_every_merge(self, monkeypatch, admin, lawyer):
        monkeypatch.setattr(Contact, "on_client_merge", {})
        one, other = make_client(lawyer), make_client(lawyer)
        with pytest.raises(Undeclared, match=r"interactions\.Contact\.client"):
            merge(one, other, admin)
        assert visible_clients(lawyer).count() == 2

    def test_every_key_without_a_foreign_key_is_declared(self):
        found = set(loose_columns())
        assert found - LOOSE.keys() == set(), "say in clients/merging.py what a merge does with these columns"

    def test_everything_around_the_absorbed_client_is_around_the_kept_one(self, admin, lawyer):
        kept, absorbed = Planter("kept", lawyer).plant_all(), Planter("absorbed", lawyer).plant_all()
        one, other = kept.rows[Client], absorbed.rows[Client]
        there_before = {r.label for r in relations_to(Client) if merges.rows_of(r, other.pk).exists()}
        record = merge(one, other, admin)
        for relation in (r for r in relations_to(Client) if r.label in there_before):
            here = merges.rows_of(relation, one.pk).count()
            there = merges.rows_of(relation, other.pk).count()
            if relation.policy == MOVE:
                assert there == 0 and here >= 1, relation.label
            if relation.policy == UNITE:
                assert here >= 1, relation.label
        assert record.moved

    def test_what_both_have_is_united(self, admin, lawyer, other_lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        person = make_client_person(kept)
        add_known_person(by=lawyer, client=absorbed, person=person, role="payer")
        only_there = make_client_person(absorbed, name="Bo Li")
        for client in (kept, absorbed):
            set_team(client, by=lawyer, people=[other_lawyer])
        merge(kept, absorbed, admin)
        assert {place.person_id for place in ClientPerson.objects.filter(client=kept)} == {
            person.pk,
            only_there.pk,
        }
        assert [member.user for member in ClientTeam.objects.filter(client=kept)] == [other_lawyer]

    def test_who_was_responsible_keeps_the_client_in_sight(self, admin, lawyer, other_lawyer):
        kept, absorbed = make_client(lawyer), make_client(other_lawyer)
        merge(kept, absorbed, admin)
        assert list(visible_clients(other_lawyer)) == [kept]

    def test_the_relationship_is_judged_anew(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        contact = make_contact(absorbed)
        merge(kept, absorbed, admin)
        kept.refresh_from_db()
        assert kept.last_contact_at == contact.at
        assert RelationshipAssessment.objects.filter(client=kept, current=True).count() == 1


class TestGone:
    def test_nobody_sees_the_absorbed_client(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        merge(kept, absorbed, admin)
        assert list(visible_clients(lawyer)) == list(visible_clients(admin)) == [kept]

    def test_its_address_leads_to_the_kept_one(self, client, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        last = make_client(lawyer)
        merge(kept, absorbed, admin)
        merge(last, kept, admin)
        client.force_login(lawyer)
        answer = client.get(f"/clients/{absorbed.pk}/relationship/?x={absorbed.pk}")
        assert (answer.status_code, answer.url) == (302, f"/clients/{last.pk}/relationship/?x={last.pk}")
        panel = client.get(f"/clients/{absorbed.pk}/panel/people/", headers={"HX-Request": "true"})
        assert panel.headers["HX-Redirect"] == f"/clients/{last.pk}/"

    def test_to_others_it_is_as_if_it_never_was(self, client, admin, lawyer, other_lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        merge(kept, absorbed, admin)
        client.force_login(other_lawyer)
        assert client.get(f"/clients/{absorbed.pk}/").status_code == 404

    def test_what_is_sent_from_an_old_page_reaches_the_kept_one(self, client, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        merge(kept, absorbed, admin)
        client.force_login(lawyer)
        answer = client.post(f"/clients/{absorbed.pk}/people/new/", {"name": "Bo Li", "role": "payer"})
        assert answer.status_code == 302
        assert ClientPerson.objects.get(client=kept).person.name == "Bo Li"

    def test_an_edit_opened_before_is_shown_beside_what_stands_now(self, client, admin, lawyer):
        kept, absorbed = make_client(lawyer, name="One Ltd"), make_client(lawyer, name="Two Ltd")
        version = absorbed.version
        merge(kept, absorbed, admin)
        client.force_login(lawyer)
        values = {"name": "Three Ltd", "kind": "private", "responsible": str(lawyer.pk), "version": version}
        answer = client.post(f"/clients/{absorbed.pk}/edit/", values)
        assert answer.status_code in (409, 422)
        kept.refresh_from_db()
        assert kept.name == "One Ltd"

    def test_the_night_leaves_it_alone(self, admin, lawyer):
        from clients.queries.relationship import next_client_ids, number_of_clients

        kept, absorbed = make_client(lawyer), make_client(lawyer)
        merge(kept, absorbed, admin)
        assert next_client_ids(after=None, limit=9) == [kept.pk]
        assert number_of_clients() == 1


class TestRefused:
    def test_a_wall_between_them(self, admin, lawyer, other_lawyer):
        """A lawyer of one is kept from the other: to merge them would open or close what a wall decided."""
        kept, absorbed = make_client(lawyer), make_client(other_lawyer)
        raise_wall(absorbed, kind="client", mode=Wall.Mode.EXCLUDES, people=[lawyer], reason="x", by=admin)
        with pytest.raises(MergeRefused) as refused:
            merge(kept, absorbed, admin)
        assert (refused.value.code, refused.value.people) == ("across_a_wall", [lawyer])

    def test_a_wall_that_admits_only_some(self, admin, lawyer, other_lawyer):
        kept, absorbed = make_client(lawyer), make_client(other_lawyer)
        raise_wall(
            absorbed, kind="client", mode=Wall.Mode.ADMITS, people=[admin, other_lawyer], reason="x", by=admin
        )
        with pytest.raises(MergeRefused, match="across_a_wall"):
            merge(kept, absorbed, admin)

    def test_a_steward_outside_a_wall(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        raise_wall(absorbed, kind="client", mode=Wall.Mode.EXCLUDES, people=[admin], reason="x", by=lawyer)
        with pytest.raises(MergeRefused, match="not_visible"):
            merge(kept, absorbed, admin)

    def test_somebody_edited_meanwhile(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        opened = versions(kept, absorbed)
        update_client(absorbed, by=lawyer, version=absorbed.version, changes={"note": "x"})
        with pytest.raises(StaleVersion):
            merge_clients(keep=kept, absorb=absorbed, by=admin, versions=opened, choices={})

    def test_twice_or_the_other_way_round(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        opened = versions(kept, absorbed)
        merge(kept, absorbed, admin)
        for keep, absorb in ((kept, absorbed), (absorbed, kept)):
            with pytest.raises(MergeRefused) as refused:
                merge_clients(keep=keep, absorb=absorb, by=admin, versions=opened, choices={})
            assert (refused.value.code, refused.value.kept) == ("merged_before", kept.pk)

    def test_with_itself(self, admin, lawyer):
        one = make_client(lawyer)
        with pytest.raises(MergeRefused, match="itself"):
            merge(one, one, admin)


class TestWalls:
    def test_those_of_both_stand_around_both(self, admin, lawyer, other_lawyer):
        outsider = make_person("partner")
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        raise_wall(absorbed, kind="client", mode=Wall.Mode.EXCLUDES, people=[outsider], reason="x", by=admin)
        record = merge(kept, absorbed, admin)
        assert not visible_clients(outsider).filter(pk=kept.pk).exists()
        unmerge_clients(record, by=admin)
        assert list(visible_clients(outsider)) == [kept]

    def test_one_raised_since_stands_around_both_halves(self, admin, lawyer):
        outsider = make_person("partner")
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        record = merge(kept, absorbed, admin)
        raise_wall(kept, kind="client", mode=Wall.Mode.EXCLUDES, people=[outsider], reason="x", by=admin)
        record = unmerge_clients(record, by=admin)
        assert record.left["walls"] == 1
        assert not visible_clients(outsider).exists()


class TestParting:
    def test_both_come_back_exactly(self, admin, lawyer, other_lawyer):
        """Every table that holds anything of a client is, row by row, what it was."""
        kept, absorbed = Planter("kept", lawyer).plant_all(), Planter("absorbed", other_lawyer).plant_all()
        one, other = kept.rows[Client], absorbed.rows[Client]
        sealed = _sealed_of(other) | _sealed_of(one)
        tables = _tables()
        record = merge(one, other, admin)
        assert {table: rows(table) for table in tables} != tables
        unmerge_clients(record, by=admin)
        after = {table: rows(table) for table in tables}
        for table, before in tables.items():
            assert _without_seals(after[table]) == _without_seals(before), table
        assert (
            _sealed_of(Client.objects.get(pk=other.pk)) | _sealed_of(Client.objects.get(pk=one.pk)) == sealed
        )

    def test_what_was_added_or_changed_since_stays_and_is_listed(self, admin, lawyer):
        kept, absorbed = (
            make_client(lawyer, phone=""),
            make_client(lawyer, phone="13800138000", note="theirs"),
        )
        old = make_contact(absorbed)
        record = merge(kept, absorbed, admin)
        new = make_contact(kept)
        now = Client.objects.get(pk=kept.pk)
        update_client(now, by=lawyer, version=now.version, changes={"note": "written since"})
        record = unmerge_clients(record, by=admin)
        assert record.left["fields"] == ["note"]
        assert record.left["rows"]["interactions.Contact.client"] == 1
        for row in (kept, absorbed, old, new):
            row.refresh_from_db()
        assert (kept.note, kept.phone, absorbed.note, absorbed.phone) == (
            "written since",
            "",
            "theirs",
            "13800138000",
        )
        assert (old.client_id, new.client_id) == (absorbed.pk, kept.pk)

    def test_numbers_go_back(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer, registration_number=NUMBER)
        unmerge_clients(merge(kept, absorbed, admin), by=admin)
        assert Client.objects.get(pk=kept.pk).registration_number == ""
        assert Client.objects.get(pk=absorbed.pk).registration_number == NUMBER

    def test_a_number_that_another_bears_by_now(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer, registration_number=NUMBER)
        record = merge(kept, absorbed, admin)
        now = Client.objects.get(pk=kept.pk)
        update_client(now, by=lawyer, version=now.version, changes={"registration_number": ""})
        make_client(lawyer, registration_number=NUMBER)
        with pytest.raises(MergeRefused, match="number_taken"):
            unmerge_clients(record, by=admin)
        assert MergeRecord.objects.standing().count() == 1

    def test_once_only_and_not_below_another_merge(self, admin, lawyer):
        first, second, third = make_client(lawyer), make_client(lawyer), make_client(lawyer)
        below = merge(second, first, admin)
        above = merge(third, second, admin)
        with pytest.raises(MergeRefused, match="merged_since"):
            unmerge_clients(below, by=admin)
        unmerge_clients(above, by=admin)
        unmerge_clients(below, by=admin)
        assert visible_clients(lawyer).count() == 3
        with pytest.raises(MergeRefused, match="undone_before"):
            unmerge_clients(below, by=admin)

    def test_the_pair_is_not_proposed_again(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        record = merge(kept, absorbed, admin)
        assert DuplicatePair.objects.get().state == "merged"
        unmerge_clients(record, by=admin)
        assert DuplicatePair.objects.get().state == "different"

    def test_the_trail_tells_all_four_deeds(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        unmerge_clients(merge(kept, absorbed, admin), by=admin)
        verbs = ["client.merged", "client.absorbed", "client.unmerged", "client.restored"]
        told = AuditEntry.objects.filter(actor_id=admin.pk, verb__in=verbs)
        assert {(entry.verb, entry.client_id) for entry in told} == {
            ("client.merged", kept.pk), ("client.absorbed", absorbed.pk),
            ("client.unmerged", kept.pk), ("client.restored", absorbed.pk),
        }  # fmt: skip


def _tables() -> dict[str, list]:
    """What stands around clients, but for judgements (made anew) and the merge's own records."""
    own = {DuplicatePair, MergeRecord, RelationshipAssessment}
    around = {m for m in walled_models() if m not in own} | {
        field.remote_field.through for m in walled_models() for field in m._meta.many_to_many
    }
    return {m._meta.db_table: rows(m._meta.db_table) for m in around | {Wall}}


def _without_seals(found: list) -> list:
    """Sealed values are sealed anew when their row is saved: compared in clear by _sealed_of. Judged columns aside."""
    judged = {"relationship_type", "last_contact_at", "quiet_from"}
    return [
        {
            name: value
            for name, value in row.items()
            if not str(value).startswith("\\x") and name not in judged
        }
        for row in found
    ]


def _sealed_of(instance) -> set:
    fields = [field for field in type(instance)._meta.concrete_fields if isinstance(field, SealedTextField)]
    return {(instance.pk, field.name, getattr(instance, field.name)) for field in fields}


def test_follow_ups_move_with_their_client(admin, lawyer):
    kept, absorbed = Planter("kept", lawyer).plant_all(), Planter("absorbed", lawyer).plant_all()
    merge(kept.rows[Client], absorbed.rows[Client], admin)
    assert set(FollowUp.objects.values_list("client_id", flat=True)) == {kept.rows[Client].pk}


def test_only_models_of_ours_point_at_clients():
    ours = {"clients", "matters", "interactions", "surveys", "desk", "firm"}
    pointing = {
        model._meta.app_label
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Client
    }
    assert pointing <= ours


class TestNothingIsLost:
    def test_what_gave_way_is_known_still_and_found(self, admin, lawyer):
        kept = make_client(lawyer, phone="13800138000", email="a@example.com")
        absorbed = make_client(lawyer, phone="13900139000", email="a@example.com", address="1 Quay Street")
        record = merge(kept, absorbed, admin, {"phone": "absorbed"})
        kept.refresh_from_db()
        assert (kept.phone, kept.address) == ("13900139000", "1 Quay Street")
        assert list(ClientFact.objects.filter(client=kept).values_list("kind", "value")) == [
            ("phone", "13800138000")
        ]
        assert list(visible_clients(lawyer).matching("13800138000")) == [kept]
        unmerge_clients(record, by=admin)
        assert not ClientFact.objects.exists()
        assert list(visible_clients(lawyer).matching("13900139000")) == [absorbed]

    def test_a_hold_on_either_is_a_hold_on_both(self, admin, lawyer):
        kept, absorbed = make_client(lawyer), make_client(lawyer)
        values = {"subject_kind": "client", "reason": "a suit", "made_by": admin}
        LegalHold.objects.create(subject_id=absorbed.pk, **values)
        record = merge(kept, absorbed, admin)
        assert [hold.code for hold in holds_on(Subject("client", kept.pk), today=clock.today())] == ["legal"]
        LegalHold.objects.create(subject_id=kept.pk, **(values | {"reason": "another"}))
        unmerge_clients(record, by=admin)
        assert [hold.reason for hold in merges.standing_holds_on(kept.pk)] == ["another"]
        assert [hold.reason for hold in merges.standing_holds_on(absorbed.pk)] == ["a suit", "another"]

    def test_the_history_of_the_united_client_tells_of_both(self, admin, lawyer):
        kept, absorbed = make_client(lawyer, name="Kept Ltd"), make_client(lawyer, name="Absorbed Ltd")
        merge(kept, absorbed, admin)
        told = {(entry.verb, entry.object_label) for entry in history_of(kept, 20)}
        assert {("client.created", "Kept Ltd"), ("client.created", "Absorbed Ltd")} <= told


@pytest.mark.django_db(transaction=True)
def test_two_stewards_at_one_pair_merge_it_once():
    """Each the other way round, at the same moment: one merges, the other is told."""
    admin, lawyer = make_person("admin"), make_person("lawyer")
    one, other = make_client(lawyer), make_client(lawyer)
    opened, barrier, told = versions(one, other), Barrier(2), []

    def act(keep, absorb, seen):
        try:
            barrier.wait(5)
            merge_clients(keep=keep, absorb=absorb, by=admin, versions=seen, choices={})
            told.append("merged")
        except (MergeRefused, StaleVersion) as problem:
            told.append(getattr(problem, "code", "stale"))
        finally:
            connection.close()

    threads = [
        Thread(target=act, args=(one, other, opened)), Thread(target=act, args=(other, one, opened[::-1])),
    ]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(told) == ["merged", "merged_before"]
    assert MergeRecord.objects.count() == 1
