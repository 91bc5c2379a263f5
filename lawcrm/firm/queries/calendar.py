"""Calendar addresses."""

from lawcrm.firm.models import CalendarFeed


def feed_of(person) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=person).first()


def feed_with(token_hash: bytes) -> CalendarFeed | None:
    """The feed behind an address whose person is with the firm."""
    rows = CalendarFeed.objects.select_related("person")
    return rows.filter(token_hash=token_hash, person__is_active=True).first()
