"""The process that touches a stranger's file: little memory, little time, nothing to write to, nothing to steal.

Started as `python -S -m lawcrm.firm.spreadsheets.child OPTIONS` with the file as standard input, an empty
environment and no third-party package in reach. Speaks JSON lines: {"info"}, then a list per row, then {"end"};
or {"refused", "params"} at any point.
"""

import json
import resource
import sys

from . import delimited, guard, vcards, xlsx
from .limits import Limits, Refused

ALWAYS_SENT = 100


def confine(limits: Limits) -> None:
    for what, bound in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        hard = resource.getrlimit(what)[1]
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(what, (bound, bound))


def lines(stream, options: dict, limits: Limits):
    read = {guard.XLSX: _workbook_lines, guard.TEXT: _text_lines, guard.CARDS: _card_lines}
    found = read[guard.inspect(stream, limits=limits)](stream, options, limits)
    after = options.get("after") or 0
    return (line for place, line in enumerate(found) if _is_wanted(place, line, after)) if after else found


def _is_wanted(place: int, line, after: int) -> bool:
    """Not the rows that were read before; of the first ones headings are told (headings.py looks at fewer)."""
    return not isinstance(line, list) or line[0] > after or place < ALWAYS_SENT


def _workbook_lines(stream, options, limits):
    book = xlsx.Workbook(stream, limits)
    yield {"info": {"format": "xlsx", "sheets": [sheet[0] for sheet in book.sheets]}}
    yield from book.rows(options.get("sheet"))
    yield {"end": {"sheet": book.sheet, "merges": book.merges}}


def _text_lines(stream, options, limits):
    text, encoding = delimited.decode(stream.read(), options.get("encoding"))
    delimiter = options.get("delimiter") or delimited.sniff_delimiter(text)
    yield {"info": {"format": "csv", "sheets": [], "encoding": encoding, "delimiter": delimiter}}
    yield from delimited.records(text, delimiter, limits)
    yield {"end": {"sheet": "", "merges": []}}


def _card_lines(stream, options, limits):
    encoding, rows = vcards.records(stream.read(), options.get("encoding"), limits)
    yield {"info": {"format": "vcard", "sheets": [], "encoding": encoding}}
    yield from rows
    yield {"end": {"sheet": "", "merges": []}}


def main() -> None:
    options = json.loads(sys.argv[1])
    limits = Limits(**options["limits"])
    out = open(1, "w", encoding="utf-8", errors="replace", buffering=256 * 1024, closefd=False)  # noqa: SIM115
    write, encode = out.write, json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    try:
        confine(limits)
        for line in lines(sys.stdin.buffer, options, limits):
            write(encode(line))
            write("\n")
    except Refused as refused:
        write(encode({"refused": refused.code, "params": refused.params}) + "\n")
    except MemoryError:
        write(encode({"refused": "too_much_memory", "params": {}}) + "\n")
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:  # a bug in the reader is the file's problem here, and ours in the log
        write(
            encode({"refused": "unreadable", "params": {}, "error": f"{type(error).__name__}: {error}"[:500]})
            + "\n"
        )
    try:
        out.flush()
    except BrokenPipeError:
        sys.exit(1)


if __name__ == "__main__":
    main()
