"""The relationship network: who is what to whom."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clients.enums import LinkKind, OutsideKind
from clients.queries.links import LinkQuerySet
from clients.rules.search_tokens import Searchable
from clients.search_column import WordsField
from lawcrm.firm.models.base import FirmModel


def _one_end(side: str) -> Q:
    """Exactly one of client, person and an outside name stands at this end."""
    client, person, name = f"{side}_client__isnull", f"{side}_person__isnull", f"{side}_name"
    return (
        Q(**{client: False, person: True, name: ""})
        | Q(**{client: True, person: False, name: ""})
        | (Q(**{client: True, person: True}) & ~Q(**{name: ""}))
    )


def _end(model: str, side: str, words):
    return models.ForeignKey(
        model, models.CASCADE, null=True, blank=True, related_name=f"links_{side}", verbose_name=words
    )


class Link(FirmModel):
    """A directed tie: the `from` end is the family, referrer, shareholder ... of the `to` end.

    An outside end is a name, not a row of its own: what one lawyer notes of an organisation is nobody else's to find.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind)
    from_client = _end("clients.Client", "from", _("client"))
    from_person = _end("clients.Person", "from", _("person"))
    from_name = models.CharField(_("name"), max_length=200, blank=True)
    to_client = _end("clients.Client", "to", _("client"))
    to_person = _end("clients.Person", "to", _("person"))
    to_name = models.CharField(_("name"), max_length=200, blank=True)
    outside_kind = models.CharField(
        max_length=12, choices=OutsideKind, blank=True
    )  # of the end that is a name
    note = models.CharField(_("note"), max_length=200, blank=True)  # "brother-in-law", "35 %"
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey("firm.User", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    search = WordsField()  # of the end that is a name: conflict checks ask for it

    objects = LinkQuerySet.as_manager()
    wall_paths = {"client": "from_client_id"}  # and the other end too: clients/queries/links.py
    merge_ends_loops = True  # made one, the two are nothing to each other any more
    on_client_merge = {"from_client": "move", "to_client": "move"}
    on_person_merge = {"from_person": "move", "to_person": "move"}

    class Meta:
        ordering = ["kind", "id"]
        indexes = [GinIndex(fields=["search"], name="link_search")]
        constraints = [
            models.CheckConstraint(condition=_one_end("from"), name="link_begins_at_one"),
            models.CheckConstraint(condition=_one_end("to"), name="link_ends_at_one"),
            models.CheckConstraint(
                condition=Q(from_name="") | Q(to_name=""), name="link_touches_somebody_on_record"
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="link_ends_after_its_start",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.from_end} → {self.to_end}"

    def searchable(self) -> Searchable:
        name = self.from_name or self.to_name
        return Searchable(names=(name,) if name else (), is_person=self.outside_kind == OutsideKind.PERSON)

    @property
    def from_end(self) -> str:
        return str(self.from_client or self.from_person or self.from_name)

    @property
    def to_end(self) -> str:
        return str(self.to_client or self.to_person or self.to_name)
