"""Tags: the firm's own words for groups of clients, the same for everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.queries.tags import ClientTagQuerySet, TagQuerySet
from lawcrm.firm.models.base import FirmModel


class Tag(FirmModel):
    """`key` is the name's normal form: two tags never differ by capitals or spaces alone."""

    name = models.CharField(_("name"), max_length=40)
    key = models.CharField(max_length=60, unique=True, editable=False)
    made_by = models.ForeignKey("firm.User", models.PROTECT, related_name="+")

    objects = TagQuerySet.as_manager()
    wall_paths = {}

    class Meta:
        ordering = ["key"]

    def __str__(self):
        return self.name


class ClientTag(models.Model):
    """That a client carries a tag. A trigger repeats the ids in Client.tag_ids, whoever writes here."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="placed")

    objects = ClientTagQuerySet.as_manager()
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "tag"], name="tag_stands_once_at_a_client")]

    def __str__(self):
        return f"{self.client_id}: {self.tag_id}"
