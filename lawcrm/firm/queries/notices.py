"""What a person has not read yet."""

from lawcrm.firm.models import Notice


def unread_count(user, at_most: int = 100) -> int:
    """How many notices wait; counting stops at `at_most`, nobody reads the difference."""
    return Notice.objects.filter(person=user, read_at__isnull=True)[:at_most].count()


NEWEST_FIRST = ("-id",)


def notices_of(user):
    """One's own notices; there are no others to see."""
    return Notice.objects.filter(person=user)
