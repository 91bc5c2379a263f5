"""Writing message templates."""

from __future__ import annotations

from django.db import transaction

from interactions.models import MessageTemplate
from interactions.rules.placeholders import problems_of
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.conflicts import StaleVersion

EDITABLE = ("name", "occasion", "channel", "language", "subject", "body")


@transaction.atomic
def make_template(*, by, **values) -> MessageTemplate:
    """Raises ValueError for a placeholder that nothing can be put into."""
    template = MessageTemplate(made_by=by, **values)
    _check(template)
    template.save(force_insert=True)
    audit.record(by=by, verb="template.made", obj=template, changes=told(template, EDITABLE))
    return template


@transaction.atomic
def change_template(template: MessageTemplate, *, by, version: int, changes: dict) -> MessageTemplate:
    """Raises StaleVersion, and ValueError as above."""
    row = MessageTemplate.objects.select_for_update().get(pk=template.pk)
    if row.version != version:
        raise StaleVersion(row)
    made = apply_changes(row, {name: value for name, value in changes.items() if name in EDITABLE})
    if made:
        _check(row)
        row.version += 1
        row.save()
        audit.record(by=by, verb="template.changed", obj=row, changes=made)
    return row


@transaction.atomic
def retire_template(template: MessageTemplate, *, by) -> None:
    """Out of use; what was sent by it keeps its words."""
    row = MessageTemplate.objects.select_for_update().get(pk=template.pk)
    if row.retired_at is None:
        row.retired_at = clock.now()
        row.save(update_fields=["retired_at", "updated_at"])
        audit.record(by=by, verb="template.retired", obj=row)


def _check(template: MessageTemplate) -> None:
    for text in (template.subject, template.body):
        if problems := problems_of(text, template.occasion):
            raise ValueError(f"placeholders: {problems}")
