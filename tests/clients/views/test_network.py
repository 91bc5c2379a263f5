"""Links, the picture, who of us knows them, and people who move between clients."""

from datetime import date, timedelta

import pytest

from clients.actions.links import add_link
from clients.actions.people import add_known_person, add_person, leave_client
from clients.models import ClientPerson, Link, PersonFact
from lawcrm.firm import clock
from lawcrm.firm.models import Wall, WallPerson
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods", grade="A")


@pytest.fixture
def browser(client, lawyer):
    client.force_login(lawyer)
    return client


def network(browser, client):
    return browser.get(f"/clients/{client.pk}/network/").content.decode()


def link(browser, client, **values):
    values = {"one": "here", "kind": "referrer", "outside_kind": "organisation"} | values
    return browser.post(f"/clients/{client.pk}/links/new/", values)


def test_a_link_to_another_client_stands_in_table_and_picture_of_both(browser, lawyer, harbour):
    other = make_client(lawyer, name="Quay Logistics")
    assert link(browser, harbour, other=f"client:{other.pk}", note="2024").status_code == 302
    made = Link.objects.get()
    assert (made.from_client, made.to_client) == (other, harbour)
    text = network(browser, harbour)
    assert text.count("Quay Logistics") >= 2 and "<svg" in text
    assert "Quay Logistics referred Harbour Foods" in text
    assert "Referred by them" in network(browser, other)  # the same link, read from the other side


def test_a_turned_kind_turns_the_link(browser, lawyer, harbour):
    link(browser, harbour, kind="-shareholder", other="name:Quay Holding")
    made = Link.objects.get()
    assert (made.from_client, made.to_name, made.outside_kind) == (harbour, "Quay Holding", "organisation")


def test_words_that_mean_one_need_no_second_step(browser, lawyer, harbour):
    other = make_client(lawyer, name="Quay Logistics")
    link(browser, harbour, other_words="Quay Logistics")
    assert Link.objects.get().from_client == other


def test_words_that_mean_several_come_back_as_choices(browser, lawyer, harbour):
    make_client(lawyer, name="Quay Logistics")
    make_client(lawyer, name="Quay Foods")
    answer = link(browser, harbour, other_words="Quay")
    assert answer.status_code == 422
    assert answer.content.decode().count('name="other" value="client:') == 2


def test_nobody_else_can_be_linked_or_found(browser, harbour):
    hidden = make_client(make_person("lawyer2"), name="Secret Holdings")
    assert link(browser, harbour, other=f"client:{hidden.pk}").status_code == 422
    found = browser.post("/clients/pick/?field=other&kinds=client,person,name", {"other_words": "Secret"})
    assert "client:" not in found.content.decode()
    assert "Secret" in found.content.decode()  # only as the words somebody typed


def test_a_link_is_seen_by_those_who_see_both_ends(client, lawyer, harbour):
    other = make_client(make_person("lawyer2"), name="Secret Holdings")
    partner = make_person("partner")
    add_link(by=partner, kind="shareholder", from_client=other, to_client=harbour)
    client.force_login(lawyer)
    assert "Secret Holdings" not in network(client, harbour)
    client.force_login(partner)
    assert "Secret Holdings" in network(client, harbour)
    wall = Wall.objects.create(
        kind="client", target_id=other.pk, mode="excludes", reason="x", raised_by=partner
    )
    WallPerson.objects.create(wall=wall, user=partner)
    assert "Secret Holdings" not in network(client, harbour)


def test_a_link_ends_or_is_taken_away(browser, lawyer, harbour):
    made = add_link(by=lawyer, kind="opposing_party", from_name="Quay Ltd", to_client=harbour)
    elsewhere = make_client(lawyer)
    assert browser.post(f"/clients/{elsewhere.pk}/links/{made.pk}/end/").status_code == 404
    browser.post(f"/clients/{harbour.pk}/links/{made.pk}/end/")
    made.refresh_from_db()
    assert made.until
    text = network(browser, harbour)
    assert (
        "Quay Ltd" in text and '<svg class="network' not in text
    )  # in the table; the picture shows what holds
    browser.post(f"/clients/{harbour.pk}/links/{made.pk}/remove/")
    assert not Link.objects.exists()


def test_who_of_us_knows_them_and_the_warning(browser, lawyer, harbour):
    person = make_client_person(harbour, "Anna Bell")
    for _time in range(6):
        make_contact(harbour, people=[person])
    text = network(browser, harbour)
    assert "6 contacts" in text
    assert "On our side this key client hangs on" in text
    assert (
        "On their side we know only Anna Bell" in text
        or "On their side this key client hangs on Anna Bell" in text
    )


def test_an_ordinary_client_is_not_warned_of(browser, lawyer):
    assert "key client" not in network(browser, make_client(lawyer, grade="C"))


def test_the_price_of_a_network_does_not_grow(browser, lawyer, harbour, django_assert_max_num_queries):
    for number in range(12):
        one = make_client_person(harbour, f"Person {number}")
        add_link(
            by=lawyer, kind="family", from_name=f"Relative {number}", outside_kind="person", to_person=one
        )
    with django_assert_max_num_queries(16):
        network(browser, harbour)
    with django_assert_max_num_queries(16):
        browser.get(f"/clients/{harbour.pk}/profile/")


# -- people -------------------------------------------------------------------------------------------------------


def page_of(browser, person):
    return browser.get(f"/clients/people/{person.pk}/").content.decode()


def test_one_person_at_two_clients_in_several_roles(browser, lawyer, harbour):
    other = make_client(lawyer, name="Quay Logistics")
    anna = add_person(
        by=lawyer, client=harbour, name="Anna Bell", roles=["payer", "decision_maker"], position="CFO"
    )
    values = {"known": f"person:{anna.pk}", "roles": ["gatekeeper"]}
    assert browser.post(f"/clients/{other.pk}/people/new/", values).status_code == 302
    text = page_of(browser, anna)
    for words in (
        "Harbour Foods",
        "Quay Logistics",
        "Decision maker",
        "Payer",
        "Gatekeeper",
        "CFO at Harbour Foods",
    ):
        assert words in text
    assert browser.post(f"/clients/{other.pk}/people/new/", values).status_code == 422


def test_a_change_of_employer_leaves_its_history(browser, lawyer, harbour):
    other = make_client(lawyer, name="Quay Logistics")
    anna = make_client_person(harbour, "Anna Bell")
    place = anna.places.get()
    moved = {"on": "2026-03-01", "to": f"client:{other.pk}", "roles": ["decision_maker"], "position": "CEO"}
    assert browser.post(f"/clients/people/{anna.pk}/move/{place.pk}/", moved).status_code == 302
    there = ClientPerson.objects.filter(person=anna).order_by("created_at")
    assert [(one.client.name, one.since, one.ended_on) for one in there] == [
        ("Harbour Foods", None, date(2026, 3, 1)),
        ("Quay Logistics", date(2026, 3, 1), None),
    ]
    assert "until March 2026" in page_of(browser, anna)
    # and back again: a second place at the first client
    add_known_person(by=lawyer, client=harbour, person=anna, roles=["user"])
    assert ClientPerson.objects.filter(person=anna, client=harbour).count() == 2


def test_who_is_at_a_client_already_does_not_move_there(browser, lawyer, harbour):
    other = make_client(lawyer, name="Quay Logistics")
    anna = make_client_person(harbour, "Anna Bell")
    place = anna.places.get()
    add_known_person(by=lawyer, client=other, person=anna, roles=["user"])
    answer = browser.post(
        f"/clients/people/{anna.pk}/move/{place.pk}/", {"on": "2026-03-01", "to": f"client:{other.pk}"}
    )
    assert answer.status_code == 422 and "to" in answer.context["form"].errors
    assert ClientPerson.objects.filter(person=anna, ended_on=None).count() == 2


@pytest.mark.parametrize("on", ["2024-12-31", "2999-01-01"])
def test_nobody_leaves_before_they_came_or_in_days_to_come(browser, harbour, on):
    anna = make_client_person(harbour, "Anna Bell")
    place = anna.places.get()
    ClientPerson.objects.filter(pk=place.pk).update(since=date(2025, 1, 1))
    assert browser.post(f"/clients/people/{anna.pk}/move/{place.pk}/", {"on": on}).status_code == 422
    form = opened(browser, harbour, place)
    answer = browser.post(f"/clients/{harbour.pk}/people/{place.pk}/", form | {"ended_on": on})
    assert answer.status_code == 422 and "ended_on" in answer.context["form"].errors


def opened(browser, client, place) -> dict:
    form = browser.get(f"/clients/{client.pk}/people/{place.pk}/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_place_that_ended_does_not_hold_again_beside_another(browser, lawyer, harbour):
    anna = make_client_person(harbour, "Anna Bell")
    place = anna.places.get()
    leave_client(place, by=lawyer, on=date(2026, 3, 1))
    add_known_person(by=lawyer, client=harbour, person=anna, roles=["user"])
    form = opened(browser, harbour, place)
    answer = browser.post(f"/clients/{harbour.pk}/people/{place.pk}/", form | {"ended_on": ""})
    assert answer.status_code == 422 and "ended_on" in answer.context["form"].errors


def test_who_left_meanwhile_is_not_brought_back_by_an_old_form(browser, lawyer, harbour):
    anna = make_client_person(harbour, "Anna Bell")
    place = anna.places.get()
    form = opened(browser, harbour, place)
    leave_client(place, by=lawyer, on=date(2026, 3, 1))
    answer = browser.post(f"/clients/{harbour.pk}/people/{place.pk}/", form | {"note": "Likes green tea"})
    assert answer.status_code == 409
    found = {one.label: (one.theirs, one.yours, one.keeps) for one in answer.context["differences"]}
    assert found["Left on"][0] == "2026-03-01" and found["Left on"][2] == "theirs"
    assert found["Note"][1] == "Likes green tea"


def test_a_person_shows_only_the_clients_one_sees(client, lawyer, harbour):
    hidden = make_client(make_person("lawyer2"), name="Secret Holdings")
    anna = make_client_person(harbour, "Anna Bell")
    add_known_person(by=hidden.responsible, client=hidden, person=anna, roles=["user"])
    client.force_login(lawyer)
    assert "Secret Holdings" not in page_of(client, anna)
    client.force_login(make_person("stranger"))
    assert client.get(f"/clients/people/{anna.pk}/").status_code == 404


def test_a_second_phone_of_a_person(browser, lawyer, harbour):
    anna = make_client_person(harbour, "Anna Bell", phone="13800138000")
    browser.post(
        f"/clients/people/{anna.pk}/facts/new/", {"kind": "phone", "value": "13900139000", "label": "home"}
    )
    fact = PersonFact.objects.get()
    assert "13900139000" in page_of(browser, anna)
    assert browser.post(f"/clients/people/{anna.pk}/facts/{fact.pk}/nonsense/").status_code == 404
    browser.post(f"/clients/people/{anna.pk}/facts/{fact.pk}/main/")
    anna.refresh_from_db()
    assert anna.phone == "13900139000"


def test_who_asks_not_to_be_greeted_is_said(browser, lawyer, harbour):
    shy = make_client_person(harbour, "Shy One", do_not_greet=True, birth_date=date(1980, 5, 3))
    text = page_of(browser, shy)
    assert "Does not want to be greeted" in text
    assert "Next birthdays" not in text


def test_a_link_is_mended_where_it_stands(browser, lawyer, harbour):
    link(browser, harbour, kind="shareholder", other="name:Quay Holdng", note="35 %")
    made = Link.objects.get()
    address = f"/clients/{harbour.pk}/links/{made.pk}/edit/"
    assert address in network(browser, harbour)
    page = browser.get(address)
    assert 'class="conflict"' not in page.text
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {"name": "Quay Holding", "kind": "-shareholder", "note": "40 %"}
    assert browser.post(address, sent).status_code == 302
    made.refresh_from_db()
    assert (made.from_client, made.to_name, made.note, made.kind) == (
        harbour,
        "Quay Holding",
        "40 %",
        "shareholder",
    )
    late = browser.post(address, sent | {"note": "50 %"})
    assert late.status_code == 409 and 'class="conflict"' in late.text
    assert [(one.label, one.theirs, one.yours) for one in late.context["differences"]] == [
        ("Note", "40 %", "50 %")
    ]
    chosen = {"version": late.context["form"]["version"].value(), "keep-note": "yours"}
    assert browser.post(address, sent | {"note": "50 %"} | chosen).status_code == 302
    made.refresh_from_db()
    assert made.note == "50 %"
    wrong = browser.post(address, sent | {"since": "2026-05-01", "until": "2026-04-01"})
    assert "until" in wrong.context["form"].errors


def test_what_both_turned_is_not_turned_twice(browser, lawyer, harbour):
    link(browser, harbour, kind="shareholder", other="name:Quay Holding")
    made = Link.objects.get()
    address = f"/clients/{harbour.pk}/links/{made.pk}/edit/"
    form = browser.get(address).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"kind": "-shareholder"}
    browser.post(address, sent)
    late = browser.post(address, sent)
    assert late.status_code == 409 and late.context["differences"] == []
    browser.post(address, sent | {"version": late.context["form"]["version"].value()})
    made.refresh_from_db()
    assert (made.from_client, made.to_name) == (harbour, "Quay Holding")


@pytest.mark.parametrize(("kind", "refused"), [("family", True), ("colleague", False)])
def test_the_same_link_is_not_noted_twice(browser, lawyer, harbour, kind, refused):
    anna = make_client_person(harbour, "Anna Bell")
    add_link(by=lawyer, kind="family", from_person=anna, to_name="Bernd Bell", outside_kind="person")
    answer = link(browser, harbour, one=str(anna.pk), kind=kind, other="name:bernd bell")
    assert (answer.status_code == 422) is refused
    assert Link.objects.count() == (1 if refused else 2)


def test_a_link_that_ended_may_hold_again(browser, lawyer, harbour):
    made = add_link(by=lawyer, kind="business_partner", from_name="Quay Ltd", to_client=harbour)
    browser.post(f"/clients/{harbour.pk}/links/{made.pk}/end/")
    assert link(browser, harbour, kind="business_partner", other="name:Quay Ltd").status_code == 302


def test_a_link_that_ends_in_days_to_come_still_holds(browser, lawyer, harbour):
    made = add_link(by=lawyer, kind="shareholder", from_name="Quay Holding", to_client=harbour)
    tomorrow = clock.today(lawyer) + timedelta(days=1)
    Link.objects.filter(pk=made.pk).update(until=tomorrow)
    assert '<svg class="network' in network(browser, harbour)
    Link.objects.filter(pk=made.pk).update(until=clock.today(lawyer))
    assert '<svg class="network' not in network(browser, harbour)


def test_a_link_is_edited_from_the_pages_it_belongs_to_alone(browser, lawyer, harbour):
    link(browser, harbour, other="name:Quay Holding")
    elsewhere = make_client(lawyer)
    assert browser.get(f"/clients/{elsewhere.pk}/links/{Link.objects.get().pk}/edit/").status_code == 404
