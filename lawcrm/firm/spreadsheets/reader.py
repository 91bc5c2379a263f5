"""Reading a spreadsheet someone else made: rows come out, harm stays in a child process.

with open_sheet(path) as sheet:
    for row in sheet.rows():
        row.number, [cell.text for cell in row.cells]
"""

import contextlib
import json
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from . import guard
from .limits import DEFAULT_LIMITS, Limits, Refused

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = "lawcrm.firm.spreadsheets.child"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as stored.

    `kind`: empty, text, number, date (ISO), time, bool, error, or formula (one whose result was never saved).
    `formula` marks values that are a formula's last result; `format` is the number format, empty for General.
    """

    text: str = ""
    kind: str = "empty"
    format: str = ""
    formula: bool = False

    def __bool__(self) -> bool:
        return self.kind != "empty"

    def sent(self):
        """The form in which cells are sent and kept: as short as what they hold allows."""
        if self.kind == "empty":
            return None
        return self.text if self.kind == "text" else [self.kind, self.text, self.format, int(self.formula)]


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """A row under the number it has in the sheet; `cells` ends with the last one that holds something."""

    number: int
    cells: tuple[Cell, ...]

    def __getitem__(self, index: int) -> Cell:
        return self.cells[index] if index < len(self.cells) else EMPTY

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    @property
    def blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.cells)


@dataclass
class Sheet:
    """An open spreadsheet. `merges` and `name` are known once the rows have been read to their end."""

    format: str
    sheets: list[str]
    encoding: str = ""
    delimiter: str = ""
    name: str = ""
    merges: list[str] = field(default_factory=list)
    _lines: Iterator | None = None

    def rows(self) -> Iterator[Row]:
        """Each row that holds something, under the number the sheet gives it."""
        for line in self._lines:
            if isinstance(line, list):
                yield Row(line[0], tuple([cell_from(cell) for cell in line[1]]))
            else:
                self.name, self.merges = line["end"]["sheet"], line["end"]["merges"]
                return


def cell_from(sent) -> Cell:
    """A cell from the form in which the child sends it (None, text, or [kind, text, format, formula])."""
    if sent is None:
        return EMPTY
    if type(sent) is str:
        return Cell(sent, "text")
    kind, text, code, formula = sent
    return Cell(text, kind, code, bool(formula))


@contextlib.contextmanager
def open_sheet(
    source: str | os.PathLike | BinaryIO,
    *,
    limits: Limits = DEFAULT_LIMITS,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    after: int = 0,
) -> Iterator[Sheet]:
    """Open a path, or a real file open for reading. Raises Refused (see messages.explain) here or while reading.

    `after`: rows up to this number were read before; but for the first of the sheet they are not sent again.
    """
    with contextlib.ExitStack() as stack:
        file = source if hasattr(source, "fileno") else stack.enter_context(open(source, "rb"))
        guard.inspect(file, limits=limits)
        os.lseek(file.fileno(), 0, os.SEEK_SET)  # the child inherits the descriptor, not our buffer
        options = {
            "limits": limits.as_dict(), "encoding": encoding, "delimiter": delimiter, "sheet": sheet, "after": after,
        }  # fmt: skip
        lines = stack.enter_context(_child_lines(file, options, limits))
        info = next(lines)["info"]
        yield Sheet(**info, _lines=lines)


@contextlib.contextmanager
def _child_lines(file: BinaryIO, options: dict, limits: Limits) -> Iterator[Iterator]:
    process = subprocess.Popen(
        [sys.executable, "-S", "-E", "-m", _CHILD, json.dumps(options)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        close_fds=True,
    )
    stopwatch = _Stopwatch(process, limits.wall_seconds)
    try:
        yield _messages(process, stopwatch)
    finally:
        stopwatch.stop()
        process.kill()
        process.stdout.close()
        process.wait()


class _Stopwatch:
    """Kills a child that keeps us waiting. Time that we ourselves spend on its rows does not count."""

    def __init__(self, process: subprocess.Popen, seconds: float):
        self.process, self.seconds = process, seconds
        self.waiting_since: float | None = None
        self._over = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def waited(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        """The same lines, with the watch running only while the next one is not there."""
        while True:
            self.waiting_since = time.monotonic()
            line = next(lines, None)
            self.waiting_since = None
            if line is None:
                return
            yield line

    def _watch(self) -> None:
        while not self._over.wait(min(0.5, self.seconds)):
            since = self.waiting_since
            if since is not None and time.monotonic() - since > self.seconds:
                self.process.kill()
                return

    def stop(self) -> None:
        self._over.set()


def _messages(process: subprocess.Popen, stopwatch: _Stopwatch) -> Iterator:
    """Decoded lines up to and including {"end"}; every other ending is a refusal."""
    decode = json.JSONDecoder().decode
    for line in stopwatch.waited(process.stdout):
        try:
            message = decode(line.decode("utf-8"))
        except ValueError:
            break  # killed in the middle of a line
        if isinstance(message, dict) and "refused" in message:
            if "error" in message:
                logger.error("spreadsheet reader failed: %s", message["error"])
            raise Refused(message["refused"], **message["params"])
        yield message
        if isinstance(message, dict) and "end" in message:
            return
    # no {"end"}: the kernel or our stopwatch stopped it (CPU limit, memory, wall clock)
    status = process.wait()
    logger.warning("spreadsheet reader ended with status %s", status)
    raise Refused("too_slow" if status < 0 else "too_much_memory")
