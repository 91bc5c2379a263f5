"""The steward's queue, two clients side by side, a merge and the way back; who may, and what nobody is told."""

import pytest

from clients.actions.clients import update_client
from clients.actions.duplicates import find_next
from clients.actions.merging import merge_clients
from clients.models import Client, DuplicatePair, MergeRecord
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import AuditEntry, Job, Wall
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db
NUMBER = "91110108551385082Q"


@pytest.fixture
def admin():
    return make_person("admin")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def steward(client, admin):
    client.force_login(admin)
    return client


def look():
    cursor = {}
    while find_next(cursor):
        pass
    return cursor


def pair_of_clients(lawyer, **fields):
    one = make_client(lawyer, name="Huaxin Ltd", phone="+86 138 0013 8000", **fields)
    return one, make_client(lawyer, name="Huaxin Limited", phone="13800138000")


class TestFinding:
    def test_what_looks_the_same_is_proposed_once_the_surest_first(self, steward, lawyer):
        pair_of_clients(lawyer)
        make_client(lawyer, name="阳光幼儿园"), make_client(lawyer, name="阳光幼儿园")
        look(), look()
        rows = steward.get("/clients/duplicates/").context["rows"]
        assert [(row.one.name, row.verdict) for row in rows] == [
            ("Huaxin Ltd", "same"),
            ("阳光幼儿园", "unsure"),
        ]
        assert DuplicatePair.objects.count() == 2

    def test_what_no_longer_looks_the_same_is_dropped(self, lawyer):
        one, _other = pair_of_clients(lawyer)
        look()
        update_client(
            one, by=lawyer, version=one.version, changes={"name": "Other", "phone": ""}, was_mistyped=True
        )
        look()
        assert not DuplicatePair.objects.exists()

    def test_two_clients_are_not_proposed_again_and_it_can_be_taken_back(self, steward, lawyer):
        pair_of_clients(lawyer)
        look()
        pair = DuplicatePair.objects.get()
        steward.post(f"/clients/duplicates/{pair.pk}/different/")
        look()
        assert not steward.get("/clients/duplicates/").context["rows"]
        (row,) = steward.get("/clients/duplicates/?state=different").context["rows"]
        assert row.pk == pair.pk
        steward.post(f"/clients/duplicates/{pair.pk}/again/")
        assert len(steward.get("/clients/duplicates/").context["rows"]) == 1

    def test_a_common_name_alone_is_no_reason(self, lawyer):
        for _ in range(5):
            make_client(lawyer, name="王伟", kind="person")
        look()
        assert not DuplicatePair.objects.exists()

    def test_merged_and_trashed_clients_are_left_out(self, admin, lawyer):
        one, other = pair_of_clients(lawyer)
        merge_clients(keep=one, absorb=other, by=admin, versions=(one.version, other.version), choices={})
        assert look()["clients"] == 1

    def test_every_kind_of_duplicate_among_many_is_found(self, lawyer):
        for number in range(30):
            make_client(lawyer, name=f"Stranger {number} Foods Ltd", phone=f"1390000{number:04d}")
        doubles = [
            ({"name": "北京华为技术有限公司"}, {"name": "北京華為技術有限公司"}),
            ({"name": "欧阳娜娜", "kind": "person", "phone": "13700000001"},
             {"name": "Nana Ouyang", "kind": "person", "phone": "13700000001"}),
            ({"name": "Kestrel Pharma Ltd", "email": "a@kestrel.example"},
             {"name": "Kestrel Parma Ltd", "email": "a@kestrel.example"}),
            ({"name": "上海汇通文化传媒有限公司"}, {"name": "上海汇同文化传媒有限公司"}),
            ({"name": "New Name GmbH", "former_names": ["Old Name GmbH"]}, {"name": "Old Name GmbH"}),
        ]  # fmt: skip
        for pair in doubles:
            for values in pair:
                make_client(lawyer, **values)
        look()
        found = {frozenset((pair.one.name, pair.other.name)) for pair in DuplicatePair.objects.all()}
        assert found == {frozenset(values["name"] for values in pair) for pair in doubles}

    def test_looking_now_is_a_job_and_the_empty_queue_says_when(self, steward):
        assert "Looked for last" not in steward.get("/clients/duplicates/").text
        assert steward.post("/clients/duplicates/look/").url == "/clients/duplicates/"
        job = Job.objects.get()
        assert job.kind == "clients.find_duplicates"
        while run_next_chunk(job.pk):
            pass
        assert "Looked for last" in steward.get("/clients/duplicates/").text


class TestDoor:
    @pytest.mark.parametrize("name", ["partner", "specialist", "lawyer", "auditor"])
    def test_only_stewards(self, client, lawyer, name):
        one, other = pair_of_clients(lawyer)
        client.force_login(lawyer if name == "lawyer" else make_person(name))
        for url in (
            "/clients/duplicates/",
            f"/clients/{one.pk}/merge/",
            f"/clients/{one.pk}/merge/{other.pk}/",
        ):
            assert client.get(url).status_code == 404

    def test_a_pair_is_shown_only_where_both_are_seen(self, client, admin, lawyer):
        one, other = pair_of_clients(lawyer)
        look()
        manager = make_person("manager")
        raise_wall(other, kind="client", mode=Wall.Mode.EXCLUDES, people=[manager], reason="x", by=admin)
        client.force_login(manager)
        answer = client.get("/clients/duplicates/")
        assert not answer.context["rows"] and other.name not in answer.text
        pair = DuplicatePair.objects.get()
        assert client.post(f"/clients/duplicates/{pair.pk}/different/").status_code == 404
        assert client.get(f"/clients/{one.pk}/merge/{other.pk}/").status_code == 404
        assert client.post(f"/clients/{one.pk}/merge/{other.pk}/", {}).status_code == 404
        assert DuplicatePair.objects.get().state == "open"

    def test_what_is_behind_a_matters_wall_is_not_counted(self, client, admin, lawyer):
        one, other = pair_of_clients(lawyer)
        matter = make_matter(other)
        manager = make_person("manager")
        raise_wall(matter, kind="matter", mode=Wall.Mode.EXCLUDES, people=[manager], reason="x", by=admin)
        client.force_login(manager)
        assert "Matters" not in [
            row.label for row in client.get(f"/clients/{one.pk}/merge/{other.pk}/").context["moving"]
        ]

    def test_numbers_stay_masked(self, client, lawyer):
        one, other = pair_of_clients(lawyer, registration_number=NUMBER)
        client.force_login(make_person("manager"))
        assert NUMBER not in client.get(f"/clients/{one.pk}/merge/{other.pk}/").text
        client.post(f"/clients/{one.pk}/merge/{other.pk}/", _versions(one, other))
        assert NUMBER not in client.get(f"/clients/merges/{MergeRecord.objects.get().pk}/").text


def _versions(kept, absorbed, **choices):
    return {"kept_version": kept.version, "absorbed_version": absorbed.version} | choices


class TestMerging:
    def test_side_by_side(self, steward, lawyer):
        one, other = pair_of_clients(lawyer, industry="steel")
        make_contact(one), make_contact(other), make_client_person(other)
        context = steward.get(f"/clients/{one.pk}/merge/{other.pk}/").context
        assert [row.name for row in context["conflicting"]] == ["name", "phone"]
        assert [row.name for row in context["one_sided"]] == ["industry"]
        assert {(row.label, row.kept.number, row.absorbed.number) for row in context["moving"]} >= {
            ("Contacts", 1, 1),
            ("People", 0, 1),
        }

    def test_the_choices_stand_and_the_record_tells_of_them(self, steward, lawyer):
        one, other = pair_of_clients(lawyer)
        answer = steward.post(
            f"/clients/{one.pk}/merge/{other.pk}/",
            _versions(one, other, **{"take-name": "absorbed", "take-phone": "absorbed", "note": "same card"}),
        )
        record = MergeRecord.objects.get()
        assert answer.url == f"/clients/merges/{record.pk}/"
        one.refresh_from_db()
        assert (one.name, one.phone, one.former_names) == ("Huaxin Limited", "13800138000", ["Huaxin Ltd"])
        page = steward.get(answer.url)
        assert [(row.label, row.before, row.after) for row in page.context["taken"]][0] == (
            "Name", "Huaxin Ltd", "Huaxin Limited",
        )  # fmt: skip
        assert "same card" in page.text

    def test_somebody_edits_while_the_screen_is_open(self, steward, lawyer):
        one, other = pair_of_clients(lawyer)
        opened = _versions(one, other, **{"take-name": "absorbed", "take-phone": "kept"})
        update_client(other, by=lawyer, version=other.version, changes={"wechat": "wx1"})
        answer = steward.post(f"/clients/{one.pk}/merge/{other.pk}/", opened)
        assert answer.status_code == 409 and not MergeRecord.objects.exists()
        assert "Wei Chen" in answer.text
        form = answer.context["form"]
        assert (form.value_of("name"), form.value_of("wechat")) == ("absorbed", "absorbed")
        again = {name: form[name].value() or "" for name in form.fields}
        assert steward.post(f"/clients/{one.pk}/merge/{other.pk}/", again).status_code == 302
        one.refresh_from_db()
        assert one.wechat == "wx1"

    def test_the_second_steward_is_told_and_led_to_the_client(self, client, admin, lawyer):
        one, other = pair_of_clients(lawyer)
        merge_clients(keep=one, absorb=other, by=admin, versions=(one.version, other.version), choices={})
        client.force_login(make_person("manager"))
        answer = client.post(f"/clients/{one.pk}/merge/{other.pk}/", _versions(one, other), follow=True)
        assert answer.redirect_chain[-1][0] == f"/clients/{one.pk}/"
        assert "one client already" in answer.text
        assert MergeRecord.objects.count() == 1
        assert client.get(f"/clients/{one.pk}/merge/{one.pk}/").url == f"/clients/{one.pk}/"

    def test_across_a_wall(self, steward, admin, lawyer):
        one, other = pair_of_clients(lawyer)
        second = make_person("lawyer2")
        third = make_client(second, name="Huaxin L.t.d.")
        raise_wall(third, kind="client", mode=Wall.Mode.EXCLUDES, people=[lawyer], reason="x", by=admin)
        url = f"/clients/{one.pk}/merge/{third.pk}/"
        assert "Wei Chen" in steward.get(url).context["refusal"]
        assert steward.post(url, _versions(one, third)).status_code == 409
        assert not MergeRecord.objects.exists()

    def test_with_whom(self, steward, lawyer):
        one, other = pair_of_clients(lawyer)
        answer = steward.post(f"/clients/{one.pk}/merge/", {"q": "huaxin"})
        assert [found.pk for found in answer.context["found"]] == [other.pk]

    def test_undoing(self, steward, lawyer):
        one, other = pair_of_clients(lawyer)
        steward.post(f"/clients/{one.pk}/merge/{other.pk}/", _versions(one, other))
        record = MergeRecord.objects.get()
        make_contact(Client.objects.get(pk=one.pk))
        page = steward.post(f"/clients/merges/{record.pk}/undo/", follow=True)
        assert page.context["left"] == ["Contacts: 1"]
        assert steward.get(f"/clients/{other.pk}/").status_code == 200
        again = steward.post(f"/clients/merges/{record.pk}/undo/", follow=True)
        assert "undone already" in again.text
        assert AuditEntry.objects.filter(verb="client.unmerged").count() == 1


def test_the_queue_asks_as_much_with_many_pairs_as_with_few(steward, lawyer, django_assert_max_num_queries):
    for number in range(12):
        for _ in range(2):
            make_client(lawyer, name=f"Twin {number} Foods Ltd", phone=f"1390000{number:04d}")
    look()
    with django_assert_max_num_queries(9):
        assert len(steward.get("/clients/duplicates/").context["rows"]) == 12
