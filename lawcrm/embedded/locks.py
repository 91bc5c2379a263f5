"""One holder at a time: file locks that vanish with their process, however it ends."""

import fcntl
import json
import os
from pathlib import Path


class Held(Exception):
    """Another process holds the lock; `holder` is what it wrote about itself."""

    def __init__(self, holder: dict):
        super().__init__(holder)
        self.holder = holder


class Lock:
    """An exclusive lock on a file that also says who holds it. Children do not inherit it."""

    def __init__(self, path: Path):
        self.path = path
        self.descriptor = -1

    def take(self, **about) -> "Lock":
        self.descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self.descriptor)
            self.descriptor = -1
            raise Held(read_holder(self.path)) from None
        self.describe(**about)
        return self

    def describe(self, **about) -> None:
        text = json.dumps({"pid": os.getpid(), **about}).encode()
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text, 0)

    def release(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def read_holder(path: Path) -> dict:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
