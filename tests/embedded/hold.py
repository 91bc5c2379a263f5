"""Starts the private servers of a data folder, tells their addresses and process ids, stops them at end of input."""

import json
import sys
from pathlib import Path

from lawcrm.embedded.locks import Held
from lawcrm.embedded.problems import Problem
from lawcrm.embedded.servers import Servers


def main():
    try:
        servers = Servers(Path(sys.argv[1]))
        urls = servers.start(what="a test", state="running")
    except Held as held:
        sys.exit(f"held by {held.holder['what']}")
    except Problem as problem:
        sys.exit(str(problem))
    pids = {child.name: child.pid for child in servers.children}
    places = {"home": str(servers.places.home), "sockets": str(servers.places.sockets)}
    print(json.dumps({**urls, "pids": pids, "places": places}), flush=True)
    sys.stdin.read()
    servers.stop()


if __name__ == "__main__":
    main()
