"""People of the firm."""

from lawcrm.firm.models import User
from lawcrm.firm.roles import Role


def working_people():
    """Those who can be responsible for a client or a matter, or own a follow-up."""
    return User.objects.filter(is_active=True).exclude(role=Role.AUDITOR)
