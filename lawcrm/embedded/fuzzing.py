"""`make fuzz`: many spoilt files through the import wizard, in private throw-away servers; what became of them as a table."""

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

from lawcrm.embedded.testing import call, databases_command, test_environment


def fuzz(arguments: list[str]) -> int:
    """The exit code is pytest's: 0 where no file broke anything."""
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    options, more = parser.parse_known_args(arguments)
    with test_environment() as environment, tempfile.TemporaryDirectory() as folder:
        environment |= {
            "LAWCRM_FUZZ": str(options.count),
            "LAWCRM_FUZZ_SEED": str(options.seed),
            "LAWCRM_FUZZ_REPORT": folder,
        }
        call(databases_command(), environment)
        code = call(["-m", "pytest", "-q", "--reuse-db", "-n", "2", "tests/fuzz", *more], environment)
        print(summary([json.loads(path.read_text()) for path in Path(folder).glob("*.json")], options.seed))
    return code


def summary(reports: list[dict], seed: int) -> str:
    """What the blocks of files came to, together."""
    outcomes = sum((Counter(report["outcomes"]) for report in reports), Counter())
    faults = [fault for report in reports for fault in report["faults"]]

    def most(name: str) -> float:
        return max((report[name] for report in reports), default=0.0)

    lines = [f"{sum(outcomes.values()):>8,}  files, seed {seed}"]
    lines += [f"{count:>8,}  {outcome}" for outcome, count in outcomes.most_common()]
    lines += [
        f"{len(faults):>8,}  faults",
        f"{most('reader_mb'):>8.0f}  MB: the largest reader (may be 512)",
        f"{most('reader_seconds'):>8.2f}  s of processor: the busiest reader (may be 60)",
        f"{most('slowest'):>8.1f}  s: the slowest upload, read and judged",
        f"{most('own_mb'):>8.0f}  MB: the process that serves and judges",
        *faults,
    ]
    return "\n".join(lines)
