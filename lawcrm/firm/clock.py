"""The clock: UTC inside, a person's own zone outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This instant, aware, in UTC."""
    return timezone.now()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Within it the clock of this process stands at `moment`, for Django's own time stamps too.

    For telling a past (the demo firm) and for tests; nothing that serves people may use it.
    """
    going, timezone.now = timezone.now, lambda: moment
    try:
        yield
    finally:
        timezone.now = going


def zone_of(user=None) -> ZoneInfo:
    """The user's zone; the firm's where the user is nobody or has chosen none."""
    return ZoneInfo(getattr(user, "time_zone", "") or settings.FIRM_TIME_ZONE)


def language_of(user=None) -> str:
    """The language the user reads; the house's where the user has chosen none."""
    return getattr(user, "language", "") or settings.LANGUAGE_CODE


def local(moment: datetime, user=None) -> datetime:
    """`moment` as the user's wall clock shows it."""
    return moment.astimezone(zone_of(user))


def today(user=None) -> date:
    """The calendar day it is now where the user is."""
    return local(now(), user).date()


def start_of(day: date, user=None) -> datetime:
    """The instant at which the day begins where the user is."""
    return datetime.combine(day, time.min, tzinfo=zone_of(user))
