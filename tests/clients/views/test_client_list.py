"""The list of clients: what it shows, to whom, in which order, at what price."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clients.actions.clients import set_team
from clients.models import Client
from clients.queries.column_kinds import Kind
from clients.queries.columns import COLUMNS
from lawcrm.firm import clock
from lawcrm.firm.models import Wall, WallPerson
from tests.clients.build import make_client
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db
LIST = "/clients/"


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer", department=make_department())


def names(response):
    return [row.name for row in response.context["rows"]]


def signed_in(client, user):
    client.force_login(user)
    return client


def test_names_stand_in_the_order_of_their_reading(client, partner, lawyer):
    for name in ("曾敏", "Adam Bell", "张伟", "单雪", "Élodie Martin", "仇英"):
        make_client(lawyer, name=name, kind="person")
    page = signed_in(client, partner).get(LIST)
    assert names(page) == ["Adam Bell", "Élodie Martin", "仇英", "单雪", "曾敏", "张伟"]
    assert names(client.get(LIST + "?sort=-name"))[0] == "张伟"


def test_each_sees_the_clients_of_their_scope(client, partner, lawyer):
    other = make_person("lawyer2")
    mine, shared, theirs = (
        make_client(who, name=name) for who, name in ((lawyer, "A"), (other, "B"), (other, "C"))
    )
    set_team(shared, by=other, people=[lawyer])
    assert names(signed_in(client, lawyer).get(LIST)) == ["A", "B"]
    assert names(signed_in(client, partner).get(LIST)) == ["A", "B", "C"]
    colleague = make_person("colleague", scope="department", department=lawyer.department)
    assert names(signed_in(client, colleague).get(LIST)) == ["A"]
    auditor = make_person("auditor")
    assert signed_in(client, auditor).get(LIST).status_code == 404


def test_a_wall_beats_responsibility(client, lawyer):
    hidden = make_client(lawyer, name="Hidden")
    make_client(lawyer, name="Open")
    wall = Wall.objects.create(
        kind="client", target_id=hidden.pk, mode="excludes", reason="x", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=lawyer)
    page = signed_in(client, lawyer).get(LIST)
    assert names(page) == ["Open"]
    assert page.context["shown"] == "1 client"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("type=partner", ["A"]),
        ("type=none", ["B", "C"]),
        ("grade=A", ["A"]),
        ("grade=none", ["C"]),
        ("kind=person", ["C"]),
        ("kind=enterprise", ["A", "B"]),
        ("field=criminal", ["B"]),
        ("source=referred", ["B"]),
        ("quiet=yes", ["B"]),
        ("quiet=no", ["A", "C"]),
        ("responsible=me", []),
        ("mine=yes", ["C"]),
        ("type=nonsense&grade=A", ["A"]),
    ],
)
def test_filters(client, partner, lawyer, query, expected):
    one = make_client(lawyer, name="A", grade="A")
    two = make_client(lawyer, name="B", grade="B", business_fields=["criminal"], source="referred")
    three = make_client(lawyer, name="C", kind="person")
    set_team(three, by=lawyer, people=[partner])
    Client.objects.filter(pk=one.pk).update(relationship_type=5)
    Client.objects.filter(pk=two.pk).update(quiet_from=clock.today() - timedelta(days=1))
    assert names(signed_in(client, partner).get(f"{LIST}?{query}")) == expected


def test_by_lawyer_and_by_department(client, partner, lawyer):
    make_client(lawyer, name="A")
    make_client(partner, name="B")
    signed_in(client, partner)
    assert names(client.get(f"{LIST}?responsible={lawyer.pk}")) == ["A"]
    page = client.get(f"{LIST}?department={lawyer.department_id}")
    assert names(page) == ["A"]
    assert "Litigation" in page.content.decode()


@pytest.mark.parametrize("sort", ["name", "type", "grade", "contact", "since"])
@pytest.mark.parametrize("turned", ["", "-"])
def test_every_order_walks_forth_and_back(client, partner, lawyer, sort, turned, monkeypatch):
    monkeypatch.setattr("lawcrm.firm.paging.keyset_page.__defaults__", (3,))
    for number in range(8):
        made = make_client(lawyer, grade=["A", "B", "", "C"][number % 4])
        Client.objects.filter(pk=made.pk).update(relationship_type=[None, 1, 5][number % 3])
    signed_in(client, partner)
    address, pages = f"{LIST}?sort={turned}{sort}", []
    while True:
        page = client.get(address)
        pages.append(names(page))
        if not page.context["page"].next_query:
            break
        address = LIST + page.context["page"].next_query
    assert sorted(sum(pages, [])) == sorted(Client.objects.values_list("name", flat=True))
    assert [len(each) for each in pages] == [3, 3, 2]
    back = client.get(LIST + page.context["page"].previous_query)
    assert names(back) == pages[1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("王", ["王晓明", "王晓慧"]),
        ("晓明", ["王晓明"]),
        ("wangxiaom", ["王晓明"]),
        ("wxm", ["王晓明"]),
        ("elod", ["Élodie Martin"]),
        ("8000", ["王晓明"]),
        ("11010119900307721x", ["王晓慧"]),
        ("110101 19900307 721X", ["王晓慧"]),
        ("nobody", []),
        ("%_'\\", []),
    ],
)
def test_search_finds_names_pinyin_phones_and_numbers(client, partner, lawyer, words, found):
    make_client(lawyer, name="王晓明", kind="person", phone="13800138000")
    make_client(lawyer, name="王晓慧", kind="person", identity_number="11010119900307721X")
    make_client(lawyer, name="Élodie Martin", kind="person")
    page = signed_in(client, partner).post(LIST, {"q": words}, follow=True)
    assert sorted(names(page)) == sorted(found)


def test_what_was_searched_for_never_stands_readable_in_an_address(client, partner, lawyer):
    make_client(lawyer, name="王晓明", kind="person")
    make_client(lawyer, name="王芳", kind="person", grade="A")
    moved = signed_in(client, partner).post(LIST, {"q": "王晓明", "grade": "", "sort": "name"})
    assert moved.status_code == 302
    assert "%E7%8E%8B" not in moved.url
    assert "grade" not in moved.url
    page = client.get(moved.url)
    assert names(page) == ["王晓明"]
    assert 'value="王晓明"' in page.content.decode()
    live = client.post(LIST, {"q": "王"}, headers={"HX-Request": "true"})
    assert live.headers["HX-Push-Url"].startswith("/clients/?s=")
    assert "<html" not in live.content.decode()


def test_the_price_of_a_page_does_not_grow_with_its_rows(client, lawyer, django_assert_max_num_queries):
    def counted():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    signed_in(client, lawyer)
    for _number in range(3):
        make_client(lawyer)
    few = counted()
    for _number in range(27):
        make_client(lawyer)
    assert counted() == few <= 10


def test_the_address_of_the_list_is_stable():
    assert reverse("clients:list") == LIST


def test_lawyers_to_choose_from_are_fetched_when_somebody_chooses(client, partner, lawyer):
    page = signed_in(client, partner).get(LIST).content.decode()
    assert str(lawyer.pk) not in page
    asked = client.get("/clients/filter/?edit_column=responsible", headers={"HX-Request": "true"})
    assert f'value="{lawyer.pk}"' in asked.content.decode()


def test_the_form_of_a_condition_puts_it_into_the_address(client, partner, lawyer):
    make_client(lawyer, name="A", grade="A")
    make_client(lawyer, name="B", grade="B")
    make_client(lawyer, name="C", kind="person")
    signed_in(client, partner)
    sent = {"state": "sort=-name", "edit_column": "grade", "op": "is", "value": ["A", "B"]}
    moved = client.post("/clients/filter/", sent)
    assert moved.url == "/clients/?grade=A,B&sort=-name"
    assert names(client.get(moved.url)) == ["B", "A"]
    either = {"state": "grade=A", "edit_column": "kind", "op": "is", "value": "person", "join": "c0"}
    moved = client.post("/clients/filter/", either)
    assert moved.url == "/clients/?g1.grade=A&g1.kind=person"
    assert names(client.get(moved.url)) == ["A", "C"]
    again = client.post(
        "/clients/filter/", {"state": "g1.grade=A&g1.kind=person", "edit_at": "0", "op": "is"}
    )
    assert again.url == "/clients/?kind=person"


def test_words_about_a_client_are_hidden_in_the_address(client, partner, lawyer):
    make_client(lawyer, name="Stahlwerk Nord")
    make_client(lawyer, name="Other")
    sent = {"state": "", "edit_column": "name", "op": "has", "text": "werk"}
    moved = signed_in(client, partner).post("/clients/filter/", sent)
    assert moved.url.startswith("/clients/?name=~")
    assert "werk" not in moved.url
    page = client.get(moved.url)
    assert names(page) == ["Stahlwerk Nord"]
    assert "contains ‘werk’" in page.content.decode()


def test_columns_are_chosen_and_stay_in_every_link(client, partner, lawyer):
    make_client(lawyer, name="A", phone="13800138000", note="Cares for punctuality")
    page = signed_in(client, partner).get(LIST + "?cols=phone&cols=note&sort=-name")
    assert [head.code for head in page.context["headings"]] == ["name", "phone", "note"]
    assert [cell for _css, cell in page.context["rows"][0].cells] == ["13800138000", "Cares for punctuality"]
    assert "cols=name,phone,note" in page.context["headings"][0].url
    usual = client.get(LIST + "?cols=usual")
    assert [head.code for head in usual.context["headings"]][:2] == ["name", "type"]


@pytest.mark.parametrize("column", [c for c in COLUMNS.values() if c.showable], ids=lambda c: c.code)
def test_every_column_can_be_shown_and_narrowed_by(client, partner, lawyer, column):
    make_client(
        lawyer, name="A", grade="A", phone="1", email="a@b.example", source="direct", industry="steel"
    )
    signed_in(client, partner)
    assert len(client.get(f"{LIST}?cols={column.code}").context["rows"]) == 1
    assert client.get(f"/clients/filter/?edit_column={column.code}").status_code == 200
    for op in column.ops:
        value = VALUES.get(op) or {Kind.PERSON: "me", Kind.TEXT: "is:x", Kind.TAGS: "none"}.get(
            column.kind, str(column.choices[0][0]) if column.choices else "none"
        )
        written = f"{op}:{value}" if op in ("not", "all") else value
        assert client.get(LIST, {column.code: written}).status_code == 200, written


VALUES = {"has": "has:x", "lacks": "lacks:x", "starts": "starts:x", "between": "2020-01..2021", "within": "within:30",
          "over": "over:30", "next": "next:30", "empty": "empty", "filled": "filled"}  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["since=..", "since=x..y", "contact=over:99999", "grade=", "g1.grade=A", "responsible=nobody", "sort=phone", "name=~x"],
)  # fmt: skip
def test_old_and_mistyped_addresses_show_a_list(client, partner, query):
    assert signed_in(client, partner).get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_page_of_long_names_weighs_little(client, lawyer, language):
    for number in range(51):
        make_client(
            lawyer, name=f"上海浦东新区陆家嘴国际金融服务外包管理咨询{number:02d}有限责任公司",
            latin_name="Shanghai Pudong Lujiazui International Financial Services Outsourcing Co., Ltd.",
            industry="financial services", business_fields=["commercial", "administrative"],
        )  # fmt: skip
    client.force_login(lawyer)
    page = client.get(
        f"{LIST}?kind=private&name=has:%E9%87%91%E8%9E%8D", headers={"accept-language": language}
    )
    assert page.content.count(b"<tr data-row") == 50
    assert len(page.content) <= 60 * 1024
