"""The long work of clients: importing its actions registers their kinds of jobs, and the files they keep sealed."""

from clients.actions.importing import judging, reading, undoing, waiting_files, writing  # noqa: F401
