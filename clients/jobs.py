"""The long work of clients: importing its actions registers their kinds of jobs."""

from clients.actions.importing import judging, reading, writing  # noqa: F401
