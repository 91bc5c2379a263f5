"""What the application asks of Redis itself; that it may be gone is tested among the faults."""

import subprocess
import sys
from pathlib import Path

import pytest

from lawcrm.firm import queue_server

ROOT = Path(__file__).resolve().parents[2]


def test_the_running_redis_answers():
    assert queue_server.answers() is True


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "redis+socket:///nowhere/redis.sock"])
def test_one_that_is_not_there_does_not(settings, address):
    settings.REDIS_URL = address
    assert queue_server.answers() is False


def test_no_web_process_carries_a_library_that_no_page_needs():
    """Redis' library would take 20 MiB of each."""
    asked = "import lawcrm.wsgi, sys; from django.urls import reverse; reverse('desk:today'); print('redis' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
