"""Care in words: what a task is about, and the message it proposes."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from interactions.enums import CareKind, CareState
from interactions.models import CareTask
from interactions.presenters.messages import Message, compose, festival_name, language_of
from interactions.rules.care import may_be_cared_for
from interactions.rules.placeholders import problems_of
from interactions.rules.texts import built_in, language_like
from lawcrm.firm.templatetags.look import day

ICONS = {
    CareKind.FESTIVAL: "gift",
    CareKind.BIRTHDAY: "cake",
    CareKind.VISIT: "map-pin",
    CareKind.TRAINING: "users-group",
    CareKind.LEGAL_CHECK_UP: "shield-check",
    CareKind.INFORMATION: "file-text",
}


def occasion_words(task: CareTask) -> str:
    """What it is about: the festival by name, else the kind."""
    kind, _sep, rest = task.occasion.partition(":")
    if kind == CareKind.FESTIVAL:
        return festival_name(rest.partition(":")[0])
    return str(_("Birthday") if kind == CareKind.BIRTHDAY else task.get_kind_display())


def message_of(task: CareTask, sender, templates: dict) -> Message:
    """As somebody has edited it, else from the template of the step, the firm's newest, or the built-in one."""
    if task.body:
        return Message(task.subject, task.body)
    text, more = _template(task, templates), {}
    kind, _sep, rest = task.occasion.partition(":")
    language = language_of(task.client, task.person)
    if kind == CareKind.FESTIVAL:
        more["festival"] = _festival_in(rest.partition(":")[0], language)
    return compose(
        text.subject, text.body, client=task.client, person=task.person, sender=sender, on=task.on, **more
    )


def _festival_in(code: str, language: str) -> str:
    with translation.override(language):
        return festival_name(code)


def _template(task: CareTask, templates: dict):
    if task.template_id and not task.template.retired_at and not problems_of(task.template.body, task.kind):
        return task.template
    language, channel = language_of(task.client, task.person), task.channel
    channel = channel if channel == "email" else "instant_message"
    own = templates.get((task.kind, channel, language)) or templates.get(
        (task.kind, channel, language_like(language), "near")
    )
    return own or built_in(task.kind, channel, language)


@dataclass(frozen=True, slots=True)
class TaskRow:
    url: str
    on: str
    is_late: bool
    icon: str
    occasion: str
    whom: str
    client: str
    client_url: str
    channel: str
    owner: str
    state: str
    is_open: bool
    beginning: str
    remark: str


def task_row(task: CareTask, user, templates: dict, today) -> TaskRow:
    is_open = task.state == CareState.WAITING
    return TaskRow(
        url=reverse("care:task", args=[task.pk]),
        on=day(task.on),
        is_late=is_open and task.on < today,
        icon=ICONS[task.kind],
        occasion=occasion_words(task),
        whom=task.person.name if task.person else task.client.name,
        client=task.client.name if task.person else "",
        client_url=reverse("clients:detail", args=[task.client_id]),
        channel=task.get_channel_display(),
        owner="" if task.owner_id == user.pk else task.owner.display_name,
        state=task.get_state_display(),
        is_open=is_open,
        beginning=_beginning(task, user, templates) if is_open else task.skip_reason,
        remark=remark_on(task, today),
    )


def _beginning(task: CareTask, user, templates: dict) -> str:
    words = " ".join(message_of(task, user, templates).body.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def remark_on(task: CareTask, today) -> str:
    """Why nothing may be sent, where it may not."""
    if task.state != CareState.WAITING:
        return ""
    if task.person and task.person.do_not_greet:
        return _("Does not want to be greeted.")
    if not may_be_cared_for(task.client, today):
        return _("The client’s consent does not hold.")
    return ""
