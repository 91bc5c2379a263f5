"""Kinds of long work. Each kind registers one function that does one chunk."""

from collections.abc import Callable

_KINDS: dict[str, Callable] = {}


class JobStopped(Exception):
    """Raised by a chunk that must not go on: the chunk is undone and the job fails at once, with this reason."""


def register(kind: str):
    """Registers `run_chunk(job) -> bool` (is more left?) for a kind of job.

    A chunk runs in one transaction with the job row locked, at most 30 s; it acts with the requester's rights as
    they are then (`job.requested_by` is read anew for each chunk), and moves `job.cursor`, `job.done` and
    `job.result` itself. Saving the job is the runner's. What a chunk raises undoes the chunk; it is tried again,
    and after three tries without progress the job fails.
    """

    def keep(function):
        if _KINDS.setdefault(kind, function) is not function:
            raise ValueError(f"job kind {kind} is registered twice")
        return function

    return keep


def chunk_function(kind: str) -> Callable:
    return _KINDS[kind]
