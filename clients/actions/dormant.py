"""Erasing clients the firm has had nothing to do with for longer than it keeps such records."""

from clients.actions.erasure import erase, request_erasure
from clients.holds import holds_on
from clients.subjects import Subject
from lawcrm.firm import clock

BASIS = "retention"
LOOKED_AT = 500  # candidates that something stands against are passed over


def erase_dormant(rows, most: int) -> int:
    """Erases at most so many of these clients; those that something stands against stay, without a word."""
    today, erased = clock.today(), 0
    for pk, name in rows.order_by("last_contact_at", "pk").values_list("pk", "name").distinct()[:LOOKED_AT]:
        subject = Subject("client", pk, name)
        if not holds_on(subject, today=today):
            erase(request_erasure(subject, by=None, basis=BASIS), by=None)
            erased += 1
        if erased == most:
            break
    return erased
