"""Taking matters in, reporting on them, closing them: what is written, told and judged."""

from datetime import date, timedelta

import pytest

from lawcrm.firm import clock
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry
from matters.actions.matters import close_matter, open_matter, record_progress, update_matter
from matters.enums import MatterState
from matters.models import Matter
from tests.clients.build import make_client
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def firm_client(lawyer):
    return make_client(lawyer)


def make_matter(client, **fields) -> Matter:
    values = {
        "title": "Lease dispute",
        "kind": "civil",
        "service_type": "litigation",
        "accepted_on": clock.today() - timedelta(days=60),
        **fields,
    }
    return open_matter(by=client.responsible, client=client, **values)


def verbs():
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_a_new_matter_is_the_responsible_lawyers_unless_said_otherwise(lawyer, firm_client):
    colleague = make_person("lawyer2")
    assert make_matter(firm_client).responsible == lawyer
    assert make_matter(firm_client, responsible=colleague, team=[lawyer]).responsible == colleague
    assert verbs()[-4:] == ["matter.opened", "conflict.checked"] * 2


def test_a_matter_without_check_in_keeps_the_relationship_from_being_responsible(firm_client):
    make_contact(firm_client, purposes=["progress_report"])
    make_matter(firm_client)
    current = firm_client.assessments.get(current=True)
    assert current.next_step == "early_check_in"


def test_the_second_saver_is_told(lawyer, firm_client):
    matter = make_matter(firm_client)
    update_matter(matter, by=lawyer, version=1, changes={"title": "Lease dispute, appeal"})
    with pytest.raises(StaleVersion) as stale:
        update_matter(matter, by=lawyer, version=1, changes={"title": "Rent"})
    assert stale.value.theirs.title == "Lease dispute, appeal"


def test_only_what_changed_is_told(lawyer, firm_client):
    matter = make_matter(firm_client)
    update_matter(
        matter, by=lawyer, version=1, changes={"title": matter.title, "next_date": date(2026, 12, 1)}
    )
    assert AuditEntry.objects.get(verb="matter.changed").changes == {"next_date": [None, "2026-12-01"]}
    assert update_matter(matter, by=lawyer, version=2, changes={"title": matter.title}).version == 2


def test_progress_is_kept_with_who_said_it(lawyer, firm_client):
    progress = record_progress(make_matter(firm_client), by=lawyer, text="Filed.", on=clock.today())
    assert (progress.made_by, progress.audience) == (lawyer, "internal")
    assert verbs()[-1] == "matter.progress"


def test_a_closed_matter_owes_nothing_more(lawyer, firm_client):
    matter = make_matter(firm_client, next_date=date(2026, 12, 24), next_date_note="Hearing")
    closed = close_matter(matter, by=lawyer, closed_on=clock.today(), outcome="Settled.")
    assert (closed.state, closed.next_date, closed.outcome) == (MatterState.CLOSED, None, "Settled.")
    assert close_matter(matter, by=lawyer, closed_on=clock.today(), outcome="Again.").outcome == "Settled."
    assert verbs().count("matter.closed") == 1
