"""Who may do what: six roles, their permissions, and how far each sees."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER = "partner", _("Partner")
    MANAGER = "manager", _("CRM manager")
    SPECIALIST = "specialist", _("CRM specialist")
    LAWYER = "lawyer", _("Lawyer")
    AUDITOR = "auditor", _("Auditor")


class Scope(models.TextChoices):
    """Whose clients a person sees. Walls are taken away afterwards and beat every scope."""

    NONE = "none", _("No clients")
    OWN = "own", _("Own clients")
    TEAM = "team", _("Own and team clients")
    DEPARTMENT = "department", _("The department's clients")
    FIRM = "firm", _("The whole firm's clients")


DEFAULT_SCOPE = {
    Role.ADMINISTRATOR: Scope.FIRM,
    Role.PARTNER: Scope.FIRM,
    Role.MANAGER: Scope.FIRM,
    Role.SPECIALIST: Scope.FIRM,
    Role.LAWYER: Scope.TEAM,
    Role.AUDITOR: Scope.NONE,
}

_WORK = {"clients.view", "clients.edit", "contacts.log", "matters.edit", "surveys.send", "sealed.reveal"}
PERMISSIONS = {
    Role.ADMINISTRATOR: _WORK
    | {
        "clients.import",
        "clients.export",
        "clients.merge",
        "clients.trash",
        "views.share",
        "insights.view",
        "policy.edit",
        "users.edit",
        "walls.edit",
        "audit.read",
        "privacy.manage",
        "care.plan",
        "conflicts.desk",
        "conflicts.decide",
    },
    Role.PARTNER: _WORK
    | {
        "clients.export",
        "clients.trash",
        "views.share",
        "insights.view",
        "assessment.override",
        "walls.edit",
        "privacy.manage",
        "care.plan",
        "conflicts.decide",
    },
    Role.MANAGER: (_WORK - {"sealed.reveal"})
    | {
        "care.plan",
        "conflicts.desk",
        "conflicts.decide",
        "clients.merge",
        "clients.trash",
        "views.share",
        "insights.view",
    },
    Role.SPECIALIST: (_WORK - {"sealed.reveal", "matters.edit"}) | {"care.plan"},
    Role.LAWYER: _WORK,
    Role.AUDITOR: {"audit.read"},
}
KNOWN_PERMISSIONS = frozenset().union(*PERMISSIONS.values())


def may(user, permission: str) -> bool:
    """Whether the user's role carries the permission. An unknown permission is a programming error."""
    if permission not in KNOWN_PERMISSIONS:
        raise ValueError(f"unknown permission {permission!r}")
    return bool(user and user.is_authenticated and user.is_active and permission in PERMISSIONS[user.role])
