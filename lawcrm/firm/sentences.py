"""How the audit trail is told: one sentence per verb, registered by the app that owns the verb."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES: dict[str, str] = {}


def register(sentences: dict[str, str]) -> None:
    """Adds sentences ({verb: lazy text with %(who)s and %(what)s}). Raises ValueError on a verb told twice."""
    for verb, sentence in sentences.items():
        if _SENTENCES.setdefault(verb, sentence) is not sentence:
            raise ValueError(f"{verb} is told twice")


def known_verbs() -> frozenset[str]:
    return frozenset(_SENTENCES)


def sentence(entry, who: str = "") -> str:
    """An audit entry as a person would tell it, in the reader's language.

    `who` is the doer's name as the reader's language orders it; else it is told as it was written down.
    """
    who = who or entry.actor_name or _("The system")
    if entry.on_behalf_of:
        who = _("%(who)s on behalf of %(other)s") % {"who": who, "other": entry.on_behalf_of}
    told = _SENTENCES.get(entry.verb, "%(who)s: " + entry.verb + " %(what)s")
    return str(told) % _Told({"who": who, "what": entry.object_label, **entry.detail})


class _Told(dict):
    """An entry written before its sentence asked for more is told all the same."""

    def __missing__(self, name):
        return "–"


SENTENCES = {
    "retention.ran": gettext_lazy("What was older than the firm keeps it was forgotten: %(rows)s records."),
    "user.created": gettext_lazy("%(who)s added %(what)s to the firm."),
    "user.changed": gettext_lazy("%(who)s changed what is known of %(what)s."),
    "user.invited": gettext_lazy("%(who)s made a sign-in link for %(what)s."),
    "user.password_set": gettext_lazy("%(who)s set a password through a sign-in link."),
    "user.password_changed": gettext_lazy("%(who)s changed their password."),
    "user.preferences": gettext_lazy("%(who)s changed their language or time zone."),
    "user.signed_in": gettext_lazy("%(who)s signed in."),
    "user.signed_out": gettext_lazy("%(who)s signed out."),
    "user.locked_out": gettext_lazy("Too many wrong passwords for %(what)s from %(address)s."),
    "user.notice_choices": gettext_lazy("%(who)s chose how to be told."),
    "calendar.address_made": gettext_lazy("%(who)s made a calendar address."),
    "calendar.address_revoked": gettext_lazy("%(who)s revoked the calendar address of %(what)s."),
    "chat.added": gettext_lazy("%(who)s added the team chat %(what)s."),
    "chat.removed": gettext_lazy("%(who)s removed the team chat %(what)s."),
    "message.sent_again": gettext_lazy("%(who)s had a message to %(what)s sent again."),
    "message.settled": gettext_lazy("%(who)s left a message to %(what)s at that."),
    "job.cancelled": gettext_lazy("%(who)s stopped the work %(what)s."),
    "session.ended": gettext_lazy("%(who)s ended one of their sessions."),
    "session.all_ended": gettext_lazy("%(who)s ended %(count)s sessions of %(what)s."),
    "access.denied": gettext_lazy("%(who)s asked for what is not theirs to see: %(what)s."),
    "policy.changed": gettext_lazy("%(who)s changed the firm's policy (version %(number)s)."),
    "keys.retired": gettext_lazy("%(who)s took %(what)s out of use for good."),
    "keys.rotated": gettext_lazy("%(who)s brought in %(what)s."),
    "wall.excludes": gettext_lazy("%(who)s raised a wall around %(what)s: %(reason)s"),
    "wall.admits": gettext_lazy("%(who)s closed %(what)s to all but a few: %(reason)s"),
    "wall.acknowledged": gettext_lazy("%(who)s acknowledged the notice of a wall"),
    "wall.reviewed": gettext_lazy("%(who)s reviewed the wall around %(what)s and left it standing: %(note)s"),
    "wall.lift_asked": gettext_lazy("%(who)s asked to lift the wall around %(what)s: %(reason)s"),
    "wall.left_standing": gettext_lazy("%(who)s left the wall around %(what)s standing"),
    "wall.lifted": gettext_lazy("%(who)s lifted a wall around %(what)s: %(reason)s"),
    "export.started": gettext_lazy("%(who)s asked for a file of: %(what)s (%(format)s)."),
    "export.written": gettext_lazy(
        "%(who)s took out as %(format)s: %(what)s, %(rows)s rows (SHA-256 %(hash)s)."
    ),
    "export.fetched": gettext_lazy("%(who)s downloaded a file of: %(what)s (%(format)s, %(rows)s rows)."),
    "export.dropped": gettext_lazy("%(who)s removed a file of: %(what)s."),
    "department.created": gettext_lazy("%(who)s added the department %(what)s."),
    "department.changed": gettext_lazy("%(who)s changed the department %(what)s."),
}
