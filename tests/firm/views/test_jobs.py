"""The page of a piece of long work."""

import pytest
from django.test import Client
from django.urls import reverse

from lawcrm.firm.models import Job
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_person("lawyer")


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def make_job(owner, **fields):
    return Job.objects.create(**{"kind": "test", "requested_by": owner, "total": 1000, "done": 250, **fields})


def fragment(person, job):
    return browser_of(person).get(reverse("firm:job", args=[job.pk]), headers={"HX-Request": "true"})


def test_asks_again_until_it_is_over(owner):
    job = make_job(owner, state="running")
    page = fragment(owner, job).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "250 of 1,000" in page
    assert "<html" not in page
    Job.objects.update(state="done", done=1000)
    assert "hx-get" not in fragment(owner, job).content.decode()


def test_goes_to_the_result(owner):
    job = make_job(owner, state="done", params={"result_url": "/result/"})
    assert fragment(owner, job)["HX-Redirect"] == "/result/"
    assert 'href="/result/"' in browser_of(owner).get(reverse("firm:job", args=[job.pk])).content.decode()


@pytest.mark.parametrize(("problem", "words"), [("killed", "three times"), ("ValueError", "(ValueError)")])
def test_says_why_it_failed(owner, problem, words):
    job = make_job(owner, state="failed", problem=problem)
    assert words in fragment(owner, job).content.decode()


def test_somebody_elses_work_does_not_exist_except_for_administrators(owner):
    job = make_job(owner)
    assert fragment(make_person("lawyer2"), job).status_code == 404
    assert fragment(make_person("admin"), job).status_code == 200


def test_stopped_by_its_owner(owner):
    job = make_job(owner)
    browser_of(owner).post(reverse("firm:job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "cancelled"
