"""What the care room reads beside its tasks: templates in use, how a mail fares, and what care has brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum

from interactions.enums import CareState, Initiator
from interactions.models import CareTask, Contact, MessageTemplate
from interactions.rules.texts import built_in, language_like
from lawcrm.firm.models import Outbox
from lawcrm.firm.notices import LETTER

ANSWER_DAYS = 14


def templates_in_use() -> dict[tuple, MessageTemplate]:
    """{(occasion, channel, language): the newest}; all Chinese stands in for all Chinese."""
    found: dict[tuple, MessageTemplate] = {}
    for one in MessageTemplate.objects.in_use().order_by("-id"):
        found.setdefault((one.occasion, one.channel, one.language), one)
        found.setdefault((one.occasion, one.channel, language_like(one.language), "near"), one)
    return found


def text_for(occasion: str, channel: str, language: str):
    """The text that is used: the firm's newest, else the built-in one."""
    own = templates_in_use()
    near = own.get((occasion, channel, language_like(language), "near"))
    return own.get((occasion, channel, language)) or near or built_in(occasion, channel, language)


def mail_of(task: CareTask) -> Outbox | None:
    """The mail last queued for it."""
    return Outbox.objects.filter(key=f"care:{task.pk}:{task.tries}", channel=LETTER).first()


def next_open(tasks, task: CareTask, user) -> CareTask | None:
    """The person's next open task behind this one, else the first of all."""
    mine = tasks.filter(owner=user, state=CareState.WAITING).exclude(pk=task.pk).order_by("on", "id")
    behind = mine.filter(Q(on__gt=task.on) | Q(on=task.on, pk__gt=task.pk)).first()
    return behind or mine.first()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one kind of care came to. `answered`: the client began a contact within a fortnight."""

    kind: str
    planned: int
    done: int
    skipped: int
    late: int
    clients: int
    answered: int
    cost: Decimal


def effect_by_kind(tasks, since: date, until: date, today: date) -> list[Effect]:
    """Of the tasks between two days, both included. One statement."""
    answers = Contact.objects.standing().filter(
        client_id=OuterRef("client_id"),
        initiator=Initiator.CLIENT,
        at__gt=OuterRef("done_at"),
        at__lte=OuterRef("done_at") + timedelta(days=ANSWER_DAYS),
    )
    done = Q(state=CareState.DONE)
    rows = (
        tasks.filter(on__range=(since, until))
        .annotate(was_answered=Exists(answers))
        .order_by()
        .values("kind")
        .annotate(
            planned=Count("pk"),
            done=Count("pk", filter=done),
            skipped=Count("pk", filter=Q(state=CareState.SKIPPED)),
            late=Count("pk", filter=Q(state=CareState.WAITING, on__lt=today)),
            clients=Count("client_id", distinct=True, filter=done),
            answered=Count("pk", filter=done & Q(was_answered=True)),
            spent=Sum("cost", filter=done),
        )
    )
    return [
        Effect(
            one["kind"], one["planned"], one["done"], one["skipped"], one["late"], one["clients"], one["answered"],
            one["spent"] or Decimal(0),
        )
        for one in rows
    ]  # fmt: skip


def cared_for(tasks, since: date, until: date):
    """The keys of the clients something was done for between two days."""
    return tasks.filter(on__range=(since, until), state=CareState.DONE).order_by().values("client_id")


def ended_before(before: datetime):
    """Care done, left out, or never done, of occasions so long ago."""
    return CareTask.objects.unscoped().filter(on__lt=before.date()).exclude(state=CareState.SENDING)


def letters_before(before: datetime):
    """Those of them whose words, or the address they went to, are still here."""
    return ended_before(before).filter(~Q(subject="") | ~Q(body="") | ~Q(sent_to=""))
