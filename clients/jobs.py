"""The long work of clients: importing its actions registers their kinds of jobs."""

from clients.actions.importing import judging, reading, undoing, writing  # noqa: F401
