"""Reading notices."""

from lawcrm.firm import clock


def mark_read(notices) -> int:
    """Marks those of the notices that are unread. The queryset is the reader's own."""
    return notices.filter(read_at__isnull=True).update(read_at=clock.now())
