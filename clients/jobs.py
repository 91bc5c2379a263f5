"""The long work of clients: importing its actions registers their kinds of jobs, and what they read, write and seal."""

from clients.actions import erasing, search_upkeep  # noqa: F401
from clients.actions.importing import (  # noqa: F401
    client_rows as client_writer,
)
from clients.actions.importing import (  # noqa: F401
    judging,
    reading,
    undoing,
    waiting_files,
    writing,
)
from clients.actions.importing import (  # noqa: F401
    people_rows as people_writer,
)
from clients.importing import client_rows, people_rows  # noqa: F401
