"""How the audit trail is told: one sentence per verb, registered by the app that owns the verb."""

from django.utils.translation import gettext as _

_SENTENCES: dict[str, str] = {}


def register(sentences: dict[str, str]) -> None:
    """Adds sentences ({verb: lazy text with %(who)s and %(what)s}). Raises ValueError on a verb told twice."""
    for verb, sentence in sentences.items():
        if _SENTENCES.setdefault(verb, sentence) is not sentence:
            raise ValueError(f"{verb} is told twice")


def known_verbs() -> frozenset[str]:
    return frozenset(_SENTENCES)


def sentence(entry) -> str:
    """An audit entry as a person would tell it, in the reader's language."""
    who = entry.actor_name or _("The system")
    if entry.on_behalf_of:
        who = _("%(who)s on behalf of %(other)s") % {"who": who, "other": entry.on_behalf_of}
    return str(_SENTENCES[entry.verb]) % {"who": who, "what": entry.object_label, **entry.detail}
