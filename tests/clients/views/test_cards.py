"""Contact cards of one person, and of all people at a client."""

import pytest
import vobject

from clients.models import Person
from lawcrm.firm.actions import looks
from lawcrm.firm.models import AuditEntry
from tests.clients.build import make_client, make_client_person
from tests.people import make_person
from tests.repo.world import wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def test_whoever_sees_a_person_may_take_the_card_and_it_is_written_down(client, lawyer):
    make_client_person(
        make_client(lawyer, name="Alpha Ltd"), "Anna Bell", position="Counsel", phone="13800138000"
    )
    person = Person.objects.get()
    client.force_login(lawyer)
    assert "Contact card" in client.get(f"/clients/people/{person.pk}/").content.decode()
    answer = client.post(f"/clients/people/{person.pk}/card/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="contact.vcf"'
    card = vobject.readOne(answer.content.decode())
    assert (card.fn.value, card.org.value, card.title.value) == ("Anna Bell", ["Alpha Ltd"], "Counsel")
    assert (
        AuditEntry.objects.filter(
            verb="person.card_revealed", object_id=person.pk, actor_id=lawyer.pk
        ).count()
        == 1
    )


def test_places_behind_a_wall_are_not_on_the_card(client, lawyer):
    place = make_client_person(make_client(lawyer, name="Alpha Ltd"), "Anna Bell")
    person = place if isinstance(place, Person) else Person.objects.get()
    hidden = make_client(lawyer, name="Hidden Ltd")
    from clients.actions.people import add_known_person

    add_known_person(by=lawyer, client=hidden, person=person, roles=[], position="", since=None)
    partner = make_person("partner")
    wall_off("client", hidden, partner, raised_by=make_person("admin"))
    client.force_login(partner)
    card = client.post(f"/clients/people/{person.pk}/card/").content.decode()
    assert "Alpha Ltd" in card and "Hidden" not in card


def test_somebody_elses_people_do_not_exist(client, lawyer):
    make_client_person(make_client(lawyer), "Anna Bell")
    client.force_login(make_person("lawyer2"))
    assert client.post(f"/clients/people/{Person.objects.get().pk}/card/").status_code == 404


def test_nobody_takes_very_many_one_by_one(client, lawyer, monkeypatch):
    monkeypatch.setattr(looks, "LOOKS", 1)
    make_client_person(make_client(lawyer), "Anna Bell")
    client.force_login(lawyer)
    url = f"/clients/people/{Person.objects.get().pk}/card/"
    assert [client.post(url).status_code for _ in range(2)] == [200, 429]


def test_all_people_of_a_client_are_an_export(client, lawyer):
    company = make_client(lawyer, name="Alpha Ltd")
    for name in ("Anna Bell", "Ben Carr"):
        make_client_person(company, name)
    make_client_person(make_client(lawyer), "Cora Dean")
    client.force_login(lawyer)
    assert client.post(f"/clients/{company.pk}/people/cards/").status_code == 404
    client.force_login(make_person("partner"))
    answer = client.post(f"/clients/{company.pk}/people/cards/")
    cards = list(vobject.readComponents(answer.content.decode()))
    assert sorted(card.fn.value for card in cards) == ["Anna Bell", "Ben Carr"]
    entry = AuditEntry.objects.get(verb="client.cards_taken")
    assert (entry.object_id, entry.detail) == (company.pk, {"count": 2})
