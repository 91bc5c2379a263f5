"""The morning mail in words: what the day or the week brings, and what waited for it."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lawcrm.firm.addresses import absolute
from lawcrm.firm.digest import MOST_LINES, Span, sections
from lawcrm.firm.notices import text_of

SUBJECTS = {"day": gettext_lazy("Your day in LawCRM"), "week": gettext_lazy("Your week in LawCRM")}


def digest_subject(context: dict) -> str:
    """Nothing of a client."""
    return str(SUBJECTS[context["kind"]])


def digest_body(person, context: dict, held) -> str:
    """The mail, "" where there is nothing to tell. `held`: the messages that waited for it."""
    first = date.fromisoformat(context["day"])
    span = Span(context["kind"], first, date.fromisoformat(context.get("until", context["day"])))
    parts = [_section(str(section.title), section.lines(person, span)) for section in sections()]
    parts.append(_section(_("What happened"), _held_lines(person, held)))
    told = [part for part in parts if part]
    if not told:
        return ""
    settings = _("How you are told: %(url)s") % {"url": absolute("/settings/notices/")}
    return "\n\n".join([*told, f"-- \n{settings}"]) + "\n"


def _section(title: str, lines) -> str:
    lines = list(lines)
    if not lines:
        return ""
    told = [f"- {text}\n  {absolute(path)}" for text, path in lines[:MOST_LINES]]
    if (more := len(lines) - MOST_LINES) > 0:
        told.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    return "\n".join([title, *told])


def _held_lines(person, held):
    """Each message that waited, read through the person's door now; what is no longer theirs is left out."""
    by_event: dict[str, list] = {}
    for row in held:
        by_event.setdefault(row.event, []).append(row)
    for event, rows in by_event.items():
        try:
            text = text_of(event)
        except KeyError:
            continue
        found = text.fetch(person, [row.object_id for row in rows if row.object_id])
        for row in rows:
            about = found.get(row.object_id)
            if row.object_id is None or about is not None:
                yield str(text.title(about, row.context)), str(text.url(about, row.context))
