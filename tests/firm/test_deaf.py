"""A worker that no longer hears is found out, and only then."""

import os
import signal
from datetime import timedelta

import pytest

from lawcrm.firm import clock, deaf
from lawcrm.firm.models import Heartbeat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("beat_ago", "worker_ago", "verdict"),
    [
        (10, 30, False),
        (10, 200, True),
        (10, None, True),
        (120, 200, False),
        (None, 200, False),
        (None, None, False),
    ],
)
def test_nobody_hears(beat_ago, worker_ago, verdict):
    for name, ago in (("beat", beat_ago), ("worker", worker_ago)):
        if ago is not None:
            Heartbeat.objects.create(name=name, seen_at=clock.now() - timedelta(seconds=ago))
    assert deaf.nobody_hears() is verdict


class Ended(Exception):
    pass


@pytest.mark.parametrize(
    ("idle", "hears", "ends"), [(True, False, True), (False, False, False), (True, True, False)]
)
def test_it_ends_itself_when_it_has_nothing_in_hand(monkeypatch, idle, hears, ends):
    sent = []
    rounds = iter(range(4))

    def sleep(seconds):
        if next(rounds, None) is None:
            raise Ended

    monkeypatch.setattr(deaf.time, "sleep", sleep)
    monkeypatch.setattr(deaf.connection, "close", lambda: None)
    monkeypatch.setattr(deaf, "nobody_hears", lambda: not hears)
    monkeypatch.setattr(deaf.os, "kill", lambda pid, number: sent.append((pid, number)))
    with pytest.raises(Ended):
        deaf._watch(lambda: idle)
    assert ((os.getpid(), signal.SIGTERM) in sent) is ends
