"""Does one deed; prints its figures and the most memory that it or a child of its took, as JSON, on the last line."""

import json
import resource
import sys

import django

django.setup()

from lawcrm.desk.bench import deeds  # noqa: E402


def own_peak_kib() -> int:
    """Not ru_maxrss: a process that was started by vfork begins with the peak of whoever started it."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


figures = getattr(deeds, sys.argv[1])(*sys.argv[2:])
most = max(own_peak_kib(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
print(json.dumps({**figures, "most_mib": most / 1024}))
