"""Parties of a matter: everybody outside the firm who has a part in it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.rules.search_tokens import Searchable
from clients.search_column import WordsField
from lawcrm.firm.models.base import FirmModel
from matters.enums import PartyKind, PartyRole
from matters.queries.matters import OfMatterQuerySet


class Party(FirmModel):
    """One party with every name it is known by. A party that left stays on record: conflicts outlast it."""

    matter = models.ForeignKey("matters.Matter", models.CASCADE, related_name="parties")
    role = models.CharField(_("role"), max_length=20, choices=PartyRole)
    kind = models.CharField(_("kind"), max_length=12, choices=PartyKind)
    name = models.CharField(_("name"), max_length=200)
    other_names = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name=_("other names")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    search = WordsField()

    objects = OfMatterQuerySet.as_manager()
    wall_paths = {"client": "matter__client_id", "matter": "matter_id"}

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [GinIndex(fields=["search"], name="party_search")]

    def __str__(self):
        return self.name

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.name, *self.other_names)

    def searchable(self) -> Searchable:
        return Searchable(names=self.all_names, is_person=self.kind == PartyKind.PERSON)
