"""The grade page: what it shows to whom, and its forms."""

from datetime import timedelta

import pytest

from clients.actions import growth
from clients.actions.grading import score_clients
from clients.models import GrowthAction, GrowthPlan
from lawcrm.firm import clock
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import Wall
from matters.actions.fees import record_fee
from matters.actions.matters import open_matter
from tests.clients.build import make_client
from tests.people import make_person
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer, grade="C", client_since=clock.today() - timedelta(days=3653))


def bill(client, amount, by):
    matter = open_matter(
        by=by, client=client, title="Lease", kind="civil", service_type="advice", accepted_on=clock.today()
    )
    record_fee(matter, by=by, on=clock.today(), amount=amount)
    return matter


def test_the_page_explains_and_a_partner_takes_over(client, partner, firm_client, lawyer):
    bill(firm_client, 500_000, lawyer)
    client.force_login(partner)
    page = client.get(f"/clients/{firm_client.pk}/grade/")
    text = page.content.decode()
    assert page.context["verdict"] == "The score speaks for A, higher than the C that counts."
    assert "Fees of the last 24 months" in text and "500,000" in text and "Take over A" in text
    assert page.context["standard"].cadence == "at least every 90 days"
    assert client.get("/clients/grades/").context["rows"][0].client == firm_client.name
    client.post(f"/clients/{firm_client.pk}/grade/take-over/", {"from": "list"})
    page = client.get(f"/clients/{firm_client.pk}/grade/")
    assert page.context["standard"].cadence == "at least every 14 days"
    assert page.context["why"].startswith("By the score of 70.0, since")
    assert not client.get("/clients/grades/").context["rows"]


def test_by_hand_and_back(client, partner, firm_client):
    client.force_login(partner)
    address = f"/clients/{firm_client.pk}/grade"
    late = clock.today() + timedelta(days=500)
    refused = client.post(
        f"{address}/decide/", {"grade": "A", "reason": "Because.", "ends_on": late.isoformat()}
    )
    assert "ends_on" in refused.context["form"].errors
    until = clock.today() + timedelta(days=50)
    client.post(f"{address}/decide/", {"grade": "A", "reason": "Because.", "ends_on": until.isoformat()})
    assert "Because." in client.get(f"{address}/").context["why"]
    client.post(f"{address}/end/")
    firm_client.refresh_from_db()
    assert firm_client.grade == "C"
    client.post(f"{address}/figures/", {"realisation": 80, "standing": 4})
    assert client.get(f"{address}/").context["grading"].standing == 4


def test_a_matter_behind_a_wall_is_no_figure_for_those_outside(client, partner, firm_client, lawyer):
    matter = bill(firm_client, 500_000, lawyer)
    bill(firm_client, 100_000, lawyer)
    raise_wall(
        matter, kind=Wall.Kind.MATTER, mode=Wall.Mode.EXCLUDES, people=[partner], reason="Apart.", by=lawyer
    )
    client.force_login(partner)
    text = client.get(f"/clients/{firm_client.pk}/grade/").content.decode()
    assert "100,000" in text and "600,000" not in text
    client.force_login(lawyer)
    assert "600,000" in client.get(f"/clients/{firm_client.pk}/grade/").content.decode()


def test_a_growth_plan_by_its_forms(client, lawyer, firm_client):
    client.force_login(lawyer)
    base, day = f"/clients/{firm_client.pk}/growth", (clock.today() + timedelta(days=90)).isoformat()
    form = {"aim": "A retainer", "owner": lawyer.pk, "starts_on": clock.today().isoformat(), "ends_on": day}
    assert client.post(f"{base}/new/", form).status_code == 302
    plan = GrowthPlan.objects.get()
    client.post(f"{base}/{plan.pk}/goals/new/", {"text": "Know their needs", "due_on": day})
    goal = plan.goals.get()
    client.post(f"{base}/goals/{goal.pk}/actions/new/", {"text": "Talk", "due_on": day, "owner": lawyer.pk})
    action = GrowthAction.objects.get()
    client.post(
        f"{base}/actions/{action.pk}/done/", {"done_on": clock.today().isoformat(), "result": "Good."}
    )
    shown = client.get(f"/clients/{firm_client.pk}/grade/").context["plan"]
    assert (shown.done, shown.total) == (1, 2)
    assert shown.progress == "0 of 1 goals reached, 1 of 1 actions done"
    assert client.post(f"{base}/{plan.pk}/", form | {"aim": "Other", "version": 9}).status_code == 409
    assert client.post(f"{base}/new/", form, follow=True).context["plan"].plan == plan  # one at a time
    assert GrowthPlan.objects.count() == 1
    client.post(f"{base}/{plan.pk}/close/", {"result": "Signed."})
    closed = client.post(
        f"{base}/goals/{goal.pk}/", {"text": "Else", "due_on": day, "version": 1}, follow=True
    )
    assert "The plan has been closed meanwhile." in closed.content.decode()
    late = client.post(f"{base}/{plan.pk}/goals/new/", {"text": "More", "due_on": day}, follow=True)
    assert "The plan has been closed meanwhile." in late.content.decode()


def test_goals_and_actions_are_mended_and_opened_again(client, lawyer, firm_client):
    client.force_login(lawyer)
    base, day = f"/clients/{firm_client.pk}/growth", clock.today() + timedelta(days=90)
    plan = growth.plan_growth(
        firm_client, by=lawyer, aim="More", owner=lawyer, starts_on=clock.today(), ends_on=day
    )
    goal = growth.add_goal(plan, by=lawyer, text="Know ther needs", due_on=day)
    action = growth.add_action(goal, by=lawyer, text="Talk", due_on=day, owner=lawyer)
    mended = {"text": "Know their needs", "due_on": day.isoformat(), "version": 1}
    assert client.post(f"{base}/goals/{goal.pk}/", mended).status_code == 302
    late = client.post(f"{base}/goals/{goal.pk}/", mended | {"text": "Know them"})
    assert late.status_code == 409
    assert [(one.theirs, one.yours) for one in late.context["differences"]] == [
        ("Know their needs", "Know them")
    ]
    moved = {"text": "Talk twice", "due_on": day.isoformat(), "owner": lawyer.pk, "version": 1}
    client.post(f"{base}/actions/{action.pk}/", moved)
    done = f"{base}/actions/{action.pk}/done/"
    assert client.post(done, {"done_on": ""}).status_code == 422
    client.post(done, {"done_on": clock.today().isoformat(), "result": "Good."})
    client.post(f"{base}/goals/{goal.pk}/end/", {"state": "reached", "result": "Known."})
    shown = client.get(f"/clients/{firm_client.pk}/grade/").context["plan"]
    assert (shown.done, shown.total) == (2, 2)
    client.post(done, {"done_on": "", "result": ""})  # not done after all
    client.post(f"{base}/goals/{goal.pk}/end/", {"state": "open", "result": ""})
    shown = client.get(f"/clients/{firm_client.pk}/grade/").context["plan"]
    assert (shown.done, shown.goals[0].text, shown.goals[0].actions[0].text) == (
        0,
        "Know their needs",
        "Talk twice",
    )


def test_pages_ask_as_much_with_many_rows(client, partner, lawyer, firm_client):
    client.force_login(partner)
    plan = growth.plan_growth(
        firm_client, by=lawyer, aim="More", owner=lawyer, starts_on=clock.today(), ends_on=clock.today()
    )

    def grow_plan(number):
        for _ in range(number):
            goal = growth.add_goal(plan, by=lawyer, text="Goal", due_on=clock.today())
            growth.add_action(goal, by=lawyer, text="Step", due_on=clock.today(), owner=lawyer)

    def grow_proposals(number):
        for _ in range(number):
            one = make_client(lawyer, grade="D")
            bill(one, 500_000, lawyer)
            score_clients([one.pk])

    assert_flat(client, f"/clients/{firm_client.pk}/grade/", grow_plan)
    assert_flat(client, "/clients/grades/", grow_proposals)
