"""Lists somebody wants to see again, and the clients they looked at last."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.queries.saved_views import RecentViewQuerySet, SavedViewQuerySet
from lawcrm.firm.models.base import FirmModel


class SavedView(FirmModel):
    """A list by name: its conditions, order and columns. It grants nothing: who opens it sees their own clients.

    `state` is what the address of the list says, with words in clear:
    {"conditions": [[name, written], ...], "match_any": bool, "words": str, "sort": str, "cols": [code, ...]}.
    """

    class Audience(models.TextChoices):
        PRIVATE = "private", pgettext_lazy("saved view", "Only me")
        TEAM = "team", pgettext_lazy("saved view", "My department")
        FIRM = "firm", pgettext_lazy("saved view", "The whole firm")

    name = models.CharField(_("name"), max_length=80)
    audience = models.CharField(
        pgettext_lazy("saved view", "who sees it"), max_length=10, choices=Audience, default=Audience.PRIVATE
    )
    owner = models.ForeignKey("firm.User", models.CASCADE, related_name="saved_views")
    department = models.ForeignKey("firm.Department", models.CASCADE, null=True, related_name="+")
    state = models.JSONField(default=dict)

    objects = SavedViewQuerySet.as_manager()
    wall_paths = {}

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(audience="team") | models.Q(department__isnull=False),
                name="view_of_a_team_names_its_department",
            )
        ]

    def __str__(self):
        return self.name


class RecentView(models.Model):
    """That somebody looked at a client, and when last: a person's own, for finding it again."""

    user = models.ForeignKey("firm.User", models.CASCADE, related_name="+")
    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    objects = RecentViewQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client"], name="client_seen_once_by_a_person")
        ]
        indexes = [models.Index(fields=["user", "-seen_at"], name="seen_last")]

    def __str__(self):
        return f"{self.user_id}: {self.client_id}"
