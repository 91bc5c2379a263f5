"""The closed lists of matters."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MatterState(models.TextChoices):
    OPEN = "open", pgettext_lazy("matter", "Open")
    CLOSED = "closed", pgettext_lazy("matter", "Closed")


class Stage(models.TextChoices):
    """Where a matter stands; which stages a service type passes is a table in matters.rules.stages."""

    INTAKE = "intake", _("Intake")
    PREPARATION = "preparation", _("Preparation")
    FILED = "filed", _("Filed")
    HEARING = "hearing", _("Hearing")
    DECISION = "decision", _("Decision")
    ENFORCEMENT = "enforcement", _("Enforcement")
    DRAFTING = "drafting", _("Drafting")
    NEGOTIATION = "negotiation", _("Negotiation")
    COMPLETION = "completion", _("Completion")
    SERVICE = "service", _("In service")


class Audience(models.TextChoices):
    """Who learns of a progress update."""

    INTERNAL = "internal", _("Internal")
    TOLD = "told", _("Told to the client")
