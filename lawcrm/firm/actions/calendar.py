"""Calendar addresses: made, revoked, and how often one is fetched."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, F, Value, When

from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.models import CalendarFeed

FETCHES = 30
WITHIN = timedelta(minutes=10)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


@transaction.atomic
def make_feed(person, *, titles: str, kinds: list[str]) -> str:
    """A new address's token, shown once; the old address leads nowhere from now on."""
    token = secrets.token_urlsafe(32)
    values = {
        "token_hash": token_hash(token),
        "titles": CalendarFeed.Titles(titles),
        "kinds": list(kinds),
        "made_at": clock.now(),
        "fetched_at": None,
        "counted_since": None,
        "fetches": 0,
    }
    CalendarFeed.objects.update_or_create(person=person, defaults=values)
    audit.record(by=person, verb="calendar.address_made", obj=person)
    return token


@transaction.atomic
def revoke_feed(person, *, by) -> None:
    gone, _rows = CalendarFeed.objects.filter(person=person).delete()
    if gone:
        audit.record(by=by, verb="calendar.address_revoked", obj=person)


def count_fetch(feed: CalendarFeed) -> bool:
    """Notes a fetch; False where the address was fetched too often lately."""
    now = clock.now()
    fresh = When(counted_since__gt=now - WITHIN, then=F("fetches") + 1)
    since = When(counted_since__gt=now - WITHIN, then=F("counted_since"))
    CalendarFeed.objects.filter(pk=feed.pk).update(
        fetches=Case(fresh, default=Value(1)), counted_since=Case(since, default=Value(now)), fetched_at=now
    )
    feed.refresh_from_db(fields=["fetches"])
    return feed.fetches <= FETCHES
