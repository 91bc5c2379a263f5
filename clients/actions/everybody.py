"""Work on all clients, a chunk at a time."""

from collections.abc import Callable
from uuid import UUID

from clients.queries.relationship import next_client_ids
from lawcrm.firm.memory import without_collection


def take_next(cursor: dict, work: Callable[[list[UUID]], dict[str, int]], *, limit: int) -> bool:
    """The next clients in the order of their keys; False when there are none left.

    `cursor` keeps how far it came, and adds up what `work` counts. Each chunk commits by itself with its place, so
    whoever logs a contact at that hour waits for one chunk at most.
    """
    ids = next_client_ids(after=UUID(cursor["after"]) if "after" in cursor else None, limit=limit)
    if not ids:
        return False
    with without_collection():
        counts = work(ids)
    cursor["after"] = str(ids[-1])
    for name, count in counts.items():
        cursor[name] = cursor.get(name, 0) + count
    return True
