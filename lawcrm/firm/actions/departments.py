"""The tree of departments."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.models import Department


@transaction.atomic
def create_department(*, by, name: str, name_zh: str = "", parent: Department | None = None) -> Department:
    department = Department(name=name, name_zh=name_zh, parent=parent)
    department.save()
    record(by=by, verb="department.created", obj=department)
    return department


@transaction.atomic
def update_department(department: Department, *, by, **values) -> dict:
    """Renames or moves a department; what lies below moves along. Refuses to put one below itself."""
    kept = Department.objects.select_for_update().get(pk=department.pk)
    parent = values.get("parent")
    if parent and f"/{kept.id.hex}" in parent.path:
        raise ValidationError({"parent": _("A department cannot stand below itself.")})
    changes = apply_changes(kept, values)
    if changes:
        kept.save()
        _move_along(kept)
        record(by=by, verb="department.changed", obj=kept, changes=changes)
    return changes


def _move_along(department: Department) -> None:
    for child in department.children.all():
        child.parent = department
        child.save()
        _move_along(child)
