"""The reader's child, telling at its end what it used: standard library only, as the child itself."""

import resource

from lawcrm.firm.spreadsheets import child
from lawcrm.firm.spreadsheets.limits import Refused

_lines = child.lines


def _used() -> dict:
    """Memory since it became a program of its own (rusage counts that of its parent before); seconds of processor."""
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"peak_kb": peak, "seconds": used.ru_utime + used.ru_stime}


def measured_lines(*arguments):
    try:
        for line in _lines(*arguments):
            if isinstance(line, dict) and "end" in line:
                line["used"] = _used()
            yield line
    except Refused as refused:
        refused.params["used"] = _used()
        raise


if __name__ == "__main__":
    child.lines = measured_lines
    child.main()
