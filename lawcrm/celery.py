"""Celery: the muscle of work whose record is in Postgres. Messages carry ids only."""

import os
import signal

import environ
from celery import Celery
from celery.signals import worker_init, worker_process_init, worker_ready
from django.conf import settings

from lawcrm.embedded.processes import die_with_parent
from lawcrm.firm.background import stand_back

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawcrm.settings")
TICK_SECONDS = environ.Env().float("LAWCRM_TICK_SECONDS", 60.0)

app = Celery("lawcrm")
app.conf.update(
    broker_url=settings.REDIS_URL.replace("unix://", "redis+socket://", 1),  # as kombu spells it
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    worker_soft_shutdown_timeout=30.0,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    task_time_limit=300,
    task_soft_time_limit=240,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # Twice the hard time limit at least; the sweep brings back a dead worker's messages within seconds.
    # The connect options keep a web request from waiting for a Redis that is gone (kombu would try for ever).
    broker_transport_options={
        "visibility_timeout": 900,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.1,
        "interval_max": 0.1,
    },
    timezone="UTC",
    # One tick a minute and nothing else: what is due is computed from Postgres (lawcrm.firm.actions.schedule).
    beat_scheduler="lawcrm.firm.beat:LeaderScheduler",
    beat_max_loop_interval=min(5.0, TICK_SECONDS),
    beat_schedule={
        "tick": {"task": "firm.tick", "schedule": TICK_SECONDS, "options": {"expires": TICK_SECONDS * 2}},
    },
)
app.autodiscover_tasks()


@worker_process_init.connect
def end_with_the_worker(**kwargs):
    """A pool process whose worker was killed must not linger with half a task in hand."""
    die_with_parent(signal.SIGKILL)


@worker_process_init.connect
def let_pages_go_first(**kwargs):
    stand_back()


@worker_init.connect
def refuse_to_start_under_a_wrong_key(**kwargs):
    from django.db import connections

    from lawcrm.firm.keyring import refuse_wrong_key

    refuse_wrong_key()
    connections.close_all()  # the pool's processes are forked from this one


@worker_ready.connect
def listen_for_ticks(**kwargs):
    """A worker that hears none any more ends itself where something starts it again."""
    if settings.RESTART_DEAF_WORKER:
        from celery.worker.state import active_requests

        from lawcrm.firm.deaf import watch

        watch(lambda: not active_requests)
