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
    EVIDENCE = "evidence", _("Evidence")
    APPEAL = "appeal", _("Appeal")
    INVESTIGATION = "investigation", _("Investigation")
    PROSECUTION = "prosecution", _("Review for prosecution")
    RECONSIDERATION = "reconsideration", _("Administrative reconsideration")
    RENEWAL = "renewal", pgettext_lazy("stage", "Renewal")


class DateKind(models.TextChoices):
    """What a key date is."""

    LIMITATION = "limitation", _("Limitation")
    HEARING = "hearing", _("Hearing")
    FILING = "filing", _("Filing")
    EVIDENCE = "evidence", _("Evidence deadline")
    APPEAL = "appeal", _("Appeal deadline")
    MEETING = "meeting", _("Meeting")
    OTHER = "other", pgettext_lazy("key date", "Other")


class FeeBasis(models.TextChoices):
    """How the fee of a matter was agreed."""

    FIXED = "fixed", _("Fixed fee")
    HOURLY = "hourly", _("By the hour")
    STAGED = "staged", _("By stages")
    CONTINGENT = "contingent", _("Contingent on the result")
    RETAINER = "retainer", _("Yearly retainer")


class Audience(models.TextChoices):
    """Who learns of a progress update."""

    INTERNAL = "internal", _("Internal")
    TOLD = "told", _("Told to the client")


class TeamRole(models.TextChoices):
    """What a person of the firm does in a matter, beside the responsible lawyer."""

    SUPERVISOR = "supervisor", _("Supervising partner")
    LAWYER = "lawyer", _("Working lawyer")
    ASSISTANT = "assistant", _("Assistant")
    ADVISER = "adviser", _("Adviser")


class PartyRole(models.TextChoices):
    """What somebody outside the firm is in a matter."""

    OPPOSING = "opposing", _("Opposing party")
    CO_PARTY = "co_party", _("On our side")
    RELATED = "related", _("Related party")
    THIRD = "third", _("Third party")
    OPPOSING_COUNSEL = "opposing_counsel", _("Opposing counsel")
    WITNESS = "witness", _("Witness")
    EXPERT = "expert", pgettext_lazy("in a matter", "Expert")
    AUTHORITY = "authority", _("Court or authority")
    OTHER = "other", pgettext_lazy("in a matter", "Other")


class PartyKind(models.TextChoices):
    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", pgettext_lazy("in a matter", "Person")


class Decision(models.TextChoices):
    """What came of a conflict check."""

    CLEAR = "clear", _("No conflict")
    WAIVED = "waived", _("Conflict waived")
    REFUSED = "refused", _("Instruction refused")


class HitSource(models.TextChoices):
    """Where a conflict check found a name."""

    CLIENT = "client", _("Client")
    PERSON = "person", _("Person at a client")
    PARTY = "party", _("Party of a matter")
    NETWORK = "network", _("Relationship network")
    COLLEAGUE = "colleague", _("One of us")


class HitReason(models.TextChoices):
    """How the name on record agrees with the one asked for (matters/rules/conflicts.py)."""

    EXACT = "exact", _("The same name")
    SCRIPT = "script", _("The same name in the other script")
    LEGAL_FORM = "legal_form", _("The same but for the legal form")
    WORD_ORDER = "word_order", _("The same words in another order")
    SPELLING = "spelling", _("The same, written together")
    PINYIN = "pinyin", _("The same in pinyin")
    OWN_NAME = "own_name", _("The same but for place and trade")
    SLIP = "slip", _("One letter differs")
    SOUND = "sound", _("Sounds the same")
    PART = "part", _("One name holds the other")
    FORMER = "former", _("A former name")
    GROUP = "group", _("Of the same group")
    LINKED = "linked", _("Linked in the relationship network")
