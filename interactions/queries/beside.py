"""What stands beside the timeline of a client: what must be known, what the reader has begun to log, and the reader's
own last contact, from which a new one takes its channel.

One statement for all: they are asked for on every page of a client.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BinaryField, CharField, F, Value
from django.db.models.functions import JSONObject, Left

from interactions.models import Contact, ContactDraft, MustKnow
from lawcrm.firm.queries.written import Written
from lawcrm.firm.sealed import unseal

MUST_KNOW, DRAFT, LAST = "must_know", "draft", "last"
SHOWN_NOTE = 300
_WRITTEN = Written()


@dataclass(frozen=True, slots=True)
class Beside:
    kind: str
    id: UUID
    at: datetime
    data: dict[str, Any]


def beside_timeline(client, user) -> list[Beside]:
    """Oldest pins first, then drafts and the last contact, the latest first."""
    works_for = user.pk == client.responsible_id or user.pk in client.team_ids
    shape = (works_for, user.role, user.scope)
    keys = {"client": client.pk, "user": user.pk}
    rows = [_beside(*row) for row in _WRITTEN.ask(user, shape, keys, lambda: _rows(client, user))]
    pins = sorted((row for row in rows if row.kind == MUST_KNOW), key=lambda row: (row.at, row.id))
    others = sorted((row for row in rows if row.kind != MUST_KNOW), key=lambda row: row.at, reverse=True)
    return [*pins, *others]


def _rows(client, user):
    pins = MustKnow.objects.of_client(client, user).annotate(
        kind=Value(MUST_KNOW, output_field=CharField()),
        told_at=F("created_at"),
        data=JSONObject(
            text="text",
            contact="contact_id",
            at="contact__at",
            channel="contact__channel",
            note=Left("contact__note", SHOWN_NOTE),
            closeness="contact__confidentiality",
            given="pinned_by__given_name",
            family="pinned_by__family_name",
            name_zh="pinned_by__name_zh",
        ),
        sealed=Value(None, output_field=BinaryField()),
    )
    drafts = ContactDraft.objects.of_client(client, user).annotate(
        kind=Value(DRAFT, output_field=CharField()),
        told_at=F("updated_at"),
        data=JSONObject(call_started_at="call_started_at"),
        sealed=F("fields"),
    )
    last = (
        Contact.objects.of_client(client, user)
        .standing()
        .filter(with_lawyer=user)
        .annotate(
            kind=Value(LAST, output_field=CharField()),
            told_at=F("at"),
            data=JSONObject(channel="channel"),
            sealed=Value(None, output_field=BinaryField()),
        )
    )
    columns = ("kind", "id", "told_at", "data", "sealed")
    return (
        pins.order_by()
        .values_list(*columns)
        .union(
            drafts.order_by().values_list(*columns),
            last.order_by("-at", "-id").values_list(*columns)[:1],
            all=True,
        )
    )


def _beside(kind: str, pk: UUID, at: datetime, data, sealed) -> Beside:
    data = json.loads(data) if isinstance(data, str) else data
    if kind == DRAFT:
        data["fields"] = fields_of(pk, sealed)
    return Beside(kind, pk, at, data)


def fields_of(pk: UUID, sealed) -> dict[str, list[str]]:
    """What was typed, by field."""
    if not sealed:
        return {}
    return json.loads(unseal(sealed, model=ContactDraft._meta.label_lower, field="fields", row_id=pk))
