"""People at clients: one person may belong to several, with a role in each."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import Language, PersonRole, PreferredChannel, Sex
from clients.queries.people import ClientPersonQuerySet, PersonQuerySet
from clients.rules.search_tokens import Searchable
from clients.search_column import WordsField
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.partial_date_field import PartialDateField


class Person(FirmModel):
    name = models.CharField(pgettext_lazy("person", "name"), max_length=120)
    latin_name = models.CharField(_("Latin name"), max_length=120, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    wechat = models.CharField(_("WeChat"), max_length=60, blank=True)
    birth_date = PartialDateField(_("birth date"))
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    preferred_channel = models.CharField(
        _("preferred channel"), max_length=20, choices=PreferredChannel, blank=True
    )
    preferred_hours = models.CharField(_("preferred hours"), max_length=120, blank=True)
    preferences = models.CharField(_("preferences"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    do_not_greet = models.BooleanField(_("do not greet"), default=False)
    # Kept by actions, read by search
    sort_key = models.CharField(max_length=240, editable=False, db_collation="C", default="")
    search = SearchVectorField(editable=False, null=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    # whom this one was made one with; it has no place at any client then, and so nobody sees it
    merged_into = models.ForeignKey("self", models.CASCADE, null=True, related_name="+", editable=False)

    objects = PersonQuerySet.as_manager()
    wall_paths = {}  # seen through the clients they belong to
    on_person_merge = {"merged_into": "keep"}

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            GinIndex(fields=["search"], name="person_search"),
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            models.Index(fields=["phone"], name="person_phone", condition=~Q(phone="")),
            models.Index(fields=["email"], name="person_email", condition=~Q(email="")),
            models.Index(Lower("email"), name="person_by_mail", condition=~Q(email="")),
        ]

    def __str__(self):
        return self.name


class ClientPerson(FirmModel):
    """A person's place at one client."""

    client = models.ForeignKey("clients.Client", models.CASCADE, related_name="places")
    person = models.ForeignKey(Person, models.CASCADE, related_name="places")
    roles = ArrayField(
        models.CharField(max_length=20, choices=PersonRole),
        default=list,
        blank=True,
        verbose_name=pgettext_lazy("at a client", "roles"),
    )
    position = models.CharField(_("position"), max_length=120, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    # of the position: beside the place, because who may not see the client must not find the person by it
    search = WordsField(follows=("position",))

    objects = ClientPersonQuerySet.as_manager()
    told_with = "person"  # the audit trail tells deeds on the person at their places
    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}
    on_person_merge = {"person": "unite"}

    class Meta:
        ordering = ["created_at"]
        indexes = [GinIndex(fields=["search"], name="place_search", condition=~Q(position=""))]
        constraints = [
            # who left and came back has two places, one of them ended
            models.UniqueConstraint(
                fields=["client", "person"],
                name="a_person_has_one_place_at_a_client",
                condition=Q(ended_on__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.person}"

    def unite_with(self, other: "ClientPerson") -> None:
        """The place takes over what a second one of the same person at the same client says besides."""
        self.roles = [role for role in PersonRole.values if role in {*self.roles, *other.roles}]
        self.position = self.position or other.position
        self.since = min(filter(None, (self.since, other.since)), default=None)

    def searchable(self) -> Searchable:
        return Searchable(names=(), is_person=True, beside=(self.position,) if self.position else ())

    @property
    def role_words(self) -> list[str]:
        return role_words(self.roles)


def role_words(roles: Sequence[str]) -> list[str]:
    """What somebody is to a client, weightiest first; "other" says nothing and is left out."""
    return [str(role.label) for role in PersonRole if role in roles and role != PersonRole.OTHER]
