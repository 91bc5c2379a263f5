"""The client: who they are, who looks after them, and what the log says of the relationship."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from clients.enums import (
    FAMILY_OF,
    BusinessField,
    ClientFamily,
    ClientKind,
    CompanySize,
    ConsentBasis,
    ConsentForm,
    CreditStanding,
    Grade,
    Language,
    PreferredChannel,
    RelationshipType,
    ServiceType,
    Sex,
    Source,
    Temperament,
)
from clients.queries.clients import (
    CADENCE_RANK,
    CONTACT_RANK,
    FORMERLY_OTHERWISE,
    GRADE_RANK,
    REFERRED_BY_NOBODY,
    SEVERAL_OF,
    SINCE_RANK,
    SPARSE_TEXTS,
    TYPE_RANK,
    VERIFIED_RANK,
    ClientQuerySet,
)
from lawcrm.firm.models.base import FirmModel
from lawcrm.firm.partial_date_field import PartialDateField
from lawcrm.firm.sealed import BlindIndexField, SealedTextField


class Client(FirmModel):
    # Who they are
    name = models.CharField(_("name"), max_length=200)
    latin_name = models.CharField(_("Latin name"), max_length=200, blank=True)
    former_names = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ClientKind)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, blank=True)
    birth_date = PartialDateField(_("birth date"))
    identity_number = SealedTextField(_("identity number"))
    identity_index = BlindIndexField(source="identity_number")
    registration_number = SealedTextField(_("registration number"))
    registration_index = BlindIndexField(source="registration_number")
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("email"), blank=True)
    wechat = models.CharField(_("WeChat"), max_length=60, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.URLField(_("website"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    preferred_channel = models.CharField(
        _("preferred channel"), max_length=20, choices=PreferredChannel, blank=True
    )
    preferred_hours = models.CharField(_("preferred hours"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=Language, blank=True)
    industry = models.CharField(_("industry"), max_length=120, blank=True)
    temperament = models.CharField(_("temperament"), max_length=20, choices=Temperament, blank=True)
    # Background of a person
    employer = models.CharField(_("employer"), max_length=200, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    education = models.CharField(_("education"), max_length=200, blank=True)
    interests = models.CharField(_("interests"), max_length=300, blank=True)
    family_notes = SealedTextField(_("family"))
    # Background of an organisation
    company_size = models.CharField(_("size"), max_length=10, choices=CompanySize, blank=True)
    group_name = models.CharField(_("group"), max_length=200, blank=True)
    listing = models.CharField(_("listed as"), max_length=120, blank=True)
    credit_standing = models.CharField(
        _("credit standing"), max_length=10, choices=CreditStanding, blank=True
    )
    background = SealedTextField(_("background"))
    note = models.TextField(_("note"), blank=True)
    # What they are to the firm
    business_fields = ArrayField(
        models.CharField(max_length=20, choices=BusinessField),
        default=list,
        blank=True,
        verbose_name=_("business fields"),
    )
    service_types = ArrayField(
        models.CharField(max_length=20, choices=ServiceType),
        default=list,
        blank=True,
        verbose_name=_("service types"),
    )
    source = models.CharField(_("source"), max_length=20, choices=Source, blank=True)
    # By whom: a client, a person on record or a colleague; in words where it is none of these.
    referred_by = models.CharField(_("referred by"), max_length=200, blank=True)
    referrer_client = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referred",
        verbose_name=_("referring client"),
    )
    referrer_person = models.ForeignKey(
        "clients.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referred",
        verbose_name=_("referring person"),
    )
    referrer_user = models.ForeignKey(
        "firm.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referred",
        verbose_name=_("referring colleague"),
    )
    grade = models.CharField(_("grade"), max_length=1, choices=Grade, blank=True)
    client_since = models.DateField(_("client since"), null=True, blank=True)
    responsible = models.ForeignKey(
        "firm.User",
        models.PROTECT,
        related_name="responsible_for",
        verbose_name=_("responsible lawyer"),
        db_index=False,  # client_of_lawyer serves
    )
    department = models.ForeignKey(
        "firm.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
        verbose_name=_("department"),
        db_index=False,  # client_of_department serves
    )
    verified_on = models.DateField(_("last verified"), null=True, blank=True)
    # Information principles: why the firm keeps this, on what basis, and whether it may be passed on
    purpose_of_processing = models.CharField(_("purpose of processing"), max_length=300, blank=True)
    consent_basis = models.CharField(_("basis"), max_length=10, choices=ConsentBasis, blank=True)
    consent_on = models.DateField(_("consent given on"), null=True, blank=True)
    consent_form = models.CharField(_("consent given"), max_length=10, choices=ConsentForm, blank=True)
    consent_until = models.DateField(_("consent ends on"), null=True, blank=True)
    consent_withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    consent_disclosure = models.BooleanField(_("may be disclosed to third parties"), default=False)
    consent_note = models.CharField(_("what the consent covers"), max_length=300, blank=True)
    # Kept by actions, read by lists
    sort_key = models.CharField(max_length=240, editable=False, db_collation="C")
    # The responsible lawyer's name as lists sort by it; a trigger keeps it true to the person, whoever writes.
    responsible_rank = models.CharField(max_length=460, editable=False, default="", db_collation="C")
    search = SearchVectorField(editable=False, null=True)
    relationship_type = models.PositiveSmallIntegerField(choices=RelationshipType, null=True, editable=False)
    last_contact_at = models.DateTimeField(null=True, editable=False)
    quiet_from = models.DateField(
        null=True, editable=False
    )  # the day on which silence breaks the grade's cadence
    # The people of `team`, sorted: one indexed column answers "may they see it?" together with `responsible`.
    # A trigger keeps it true to ClientTeam whoever writes there (docs/decisions, "Who works for a client").
    team_ids = ArrayField(models.UUIDField(), default=list, editable=False)
    # The ids of `tagged`, sorted; a trigger keeps it true to ClientTag.
    tag_ids = ArrayField(models.UUIDField(), default=list, editable=False)
    # In the trash since then: nobody sees the client or anything of it but there (clients/queries/trash.py).
    trashed_at = models.DateTimeField(null=True, editable=False)
    trashed_by = models.ForeignKey(
        "firm.User", models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # Made one with another client: nobody sees this one any more, its address leads there (clients/queries/merged.py).
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )

    objects = ClientQuerySet.as_manager()
    wall_paths = {"client": "id"}
    on_client_merge = {"referrer_client": "move", "merged_into": "keep"}
    on_person_merge = {"referrer_person": "move"}

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            GinIndex(fields=["search"], name="client_search"),
            models.Index(Lower("email"), name="client_by_mail", condition=~Q(email="")),
            models.Index(fields=["sort_key", "id"], name="client_by_name"),
            models.Index(fields=["responsible", "sort_key", "id"], name="client_of_lawyer"),
            models.Index(fields=["department", "sort_key", "id"], name="client_of_department"),
            models.Index(fields=["kind", "sort_key", "id"], name="client_by_kind"),
            models.Index(fields=["responsible_rank", "sort_key", "id"], name="client_by_lawyer"),
            models.Index(TYPE_RANK, "sort_key", "id", name="client_type_rank"),
            models.Index(GRADE_RANK, "sort_key", "id", name="client_grade_rank"),
            models.Index(CONTACT_RANK, "id", name="client_contact_rank"),
            models.Index(SINCE_RANK, "id", name="client_since_rank"),
            models.Index(VERIFIED_RANK, "id", name="client_verified_rank"),
            *(
                models.Index(
                    fields=["sort_key", "id"], name=f"client_{name[:16]}_any", condition=~Q(**{name: ""})
                )
                for name in SPARSE_TEXTS
            ),
            *(
                models.Index(
                    fields=["sort_key", "id"],
                    name=f"client_{name}_more",
                    condition=Q(**{f"{name}__len__gt": 1}),
                )
                for name in SEVERAL_OF
            ),
            models.Index(fields=["sort_key", "id"], name="client_former_any", condition=FORMERLY_OTHERWISE),
            models.Index(
                fields=["sort_key", "id"], name="client_referrer_any", condition=~REFERRED_BY_NOBODY
            ),
            models.Index(fields=["quiet_from"], name="client_quiet"),
            models.Index(CADENCE_RANK, "quiet_from", "id", name="client_quiet_by_grade"),
            # the partner's dashboard counts from this index alone
            models.Index(
                fields=["department", "responsible", "grade", "relationship_type", "quiet_from"],
                name="client_standing",
            ),
            GinIndex(fields=["team_ids"], name="client_team_ids"),
            GinIndex(fields=["tag_ids"], name="client_tag_ids"),
            models.Index(fields=["trashed_at"], name="client_trashed", condition=Q(trashed_at__isnull=False)),
            models.Index(
                fields=["merged_into"], name="client_merged", condition=Q(merged_into__isnull=False)
            ),
            models.Index(fields=["phone"], name="client_phone", condition=~Q(phone="")),
            models.Index(fields=["email"], name="client_email", condition=~Q(email="")),
            models.Index(Upper("group_name"), name="client_group", condition=~Q(group_name="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(trashed_at__isnull=True, trashed_by__isnull=True)
                | Q(trashed_at__isnull=False, trashed_by__isnull=False),
                name="client_trashed_by_and_at_together",
            ),
            models.UniqueConstraint(
                fields=["identity_index"],
                name="client_identity_once",
                condition=Q(identity_index__isnull=False, merged_into__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["registration_index"],
                name="client_registration_once",
                condition=Q(registration_index__isnull=False, merged_into__isnull=True),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def family(self) -> ClientFamily:
        return FAMILY_OF[self.kind]

    @property
    def is_person(self) -> bool:
        return self.family == ClientFamily.INDIVIDUAL

    @property
    def cadence_grade(self) -> str:
        """The grade whose cadence applies: a client without a grade has grade C's."""
        return self.grade or Grade.C


class ClientTeam(models.Model):
    """A person of the firm who works for the client beside the responsible lawyer."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="team")
    user = models.ForeignKey("firm.User", models.CASCADE, related_name="team_of")

    wall_paths = {"client": "client_id"}
    on_client_merge = {"client": "unite"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "user"], name="team_names_a_person_once")]

    def __str__(self):
        return f"{self.client_id}: {self.user_id}"
