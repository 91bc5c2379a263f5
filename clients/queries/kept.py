"""What of clients is older than the firm keeps it."""

from datetime import datetime

from django.db.models import Q

from clients.models import Client, ImportRow, ImportRun, RecentView

_State = ImportRun.State
_WRITTEN = (_State.DONE, _State.STOPPED, _State.UNDONE)
_UNFINISHED = (_State.READING, _State.PREVIEW, _State.FAILED)


def staged_imports(before: datetime):
    """Rows read from files, of imports that were written or given up so long ago. A paused one is given up, too."""
    ended = Q(run__state__in=_WRITTEN, run__committed_at__lt=before)
    never = Q(run__state__in=(*_UNFINISHED, _State.PAUSED), run__created_at__lt=before)
    return ImportRow.objects.filter(ended | never)


def abandoned_imports(before: datetime):
    """Imports that were begun so long ago and never written."""
    return ImportRun.objects.filter(state__in=_UNFINISHED, created_at__lt=before)


def looks(before: datetime):
    return RecentView.objects.filter(seen_at__lt=before)


def dormant_clients(before: datetime):
    """Clients known for longer, without a contact since; what stands against erasing them is asked one by one."""
    quiet = Q(last_contact_at__lt=before) | Q(last_contact_at__isnull=True)
    return Client.objects.unscoped().filter(quiet, created_at__lt=before)
