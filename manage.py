#!/usr/bin/env python3
"""Django's command line, with the private database started where none is given."""

import contextlib
import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent
NEED_NO_SERVERS = {
    "help",
    "--help",
    "-h",
    "version",
    "--version",
    "makemessages",
    "compilemessages",
    "collectstatic",
}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawcrm.settings")
    from django.core.management import execute_from_command_line

    with servers():
        execute_from_command_line(sys.argv)


def servers():
    """What the command needs: nothing where addresses are given, in production, or where no table is touched."""
    production = os.environ.get("LAWCRM_PRODUCTION", "").lower() in ("1", "true", "yes", "on", "y", "t", "ok")
    if production or len(sys.argv) < 2 or sys.argv[1] in NEED_NO_SERVERS or {"--help", "-h"} & set(sys.argv):
        return contextlib.nullcontext()
    from lawcrm.embedded.catalogues import compile_catalogues
    from lawcrm.embedded.servers import servers_for_command

    compile_catalogues([CHECKOUT / "locale"])
    return servers_for_command(Path(os.environ.get("LAWCRM_DATA_DIR") or CHECKOUT / ".local"))


if __name__ == "__main__":
    from lawcrm.embedded.problems import Problem

    try:
        main()
    except Problem as problem:
        sys.exit(f"LawCRM: {problem}")
