"""What can stand in the way of a start, told in one line."""


class Problem(Exception):
    """Something the person at the terminal has to mend; its text is the whole message."""
