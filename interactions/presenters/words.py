"""Channels, purposes and follow-ups in words and signs."""

import json
from functools import lru_cache

from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from interactions.enums import CAUSE_GONE, PROMISE_TAKEN_BACK, Channel, FollowUpOrigin, Initiator, Purpose
from interactions.presenters.triggers import why_gone, why_raised

ICONS = {
    Channel.FACE_TO_FACE: "friends",
    Channel.PHONE: "phone",
    Channel.VIDEO: "video",
    Channel.EMAIL: "mail",
    Channel.LETTER: "file-text",
    Channel.INSTANT_MESSAGE: "message-circle",
    Channel.EVENT: "calendar-event",
}

WHO = {
    (Initiator.FIRM, True): gettext_lazy("We got in touch"),
    (Initiator.FIRM, False): gettext_lazy("We tried, no answer"),
    (Initiator.CLIENT, True): gettext_lazy("The client got in touch"),
    (Initiator.CLIENT, False): gettext_lazy("The client tried, no answer from us"),
}

# What a follow-up says that was given no words of its own.
UNTITLED = {
    FollowUpOrigin.COMPLAINT: gettext_lazy("Answer the complaint"),
    FollowUpOrigin.PROMISE: gettext_lazy("Keep a promise made in confidence"),
    FollowUpOrigin.CONTACT: gettext_lazy("Get in touch again"),
    FollowUpOrigin.NEXT_STEP: gettext_lazy("Take the next step"),
    FollowUpOrigin.GRADE: gettext_lazy("Talk about how we serve them from now on"),
    FollowUpOrigin.VERIFY: gettext_lazy("Look through the profile: is all of it still true?"),
    FollowUpOrigin.HAND: gettext_lazy("Get in touch"),
    FollowUpOrigin.TRIGGER: gettext_lazy("Get in touch"),
}

# Why it is there, in a few words beside it.
WHY = {
    FollowUpOrigin.COMPLAINT: gettext_lazy("Complaint: an answer within 24 hours"),
    FollowUpOrigin.PROMISE: pgettext_lazy("why a follow-up is there", "Promised to the client"),
    FollowUpOrigin.CONTACT: gettext_lazy("Planned at the last contact"),
    FollowUpOrigin.NEXT_STEP: gettext_lazy("Next step of the relationship"),
    FollowUpOrigin.GRADE: gettext_lazy("The grade changed"),
    FollowUpOrigin.VERIFY: gettext_lazy("Not verified for long"),
    FollowUpOrigin.HAND: "",
}


def reason_words(follow_up) -> str:
    """Why a follow-up is there: what raised it by itself with its figures, else where it came from."""
    if follow_up.origin == FollowUpOrigin.TRIGGER:
        facts = follow_up.cause_facts
        return why_raised(follow_up.trigger, json.loads(facts) if isinstance(facts, str) else facts)
    return str(WHY.get(follow_up.origin, ""))


def cancelled_words(follow_up) -> str:
    """Why it was cancelled: what somebody wrote, or that its cause vanished."""
    if follow_up.cancel_reason == PROMISE_TAKEN_BACK:
        return _("The promise was taken out of its contact")
    return why_gone(follow_up.trigger) if follow_up.cancel_reason == CAUSE_GONE else follow_up.cancel_reason


def follow_up_words(title: str, origin: str) -> str:
    return title or str(UNTITLED.get(origin, ""))


# Stored codes that this version does not know stand as they are: an old record is shown, not refused.
_PURPOSES, _CHANNELS = dict(Purpose.choices), dict(Channel.choices)


def purpose_words(purposes) -> tuple[str, ...]:
    language = get_language()
    return tuple([_purpose(purpose, language) for purpose in purposes])


def channel_words(channel: str) -> str:
    return _channel(channel, get_language())


# A timeline says some hundred of them: each is translated once per language.


@lru_cache(maxsize=200)
def _purpose(code: str, _language: str) -> str:
    return str(_PURPOSES.get(code, code))


@lru_cache(maxsize=200)
def _channel(code: str, _language: str) -> str:
    return str(_CHANNELS.get(code, code))


def channel_icon(channel: str) -> str:
    return ICONS.get(channel, "messages")


def minutes_words(minutes: int | None) -> str:
    return _("%d min") % minutes if minutes else ""
