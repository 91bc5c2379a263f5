"""Is this container's part alive? `python deploy/health.py web|worker|beat`; exit code 0 says yes.

The web is asked for /healthz. Worker and beat leave a heartbeat in the database each minute; asking for it needs no
Django and no broker.
"""

import os
import sys
import urllib.request
from pathlib import Path

FRESH = "3 minutes"


def web() -> bool:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".") or "localhost"
    request = urllib.request.Request("http://127.0.0.1:8000/healthz", headers={"Host": host})
    with urllib.request.urlopen(request, timeout=4) as answer:  # noqa: S310 - our own address
        return answer.status == 200


def heartbeat(name: str) -> bool:
    import psycopg

    with psycopg.connect(
        value_of("DATABASE_URL"), password=value_of("DATABASE_PASSWORD"), connect_timeout=4
    ) as base:
        statement = "SELECT seen_at > now() - %s::interval FROM firm_heartbeat WHERE name = %s"
        return bool((base.execute(statement, [FRESH, name]).fetchone() or [False])[0])


def value_of(name: str) -> str | None:
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name)


if __name__ == "__main__":
    part = sys.argv[1]
    sys.exit(0 if (web() if part == "web" else heartbeat(part)) else 1)
