"""Stages, key dates, milestones, plans, money and the end of a matter, over the web; and what they ask to be done."""

from datetime import timedelta
from decimal import Decimal

import pytest

from clients.actions.needs import move_need, record_need
from clients.models import Need
from lawcrm.firm import clock
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import Wall
from matters.models import Matter
from matters.queries import agenda
from tests.clients.build import make_client
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def matter(lawyer):
    return make_matter(make_client(lawyer), service_type="litigation", kind="criminal")


@pytest.fixture
def post(client, lawyer, matter):
    client.force_login(lawyer)
    return lambda path, **values: client.post(f"/matters/{matter.pk}/{path}", values)


def day(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def page_of(client, matter) -> str:
    return client.get(f"/matters/{matter.pk}/").content.decode()


def test_a_matter_goes_along_the_path_of_its_kind(client, post, matter):
    post("stage/", stage="investigation")
    matter.refresh_from_db()
    assert matter.stage == "investigation"
    post("stage/", stage="filed")
    matter.refresh_from_db()
    assert matter.stage == "investigation"
    assert "Review for prosecution" in page_of(client, matter)


def test_a_limitation_date_warns_and_leads_the_matter_until_it_is_done(client, post, matter, lawyer):
    post("dates/new/", kind="hearing", on=day(40), owner=lawyer.pk)
    post("dates/new/", kind="limitation", on=day(20), title="Claim lapses", owner=lawyer.pk)
    matter.refresh_from_db()
    assert (matter.next_date.isoformat(), matter.next_date_note) == (day(20), "Claim lapses")
    assert "in 20 days" in page_of(client, matter)
    found = agenda.key_dates_within(clock.today(), 30)
    assert [str(one) for one in found] == ["Claim lapses"]
    post(f"dates/{found[0].pk}/done/")
    matter.refresh_from_db()
    assert matter.next_date.isoformat() == day(40)
    assert not agenda.key_dates_within(clock.today(), 30)


def test_a_key_date_is_moved(post, matter, lawyer):
    post("dates/new/", kind="hearing", on=day(40), owner=lawyer.pk)
    held = matter.key_dates.get()
    post(
        f"dates/{held.pk}/",
        version=1,
        kind="hearing",
        on=day(50),
        at="09:30",
        place="Court 3",
        owner=lawyer.pk,
    )
    held.refresh_from_db()
    matter.refresh_from_db()
    assert (held.on.isoformat(), held.place, matter.next_date) == (day(50), "Court 3", held.on)


def test_milestones_are_reached(client, post, matter):
    post("milestones/new/", title="Bail granted", due_on=day(9))
    post(f"milestones/{matter.milestones.get().pk}/reached/")
    assert matter.milestones.get().reached_on == clock.today()
    assert "Bail granted" in page_of(client, matter)


def test_a_service_plan_answers_needs_of_the_client(client, post, matter, lawyer):
    need = record_need(
        matter.client, by=lawyer, title="Out before the holidays", layer="emotional", found_by="conversation"
    )
    values = {"title": "Bail first", "content": "Apply at once.", "fee": "20000", "people": [lawyer.pk]}
    post("plans/new/", **values, needs=[need.pk], agreed_on=day(0), agreed_by="Mr Bell")
    plan = matter.service_plans.get()
    assert Need.objects.get().service_plan_id == plan.pk
    assert "Out before the holidays" in page_of(client, matter)
    post(f"plans/{plan.pk}/", version=1, **values, feedback="Clear and quick")
    assert Need.objects.get().service_plan_id is None
    assert matter.service_plans.get().feedback == "Clear and quick"


def test_the_needs_of_a_client_name_the_plan_that_answers_them(client, post, matter, lawyer):
    need = record_need(matter.client, by=lawyer, title="Bail", layer="goals", found_by="conversation")
    move_need(need, by=lawyer, move="assess", assessment={"feasibility": 3, "risk": 1, "cost": 1})
    post("plans/new/", title="Bail first", content="Apply at once.", people=[lawyer.pk], needs=[need.pk])
    need.refresh_from_db()
    assert need.status == "planned"  # what was assessed is planned by being in a plan
    address = f"/clients/{matter.client_id}/needs/"
    assert f'href="/matters/{matter.pk}/#service-plans">Bail first' in client.get(address).content.decode()
    partner = make_person("partner")
    raise_wall(
        matter, kind=Wall.Kind.MATTER, mode=Wall.Mode.EXCLUDES, people=[partner], reason="-", by=lawyer
    )
    client.force_login(partner)
    page = client.get(address).content.decode()
    assert "Bail" in page and "Bail first" not in page


def test_money_is_owed_overdue_and_received(client, post, matter):
    post("invoices/new/", amount="1000", issued_on=day(-60), due_on=day(-20), invoice_number="R-7")
    owed = matter.receivables.get()
    assert list(agenda.receivables_overdue(clock.today())) == [owed]
    assert "20 days overdue · step 3 of 4" in page_of(client, matter)
    assert "R-7" in client.get("/matters/receivables/").content.decode()
    assert (
        "more than is owed"
        in post(f"invoices/{owed.pk}/received/", amount="1001", on=day(0)).content.decode()
    )
    post(f"invoices/{owed.pk}/received/", amount="400", on=day(0))
    post(f"invoices/{owed.pk}/received/", amount="600", on=day(0))
    owed.refresh_from_db()
    assert owed.received == Decimal(1000)
    assert not agenda.receivables_overdue(clock.today()).exists()
    assert "R-7" not in client.get("/matters/receivables/").content.decode()


def test_money_comes_in_after_the_matter_closed_too(client, post, matter):
    post("invoices/new/", amount="1000", issued_on=day(-60), due_on=day(-20))
    owed = matter.receivables.get()
    post("close/", closed_on=day(0), outcome="Settled")
    assert f"/invoices/{owed.pk}/received/" in page_of(client, matter)
    assert "/invoices/new/" in page_of(client, matter)
    post(f"invoices/{owed.pk}/received/", amount="1000", on=day(0))
    assert "Paid" in page_of(client, matter)


def test_a_void_invoice_is_not_owed(post, matter):
    post("invoices/new/", amount="1000", issued_on=day(-60), due_on=day(-20))
    post(f"invoices/{matter.receivables.get().pk}/void/")
    assert not agenda.receivables_overdue(clock.today()).exists()


def test_closing_keeps_summary_and_lessons_and_begins_the_after_care(client, post, matter):
    post("close/", closed_on=day(0), outcome="Acquitted", closing_summary="All of it.", lessons="Ask sooner.")
    page = page_of(client, matter)
    assert "All of it." in page
    assert "Ask sooner." in page
    assert "After-care" in page
    assert list(agenda.closed_matters_in_after_care(clock.today())) == [matter]


def test_a_retainer_near_its_end_is_renewed(client, post, matter):
    Matter.objects.filter(pk=matter.pk).update(
        service_type="retainer", kind="commercial", stage="renewal", ends_on=day(59)
    )
    assert list(agenda.retainers_ending(clock.today())) == [matter]
    assert "The retainer ends on" in page_of(client, matter)
    post("renew/", ends_on=day(400))
    matter.refresh_from_db()
    assert (matter.ends_on.isoformat(), matter.stage) == (day(400), "service")
    assert not agenda.retainers_ending(clock.today()).exists()


def test_who_was_not_told_for_long_is_owed_a_report(client, lawyer):
    matter = make_matter(make_client(lawyer), accepted_on=clock.today() - timedelta(days=45))
    client.force_login(lawyer)
    assert "owed a progress report since" in page_of(client, matter)


def saved_twice(client, matter, address: str, mine: dict, theirs: dict):
    """Two people opened the same form; the second to save sees both versions, and then saves their choice."""
    url = f"/matters/{matter.pk}/{address}"
    opened = client.get(url).context["form"]
    hidden = {"version": opened.initial["version"], "opened_with": opened.initial["opened_with"]}
    assert client.post(url, {**theirs, **hidden}).status_code == 302
    answer = client.post(url, {**mine, **hidden})
    assert answer.status_code == 409
    form = answer.context["form"]
    keep = {f"keep-{one.name}": "yours" for one in answer.context["differences"]}
    again = client.post(url, {**mine, **hidden, "version": form.data["version"], **keep})
    assert again.status_code == 302
    return {one.name: (one.theirs, one.yours) for one in answer.context["differences"]}


def test_both_versions_of_a_key_date(client, post, matter, lawyer):
    post("dates/new/", kind="hearing", on=day(40), owner=lawyer.pk)
    held = matter.key_dates.get()
    values = {"kind": "hearing", "on": day(40), "owner": lawyer.pk}
    told = saved_twice(
        client, matter, f"dates/{held.pk}/", {**values, "place": "Court 9"}, {**values, "place": "Court 3"}
    )
    assert told == {"place": ("Court 3", "Court 9")}
    held.refresh_from_db()
    assert (held.place, held.version) == ("Court 9", 3)


def test_both_versions_of_a_milestone(client, post, matter):
    post("milestones/new/", title="Bail granted", due_on=day(9))
    held = matter.milestones.get()
    address = f"milestones/{held.pk}/"
    told = saved_twice(
        client, matter, address, {"title": "Bail", "due_on": day(9)}, {"title": "Release", "due_on": day(9)}
    )
    assert told == {"title": ("Release", "Bail")}


def test_both_versions_of_a_service_plan(client, post, matter, lawyer):
    values = {"title": "Bail first", "content": "Apply at once.", "people": [lawyer.pk]}
    post("plans/new/", **values)
    plan = matter.service_plans.get()
    told = saved_twice(
        client, matter, f"plans/{plan.pk}/", {**values, "feedback": "Slow"}, {**values, "feedback": "Quick"}
    )
    assert told == {"feedback": ("Quick", "Slow")}
    plan.refresh_from_db()
    assert (plan.feedback, list(plan.people.all())) == ("Slow", [lawyer])


def test_both_versions_of_a_party(client, post, matter):
    post("parties/new/", name="Harbour Inspectorate", role="authority")
    party = matter.parties.get()
    values = {"name": "Harbour Inspectorate", "role": "authority", "kind": "organisation", "other_names": ""}
    told = saved_twice(
        client, matter, f"parties/{party.pk}/", {**values, "note": "Leeds"}, {**values, "note": "York"}
    )
    assert told == {"note": ("York", "Leeds")}


def test_both_versions_of_an_invoice(client, post, matter):
    post("invoices/new/", amount="1000", issued_on=day(-60), due_on=day(-20), invoice_number="R-7")
    one = matter.receivables.get()
    values = {"amount": "1000.00", "issued_on": day(-60), "due_on": day(-20), "invoice_number": "R-7"}
    told = saved_twice(
        client, matter, f"invoices/{one.pk}/", {**values, "title": "First"}, {**values, "title": "Stage 1"}
    )
    assert told == {"title": ("Stage 1", "First")}
    assert (
        client.post(f"/matters/{matter.pk}/invoices/{one.pk}/", {**values, "version": 1}).status_code == 409
    )
