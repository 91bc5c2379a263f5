"""The dashboard's figures count what the reader may see, and nothing else."""

from collections import Counter
from datetime import date, timedelta

import pytest

from clients.models import Client, FirmSnapshot, RelationshipAssessment
from lawcrm.desk.presenters import insights as words
from lawcrm.desk.queries import insights as figures
from lawcrm.desk.rules.months import last_months
from lawcrm.firm import clock
from lawcrm.firm.models import Wall, WallPerson
from tests.clients import build
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db
MONTHS = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer", department=make_department())


def make_client(responsible, **fields):
    """A client; what assessments would write (type, silence) is set as if one had."""
    written = {name: fields.pop(name) for name in ("relationship_type", "quiet_from") if name in fields}
    client = build.make_client(responsible, **fields)
    Client.objects.filter(pk=client.pk).update(**{"relationship_type": None, "quiet_from": None} | written)
    RelationshipAssessment.objects.filter(client=client).delete()
    client.refresh_from_db()
    return client


def judged(client, *path):
    """Stores the path of a client: (day, type) pairs."""
    before = None
    for day, kind in path:
        RelationshipAssessment.objects.filter(client=client).update(current=False)
        RelationshipAssessment.objects.create(
            client=client, type=kind, previous_type=before, assessed_on=day, fingerprint=str(day)
        )
        before = kind
    client.relationship_type = before
    client.save()


def wall_off(client, user):
    wall = Wall.objects.create(
        kind="client", target_id=client.pk, mode="excludes", reason="x", raised_by=user
    )
    WallPerson.objects.create(wall=wall, user=user)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 11, 21), MONTHS),
        (date(2026, 1, 31), [date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]),
    ],
)
def test_last_months(today, months):
    assert last_months(today, 3) == months


def test_every_client_is_counted_once_in_the_grid(partner, lawyer, today):
    make_client(lawyer, grade="A", relationship_type=1, quiet_from=today)
    make_client(lawyer, grade="A", relationship_type=1)
    make_client(lawyer, relationship_type=5)
    make_client(lawyer)
    cells = figures.standing(partner, today).cells
    grid = words.grid(cells)
    assert sum(row["total"] for row in grid["rows"]) == 4
    assert grid["rows"][0]["cells"][0]["count"] == 2
    assert grid["rows"][0]["cells"][0]["heat"] == "worry"
    assert [part["count"] for part in words.distribution(cells)] == [2, 0, 0, 0, 1, 1]


def test_coverage_counts_silence_against_the_lawyer(partner, lawyer, today):
    make_client(lawyer, quiet_from=today)
    make_client(lawyer, quiet_from=today + timedelta(days=1))
    places = figures.standing(partner, today).places
    (line,) = words.coverage(places, figures.people_named({lawyer.pk}), by="responsible")
    assert (line["clients"], line["quiet"], line["share"]) == (2, 1, 50)


def test_a_walled_client_is_in_no_figure(partner, lawyer, today):
    client = make_client(lawyer, relationship_type=2, quiet_from=today)
    wall_off(client, partner)
    assert figures.standing(partner, today).clients == 0
    assert figures.gone_quiet(partner, today, 10) == []


def test_gone_quiet_shows_key_clients_first(partner, lawyer, today):
    late = today - timedelta(days=100)
    plain = make_client(lawyer, name="plain", quiet_from=late)
    key = make_client(lawyer, name="key", grade="A", quiet_from=today)
    make_client(lawyer, name="heard", quiet_from=today + timedelta(days=1))
    assert figures.gone_quiet(partner, today, 10) == [key, plain]


def test_moves_are_counted_from_to(partner, lawyer, today):
    client = make_client(lawyer)
    judged(client, (today - timedelta(days=9), 3), (today - timedelta(days=5), 2), (today, 3))
    assert figures.moves(partner, today - timedelta(days=6)) == {(3, 2): 1, (2, 3): 1}


def test_the_path_of_each_client_adds_up_to_the_trend(lawyer):
    judged(make_client(lawyer), (date(2026, 7, 15), 1), (date(2026, 9, 10), 3))
    judged(make_client(lawyer), (date(2026, 10, 31), 3))
    assert figures.trend(lawyer, MONTHS) == {
        MONTHS[0]: Counter({1: 1}),
        MONTHS[1]: Counter({3: 1}),
        MONTHS[2]: Counter({3: 2}),
    }


def test_a_walled_client_is_taken_out_of_the_stored_trend(partner, lawyer):
    hidden = make_client(lawyer)
    judged(hidden, (date(2026, 8, 2), 4))
    for month in MONTHS:
        FirmSnapshot.objects.create(month=month, responsible=lawyer, type=4, clients=3)
    assert figures.trend(partner, MONTHS)[MONTHS[0]] == Counter({4: 3})
    wall_off(hidden, partner)
    assert figures.trend(partner, MONTHS)[MONTHS[0]] == Counter({4: 2})


def test_the_page_takes_the_same_few_statements_however_many_clients(partner, lawyer, client, today):
    client.force_login(partner)

    def statements():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as captured:
            assert client.get("/insights/").status_code == 200
        return len(captured)

    for _ in range(3):
        judged(make_client(lawyer, grade="B", quiet_from=today), (today, 2))
    few = statements()
    for _ in range(27):
        judged(make_client(lawyer, grade="C", quiet_from=today), (today, 3))
    assert statements() == few <= 15


def test_very_many_lawyers_are_a_page_of_their_own(partner, lawyer, client, monkeypatch):
    monkeypatch.setattr("lawcrm.desk.views.insights.LAWYERS_FOLDED", 0)
    monkeypatch.setattr("lawcrm.desk.views.insights.LAWYERS_SHOWN", 0)
    make_client(lawyer, relationship_type=2)
    client.force_login(partner, backend="django.contrib.auth.backends.ModelBackend")
    folded = client.get("/insights/").content.decode()
    assert "?lawyers=all" in folded
    assert lawyer.family_name not in folded.partition('id="by-lawyer"')[2].partition("</section>")[0]
    assert lawyer.family_name in client.get("/insights/?lawyers=all").content.decode()
