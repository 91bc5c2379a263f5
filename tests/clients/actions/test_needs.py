"""Needs on their way, and what the firm's list says of them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from clients.actions.needs import change_need, link_plan, move_need, record_need
from clients.models import Need, NeedStep
from clients.rules.needs import NotPossible
from lawcrm.firm import clock
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.ids import new_id
from lawcrm.firm.models import AuditEntry, Wall
from lawcrm.firm.sentences import sentence
from tests.clients.build import make_client
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
ASSESSED = {"feasibility": 3, "risk": 1, "cost": 2, "assessment": "We can do this."}


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer)


def make_need(client, by=None, **fields):
    values = {
        "title": "Templates for sales contracts",
        "layer": "operations",
        "found_by": "conversation",
    } | fields
    return record_need(client, by=by or client.responsible, **values)


def test_from_found_to_met(firm_client, lawyer):
    need = make_need(firm_client, field="commercial")
    assert (need.status, need.owner, need.found_on) == ("identified", lawyer, clock.today())
    need = move_need(need, by=lawyer, move="assess", assessment=ASSESSED)
    assert (need.feasibility, need.assessment) == (3, "We can do this.")
    for move in ("plan", "serve", "satisfy"):
        need = move_need(need, by=lawyer, move=move)
    assert (need.status, need.ended_on) == ("satisfied", clock.today())
    assert NeedStep.objects.filter(need=need).count() == 5
    entry = AuditEntry.objects.filter(verb="need.moved").latest("id")
    assert entry.changes["status"] == ["in_service", "satisfied"]
    assert entry.client_id == firm_client.pk
    assert sentence(entry) == "Wei Chen moved the need Templates for sales contracts on."
    need = move_need(need, by=lawyer, move="reopen")
    assert (need.status, need.ended_on) == ("in_service", None)


def test_dropped_with_its_reason_and_taken_up_again(firm_client, lawyer):
    need = make_need(firm_client)
    with pytest.raises(NotPossible):
        move_need(need, by=lawyer, move="drop", note="  ")
    need = move_need(need, by=lawyer, move="drop", note="They hired counsel of their own.")
    assert (need.status, need.drop_reason) == ("dropped", "They hired counsel of their own.")
    need = move_need(need, by=lawyer, move="reopen")
    assert (need.status, need.drop_reason, need.ended_on) == ("identified", "", None)


def test_who_comes_second_finds_it_moved(firm_client, lawyer):
    need = make_need(firm_client)
    seen = Need.objects.get(pk=need.pk)
    move_need(need, by=lawyer, move="drop", note="No.")
    with pytest.raises(NotPossible):
        move_need(seen, by=lawyer, move="assess", assessment=ASSESSED)
    with pytest.raises(StaleVersion):
        change_need(seen, by=lawyer, version=seen.version, changes={"title": "Else"})


def test_an_assessed_need_keeps_its_assessment(firm_client, lawyer):
    need = move_need(make_need(firm_client), by=lawyer, move="assess", assessment=ASSESSED)
    with pytest.raises(NotPossible):
        change_need(need, by=lawyer, version=need.version, changes={"risk": None})


def test_the_database_keeps_the_promises_too(firm_client):
    need = make_need(firm_client)
    for wrong in ({"status": "dropped"}, {"status": "planned"}, {"ended_on": clock.today()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Need.objects.filter(pk=need.pk).update(**wrong)


def test_the_seam_for_service_plans(firm_client, lawyer):
    plan = new_id()
    assert link_plan(make_need(firm_client), by=lawyer, service_plan_id=plan).service_plan_id == plan


# -- pages -------------------------------------------------------------------------------------------------------


def test_the_tab_by_layers(client, firm_client, lawyer):
    client.force_login(lawyer)
    made = client.post(
        f"/clients/{firm_client.pk}/needs/new/",
        {"title": "Quick answers", "layer": "emotion", "urgency": 1, "found_by": "questionnaire",
         "found_on": clock.today().isoformat(), "owner": lawyer.pk},
    )  # fmt: skip
    assert made.status_code == 302
    page = client.get(f"/clients/{firm_client.pk}/needs/")
    cards = {layer.code: [card.title for card in layer.cards] for layer in page.context["layers"]}
    assert cards == {"goals": [], "operations": [], "value": [], "emotion": ["Quick answers"]}
    need = Need.objects.get()
    step = f"/clients/{firm_client.pk}/needs/{need.pk}"
    assert client.post(f"{step}/plan/").status_code == 302  # not assessed yet: said so, nothing moved
    need.refresh_from_db()
    assert need.status == "identified"
    client.post(f"{step}/assess/", ASSESSED)
    client.post(f"{step}/plan/")
    need.refresh_from_db()
    assert need.status == "planned"
    assert client.get(f"{step}/fly/").status_code == 404
    other = make_client(lawyer)
    assert client.get(f"/clients/{other.pk}/needs/{need.pk}/").status_code == 404


def test_the_firms_list_counts_only_what_one_sees(client, lawyer, firm_client):
    partner = make_person("partner")
    make_need(firm_client, field="civil")
    old = make_need(firm_client, field="civil", found_on=clock.today() - timedelta(days=100))
    hidden = make_client(lawyer)
    make_need(hidden, title="Hidden", field="criminal")
    raise_wall(
        hidden,
        kind=Wall.Kind.CLIENT,
        mode=Wall.Mode.EXCLUDES,
        people=[partner],
        reason="Kept apart.",
        by=lawyer,
    )
    client.force_login(partner)
    page = client.get("/clients/needs/")
    assert [row.title for row in page.context["rows"]] == [old.title, "Templates for sales contracts"]
    ((label, cells, whole),) = page.context["asked_for"]
    assert (label, [cell.number for cell in cells], whole.number) == ("Civil", [2, 0, 0, 0, 0, 0], 2)
    ages = [cell for _label, cell in page.context["ages"]]
    assert [cell.number for cell in ages] == [1, 0, 1, 0]
    aged = client.get(f"/clients/needs/{ages[2].url}")  # each number opens its list
    assert [(row.age, row.status) for row in aged.context["rows"]] == [("100 days old", "Identified")]
    assert "Hidden" not in page.content.decode()
    assert [row.title for row in client.get("/clients/needs/?field=criminal").context["rows"]] == []


def test_pages_ask_as_much_with_many_needs(client, lawyer, firm_client):
    client.force_login(lawyer)

    def grow(number):
        for _ in range(number):
            make_need(firm_client)

    assert_flat(client, "/clients/needs/", grow)
    assert_flat(client, f"/clients/{firm_client.pk}/needs/", grow)
