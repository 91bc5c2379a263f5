"""What stands in a pack of everything held, in the reader's words: columns that have no name of their own, days, deeds."""

from __future__ import annotations

import re
from datetime import date, datetime
from types import SimpleNamespace

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.presenters.grading import FIGURES
from clients.presenters.relationship import NAMES, criterion_words
from clients.rules.relationship_stored import from_json
from lawcrm.firm import clock
from lawcrm.firm.sentences import sentence

COLUMNS = {
    "added_by": gettext_lazy("added by"),
    "adverse": pgettext_lazy("conflict check", "against the client"),
    "answer": gettext_lazy("answer"),
    "answered_at": gettext_lazy("answered at"),
    "asked_by": gettext_lazy("asked by"),
    "asked_name": gettext_lazy("name that was asked for"),
    "assessed_on": gettext_lazy("judged on"),
    "attended_at": gettext_lazy("attended at"),
    "attended_by": gettext_lazy("attendance noted by"),
    "body": gettext_lazy("text"),
    "called_off": gettext_lazy("called off"),
    "cause": gettext_lazy("cause"),
    "channel": gettext_lazy("channel"),
    "check_run": gettext_lazy("conflict check"),
    "checked_at": gettext_lazy("looked at on"),
    "client": gettext_lazy("client"),
    "closed_on": gettext_lazy("closed on"),
    "contact": gettext_lazy("contact"),
    "contact_id": gettext_lazy("number of the contact"),
    "cost": gettext_lazy("cost"),
    "created_at": gettext_lazy("put on record"),
    "criteria": gettext_lazy("criteria"),
    "current": gettext_lazy("the present one"),
    "decided_at": gettext_lazy("decided at"),
    "decided_by": gettext_lazy("decided by"),
    "delegated_by": gettext_lazy("handed on by"),
    "dimension_scores": gettext_lazy("scores by dimension"),
    "done_at": gettext_lazy("done at"),
    "done_by": gettext_lazy("done by"),
    "done_by_contact": gettext_lazy("done by the contact"),
    "done_on": gettext_lazy("done on"),
    "dropped": gettext_lazy("dropped"),
    "drop_reason": gettext_lazy("reason"),
    "ended_at": gettext_lazy("ended at"),
    "ended_on": gettext_lazy("ended on"),
    "entered_by": gettext_lazy("entered by"),
    "entered_on": gettext_lazy("entered on"),
    "escalate_at": gettext_lazy("goes to the next level at"),
    "event": gettext_lazy("event"),
    "expires_at": gettext_lazy("expires at"),
    "figures": gettext_lazy("figures"),
    "finished_at": gettext_lazy("finished at"),
    "finished_by": gettext_lazy("finished by"),
    "former_names": gettext_lazy("former names"),
    "found_in": gettext_lazy("found in"),
    "from_contact": gettext_lazy("from the contact"),
    "goal": gettext_lazy("goal"),
    "grade": gettext_lazy("grade"),
    "hit_count": gettext_lazy("hits"),
    "insufficient": gettext_lazy("not enough to judge by"),
    "invitation": gettext_lazy("invitation"),
    "is_current": gettext_lazy("the present one"),
    "kind": gettext_lazy("kind"),
    "known_name": gettext_lazy("name on record"),
    "last_contact_at": gettext_lazy("last contact"),
    "lifted_at": gettext_lazy("lifted at"),
    "lifted_by": gettext_lazy("lifted by"),
    "link_kind": gettext_lazy("kind of link"),
    "logged_by": gettext_lazy("logged by"),
    "made_by": gettext_lazy("put on record by"),
    "marks": gettext_lazy("marks"),
    "matter": gettext_lazy("matter"),
    "merged_into": gettext_lazy("made one with"),
    "need": gettext_lazy("need"),
    "new": pgettext_lazy("of a change", "after"),
    "next_step": gettext_lazy("next step"),
    "note": gettext_lazy("note"),
    "nps": gettext_lazy("would recommend (0 to 10)"),
    "occasion": gettext_lazy("occasion"),
    "old": pgettext_lazy("of a change", "before"),
    "on": pgettext_lazy("a day", "on"),
    "one": gettext_lazy("the one"),
    "origin": gettext_lazy("where it came from"),
    "other": pgettext_lazy("of two", "the other"),
    "outside_kind": gettext_lazy("kind of the one not on record"),
    "owner": gettext_lazy("owner"),
    "party_names": gettext_lazy("parties"),
    "person": gettext_lazy("person"),
    "plan": gettext_lazy("plan"),
    "points": gettext_lazy("points"),
    "previous_type": gettext_lazy("type before"),
    "promise": gettext_lazy("promise"),
    "purpose": gettext_lazy("purpose"),
    "questionnaire": gettext_lazy("questionnaire"),
    "quiet_from": pgettext_lazy("client", "quiet from"),
    "reason": gettext_lazy("reason"),
    "reasons": gettext_lazy("reasons"),
    "relationship_type": gettext_lazy("relationship type"),
    "remind_at": gettext_lazy("reminder at"),
    "replaced": gettext_lazy("grade before"),
    "run_at": gettext_lazy("made at"),
    "score": gettext_lazy("score"),
    "scored_on": gettext_lazy("scored on"),
    "sent_at": gettext_lazy("sent at"),
    "sent_by": gettext_lazy("sent by"),
    "sent_to": gettext_lazy("sent to"),
    "service_plan_id": gettext_lazy("number of the service plan"),
    "skip_reason": gettext_lazy("why it was left out"),
    "snoozed_until": gettext_lazy("snoozed until"),
    "source": gettext_lazy("source"),
    "starts_on": gettext_lazy("from"),
    "state": gettext_lazy("state"),
    "strength": gettext_lazy("strength"),
    "subject": gettext_lazy("who was asked for"),
    "subjects": gettext_lazy("who was asked for"),
    "target": gettext_lazy("status"),
    "text": gettext_lazy("text"),
    "trashed_at": gettext_lazy("in the trash since"),
    "trashed_by": gettext_lazy("put into the trash by"),
    "tries": gettext_lazy("tries"),
    "trigger": gettext_lazy("what raised it"),
    "type": gettext_lazy("type"),
    "updated_at": gettext_lazy("last changed"),
    "user": gettext_lazy("colleague"),
    "verdict": gettext_lazy("verdict"),
    "via_client": gettext_lazy("through the client"),
    "weight": gettext_lazy("weight"),
    "withdrawn_at": gettext_lazy("withdrawn at"),
    "withdrawn_by": gettext_lazy("withdrawn by"),
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def column_words(field) -> str:
    """A field by the name it has; where it was given none, by the one here."""
    given = str(field.verbose_name)
    return str(COLUMNS.get(field.name, given)) if given == field.name.replace("_", " ") else given


def value_words(value, name: str = "") -> str:
    """A value as a reader would say it; `name`: its column."""
    if name in _OF_COLUMN and (said := _OF_COLUMN[name](value)):
        return said
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        told = {key: one for key, one in value.items() if one not in (None, "", [], {})}
        return "; ".join(f"{COLUMNS.get(key, key)}: {value_words(one)}" for key, one in told.items())
    if isinstance(value, list):
        return ", ".join(value_words(one) for one in value)
    return _day_words(str(value))


def _criteria_words(stored) -> str:
    """What a relationship was judged by, criterion by criterion."""
    try:
        criteria = from_json(stored).criteria
    except (KeyError, TypeError, ValueError):
        return ""
    told = [criterion_words(one) for one in criteria]
    return "\n".join(f"{'✓' if one.met else '–'} {one.name}: {one.sentence}" for one in told)


def _figure_words(stored) -> str:
    """What a score is made of, figure by figure."""
    try:
        told = [
            (FIGURES[code], value, points)
            for code, value, _full, points, _most in stored
            if value is not None
        ]
    except (KeyError, TypeError, ValueError):
        return ""
    return "\n".join(
        _("%(figure)s %(value)s (%(points)s points)")
        % {"figure": label, "value": number_format(value, 1), "points": number_format(points, 1)}
        for label, value, points in told
    )


_OF_COLUMN = {
    "criteria": _criteria_words,
    "figures": _figure_words,
    "next_step": lambda code: str(NAMES.get(code, "")),
}


def _day_words(text: str) -> str:
    """A day or a moment as the reader writes it; anything else as it stands."""
    try:
        if _MOMENT.fullmatch(text):
            return date_format(clock.local(datetime.fromisoformat(text)), "DATETIME_FORMAT")
        if _DAY.fullmatch(text):
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        pass
    return text


def deed_words(entry: dict) -> str:
    """An entry of the audit trail as a sentence, from its stored values."""
    return sentence(
        SimpleNamespace(
            verb=entry.get("verb", ""),
            actor_name=entry.get("by", ""),
            object_label=entry.get("about", ""),
            detail=entry.get("detail", {}),
            on_behalf_of="",
        )
    )
