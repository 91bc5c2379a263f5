"""The closed lists of the contact log and of follow-ups, in the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    FACE_TO_FACE = "face_to_face", _("Face to face")
    PHONE = "phone", pgettext_lazy("channel", "Phone")
    VIDEO = "video", _("Video")
    EMAIL = "email", pgettext_lazy("channel", "Email")
    LETTER = "letter", _("Letter")
    INSTANT_MESSAGE = "instant_message", _("Instant message")
    EVENT = "event", pgettext_lazy("channel", "Event")


class Initiator(models.TextChoices):
    FIRM = "firm", _("We started it")
    CLIENT = "client", _("The client started it")


class Purpose(models.TextChoices):
    FIRST_CONSULTATION = "first_consultation", _("First consultation")
    PROGRESS_REPORT = "progress_report", _("Progress report")
    EXPECTATION_CHECK = "expectation_check", _("Expectation check")
    FEEDBACK_SOUGHT = "feedback_sought", _("Feedback sought")
    LEGAL_UPDATE = "legal_update", _("Legal update or new service")
    NEEDS_REVIEW = "needs_review", _("Needs review")
    RISK_PREVENTION = "risk_prevention", _("Risk prevention")
    COST_PLANNING = "cost_planning", _("Cost planning")
    BILLING = "billing", _("Billing")
    COMPLAINT = "complaint", _("Complaint")
    GREETING = "greeting", _("Greeting or care")
    EVENT = "event", pgettext_lazy("purpose", "Event")
    OTHER = "other", _("Other")


class PurposeKind(models.TextChoices):
    """The four kinds of communication the purposes fall into."""

    INFORMATION = "information", pgettext_lazy("kind of purpose", "Information")
    FEELING = "feeling", pgettext_lazy("kind of purpose", "Feeling")
    OPINION = "opinion", pgettext_lazy("kind of purpose", "Opinion")
    POLICY = "policy", pgettext_lazy("kind of purpose", "Policy")


class Mood(models.TextChoices):
    PLEASED = "pleased", _("Pleased")
    NEUTRAL = "neutral", pgettext_lazy("mood", "Neutral")
    WORRIED = "worried", _("Worried")
    ANGRY = "angry", _("Angry")


class Confidentiality(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    TEAM = "team", _("Team only")
    CONFIDENTIAL = "confidential", _("Confidential")


class FollowUpState(models.TextChoices):
    OPEN = "open", pgettext_lazy("follow-up", "Open")
    SNOOZED = "snoozed", _("Snoozed")
    DONE = "done", pgettext_lazy("follow-up", "Done")
    CANCELLED = "cancelled", pgettext_lazy("follow-up", "Cancelled")


# Stands as the reason of a follow-up whose cause vanished; told in words where it is shown.
CAUSE_GONE = "cause_gone"
# The same of one whose promise was taken out of its contact.
PROMISE_TAKEN_BACK = "promise_taken_back"


class FollowUpOrigin(models.TextChoices):
    """Where a follow-up came from."""

    HAND = "hand", _("Made by hand")
    CONTACT = "contact", _("After a contact")
    NEXT_STEP = "next_step", _("Next step of the relationship")
    PROMISE = "promise", _("Promise")
    COMPLAINT = "complaint", _("Complaint")
    GRADE = "grade", _("Change of grade")
    VERIFY = "verify", _("Profile to verify")
    TRIGGER = "trigger", _("Raised by itself")


class Trigger(models.TextChoices):
    """What raises a follow-up by itself."""

    BIRTHDAY = "birthday", _("Birthday")
    FESTIVAL = "festival", _("Festival")
    NEW_CLIENT = "new_client", _("New client")
    EXPECTATION_CHECK = "expectation", _("Matter accepted: expectation check")
    PROGRESS = "progress", _("Progress report owed")
    KEY_DATE = "key_date", _("Court or other date approaching")
    LIMITATION = "limitation", _("Limitation date approaching")
    MATTER_CLOSED = "closed", _("Matter closed: after-care")
    RETAINER_ENDING = "retainer", _("Retainer ending")
    RECEIVABLE = "receivable", _("Receivable overdue")
    LARGE_MATTER = "large_matter", _("Large new matter")
    GRADE = "grade", _("Change of grade")
    VERIFY = "verify", _("Profile to verify")
    QUIET = "quiet", _("Cadence of the grade broken")
    SURVEY_DUE = "survey", _("Survey due")
    DETRACTOR = "detractor", _("Unhappy answer to a survey")
    COMPLAINT = "complaint", _("Complaint")
    EARLY_RISK = "early_risk", _("Early warning")
    NO_INSTRUCTION = "no_instruction", _("Expected instruction did not come")


class TriggerOwner(models.TextChoices):
    """Who gets the follow-up a trigger raises."""

    RESPONSIBLE = "responsible", _("The client's responsible lawyer")
    MATTER = "matter", _("The matter's responsible lawyer")
    SUPERVISOR = "supervisor", _("The supervising partner")
    MANAGER = "manager", _("The CRM manager")


class Priority(models.IntegerChoices):
    HIGH = 1, _("High")
    NORMAL = 2, pgettext_lazy("priority", "Normal")
    LOW = 3, _("Low")


class Refusal(models.TextChoices):
    """Why something may not be done; the label is what the person is told."""

    ROLE = "role", _("Your role does not allow this.")
    NOT_YOURS = (
        "not_yours",
        _("Only those concerned, the responsible lawyer or a supervisor may change this."),
    )
    WITHDRAWN = "withdrawn", _("This contact has been withdrawn.")
    FINISHED = "finished", _("This follow-up is no longer open.")
    NOT_SEALED = "not_sealed", _("Nothing is sealed here.")


# -- care -----------------------------------------------------------------------------------------------------


class Occasion(models.TextChoices):
    """What a message to a client is for."""

    FESTIVAL = "festival", pgettext_lazy("occasion", "Festival")
    BIRTHDAY = "birthday", pgettext_lazy("occasion", "Birthday")
    VISIT = "visit", pgettext_lazy("occasion", "Visit")
    TRAINING = "training", pgettext_lazy("occasion", "Training")
    LEGAL_CHECK_UP = "legal_check_up", _("Legal check-up")
    INFORMATION = "information", pgettext_lazy("occasion", "Information")
    INVITATION = "invitation", _("Invitation")
    THANKS = "thanks", _("Thanks")


class MessageChannel(models.TextChoices):
    """How a message goes out. What is not mail is copied and sent by hand."""

    EMAIL = "email", pgettext_lazy("channel", "Email")
    CHAT = "instant_message", _("Instant message")


class FestivalName(models.TextChoices):
    """The festivals of interactions.rules.festivals, by name."""

    NEW_YEAR = "new_year", _("New Year")
    SPRING = "spring", _("Spring Festival")
    LANTERN = "lantern", _("Lantern Festival")
    WOMENS_DAY = "womens_day", _("Women’s Day")
    LABOUR_DAY = "labour_day", _("Labour Day")
    DRAGON_BOAT = "dragon_boat", _("Dragon Boat Festival")
    TEACHERS_DAY = "teachers_day", _("Teachers’ Day")
    MID_AUTUMN = "mid_autumn", _("Mid-Autumn Festival")
    NATIONAL_DAY = "national_day", _("National Day")
    DOUBLE_NINTH = "double_ninth", _("Double Ninth Festival")
    CHRISTMAS = "christmas", _("Christmas")


class CareKind(models.TextChoices):
    """The steps of a care plan. Each is written about with the templates of the occasion of the same name."""

    FESTIVAL = "festival", _("Festival greetings")
    BIRTHDAY = "birthday", _("Birthday greetings")
    VISIT = "visit", _("Regular visit")
    TRAINING = "training", _("Professional training")
    LEGAL_CHECK_UP = "legal_check_up", _("Legal check-up")
    INFORMATION = "information", _("Legal information")


class CareChannel(models.TextChoices):
    """How care reaches a client; what is not mail is done by hand, with the words at hand to copy."""

    EMAIL = "email", pgettext_lazy("channel", "Email")
    CHAT = "instant_message", _("Instant message")
    PHONE = "phone", pgettext_lazy("channel", "Phone")


class CareState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("care", "To be done")
    SENDING = "sending", pgettext_lazy("care", "On its way")
    DONE = "done", pgettext_lazy("care", "Done")
    SKIPPED = "skipped", pgettext_lazy("care", "Left out")


class EventKind(models.TextChoices):
    SEMINAR = "seminar", _("Seminar")
    DINNER = "dinner", _("Thank-you dinner")
    TRAINING = "training", pgettext_lazy("event", "Training")
    OTHER = "other", pgettext_lazy("event", "Other")


class EventAnswer(models.TextChoices):
    YES = "yes", pgettext_lazy("event", "Comes")
    NO = "no", pgettext_lazy("event", "Does not come")
