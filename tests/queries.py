"""Counting what a page asks of the database."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def statements(client, url: str, **headers) -> list[str]:
    """The SQL of one GET, after one to warm whatever is kept in memory."""
    client.get(url, headers=headers or None)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url, headers=headers or None)
    assert answer.status_code == 200, f"{url} answers {answer.status_code}"
    return [query["sql"] for query in asked]


def assert_flat(
    client, url: str, grow: Callable[[int], object], *, at_most: int | None = None, small=3, large=30
) -> int:
    """The page asks as many questions with 30 rows as with 3. `grow(n)` makes n more rows. Returns how many."""
    grow(small)
    few = statements(client, url)
    grow(large - small)
    many = statements(client, url)
    assert len(many) == len(few), "more rows, more questions:\n" + "\n".join(many[:60])
    if at_most is not None:
        assert len(many) <= at_most, f"{len(many)} statements, {at_most} allowed:\n" + "\n".join(many)
    return len(many)
