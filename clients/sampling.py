"""Looking at as many clients as there is time for, to say what a change of the policy would do."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from clients.queries.relationship import client_ids_at_random


@dataclass
class Sample:
    """All clients, or those chosen at random that there was time for."""

    total: int = 0
    looked_at: int = 0

    def chunks(self, size: int, *, seconds: float) -> Iterator[list[UUID]]:
        """Keys of clients until all are through or the time is up; one chunk at least."""
        until, ids = time.monotonic() + seconds, client_ids_at_random()
        self.total = len(ids)
        for start in range(0, len(ids), size):
            if self.looked_at and time.monotonic() >= until:
                break
            chunk = ids[start : start + size]
            yield chunk
            self.looked_at += len(chunk)

    @property
    def is_exact(self) -> bool:
        return self.looked_at in (0, self.total)

    def of_all(self, found: int) -> int:
        """Of all clients; an estimate where time ran out before all were looked at."""
        return found if self.is_exact else round(found * self.total / self.looked_at)
