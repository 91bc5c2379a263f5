"""Reading the audit trail."""

from lawcrm.firm.models import AuditEntry


def last_saver(obj) -> AuditEntry | None:
    """The newest deed on an object: who saved it last, and when."""
    return AuditEntry.objects.filter(object_id=obj.pk).order_by("-id").first()
