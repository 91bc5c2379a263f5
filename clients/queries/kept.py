"""What of clients is older than the firm keeps it."""

from datetime import datetime

from django.db.models import Q

from clients.models import Client, ImportRow, ImportRun, RecentView


def staged_imports(before: datetime):
    """Rows read from files, of imports that were written or given up so long ago."""
    ended = Q(run__state=ImportRun.State.DONE, run__committed_at__lt=before)
    never = Q(run__state__in=(ImportRun.State.PREVIEW, ImportRun.State.FAILED), run__created_at__lt=before)
    return ImportRow.objects.filter(ended | never)


def looks(before: datetime):
    return RecentView.objects.filter(seen_at__lt=before)


def dormant_clients(before: datetime):
    """Clients known for longer, without a contact since; what stands against erasing them is asked one by one."""
    quiet = Q(last_contact_at__lt=before) | Q(last_contact_at__isnull=True)
    return Client.objects.unscoped().filter(quiet, created_at__lt=before)
