"""A person's calendar, read now through their own door."""

from datetime import timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lawcrm.firm import clock
from lawcrm.firm.addresses import absolute
from lawcrm.firm.calendar.items import sources
from lawcrm.firm.calendar.writer import calendar_text

BACK = timedelta(days=60)
AHEAD = timedelta(days=400)


def feed_text(feed) -> str:
    """What stands behind the address at this moment."""
    person = feed.person
    zone, today = clock.zone_of(person), clock.today(person)
    with translation.override(clock.language_of(person)), timezone.override(zone):
        items = [
            item
            for source in sources()
            if source.kind in feed.kinds
            for item in source.items(person, today - BACK, today + AHEAD)
        ]
        return calendar_text(
            items,
            zone=zone,
            name=_("LawCRM"),
            address=absolute,
            bare=feed.titles == feed.Titles.BARE,
            year=today.year,
        )
