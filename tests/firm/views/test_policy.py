"""The policy page: bounds, the effect before saving, versions that are never overwritten."""

from dataclasses import fields

import pytest

from lawcrm.firm.forms.policy import VALUES, PolicyForm
from lawcrm.firm.models import AuditEntry, PolicyVersion
from lawcrm.firm.policy import FirmPolicy, current_policy
from lawcrm.firm.queries.policy import current_version
from lawcrm.firm.sentences import sentence
from tests.people import make_person

pytestmark = pytest.mark.django_db
URL = "/settings/policy/"


@pytest.fixture
def administrator(client):
    person = make_person("admin")
    client.force_login(person)
    return person


def typed(**changes):
    form = PolicyForm(policy=current_policy(), version=current_version())
    values = {name: field.initial for name, field in form.fields.items() if name != "note"}
    return values | {"note": "Try it."} | changes


ON_ANOTHER_PAGE = {"retention_days", "matter_keep_years", "working_calendar", "own_days", "triggers"}


def test_every_value_of_the_policy_stands_on_the_page():
    named = {value.name for value in VALUES} | ON_ANOTHER_PAGE
    assert {field.name for field in fields(FirmPolicy)} <= named


def test_defaults_lie_within_their_bounds():
    form = PolicyForm(typed(), policy=FirmPolicy(), version=0)
    assert form.is_valid(), form.errors
    assert form.policy() == FirmPolicy()


def test_looking_changes_nothing(client, administrator):
    page = client.post(URL, typed(progress_days=45))
    assert "Progress report at least every (days)" in page.content.decode()
    assert [line["new"] for line in page.context["changes"]] == ["45"]
    assert not PolicyVersion.objects.exists()


def test_saving_makes_a_version_that_holds_at_once(client, administrator):
    client.post(URL, typed(progress_days=45, cadence_days_A=10, save="1"))
    client.post(URL, typed(progress_days=50, save="1"))
    held = current_policy()
    assert (held.progress_days, held.cadence_days["A"]) == (50, 10)
    assert list(PolicyVersion.objects.values_list("number", flat=True)) == [2, 1]
    entry = AuditEntry.objects.filter(verb="policy.changed").earliest("id")
    assert entry.changes["progress_days"] == [30, 45]
    assert sentence(entry) == "Grace Lin changed the firm's policy (version 1)."
    assert "30 → 45" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    "change", [{"progress_days": 0}, {"two_way_share": 0.6}, {"satisfied_score": "high"}, {"note": ""}]
)
def test_a_number_out_of_bounds_is_refused_beside_its_field(client, administrator, change):
    page = client.post(URL, typed(**change, save="1"))
    assert list(page.context["form"].errors) == list(change)
    assert not PolicyVersion.objects.exists()


def test_the_second_saver_does_not_undo_the_first(client, administrator):
    seen = typed(window_days=400, save="1")
    client.post(URL, typed(progress_days=45, save="1"))
    page = client.post(URL, seen)
    assert "version" in page.context["form"].errors
    assert (current_policy().progress_days, current_policy().window_days) == (45, 365)


def test_saving_what_holds_already_makes_no_version(client, administrator):
    client.post(URL, typed(save="1"))
    assert not PolicyVersion.objects.exists()


@pytest.mark.parametrize("username", ["partner", "lawyer", "auditor"])
def test_only_administrators_see_it(client, username):
    client.force_login(make_person(username))
    assert client.get(URL).status_code == 404
