"""The steward's queue of people, two side by side, a merge and the way back; who may."""

import pytest

from clients.actions.duplicates import find_all_next
from clients.actions.people import update_person
from clients.models import Person, PersonMerge, PersonPair
from tests.clients.build import make_client, make_client_person
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def two(lawyer):
    here, there = make_client(lawyer, name="Here Ltd"), make_client(lawyer, name="There Ltd")
    return (
        make_client_person(here, name="张伟", phone="13800138000", note="likes tea"),
        make_client_person(there, name="張偉", phone="13800138000", note="likes chess"),
    )


@pytest.fixture
def steward(client):
    client.force_login(make_person("admin"))
    return client


def look():
    cursor = {}
    while find_all_next(cursor):
        pass


def test_found_compared_merged_and_parted(steward, two):
    look()
    row = steward.get("/clients/duplicates/people/").context["rows"][0]
    assert (row.verdict, {row.one.name, row.other.name}) == ("same", {"张伟", "張偉"})
    assert "Here Ltd" in " ".join([*row.one.lines, *row.other.lines])
    page = steward.get(row.merge_url)
    assert [field.name for field in page.context["conflicting"]] == ["name", "note"]
    assert [(line.label, line.kept.number, line.absorbed.number) for line in page.context["moving"]] == [
        ("Places at clients", 1, 1)
    ]
    form = {"kept_version": 1, "absorbed_version": 1, "take-name": "absorbed", "take-note": "both"}
    record = steward.post(row.merge_url, form)
    merge = PersonMerge.objects.get()
    assert record.url == f"/clients/people/merges/{merge.pk}/"
    assert merge.kept.name == "張偉" and "tea" in merge.kept.note and "chess" in merge.kept.note
    assert "張偉" in steward.get(record.url).text
    assert steward.get("/clients/duplicates/people/?state=merged").context["page"].rows == [merge]
    steward.post(f"{record.url}undo/")
    assert "two people again" in steward.get(record.url).text
    assert Person.objects.get(pk=two[0].pk).name == "张伟"


def test_two_people_and_asked_again(steward, two):
    look()
    pair = PersonPair.objects.get()
    answer = steward.post(f"/clients/duplicates/people/{pair.pk}/different/", headers={"HX-Request": "true"})
    assert "Two people" in answer.text
    assert not steward.get("/clients/duplicates/people/").context["rows"]
    assert len(steward.get("/clients/duplicates/people/?state=different").context["rows"]) == 1
    steward.post(f"/clients/duplicates/people/{pair.pk}/again/")
    assert PersonPair.objects.get().state == "open"


def test_somebody_changed_one_of_them_meanwhile(steward, two, lawyer):
    update_person(two[0].places.get(), by=lawyer, version=1, changes={"note": "prefers coffee"})
    page = steward.post(
        f"/clients/people/{two[0].pk}/merge/{two[1].pk}/", {"kept_version": 1, "absorbed_version": 1}
    )
    assert page.status_code == 409 and "changed one of the two" in page.text and "prefers coffee" in page.text
    assert not PersonMerge.objects.exists()


def test_from_the_page_of_a_person(steward, two):
    assert f"/clients/people/{two[0].pk}/merge/" in steward.get(f"/clients/people/{two[0].pk}/").text
    found = steward.post(f"/clients/people/{two[0].pk}/merge/", {"q": "13800138000"})
    assert [one.pk for one in found.context["found"]] == [two[1].pk]


def test_stewards_alone(client, two, lawyer):
    client.force_login(lawyer)
    assert "/merge/" not in client.get(f"/clients/people/{two[0].pk}/").text
    for address in ("/clients/duplicates/people/", f"/clients/people/{two[0].pk}/merge/{two[1].pk}/"):
        assert client.get(address).status_code == 404


def test_the_queue_asks_as_much_with_many_pairs(steward, lawyer):
    def grow(number):
        for _ in range(number):
            at = make_client(lawyer)
            one, other = make_client_person(at), make_client_person(at)
            PersonPair.objects.create(one=one, other=other, verdict="same", reasons=["name"])

    assert_flat(steward, "/clients/duplicates/people/", grow)


@pytest.mark.parametrize("language, label", [("en", "WeChat"), ("zh-hans", "微信")])
def test_the_trail_names_the_fields_of_the_person(client, two, language, label):
    admin = make_person("admin", language=language)
    client.force_login(admin)
    Person.objects.filter(pk=two[1].pk).update(wechat="wei")
    seen = {"kept_version": 1, "absorbed_version": 1}
    client.post(f"/clients/people/{two[0].pk}/merge/{two[1].pk}/", seen)
    changes = [row for entry in client.get("/audit/?kind=person").context["entries"] for row in entry.changes]
    assert (label, "–", "wei") in changes
