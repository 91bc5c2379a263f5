"""The one search box: what it finds, for whom, and that nothing of it stands in an address."""

from datetime import date, timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients import migrations
from clients.actions.people import leave_client, move_person, update_person
from clients.actions.search_upkeep import refresh_all_words
from clients.models import ClientPerson, PersonFact
from clients.search import refresh_person_search
from interactions.actions.contacts import log_contact
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import Wall, WallPerson
from matters.actions.matters import open_matter
from tests.clients.build import make_client, make_client_person
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db
SEARCH = "/search/"


@pytest.fixture
def lawyer():
    return make_person("lawyer", department=make_department())


@pytest.fixture
def world(lawyer):
    client = make_client(lawyer, name="王氏实业有限公司", latin_name="Wang Industries")
    make_client_person(client, "单雪", phone="13912348000", email="shan@wang.example")
    open_matter(
        by=lawyer, client=client, title="股权转让纠纷", number="HT2026-01", kind="commercial",
        service_type="litigation", accepted_on=clock.today(), opposing_party="Delta Holdings",
    )  # fmt: skip
    log_contact(
        by=lawyer, client=client, at=clock.now() - timedelta(days=1), channel="phone",
        purposes=["legal_update"], note="Told them about the new export rules.",
    )  # fmt: skip
    return client


def found(browser, words) -> dict:
    page = browser.post(SEARCH, {"q": words}, follow=True)
    assert page.status_code == 200
    return {group.code: [line.title for line in group.lines] for group in page.context["groups"]}


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("王", {"clients": ["王氏实业有限公司"]}),
        ("实业", {"clients": ["王氏实业有限公司"]}),
        ("wangshi", {"clients": ["王氏实业有限公司"]}),
        ("wangindustr", {}),
        ("wang indus", {"clients": ["王氏实业有限公司"]}),
        ("shan", {"people": ["单雪"]}),
        ("sx", {"people": ["单雪"]}),
        ("8000", {"people": ["单雪"]}),
        ("shan@wang.example", {"people": ["单雪"]}),
        ("转让", {"matters": ["股权转让纠纷"]}),
        ("delta", {"matters": ["股权转让纠纷"]}),
        ("HT2026-01", {"matters": ["股权转让纠纷"]}),
        ("export rules", {"contacts": ["Told them about the new export rules."]}),
        ("%", {}),
        ("", {}),
    ],
)
def test_finds_clients_people_matters_and_contacts(client, world, lawyer, words, groups):
    client.force_login(lawyer)
    assert found(client, words) == groups


@pytest.mark.parametrize("words", ["王", "shan", "8000", "转让", "export"])
def test_finds_nothing_behind_a_door(client, world, words):
    client.force_login(make_person("lawyer2"))
    assert found(client, words) == {}


@pytest.mark.parametrize("words", ["王", "shan", "转让", "export"])
def test_finds_nothing_behind_a_wall(client, world, lawyer, words):
    partner = make_person("partner")
    wall = Wall.objects.create(
        kind="client", target_id=world.pk, mode="excludes", reason="x", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=partner)
    client.force_login(partner)
    assert found(client, words) == {}


def test_names_that_begin_so_come_first(client, lawyer):
    for name in ("北京王朝酒店", "王芳", "王安"):
        make_client(lawyer, name=name, kind="person" if len(name) == 2 else "private")
    client.force_login(lawyer)
    assert found(client, "王")["clients"] == ["王安", "王芳", "北京王朝酒店"]


def test_a_complete_identity_number_finds_its_client(client, lawyer):
    make_client(lawyer, name="王芳", kind="person", identity_number="110101199003077272")
    client.force_login(lawyer)
    assert found(client, "110101 19900307 7272")["clients"] == ["王芳"]
    assert found(client, "11010119900307") == {}


def test_a_withdrawn_or_confidential_note_is_not_found(client, world, lawyer):
    log_contact(
        by=lawyer, client=world, at=clock.now(), channel="phone", purposes=["other"], note="The secret merger.",
        confidentiality="confidential",
    )  # fmt: skip
    client.force_login(lawyer)
    assert found(client, "merger") == {}


def test_live_lines_are_a_fragment_and_addresses_tell_nothing(client, world, lawyer):
    client.force_login(lawyer)
    live = client.post(SEARCH, {"q": "王"}, headers={"HX-Request": "true", "HX-Target": "search-results"})
    text = live.content.decode()
    assert "<html" not in text
    assert 'role="option"' in text
    assert "%E7%8E%8B" not in text  # the address of the whole page
    moved = client.post(SEARCH, {"q": "王"})
    assert moved.status_code == 302
    assert "%E7%8E%8B" not in moved.url


def test_who_sees_no_clients_has_no_search(client):
    client.force_login(make_person("auditor"))
    assert client.get(SEARCH).status_code == 404


@pytest.mark.parametrize("scope", ["team", "department", "firm"])
def test_the_price_of_a_search(client, lawyer, scope):
    seeker = make_person("seeker", scope=scope, department=lawyer.department)
    for number in range(30):
        one = make_client(lawyer, name=f"王{number}", team=[seeker])
        make_client_person(one, f"王小{number}")
    client.force_login(seeker)
    with CaptureQueriesContext(connection) as queries:
        client.post(SEARCH, {"q": "王小"}, headers={"HX-Request": "true", "HX-Target": "found"})
    assert len(queries) <= 10
    with CaptureQueriesContext(connection) as queries:
        address = client.post(SEARCH, {"q": "王小"}).url
        queries_before = len(queries)
        client.get(address)
    assert len(queries) - queries_before <= 10
    for words in ("Kestrol", "zhang kestrol", "王小 总监"):  # nearly somebody's name; nobody's
        with CaptureQueriesContext(connection) as queries:
            client.post(SEARCH, {"q": words}, headers={"HX-Request": "true", "HX-Target": "found"})
        assert len(queries) <= 10


# -- positions held at a client --------------------------------------------------------------------------------


@pytest.fixture
def held(lawyer):
    """Somebody who is general counsel of one client and sits on the board of another."""
    here, there = make_client(lawyer, name="华为技术有限公司"), make_client(lawyer, name="Kestrel Holdings")
    person = make_client_person(here, "王小明", position="法务总监")
    other = ClientPerson.objects.create(client=there, person=person, position="Board member")
    return ClientPerson.objects.get(client=here), other


def places(browser, words) -> list[str]:
    page = browser.post(SEARCH, {"q": words}, follow=True)
    people = [group for group in page.context["groups"] if group.code == "people"]
    return [f"{line.title}: {line.sub}" for group in people for line in group.lines]


@pytest.mark.parametrize("words", ["法务总监", "总监", "法務", "王小 总监", "总监 华为", "wang 法务"])
def test_a_position_finds_who_holds_it_with_place_and_position(client, held, lawyer, words):
    client.force_login(lawyer)
    assert places(client, words) == ["王小明: 华为技术有限公司 · 法务总监"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("board", ["王小明: Kestrel Holdings · Board member"]),
        ("BOARD mem", ["王小明: Kestrel Holdings · Board member"]),
        ("board 华为", []),  # of the other client
        ("board zhao", []),
    ],
)
def test_a_position_belongs_to_its_client(client, held, lawyer, words, found):
    client.force_login(lawyer)
    assert places(client, words) == found


def test_a_position_is_found_only_by_those_who_may_see_the_client(client, held, lawyer):
    client.force_login(make_person("lawyer2"))
    assert places(client, "总监") == []
    partner = make_person("partner")
    here, _there = held
    wall = Wall.objects.create(
        kind="client", target_id=here.client_id, mode="excludes", reason="x", raised_by=lawyer
    )
    WallPerson.objects.create(wall=wall, user=partner)
    client.force_login(partner)
    assert places(client, "总监") == []
    assert places(client, "王小 总监") == []
    # the other place of the same person is theirs to see, and says nothing of the one behind the wall
    assert places(client, "王小明") == places(client, "board") == ["王小明: Kestrel Holdings · Board member"]


def test_a_position_is_found_as_it_is_now(client, held, lawyer):
    client.force_login(lawyer)
    here, there = held
    update_person(here, by=lawyer, version=here.person.version, changes={"position": "总经理助理"})
    assert (places(client, "总监"), len(places(client, "助理"))) == ([], 1)
    leave_client(there, by=lawyer, on=date(2026, 1, 5))
    assert places(client, "board") == []
    new = make_client(lawyer, name="新公司")
    move_person(
        here, by=lawyer, on=date(2026, 2, 5), client=new, roles=["decision_maker"], position="Treasurer"
    )
    assert (places(client, "助理"), places(client, "treasurer")) == ([], ["王小明: 新公司 · Treasurer"])


def test_positions_held_before_are_found_after_the_upgrade(client, held, lawyer):
    ClientPerson.objects.update(search=None)
    [name] = [one.name for one in iter_modules(migrations.__path__) if one.name.endswith("_positions_found")]
    migration = import_module(f"{migrations.__name__}.{name}")
    person = held[0].person
    PersonFact.objects.create(person=person, kind="position", value="Treasurer", made_by=lawyer)
    PersonFact.objects.create(person=person, kind="phone", value="021 6234 0001", made_by=lawyer)
    refresh_person_search(person)
    person.save()
    with connection.schema_editor(atomic=False) as editor:
        migration.words_of_positions(apps, editor)
        migration.positions_leave_the_person(apps, editor)
    client.force_login(lawyer)
    assert (places(client, "treasurer"), len(places(client, "0001"))) == ([], 2)
    assert len(places(client, "总监")) == len(places(client, "board")) == 1


def test_words_of_positions_are_made_anew(client, held, lawyer):
    ClientPerson.objects.update(search="'old'")
    job = refresh_all_words(by=make_person("admin"), wake=False)
    while run_next_chunk(job.pk):
        pass
    client.force_login(lawyer)
    assert len(places(client, "总监")) == 1
