"""What lists can do beside showing: saved views, bulk work, cells, tags, walking through, looks."""

import json
from itertools import pairwise

import pytest
from django.urls import reverse

from clients.actions.tags import make_tag, set_tags
from clients.models import BulkEdit, Client, RecentView, SavedView
from clients.queries.column_kinds import short_key
from lawcrm.firm.models import User
from tests.clients.build import make_client
from tests.people import make_department, make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
LIST = "/clients/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer", department=make_department())


def signed_in(client, user):
    client.force_login(user)
    return client


def names(response):
    return [row.name for row in response.context["rows"]]


def saved(client, state="grade=A", name="Key clients", audience="private", **fields):
    sent = {"state": state, "name": name, "audience": audience, **fields}
    return client.post("/clients/views/new/", sent)


def test_a_list_is_saved_opened_pinned_and_moved_away_from(client, partner, lawyer):
    make_client(lawyer, name="A", grade="A")
    make_client(lawyer, name="B", grade="B")
    signed_in(client, partner)
    moved = saved(client, "grade=A&cols=name,phone&sort=-name", pinned="on")
    page = client.get(moved.url)
    assert names(page) == ["A"]
    assert [head.code for head in page.context["headings"]] == ["name", "phone"]
    assert (
        f'<ul class="rail-shortcuts"><li><a href="{moved.url}" aria-current="page">Key clients'
        in page.content.decode()
    )
    other = client.get(LIST + page.context["form"].address(conditions=[]))
    assert names(other) == ["B", "A"]
    assert other.context["view"]["moved"]
    view = SavedView.objects.get()
    client.post(f"/clients/views/{view.pk}/keep/", {"state": other.context["state"]})
    assert names(client.get(moved.url)) == ["B", "A"]
    client.post(f"/clients/views/{view.pk}/delete/")
    assert User.objects.get(pk=partner.pk).shortcuts == []


def test_who_opens_a_shared_list_sees_their_own_clients(client, partner, lawyer):
    make_client(lawyer, name="Mine", grade="A")
    make_client(partner, name="Theirs", grade="A")
    view = saved(signed_in(client, partner), audience="firm").url
    assert names(client.get(view)) == ["Mine", "Theirs"]
    assert names(signed_in(client, lawyer).get(view)) == ["Mine"]
    pk = SavedView.objects.get().pk
    assert client.get(f"/clients/views/{pk}/").status_code == 404
    assert client.post(f"/clients/views/{pk}/delete/").status_code == 404


def test_private_and_department_lists_stay_where_they_belong(client, partner, lawyer):
    stranger = make_person("lawyer2")
    signed_in(client, lawyer)
    private = saved(client).url
    team = saved(client, audience="team").url
    assert saved(client, audience="firm").status_code == 422
    signed_in(client, stranger)
    assert client.get(private).status_code == client.get(team).status_code == 404
    signed_in(client, make_person("colleague", department=lawyer.department))
    assert client.get(team).status_code == 200


def test_bulk_work_shows_how_many_it_meets_then_does_it(client, partner, lawyer):
    heir = make_person("lawyer2")
    made = [make_client(lawyer, name=name) for name in "ABC"]
    signed_in(client, partner)
    sent = {"action": "assign", "ids": [str(made[0].pk), str(made[1].pk)], "state": "", "place": ""}
    form = client.post("/clients/bulk/", sent, headers=HTMX)
    assert "This changes 2 clients." in form.content.decode()
    done = client.post("/clients/bulk/", sent | {"go": "1", "responsible": str(heir.pk)}, headers=HTMX)
    assert done.headers["HX-Retarget"] == "#results"
    assert "2 clients now belong to Na Li." in done.content.decode()
    assert Client.objects.filter(responsible=heir).count() == 2
    undone = client.post(f"/clients/bulk/{BulkEdit.objects.get().pk}/undo/", {"place": ""}, headers=HTMX)
    assert "2 were taken back." in undone.content.decode()
    assert not Client.objects.filter(responsible=heir).exists()


def test_bulk_work_on_all_of_a_list_but_some(client, partner, lawyer):
    made = [make_client(lawyer, grade="A") for _ in range(3)]
    make_client(lawyer, grade="B")
    sent = {
        "action": "grade",
        "all": "1",
        "state": "grade=A",
        "but": str(made[0].pk),
        "go": "1",
        "grade": "C",
        "reason": "Fewer matters.",
    }
    moved = signed_in(client, partner).post("/clients/bulk/", sent)
    assert "2 clients are now graded C." in client.get(moved.url).content.decode()
    assert Client.objects.filter(grade="C").count() == 2


def test_ticked_rows_are_exported_and_nothing_else(client, partner, lawyer):
    made = [make_client(lawyer, name=name) for name in "ABC"]
    signed_in(client, partner)
    sent = {"action": "export", "ids": [str(made[0].pk), str(made[2].pk)], "state": "grade=A&match=any"}
    page = client.get(client.post("/clients/bulk/", sent).url)
    assert page.context["filter"] == ["2 ticked clients"]
    assert page.context["count"] == "2 rows"
    assert names(client.get(page.context["back_url"])) == ["A", "C"]


def test_all_of_a_list_but_the_unticked_is_exported(client, partner, lawyer):
    made = [make_client(lawyer, name=name, grade="A") for name in "ABC"]
    make_client(lawyer, name="D", grade="B")
    make_client(lawyer, name="E", grade="C")
    signed_in(client, partner)
    sent = {"action": "export", "all": "1", "but": str(made[0].pk), "state": "grade=A&name=is:D&match=any"}
    sent["ids"] = [str(made[1].pk)]
    page = client.get(client.post("/clients/bulk/", sent, headers=HTMX).headers["HX-Redirect"])
    assert names(client.get(page.context["back_url"])) == ["B", "C", "D"]
    assert client.post("/clients/bulk/", {"action": "export", "state": ""}).status_code == 400


def test_what_is_ticked_never_shows_the_unseen(client, partner, lawyer):
    hidden = make_client(partner, name="Hidden")
    signed_in(client, lawyer)
    key = short_key(hidden.pk)
    assert names(client.get(f"{LIST}?chosen={key}")) == []
    form = client.get(f"/clients/filter/?chosen={key}&edit_at=0")
    assert form.context["choices"] == []


def test_filters_are_tied_one_way_or_the_other(client, partner, lawyer):
    for name, grade, industry in (("One", "A", "Steel"), ("Two", "A", "Port"), ("Three", "B", "Port")):
        make_client(lawyer, name=name, grade=grade, industry=industry)
    signed_in(client, partner)
    page = client.get(f"{LIST}?grade=A&industry=is:Port")
    assert names(page) == ["Two"]
    any_url = page.context["tie"].any_url
    either = client.get(LIST + any_url)
    assert names(either) == ["One", "Three", "Two"]
    assert either.context["tie"].is_any
    assert names(client.get(LIST + either.context["tie"].all_url)) == ["Two"]
    assert client.get(f"{LIST}?grade=A").context["tie"] is None


def test_a_filter_moves_into_a_frame_with_another_and_out_again(client, partner, lawyer):
    for name, grade, industry in (("One", "A", "Steel"), ("Two", "B", "Port"), ("Three", "C", "Food")):
        make_client(lawyer, name=name, grade=grade, industry=industry)
    signed_in(client, partner)
    state = "grade=A&industry=is:Port"
    form = client.get(f"/clients/filter/?{state}&edit_at=1")
    assert [value for value, _text, _on in form.context["joins"]] == ["", "c0"]
    sent = {"state": state, "edit_at": "1", "edit_column": "industry", "op": "is", "text": "Port"}
    joined = client.post("/clients/filter/", sent | {"join": "c0"})
    page = client.get(joined.url)
    assert names(page) == ["One", "Two"]
    assert [group.boxed for group in page.context["groups"]] == [True]
    sent["state"] = page.context["state"]
    apart = client.post("/clients/filter/", sent | {"join": ""})
    assert names(client.get(apart.url)) == []


def test_a_searched_list_begins_with_the_best_and_forgives_a_letter(client, partner, lawyer):
    for name in ("Anna Lind", "Li Hua", "Lindholm Shipping", "Bergström"):
        make_client(lawyer, name=name)
    signed_in(client, partner)
    page = client.get(client.post(LIST, {"q": "lind", "state": ""}).url)
    assert names(page) == ["Anna Lind", "Lindholm Shipping"]
    assert page.context["form"].sort_code == "best"
    by_name = client.get(LIST + page.context["form"].address(sort="-name"))
    assert names(by_name) == ["Lindholm Shipping", "Anna Lind"]
    near = client.get(client.post(LIST, {"q": "Bregstrom", "state": ""}).url)
    assert names(near) == ["Bergström"]
    assert "nearly so" in near.content.decode()
    assert names(client.get(client.post(LIST, {"q": "Bregstrom", "state": "grade=A"}).url)) == []


def test_pages_and_neighbours_of_a_searched_list_follow_its_order(client, partner, lawyer, monkeypatch):
    made = {name: make_client(lawyer, name=name) for name in ("Lima", "Adam Li", "Bea Li", "Lina")}
    signed_in(client, partner)
    page = client.get(client.post(LIST, {"q": "li", "state": ""}).url)
    order = names(page)
    assert set(order[:2]) == {"Adam Li", "Bea Li"}
    state = page.context["state"]
    for here, following in pairwise(order):
        ahead = client.get(f"/clients/{made[here].pk}/next/?{state}")
        assert ahead.url == f"/clients/{made[following].pk}/"
        back = client.get(f"/clients/{made[following].pk}/next/?{state}&way=previous")
        assert back.url == f"/clients/{made[here].pk}/"
    assert client.get(f"/clients/{made[order[-1]].pk}/next/?{state}").url.startswith("/clients/?")


def test_bulk_work_is_for_those_who_may(client, lawyer, partner):
    made = make_client(lawyer)
    signed_in(client, lawyer)
    assert (
        client.post("/clients/bulk/", {"action": "trash", "ids": str(made.pk), "go": "1"}).status_code == 404
    )
    assert client.post("/clients/bulk/", {"action": "nonsense"}).status_code == 404
    offered = [action.code for action in client.get(LIST).context["actions"]]
    assert offered == ["assign", "grade", "tag", "untag", "follow_up"]


def test_a_cell_is_edited_and_taken_back(client, partner, lawyer):
    made = make_client(lawyer, name="A", grade="B")
    url = f"/clients/{made.pk}/cell/grade/"
    form = signed_in(client, partner).get(url).context["form"]
    sent = {"version": form.initial["version"], "value": "A"}
    unexplained = client.post(url, sent, headers=HTMX)
    assert (unexplained.status_code, "Say why" in unexplained.content.decode()) == (422, True)
    saved_cell = client.post(url, sent | {"reason": "Grew."}, headers=HTMX)
    assert "grade-a" in saved_cell.content.decode()
    detail = json.loads(saved_cell.headers["HX-Trigger"])["lists:saved"]
    undo = detail["undo"]
    assert {"value": ["B"], "version": 2}.items() <= undo.items()
    client.post(url, undo, headers=HTMX)
    made.refresh_from_db()
    assert (made.grade, made.version) == ("B", 3)


def test_only_what_stood_there_is_put_back_without_a_reason(client, partner, lawyer):
    made, other = make_client(lawyer, name="A", grade="B"), make_client(lawyer, name="B", grade="B")
    url = f"/clients/{made.pk}/cell/grade/"
    signed_in(client, partner)
    saved_cell = client.post(url, {"version": 1, "value": "A", "reason": "Grew."}, headers=HTMX)
    undo = json.loads(saved_cell.headers["HX-Trigger"])["lists:saved"]["undo"]
    for address, sent in (
        (url, {"version": 2, "value": "C", "undo": "1"}),  # what was asked before
        (url, undo | {"value": "C"}),
        (url, undo | {"undo": undo["undo"][:-2]}),
        (f"/clients/{other.pk}/cell/grade/", undo | {"version": 1, "value": "D"}),
    ):
        refused = client.post(address, sent, headers=HTMX)
        assert (refused.status_code, "Say why" in refused.content.decode()) == (422, True)
    signed_in(client, lawyer)
    assert client.post(url, undo, headers=HTMX).status_code == 422
    assert set(Client.objects.values_list("grade", flat=True)) == {"A", "B"}


def test_a_cell_never_writes_over_what_somebody_else_saved(client, partner, lawyer):
    made = make_client(lawyer, industry="steel")
    url = f"/clients/{made.pk}/cell/industry/"
    signed_in(client, partner).post(url, {"version": 1, "value": "ports"})
    late = client.post(url, {"version": 1, "value": "banks"}, headers=HTMX)
    assert late.status_code == 409
    assert "ports" in late.content.decode()
    assert client.post(url, {"version": 2, "value": "banks"}, headers=HTMX).status_code == 200
    made.refresh_from_db()
    assert made.industry == "banks"


@pytest.mark.parametrize("column", ["name", "identity", "type", "bogus"])
def test_only_some_columns_are_edited_in_the_list(client, partner, lawyer, column):
    made = make_client(lawyer)
    assert signed_in(client, partner).get(f"/clients/{made.pk}/cell/{column}/").status_code == 404


def test_a_mistake_in_a_cell_is_said_there(client, partner, lawyer):
    made = make_client(lawyer)
    url = f"/clients/{made.pk}/cell/email/"
    wrong = signed_in(client, partner).post(url, {"version": 1, "value": "nonsense"}, headers=HTMX)
    assert wrong.status_code == 422


def test_tags_are_made_shown_counted_and_narrowed_by(client, partner, lawyer):
    tag = make_tag(by=partner, name="Port")
    assert make_tag(by=partner, name=" port ") == tag
    tagged, hidden = make_client(lawyer, name="A"), make_client(partner, name="B")
    for one in (tagged, hidden):
        set_tags(one, by=partner, tags=[tag])
    page = signed_in(client, lawyer).get(f"{LIST}?tags={tag.pk}")
    assert [(row.name, row.tags) for row in page.context["rows"]] == [("A", ["Port"])]
    assert "1 client" in client.get("/clients/tags/").content.decode()
    client.post(f"/clients/{tagged.pk}/tags/", {"tags": [str(tag.pk)], "name": "Steel"})
    tagged.refresh_from_db()
    assert len(tagged.tag_ids) == 2
    assert client.post(f"/clients/tags/{tag.pk}/delete/").status_code == 404
    signed_in(client, partner).post(f"/clients/tags/{tag.pk}/delete/")
    tagged.refresh_from_db()
    assert len(tagged.tag_ids) == 1


def test_walking_through_a_list_from_client_to_client(client, partner, lawyer):
    a, b, c = (
        make_client(lawyer, name=name, grade=grade) for name, grade in (("A", "A"), ("B", "B"), ("C", "A"))
    )
    signed_in(client, partner)

    def walk(one, way, state="grade=A"):
        return client.get(f"/clients/{one.pk}/next/?{state}&way={way}").url

    assert walk(a, "next") == reverse("clients:detail", args=[c.pk])
    assert walk(c, "previous") == reverse("clients:detail", args=[a.pk])
    assert walk(b, "next") == reverse("clients:detail", args=[c.pk])  # it does not fit the list any more
    assert walk(c, "next") == "/clients/?grade=A"
    assert walk(c, "next", "sort=-name") == reverse("clients:detail", args=[b.pk])


def test_looks_are_kept_for_the_one_who_looked(client, partner, lawyer):
    made = make_client(lawyer, name="Seen Ltd")
    for _ in range(2):
        assert signed_in(client, lawyer).post(f"/clients/{made.pk}/seen/").status_code == 204
    assert RecentView.objects.count() == 1
    found = client.post("/search/", {"q": ""}, headers=HTMX)
    assert "Seen Ltd" in found.content.decode()
    signed_in(client, partner)
    assert "Seen Ltd" not in client.post("/search/", {"q": ""}, headers=HTMX).content.decode()


def test_pages_ask_as_much_with_thirty_rows_as_with_three(client, partner, lawyer):
    tag = make_tag(by=partner, name="Port")
    signed_in(client, partner)

    def grow(number):
        for _ in range(number):
            set_tags(make_client(lawyer), by=partner, tags=[tag])

    assert_flat(client, f"{LIST}?cols=tags,team,department", grow, at_most=12)
