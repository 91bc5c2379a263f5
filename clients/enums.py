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


class CompanySize(models.TextChoices):
    """As the statistics office sorts enterprises."""

    MICRO = "micro", _("Micro")
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium-sized")
    LARGE = "large", _("Large")


class CreditStanding(models.TextChoices):
    """What is known of how an organisation pays and keeps its word."""

    GOOD = "good", pgettext_lazy("credit standing", "Good")
    AVERAGE = "average", pgettext_lazy("credit standing", "Average")
    DOUBTFUL = "doubtful", _("Doubtful")
    LISTED = "listed", _("On the list of defaulting debtors")


class PreferredChannel(models.TextChoices):
    """How somebody wants to be reached; the codes are those of the contact log's channels."""

    PHONE = "phone", pgettext_lazy("channel", "Phone")
    INSTANT_MESSAGE = "instant_message", _("Instant message")
    EMAIL = "email", pgettext_lazy("channel", "Email")
    VIDEO = "video", _("Video")
    FACE_TO_FACE = "face_to_face", _("Face to face")
    LETTER = "letter", _("Letter")


class ConsentBasis(models.TextChoices):
    """Why the firm may process what it keeps of a client."""

    CONTRACT = "contract", _("Needed for the instruction")
    CONSENT = "consent", _("Consent")
    LAW = "law", _("Required by law")


class ConsentForm(models.TextChoices):
    WRITTEN = "written", _("In writing")
    ELECTRONIC = "electronic", _("Electronically")
    SPOKEN = "spoken", _("By word of mouth")


class FactKind(models.TextChoices):
    """What may be known of somebody several times over, and for a while only."""

    PHONE = "phone", pgettext_lazy("fact", "Phone")
    EMAIL = "email", pgettext_lazy("fact", "Email")
    WECHAT = "wechat", _("WeChat")
    ADDRESS = "address", _("Address")
    EMPLOYER = "employer", _("Employer")
    POSITION = "position", _("Position")


class LinkKind(models.TextChoices):
    """What one end of a link is to the other: the code names the first end's part."""

    FAMILY = "family", _("Family")
    COLLEAGUE = "colleague", _("Colleague")
    BUSINESS_PARTNER = "business_partner", _("Business partner")
    REFERRER = "referrer", _("Referrer")
    SHAREHOLDER = "shareholder", _("Shareholder")
    GROUP_COMPANY = "group_company", _("Group company")
    OPPOSING_PARTY = "opposing_party", _("Opposing party")


class OutsideKind(models.TextChoices):
    """What stands at the end of a link that is neither a client nor a person on record."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", pgettext_lazy("end of a link", "Person")


class GradeOrigin(models.TextChoices):
    """Why a grade came to be."""

    SCORE = "score", _("By the score")
    HAND = "hand", _("By hand, with a reason")
    ENDED = "ended", _("The grade by hand has ended")
    PROFILE = "profile", _("Entered in the profile")
    IMPORT = "import", _("From an import")
    MERGE = "merge", _("From a merge")


class GoalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("goal", "Open")
    REACHED = "reached", pgettext_lazy("goal", "Reached")
    DROPPED = "dropped", pgettext_lazy("goal", "Dropped")


class NeedLayer(models.TextChoices):
    """The four layers of a client's needs."""

    GOALS = "goals", _("Business goals")
    OPERATIONS = "operations", _("Business operations")
    VALUE = "value", _("Value judgement")
    EMOTION = "emotion", _("Emotional needs")


class NeedStatus(models.TextChoices):
    IDENTIFIED = "identified", pgettext_lazy("need", "Identified")
    ASSESSED = "assessed", pgettext_lazy("need", "Assessed")
    PLANNED = "planned", pgettext_lazy("need", "Planned")
    IN_SERVICE = "in_service", pgettext_lazy("need", "In service")
    SATISFIED = "satisfied", pgettext_lazy("need", "Satisfied")
    DROPPED = "dropped", pgettext_lazy("need", "Dropped")


class FoundBy(models.TextChoices):
    """How a need was found."""

    CONVERSATION = "conversation", _("Conversation")
    QUESTIONNAIRE = "questionnaire", _("Questionnaire")
    DATA = "data", _("Data")
    COMPETITORS = "competitors", _("Competitor analysis")


class Urgency(models.IntegerChoices):
    HIGH = 1, pgettext_lazy("urgency", "Urgent")
    NORMAL = 2, pgettext_lazy("urgency", "Normal")
    LOW = 3, pgettext_lazy("urgency", "Can wait")


class Extent(models.IntegerChoices):
    """How much of feasibility, risk or cost."""

    LOW = 1, pgettext_lazy("extent", "Low")
    MEDIUM = 2, pgettext_lazy("extent", "Medium")
    HIGH = 3, pgettext_lazy("extent", "High")


class SubjectKind(models.TextChoices):
    """Whom a request about personal data is about."""

    CLIENT = "client", _("Client")
    PERSON = "person", _("Person")


class ErasureState(models.TextChoices):
    OPEN = "open", pgettext_lazy("erasure", "Asked for")
    HELD = "held", pgettext_lazy("erasure", "Held")
    DONE = "done", pgettext_lazy("erasure", "Erased")
