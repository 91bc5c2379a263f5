"""Who writes the rows of each kind of list, and takes them back."""

from collections.abc import Callable
from dataclasses import dataclass

from clients.models import ImportRun


@dataclass(frozen=True)
class Writer:
    """`write(run, rows, values, plan, by)` writes rows as they stand now and notes on each what became of it (verdict,
    client_id, object_id, before). `take_back(rows, by)` notes outcome and why. Both inside the caller's transaction.
    """

    write: Callable[..., None]
    take_back: Callable[..., None]
    chunk: int  # rows in one transaction


_WRITERS: dict[str, Writer] = {}


def register(kind: str, writer: Writer) -> None:
    _WRITERS[kind] = writer


def writer_of(run: ImportRun) -> Writer:
    return _WRITERS[run.kind]
