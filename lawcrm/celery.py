"""Celery: the muscle of work whose record is in Postgres. Messages carry ids only."""

import os
import signal

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

from lawcrm.embedded.processes import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawcrm.settings")

app = Celery("lawcrm")
app.conf.update(
    broker_url=settings.REDIS_URL.replace("unix://", "redis+socket://", 1),  # kombu's name for a socket
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    task_time_limit=300,
    task_soft_time_limit=240,
    broker_connection_retry_on_startup=True,
    # Twice the hard time limit at least; the sweep brings back a dead worker's messages within seconds.
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 30,
    },
    timezone="UTC",
)
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**kwargs):
    """A pool process whose worker was killed must not linger with half a task in hand."""
    die_with_parent(signal.SIGKILL)
