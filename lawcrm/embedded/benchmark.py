"""`make bench`: the benchmark beside private servers that keep every promise to the disk, in a folder of their own."""

import os
from pathlib import Path

from lawcrm.embedded.servers import servers_for_command
from lawcrm.embedded.testing import CHECKOUT, call


def bench(arguments: list[str]) -> int:
    data_dir = Path(os.environ.get("LAWCRM_DATA_DIR") or CHECKOUT / ".local" / "bench")
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with servers_for_command(data_dir):
        environment = dict(os.environ) | {
            "LAWCRM_DATA_DIR": str(data_dir),
            "LAWCRM_HASHED_STATIC": "1",
            "DEMO": "no",
        }
        return call(["-m", "lawcrm.embedded", "prepare"], environment) or call(
            ["manage.py", "bench", *arguments], environment
        )
