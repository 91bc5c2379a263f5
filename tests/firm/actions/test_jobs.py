"""Long work in chunks: progress and rows together, tries counted, trouble told."""

from datetime import timedelta

import pytest

from lawcrm.firm import clock, jobs
from lawcrm.firm.actions.jobs import TRIES, cancel_job, due_job_ids, run_next_chunk, start_job
from lawcrm.firm.models import AuditEntry, Department, Job
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(monkeypatch):
    """Registers a chunk function under the kind `test` for one test."""

    def register(function):
        monkeypatch.setitem(jobs._KINDS, "test", function)
        return start_job(kind="test", by=make_person("lawyer"), params={"rows": 3}, total=3)

    return register


def one_department_a_chunk(job):
    Department(name=f"{job.pk} {job.done}").save()
    job.done += 1
    job.cursor = {"next": job.done}
    return job.done < job.params["rows"]


def open_again(job):
    Job.objects.filter(pk=job.pk).update(lease_until=None)


def test_chunk_after_chunk_to_the_end(kind):
    job = kind(one_department_a_chunk)
    assert [run_next_chunk(job.pk) for _ in range(4)] == [True, True, False, False]
    job.refresh_from_db()
    assert (job.state, job.done, job.cursor, job.attempts) == (Job.State.DONE, 3, {"next": 3}, 0)
    assert job.started_at and job.finished_at and job.lease_until is None
    assert Department.objects.count() == 3


def test_an_unknown_kind_is_refused_at_once():
    with pytest.raises(KeyError):
        start_job(kind="no such kind", by=make_person("lawyer"), params={})


def test_a_failing_chunk_leaves_nothing_and_is_tried_again(kind):
    failures = iter([ValueError("secret of a client"), None, None, None])

    def sometimes(job):
        more = one_department_a_chunk(job)
        if error := next(failures):
            raise error
        return more

    job = kind(sometimes)
    assert run_next_chunk(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.done, job.problem) == (Job.State.RUNNING, 0, "ValueError")
    assert not Department.objects.exists()
    assert run_next_chunk(job.pk) is False, "a short pause before the next try"
    open_again(job)
    assert [run_next_chunk(job.pk) for _ in range(3)] == [True, True, False]
    assert Department.objects.count() == 3


def test_parked_with_its_reason_after_three_tries_without_progress(kind):
    def poison(job):
        raise ZeroDivisionError

    job = kind(poison)
    for _ in range(TRIES):
        assert run_next_chunk(job.pk) is False
        open_again(job)
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, "ZeroDivisionError")
    assert run_next_chunk(job.pk) is False


def test_a_chunk_that_kills_its_worker_is_parked_too(kind):
    job = kind(one_department_a_chunk)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=TRIES)
    assert run_next_chunk(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, "killed")


def test_a_chunk_that_goes_nowhere_counts_as_a_try(kind):
    job = kind(lambda job: True)
    for _ in range(TRIES + 1):
        run_next_chunk(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_a_stopped_job_says_why_and_undoes_the_chunk(kind):
    def stop(job):
        one_department_a_chunk(job)
        raise jobs.JobStopped("no longer permitted")

    job = kind(stop)
    assert run_next_chunk(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.State.FAILED, "no longer permitted")
    assert not Department.objects.exists()


def test_acts_with_the_rights_its_requester_has_now(kind):
    job = kind(one_department_a_chunk)
    assert run_next_chunk(job.pk)
    job.requested_by.is_active = False
    job.requested_by.save()
    assert run_next_chunk(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.problem, job.done) == (Job.State.FAILED, "requester_inactive", 1)


def test_held_by_another_until_the_lease_ends(kind):
    job = kind(one_department_a_chunk)
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() + timedelta(seconds=5))
    assert run_next_chunk(job.pk) is False
    assert due_job_ids() == []
    Job.objects.filter(pk=job.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert due_job_ids() == [job.pk]
    assert run_next_chunk(job.pk) is True


def test_cancelled_after_the_chunk(kind):
    job = kind(one_department_a_chunk)
    run_next_chunk(job.pk)
    cancel_job(job.pk, by=job.requested_by)
    assert run_next_chunk(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.done) == (Job.State.CANCELLED, 1)
    assert AuditEntry.objects.get(object_id=job.pk).verb == "job.cancelled"
