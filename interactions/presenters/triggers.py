"""What a trigger asks for, why, and why it asks no more, in words."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interactions.enums import Trigger
from interactions.rules import triggers as rules
from interactions.rules.triggers import Cause
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.words import listed

FESTIVALS = {
    rules.SPRING: gettext_lazy("Spring Festival"),
    rules.DRAGON_BOAT: gettext_lazy("Dragon Boat Festival"),
    rules.MID_AUTUMN: gettext_lazy("Mid-Autumn Festival"),
    rules.NEW_YEAR: gettext_lazy("New Year"),
    rules.CHRISTMAS: gettext_lazy("Christmas"),
}
SIGNS = {
    rules.FELL: gettext_lazy("the relationship type fell"),
    rules.OPEN_COMPLAINT: gettext_lazy("a complaint is open"),
    rules.LONG_SILENCE: gettext_lazy("long silence"),
    rules.LOW_ANSWER: gettext_lazy("low answer to a survey"),
    rules.OVERDUE_FEES: gettext_lazy("fees overdue"),
}

# What is to be done. %(what)s is the matter or the person it is about.
TITLES = {
    Trigger.BIRTHDAY: gettext_lazy("Birthday wishes to %(what)s"),
    Trigger.FESTIVAL: gettext_lazy("Greetings: %(code)s"),
    Trigger.NEW_CLIENT: gettext_lazy("Welcome the new client"),
    Trigger.EXPECTATION_CHECK: gettext_lazy("Ask whether our work meets expectations: %(what)s"),
    Trigger.PROGRESS: gettext_lazy("Report progress: %(what)s"),
    Trigger.KEY_DATE: gettext_lazy("Date coming up on %(on)s: %(what)s"),
    Trigger.LIMITATION: gettext_lazy("Limitation ends on %(on)s: %(what)s"),
    Trigger.MATTER_CLOSED: gettext_lazy("Ask how they fare after: %(what)s"),
    Trigger.RETAINER_ENDING: gettext_lazy("Talk about renewing: %(what)s"),
    Trigger.RECEIVABLE: gettext_lazy("Talk about the overdue invoice: %(what)s"),
    Trigger.LARGE_MATTER: gettext_lazy("Speak with the client about the large new matter: %(what)s"),
    Trigger.QUIET: gettext_lazy("Get in touch: it has been quiet for long"),
    Trigger.SURVEY_DUE: gettext_lazy("Send the satisfaction survey"),
    Trigger.DETRACTOR: gettext_lazy("Find out what made them unhappy"),
    Trigger.EARLY_RISK: gettext_lazy("Look after a client at risk"),
    Trigger.NO_INSTRUCTION: gettext_lazy("Ask about needs: no new instruction as usual"),
}
WHY = {
    Trigger.BIRTHDAY: gettext_lazy("Birthday on %(on)s"),
    Trigger.FESTIVAL: gettext_lazy("%(code)s on %(on)s"),
    Trigger.NEW_CLIENT: gettext_lazy("New since %(on)s, nobody of us has spoken with them yet"),
    Trigger.EXPECTATION_CHECK: gettext_lazy("Matter accepted on %(on)s, expectations not yet checked"),
    Trigger.PROGRESS: gettext_lazy("The client was last told on %(on)s"),
    Trigger.KEY_DATE: gettext_lazy("Date of the matter on %(on)s"),
    Trigger.LIMITATION: gettext_lazy("Limitation date on %(on)s"),
    Trigger.MATTER_CLOSED: gettext_lazy("Matter closed on %(on)s, %(days)s days after-care"),
    Trigger.RETAINER_ENDING: gettext_lazy("The retainer ends on %(on)s"),
    Trigger.RECEIVABLE: gettext_lazy("Payment was due on %(on)s"),
    Trigger.LARGE_MATTER: gettext_lazy("Large matter accepted on %(on)s"),
    Trigger.GRADE: gettext_lazy("The grade changed"),
    Trigger.VERIFY: gettext_lazy("Not verified for long"),
    Trigger.QUIET: gettext_lazy("Last real contact on %(on)s: longer ago than the grade allows"),
    Trigger.SURVEY_DUE: gettext_lazy("Last asked on %(on)s"),
    Trigger.DETRACTOR: gettext_lazy("Unhappy answer of %(on)s"),
    Trigger.COMPLAINT: gettext_lazy("Complaint: an answer within 24 hours"),
    Trigger.EARLY_RISK: gettext_lazy("Early warning: %(code)s"),
    Trigger.NO_INSTRUCTION: gettext_lazy("Last instruction on %(on)s; usually one comes every %(days)s days"),
}
# Why it closed by itself.
GONE = {
    Trigger.BIRTHDAY: gettext_lazy("Closed by itself: greeted, or the day has passed"),
    Trigger.FESTIVAL: gettext_lazy("Closed by itself: greeted, or the day has passed"),
    Trigger.NEW_CLIENT: gettext_lazy("Closed by itself: somebody of us has spoken with them"),
    Trigger.EXPECTATION_CHECK: gettext_lazy(
        "Closed by itself: expectations were checked, or the matter closed"
    ),
    Trigger.PROGRESS: gettext_lazy("Closed by itself: progress was told, or the matter closed"),
    Trigger.KEY_DATE: gettext_lazy("Closed by itself: the date was changed, or the matter closed"),
    Trigger.LIMITATION: gettext_lazy("Closed by itself: the date was changed, or the matter closed"),
    Trigger.MATTER_CLOSED: gettext_lazy("Closed by itself: somebody of us has spoken with them since"),
    Trigger.RETAINER_ENDING: gettext_lazy("Closed by itself: the retainer was renewed or ended"),
    Trigger.RECEIVABLE: gettext_lazy("Closed by itself: paid, or the next reminder took its place"),
    Trigger.LARGE_MATTER: gettext_lazy("Closed by itself: the matter closed or is no longer large"),
    Trigger.QUIET: gettext_lazy("Closed by itself: there was a real contact"),
    Trigger.SURVEY_DUE: gettext_lazy("Closed by itself: a survey was sent"),
    Trigger.DETRACTOR: gettext_lazy("Closed by itself: somebody of us has spoken with them"),
    Trigger.EARLY_RISK: gettext_lazy("Closed by itself: the warning signs are fewer"),
    Trigger.NO_INSTRUCTION: gettext_lazy("Closed by itself: a new instruction came"),
}


def facts_of(cause: Cause) -> dict:
    """The figures of the reason, JSON-able; names are left out, they stand in the title."""
    facts = {"on": cause.on.isoformat() if cause.on else None, "days": cause.days, "code": cause.code}
    return {name: value for name, value in facts.items() if value not in (None, "")}


def title_of(cause: Cause) -> str:
    """What is to be done, in the language now active: the owner's."""
    return (str(TITLES[cause.trigger]) % (_words(facts_of(cause)) | {"what": cause.what}))[:200]


def why_raised(trigger: str, facts: dict) -> str:
    """Why a trigger raised it, in the reader's language."""
    words = WHY.get(trigger)
    return str(words) % _words(facts) if words else ""


def why_gone(trigger: str) -> str:
    return str(GONE.get(trigger) or _("Closed by itself: its cause is gone"))


def _words(facts: dict) -> dict:
    on, codes = facts.get("on"), [code for code in facts.get("code", "").split(",") if code]
    known = {**FESTIVALS, **SIGNS}
    return {
        "on": day(date.fromisoformat(on)) if on else "",
        "days": facts.get("days", ""),
        "code": listed(str(known.get(code, code)) for code in codes),
    }


# -- the settings page ------------------------------------------------------------------------------------------------

# What a trigger's number of days means, and its amount.
DAYS = {
    Trigger.BIRTHDAY: gettext_lazy("Days ahead"),
    Trigger.FESTIVAL: gettext_lazy("Days ahead"),
    Trigger.NEW_CLIENT: gettext_lazy("Within (days)"),
    Trigger.EXPECTATION_CHECK: gettext_lazy("Days ahead of its limit"),
    Trigger.PROGRESS: gettext_lazy("Days ahead of its limit"),
    Trigger.KEY_DATE: gettext_lazy("Days ahead"),
    Trigger.LIMITATION: gettext_lazy("Days ahead"),
    Trigger.MATTER_CLOSED: gettext_lazy("Days ahead of each step"),
    Trigger.RETAINER_ENDING: gettext_lazy("Days ahead"),
    Trigger.RECEIVABLE: gettext_lazy("Within (days) of each step"),
    Trigger.LARGE_MATTER: gettext_lazy("Within (days)"),
    Trigger.QUIET: gettext_lazy("Days after it broke"),
    Trigger.SURVEY_DUE: gettext_lazy("Every (days), A twice as often"),
    Trigger.DETRACTOR: gettext_lazy("Within (days)"),
    Trigger.EARLY_RISK: gettext_lazy("Within (days)"),
    Trigger.NO_INSTRUCTION: gettext_lazy("Days after the cycle"),
}
EXPLAINED = {
    Trigger.BIRTHDAY: gettext_lazy(
        "Clients and the people there, solar or lunar; not who asked to be left alone."
    ),
    Trigger.FESTIVAL: gettext_lazy(
        "Spring, Dragon Boat and Mid-Autumn Festival; New Year and Christmas in English."
    ),
    Trigger.NEW_CLIENT: gettext_lazy("Until somebody of us has spoken with them."),
    Trigger.EXPECTATION_CHECK: gettext_lazy("Limit: “Expectation check within” of the policy."),
    Trigger.PROGRESS: gettext_lazy("Limit: “Progress report at least every” of the policy."),
    Trigger.KEY_DATE: gettext_lazy("Hearings, filings and the next date of a matter."),
    Trigger.LIMITATION: gettext_lazy("Stays open past the day until somebody has done it."),
    Trigger.MATTER_CLOSED: gettext_lazy("7, 30 and 90 days after closing."),
    Trigger.RETAINER_ENDING: gettext_lazy("Talk about the next one in good time."),
    Trigger.RECEIVABLE: gettext_lazy("When due, then after 7, 15 and 30 days."),
    Trigger.LARGE_MATTER: gettext_lazy("From fees of the matter of so much."),
    Trigger.GRADE: gettext_lazy("After an up- or downgrade, in the quarter (policy)."),
    Trigger.VERIFY: gettext_lazy("A few of a lawyer's stale profiles at a time (policy)."),
    Trigger.QUIET: gettext_lazy("Counted from the last real contact: in substance, and answered."),
    Trigger.SURVEY_DUE: gettext_lazy("From the last survey sent, else from the day they came."),
    Trigger.DETRACTOR: gettext_lazy("Recommendation of 6 or less, or a score below 3."),
    Trigger.COMPLAINT: gettext_lazy("Within 24 hours; cannot be switched off."),
    Trigger.EARLY_RISK: gettext_lazy(
        "Two signs at once: fall, complaint, silence, low answer, fees overdue."
    ),
    Trigger.NO_INSTRUCTION: gettext_lazy("From three matters on: their own mean interval has passed."),
}


def effect_words(count: int) -> str:
    return ngettext("%(count)d follow-up", "%(count)d follow-ups", count) % {"count": count}
