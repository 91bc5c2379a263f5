"""Child processes that end with their parent, whatever ends the parent."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from lawcrm.embedded.places import Account

PR_SET_PDEATHSIG = 1
MARK = "LAWCRM_SUPERVISED"
LOG_LIMIT = 10_000_000


def die_with_parent(number: int, parent: int | None = None) -> None:
    """Ask Linux to send this process a signal when its parent dies (elsewhere: nothing; leftovers are ended later)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number)
    if parent is not None and os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), number)


class Child:
    """A supervised process in a session of its own, writing to one log file."""

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        log: Path,
        env: dict[str, str] | None = None,
        account: Account | None = None,
        cwd: Path | str = "/",
        stop_with: int = signal.SIGTERM,
        patience: float = 15,
    ):
        self.name, self.log, self.stop_with, self.patience = name, log, stop_with, patience
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".old.log"))
        parent = os.getpid()
        with open(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            self.log_start = output.seek(0, os.SEEK_END)
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                umask=0o077,
                start_new_session=True,
                # runs after the change of user, which would clear the death signal
                preexec_fn=lambda: die_with_parent(stop_with, parent),
                **(account.popen_arguments() if account else {}),
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    def exit_code(self) -> int | None:
        return self.process.poll()

    def output(self) -> str:
        """What this run of the process wrote."""
        with self.log.open("rb") as file:
            file.seek(self.log_start)
            return file.read().decode(errors="replace")

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_with)

    def stop(self) -> None:
        """Ask, wait, insist; then sweep up what the process left in its group."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        self.kill()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


def command_line(pid: int) -> str:
    """How a process was started; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        pass
    if sys.platform.startswith("linux"):
        return ""
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return answer.stdout.strip()


def wait_gone(pids: list[int], seconds: float) -> bool:
    """Whether all the processes end within the time."""
    until = time.monotonic() + seconds
    while any(command_line(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def end_recorded(pid_file: Path, sign: str, number: int) -> None:
    """End the process a pid file names, if it lives and its command line bears our sign (pids are reused)."""
    try:
        pid = int(pid_file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if pid <= 1 or sign not in command_line(pid):
        return
    for attempt in (number, signal.SIGKILL):
        try:
            os.kill(pid, attempt)
        except ProcessLookupError:
            return
        if wait_gone([pid], 20):
            return


def end_leftovers(mark: str) -> None:
    """End web and work processes of an earlier run that lost their supervisor (Linux: told by their environment)."""
    left = [pid for pid in all_pids() if bears_mark(pid, mark)]
    for number, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        if wait_gone(left, seconds):
            return


def all_pids() -> list[int]:
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
    except OSError:
        return []


def bears_mark(pid: int, mark: str) -> bool:
    try:
        return f"{MARK}={mark}".encode() in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return False


def works_in(folder: Path) -> bool:
    """Whether any process has the folder as its working directory (Linux)."""
    for pid in all_pids():
        try:
            if os.readlink(f"/proc/{pid}/cwd") == str(folder):
                return True
        except OSError:
            continue
    return False
