"""A process with everything imported that forks real workers and beats on demand, so that killing twenty is quick.

Reads one command a line from its input, "worker" or "beat"; answers with the pid of the new process, which leads
a session of its own. Started by tests.faults.harness with the address of the test database in the environment.
"""

import os
import signal
import sys

import django

django.setup()

from lawcrm.celery import app  # noqa: E402
from lawcrm.embedded.processes import die_with_parent  # noqa: E402
from tests.faults import kinds  # noqa: E402  (registers the kinds of work the tests use)

QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
COMMANDS = {
    "worker": lambda: app.worker_main(
        ["worker", "--pool", "solo", "--hostname", f"w{os.getpid()}@%h", *QUIET]
    ),
    "beat": lambda: app.Beat(loglevel="WARNING", quiet=True).run(),
}


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    app.finalize()
    kinds.put_on_the_schedule()
    for line in sys.stdin:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            die_with_parent(signal.SIGKILL, parent)
            os.dup2(2, 1)  # the answers go to the harness alone
            try:
                COMMANDS[line.strip()]()
            finally:
                os._exit(1)
        print(pid, flush=True)


main()
