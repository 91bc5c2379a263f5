"""People of the firm."""

from uuid import UUID

from lawcrm.firm.models import Department, User
from lawcrm.firm.roles import Role


def working_people():
    """Those who can be responsible for a client or a matter, or own a follow-up."""
    return User.objects.filter(is_active=True).exclude(role=Role.AUDITOR)


def department_ids_of(user) -> list[UUID]:
    """The person's department and all below it; asked once per request (kept with the person in hand)."""
    if not hasattr(user, "_department_ids"):
        path = user.department.path
        user._department_ids = list(
            Department.objects.filter(path__startswith=path).values_list("pk", flat=True)
        )
    return user._department_ids
