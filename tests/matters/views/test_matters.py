"""Matters over the web: opened from a client, changed once at a time, reported on, closed with a reason."""

from datetime import timedelta

import pytest

from lawcrm.firm import clock
from matters.actions.matters import open_matter
from matters.models import Matter
from tests.clients.build import make_client
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer)


@pytest.fixture
def signed_in(client, lawyer):
    client.force_login(lawyer)
    return client


@pytest.fixture
def matter(lawyer, firm_client):
    return make_matter(firm_client)


def make_matter(client, **fields) -> Matter:
    values = {
        "title": "Lease dispute",
        "kind": "civil",
        "service_type": "litigation",
        "accepted_on": clock.today() - timedelta(days=9),
    }
    return open_matter(by=client.responsible, client=client, **values | fields)


def form_of(matter, **changes):
    values = {
        "title": matter.title,
        "kind": matter.kind,
        "service_type": matter.service_type,
        "responsible": matter.responsible_id,
        "accepted_on": matter.accepted_on.isoformat(),
        "stage": matter.stage,
        "version": matter.version,
    }
    return values | changes


def test_a_matter_is_opened_from_its_client(signed_in, lawyer, firm_client):
    url = f"/matters/new/?client={firm_client.pk}"
    assert signed_in.get(url).status_code == 200
    new = Matter(
        title="Trade mark",
        kind="commercial",
        service_type="advice",
        responsible=lawyer,
        accepted_on=clock.today(),
    )
    answer = signed_in.post(url, form_of(new))
    assert answer.status_code == 302
    assert Matter.objects.get().client == firm_client


@pytest.mark.parametrize("query", ["", "?client=", "?client=nonsense"])
def test_without_a_client_there_is_no_matter(signed_in, query):
    assert signed_in.get(f"/matters/new/{query}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"accepted_on": "2099-01-01"}, "accepted_on"),
        ({"stage": "service"}, "stage"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(signed_in, matter, changes, field):
    answer = signed_in.post(f"/matters/{matter.pk}/edit/", form_of(matter, **changes))
    assert list(answer.context["form"].errors) == [field]


def test_the_second_saver_sees_what_the_first_wrote(signed_in, matter):
    signed_in.post(f"/matters/{matter.pk}/edit/", form_of(matter, title="Lease, appeal"))
    answer = signed_in.post(f"/matters/{matter.pk}/edit/", form_of(matter, title="Rent"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Lease, appeal" in page
    assert "Rent" in page
    assert Matter.objects.get().title == "Lease, appeal"


def test_progress_stays_inside_unless_told(signed_in, matter):
    signed_in.post(f"/matters/{matter.pk}/progress/", {"on": clock.today().isoformat(), "text": "Filed."})
    assert matter.progress.get().audience == "internal"
    late = (clock.today() + timedelta(days=2)).isoformat()
    answer = signed_in.post(f"/matters/{matter.pk}/progress/", {"on": late, "text": "Will file."})
    assert answer.status_code == 200
    assert "not later than today" in answer.content.decode()


def test_closing_asks_for_the_day_and_the_outcome(signed_in, matter):
    early = (matter.accepted_on - timedelta(days=1)).isoformat()
    refused = signed_in.post(f"/matters/{matter.pk}/close/", {"closed_on": early, "outcome": "Settled"})
    assert "before it was accepted" in refused.content.decode()
    signed_in.post(
        f"/matters/{matter.pk}/close/", {"closed_on": clock.today().isoformat(), "outcome": "Settled"}
    )
    assert Matter.objects.get().outcome == "Settled"


def test_the_list_and_its_filters(signed_in, lawyer, firm_client):
    make_matter(firm_client, title="One")
    make_matter(make_client(make_person("lawyer2")), title="Not mine to see")
    page = signed_in.get("/matters/?state=open&service_type=litigation&mine=on").content.decode()
    assert "One" in page
    assert "Not mine to see" not in page
    assert "One" not in signed_in.get("/matters/?state=closed").content.decode()


def test_the_list_asks_as_much_with_many_rows_as_with_few(signed_in, firm_client):
    assert_flat(
        signed_in, "/matters/", lambda rows: [make_matter(firm_client) for _ in range(rows)], at_most=10
    )
