"""manage.py refresh_search: makes anew the words by which clients, people and matters are found."""

import time

from django.core.management.base import BaseCommand, CommandError

from clients.actions.search_upkeep import refresh_all_words
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import Job
from lawcrm.firm.queries.people import an_administrator, person_named


class Command(BaseCommand):
    help = (
        "Make anew the words by which clients, people and matters are found. Run it after an upgrade whose notes say "
        "so. It may be stopped and started again: it goes on where it was, and the workers go on without it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--by", metavar="USER", help="in whose name (else the first active administrator)"
        )
        parser.add_argument("--background", action="store_true", help="leave it to the workers and return")

    def handle(self, *, by, background, **options):
        person = person_named(by) if by else an_administrator()
        if person is None or not person.is_active:
            raise CommandError(f"There is nobody called {by}." if by else "There is no active administrator.")
        started, job = time.monotonic(), refresh_all_words(by=person, wake=background)
        if background:
            self.stdout.write(f"The workers do it: job {job.pk}.")
            return
        self._work(job)
        seconds, changed = time.monotonic() - started, job.result.get("changed", 0)
        self.stdout.write(
            f"{job.done:,} rows read in {seconds:.1f} s, {changed:,} with other words than before."
        )

    def _work(self, job: Job) -> None:
        """Does the job here, beside a worker that may have taken it too; returns at its end."""
        while True:
            more = run_next_chunk(job.pk)
            job.refresh_from_db()
            if job.state in (Job.State.FAILED, Job.State.CANCELLED):
                raise CommandError(f"It stopped ({job.problem or 'cancelled'}). Run it again to begin anew.")
            if job.state == Job.State.DONE:
                return
            self.stdout.write(f"{job.done:,} of {job.total:,}")
            if not more:
                time.sleep(0.1)  # a worker has it
