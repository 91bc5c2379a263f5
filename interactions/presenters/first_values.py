"""What a log form starts with: the page one comes from, the hour, the way one last spoke; or an unfinished draft."""

from __future__ import annotations

import json
from datetime import datetime

from django.utils.dateparse import parse_datetime

from interactions.enums import Channel, Purpose
from interactions.queries.beside import LAST, Beside
from interactions.rules.calls import is_its_hour
from lawcrm.firm import clock

LISTS = ("purposes", "people", "colleagues")


def first_values(client, user, beside: list[Beside], *, follow_up=None) -> dict:
    """Values of a fresh form; `beside`: what stands beside the client's timeline, the last contact among it."""
    last = next((row.data["channel"] for row in beside if row.kind == LAST), "")
    channel = last or client.preferred_channel or Channel.PHONE
    values = {"channel": channel if channel in Channel.values else Channel.PHONE}
    return values | (values_for(follow_up) if follow_up else {})


def values_for(follow_up) -> dict:
    """What a contact that does this follow-up is likely to be."""
    return {
        "purposes": [follow_up.purpose] if follow_up.purpose in Purpose.values else [],
        "matter": getattr(follow_up, "matter_id", None) if "matter_id" in follow_up.__dict__ else None,
        "does": follow_up.pk,
    }


def planned_for_now(follow_ups, user):
    """The reader's own follow-up of this hour; None where there is none, or several and nobody knows which."""
    now = clock.now()
    found = [row for row in follow_ups if row.owner_id == user.pk and is_its_hour(row.due_at, now)]
    return found[0] if len(found) == 1 else None


# -- drafts -------------------------------------------------------------------------------------------------


def fields_of_draft(draft) -> dict[str, list[str]]:
    """What was typed, by field."""
    return json.loads(draft.fields or "{}")


def initial_of_draft(fields: dict[str, list[str]], draft) -> dict:
    """A form's initial values out of a draft."""
    initial = {
        name: values if name in LISTS else values[0]
        for name, values in fields.items()
        if values and not name.startswith("promise_")
    }
    columns = [fields.get(f"promise_{name}", []) for name in ("text", "who", "on")]
    rows = [dict(zip(("text", "who", "on"), row, strict=True)) for row in zip(*columns, strict=False)]
    initial["promise_rows"] = [row | {"problem": ""} for row in rows if row["text"] or row["on"]]
    initial["answered"] = bool(fields.get("answered"))
    return initial | {"draft": str(draft.pk), "draft_version": draft.version}


def running_since(fields: dict[str, list[str]]) -> datetime | None:
    """Since when a call is running in this form; None where none is."""
    started = (fields.get("call_started") or [""])[0]
    if not started or (fields.get("call_ended") or [""])[0]:
        return None
    try:
        moment = parse_datetime(started)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
