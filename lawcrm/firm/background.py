"""Work in the background stands back behind people who wait for a page."""

import contextlib
import os

NICENESS = 10  # a tenth of the processor's time where a page wants it too, all of it where none does


def stand_back() -> None:
    """For the life of this process: it can only become nicer."""
    with contextlib.suppress(OSError):
        os.nice(max(NICENESS - os.nice(0), 0))
