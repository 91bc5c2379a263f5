"""The closed lists of satisfaction surveys."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dimension(models.TextChoices):
    """The four dimensions of satisfaction."""

    QUALITY = "quality", _("Service quality")
    PROCESS = "process", _("Service process")
    ENVIRONMENT = "environment", _("Service environment")
    VALUE = "value", _("Added value")


class Occasion(models.TextChoices):
    MILESTONE = "milestone", _("Matter milestone")
    CLOSED = "closed", _("Matter closed")
    REGULAR = "regular", _("Regular")
    COMPLAINT = "complaint", _("After a complaint")


class Form(models.TextChoices):
    ONLINE = "online", _("Online questionnaire")
    INTERVIEW = "interview", _("Interview")
    PAPER = "paper", _("Paper")
