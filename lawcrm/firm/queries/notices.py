"""What a person has not read yet."""

from django.db import connection

from lawcrm.firm.models import Notice

# On every page: written out, because Django takes longer to write it than Postgres to answer it.
_UNREAD = """
    SELECT count(*) FROM (SELECT 1 FROM firm_notice WHERE person_id = %s AND read_at IS NULL LIMIT %s) waiting"""


def unread_count(user, at_most: int = 100) -> int:
    """How many notices wait; counting stops at `at_most`, nobody reads the difference."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [user.pk, at_most])
        return cursor.fetchone()[0]


NEWEST_FIRST = ("-id",)


def notices_of(user):
    """One's own notices; there are no others to see."""
    return Notice.objects.filter(person=user)
