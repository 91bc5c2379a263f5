"""How people are told: their own choices, the firm's team chats, and the morning mails that are due."""

from functools import cache
from urllib.parse import urlsplit

from django.db import transaction

from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.models import ChatHook, NoticeChoices, Outbox
from lawcrm.firm.policy import current_policy
from lawcrm.firm.queries.telling import quiet_of, wanting_digests
from lawcrm.firm.rules.telling import always, digest_for, told_until
from lawcrm.firm.wake import wake_outbox
from lawcrm.firm.working_calendar import calendar_in


@transaction.atomic
def choose_notices(person, *, choices: dict, **values) -> NoticeChoices:
    """A person's own choices. What waits for the morning makes a morning mail; without one, what waited goes out now."""
    waits = any(ways.get("mail") == "morning" for ways in choices.values())
    values["morning_mail"] = values.get("morning_mail", False) or waits
    chosen, _made = NoticeChoices.objects.update_or_create(
        person=person, defaults={"choices": choices, **values}
    )
    if not chosen.morning_mail and not chosen.monday_mail:
        _release(person)
    audit.record(by=person, verb="user.notice_choices", obj=person)
    return chosen


def _release(person) -> None:
    held = Outbox.objects.filter(person=person, state=Outbox.State.HELD, within__isnull=True)
    if held.update(state=Outbox.State.WAITING, due_at=clock.now()):
        wake_outbox()


@transaction.atomic
def add_chat_hook(*, by, name, format, address, secret="", department=None) -> ChatHook:
    """A chat of the firm (or of one department, which then has no other)."""
    ChatHook.objects.filter(department=department, is_active=True).update(is_active=False)
    hook = ChatHook(
        name=name,
        format=ChatHook.Format(format),
        department=department,
        host=urlsplit(address).hostname or "",
        address=address,
        secret=secret,
    )
    hook.save(force_insert=True)
    audit.record(by=by, verb="chat.added", obj=hook)
    return hook


@transaction.atomic
def remove_chat_hook(hook: ChatHook, *, by) -> None:
    """Its address and secret are forgotten with it."""
    audit.record(by=by, verb="chat.removed", obj=hook)
    hook.delete()


def queue_digests() -> int:
    """Each minute: the morning mails whose hour has come on their person's clock, each local date once."""
    now, rows, works = clock.now(), [], _working_days()
    for choices in wanting_digests().iterator():
        is_working = works(choices.person.time_zone)
        due = digest_for(
            clock.local(now, choices.person),
            choices.mail_at,
            every_morning=choices.morning_mail,
            on_mondays=choices.monday_mail,
            quiet=quiet_of(choices),
            is_working=is_working,
        )
        if due:
            rows.append(_digest(choices.person, *due, told_until(*due, is_working), now))
    known = set(
        Outbox.objects.filter(
            event="digest", key__in={row.key for row in rows}, person__in=[row.person for row in rows]
        ).values_list("key", "person_id")
    )
    new = [row for row in rows if (row.key, row.person_id) not in known]
    if new:
        Outbox.objects.bulk_create(new, ignore_conflicts=True, batch_size=2000)
        wake_outbox()
    return len(new)


def _working_days():
    """{a person's zone: whether a day is worked there}; every day where mails come on days off too."""
    policy = current_policy()
    if policy.digest_on_days_off:
        return lambda zone: always
    return cache(lambda zone: calendar_in(zone, policy).is_working)


def _digest(person, kind: str, day, until, now) -> Outbox:
    context = {"kind": kind, "day": day.isoformat(), "until": until.isoformat()}
    key = f"digest:{day.isoformat()}"
    return Outbox(event="digest", key=key, person=person, channel="mail", context=context, due_at=now)
