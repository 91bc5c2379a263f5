"""`python -m lawcrm.embedded.test_databases`: the tests' database, made by the migrations once, and its copies.

Each of pytest's processes has a database of its own; copying one takes a tenth of a second, migrating half a minute.
For throw-away servers only: what stands there under these names is replaced.
"""

import sys

import django

WORKERS = ("gw0", "gw1")  # as pytest-xdist calls its processes


def make_test_databases(suffixes=WORKERS) -> None:
    django.setup()
    from django.db import connection
    from django.test.utils import setup_test_environment

    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    for suffix in suffixes:
        connection.creation.clone_test_db(suffix, verbosity=0)


if __name__ == "__main__":
    sys.exit(make_test_databases())
