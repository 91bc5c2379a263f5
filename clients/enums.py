"""The closed lists of client profiles, in the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ClientKind(models.TextChoices):
    STATE_OWNED = "state_owned", _("State-owned enterprise")
    PRIVATE = "private", _("Private enterprise")
    FOREIGN_INVESTED = "foreign_invested", _("Foreign-invested enterprise")
    PERSON = "person", _("Natural person")
    SOLE_TRADER = "sole_trader", _("Sole trader")
    DEPARTMENT = "department", _("Government department")
    PUBLIC_INSTITUTION = "public_institution", _("Public institution")
    SOCIAL_ORGANISATION = "social_organisation", _("Social organisation")


class ClientFamily(models.TextChoices):
    """The three families of kinds."""

    ENTERPRISE = "enterprise", _("Enterprise")
    INDIVIDUAL = "individual", _("Individual")
    PUBLIC = "public", _("Government and public body")


FAMILY_OF = {
    ClientKind.STATE_OWNED: ClientFamily.ENTERPRISE,
    ClientKind.PRIVATE: ClientFamily.ENTERPRISE,
    ClientKind.FOREIGN_INVESTED: ClientFamily.ENTERPRISE,
    ClientKind.PERSON: ClientFamily.INDIVIDUAL,
    ClientKind.SOLE_TRADER: ClientFamily.INDIVIDUAL,
    ClientKind.DEPARTMENT: ClientFamily.PUBLIC,
    ClientKind.PUBLIC_INSTITUTION: ClientFamily.PUBLIC,
    ClientKind.SOCIAL_ORGANISATION: ClientFamily.PUBLIC,
}


class BusinessField(models.TextChoices):
    CIVIL = "civil", _("Civil")
    COMMERCIAL = "commercial", _("Commercial")
    CRIMINAL = "criminal", _("Criminal")
    ADMINISTRATIVE = "administrative", _("Administrative")


class ServiceType(models.TextChoices):
    ADVICE = "advice", _("Legal advice")
    LITIGATION = "litigation", _("Litigation")
    NON_CONTENTIOUS = "non_contentious", _("Non-contentious")
    RETAINER = "retainer", _("Retainer")


class Source(models.TextChoices):
    DIRECT = "direct", _("Direct")
    REFERRED = "referred", _("Referred")
    ALLIANCE = "alliance", _("Alliance")


class Grade(models.TextChoices):
    A = "A", _("Key client")
    B = "B", _("Important client")
    C = "C", _("Standard client")
    D = "D", _("Developing client")


class RelationshipType(models.IntegerChoices):
    """The five types, ordered: each includes what is good in the one before."""

    BASIC = 1, pgettext_lazy("relationship type", "Basic")
    PASSIVE = 2, pgettext_lazy("relationship type", "Passive")
    RESPONSIBLE = 3, pgettext_lazy("relationship type", "Responsible")
    PROACTIVE = 4, pgettext_lazy("relationship type", "Proactive")
    PARTNER = 5, pgettext_lazy("relationship type", "Partner")

    @property
    def code(self) -> str:
        return self.name.lower()


class Temperament(models.TextChoices):
    DEMANDING = "demanding", _("Demanding")
    CONFUSED = "confused", _("Confused")
    AGITATED = "agitated", _("Agitated")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Language(models.TextChoices):
    """The language a client is written to in."""

    SIMPLIFIED_CHINESE = "zh-hans", _("Simplified Chinese")
    TRADITIONAL_CHINESE = "zh-hant", _("Traditional Chinese")
    ENGLISH = "en", _("English")


class PersonRole(models.TextChoices):
    """What a person is to the client organisation."""

    DECISION_MAKER = "decision_maker", _("Decision maker")
    USER = "user", pgettext_lazy("person at a client", "User")
    PAYER = "payer", _("Payer")
    GATEKEEPER = "gatekeeper", _("Gatekeeper")
    OTHER = "other", _("Other")
