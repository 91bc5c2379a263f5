"""What an administrator wants to know of the work in the background."""

from datetime import timedelta

from lawcrm.firm import clock
from lawcrm.firm.models import Heartbeat, Job, Outbox, ScheduledRun

DAYS = timedelta(days=7)
SHOWN = 50


def heartbeats() -> dict:
    return dict(Heartbeat.objects.values_list("name", "seen_at"))


def jobs_worth_a_look():
    """What is open, and what failed lately."""
    jobs = Job.objects.select_related("requested_by")
    lately = clock.now() - DAYS
    return (
        jobs.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
        | jobs.filter(state=Job.State.FAILED, finished_at__gt=lately)
    ).order_by("-id")[:SHOWN]


def daily_runs():
    """The runs of today and yesterday."""
    since = clock.today() - timedelta(days=1)
    return ScheduledRun.objects.filter(local_date__gte=since).order_by("-local_date", "job")


def troubled_messages():
    """Messages that failed or whose outcome nobody knows."""
    rows = Outbox.objects.filter(state__in=[Outbox.State.UNKNOWN, Outbox.State.FAILED])
    return rows.select_related("person").order_by("-id")


def waiting_messages() -> int:
    """Messages due and not sent yet; counting stops where nobody reads the difference."""
    due = Outbox.objects.filter(state=Outbox.State.WAITING, due_at__lte=clock.now())
    return due[:1000].count()
