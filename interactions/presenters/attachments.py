"""Papers that go with a contact, in words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interactions.rules.attachments import MOST_BYTES, Problem
from lawcrm.firm.templatetags.look import day

_WORDS = {
    Problem.EMPTY: gettext_lazy("%(name)s is empty."),
    Problem.TOO_LARGE: gettext_lazy("%(name)s is too large: at most %(most)s. Put a link to it instead."),
    Problem.UNKNOWN: gettext_lazy(
        "%(name)s is no file of a kind that is taken: PDF, picture, Word, Excel, PowerPoint, text, mail, sound."
    ),
    Problem.MISNAMED: gettext_lazy("%(name)s is not what its name says."),
    Problem.MACROS: gettext_lazy("%(name)s holds macros or programs; save it without them."),
}


def problem_of_file(name: str, problem: Problem) -> str:
    return str(_WORDS[problem]) % {"name": name[:80], "most": filesizeformat(MOST_BYTES)}


@dataclass(frozen=True, slots=True)
class PaperLine:
    name: str
    what: str
    link: str  # into another system
    fetch_url: str
    remove_url: str


def paper_line(attachment) -> PaperLine:
    fetch = ""
    if not attachment.is_file:
        what, link = "", _link(attachment.address)
        what = "" if link else attachment.address
    elif attachment.removed_at:
        what, link = _("removed %s") % day(attachment.removed_at), ""
    else:
        what, link = filesizeformat(attachment.size), ""
        fetch = reverse("interactions:attachment", args=[attachment.pk])
    return PaperLine(
        attachment.name, what, link, fetch, reverse("interactions:attachment_remove", args=[attachment.pk])
    )


def _link(address: str) -> str:
    """An address a browser may be sent to; anything else stands as words."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""
