"""Matters as pages show them: values made ready before the template."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format

from lawcrm.firm.policy import current_policy
from matters.enums import Audience, MatterState, Stage
from matters.rules.matters import report_owed_since
from matters.rules.stages import next_stage, stages_of


@dataclass(frozen=True, slots=True)
class MatterLine:
    url: str
    title: str
    number: str
    client: str
    client_url: str
    service: str
    responsible: str
    stage: str
    accepted: str
    next_date: str
    next_is_late: bool
    next_note: str
    is_open: bool


def matter_line(matter, today: date) -> MatterLine:
    """One row of a list of matters."""
    return MatterLine(
        url=reverse("matters:detail", args=[matter.pk]),
        title=matter.title,
        number=matter.number,
        client=matter.client.name,
        client_url=reverse("clients:detail", args=[matter.client_id]),
        service=matter.get_service_type_display(),
        responsible=matter.responsible.display_name,
        stage=matter.get_stage_display(),
        accepted=date_format(matter.accepted_on, "SHORT_DATE_FORMAT"),
        next_date=date_format(matter.next_date, "SHORT_DATE_FORMAT") if matter.next_date else "",
        next_is_late=bool(matter.next_date and matter.next_date < today),
        next_note=matter.next_date_note,
        is_open=matter.state == MatterState.OPEN,
    )


def stage_steps(matter) -> list[dict]:
    """The stages this kind of service passes: label, and whether each is behind, here, or ahead."""
    path = stages_of(matter.service_type, matter.kind)
    here = path.index(matter.stage) if matter.stage in path else -1
    return [
        {"label": Stage(code).label, "is_behind": number < here, "is_here": number == here}
        for number, code in enumerate(path)
    ]


def stage_after(matter) -> dict | None:
    """The next stage of an open matter: its code and label."""
    code = next_stage(matter.service_type, matter.stage, matter.kind)
    return {"code": code, "label": Stage(code).label} if code and matter.state == MatterState.OPEN else None


def progress_owed_since(matter, progress, today: date) -> date | None:
    """The day since which the client is owed a report; None where they are not."""
    if matter.state != MatterState.OPEN:
        return None
    told = [one.on for one in progress if one.audience == Audience.TOLD]
    days = current_policy().progress_days
    return report_owed_since(matter.accepted_on, max(told, default=None), today, progress_days=days)
