"""Who wants to be told what, and in which chat."""

from lawcrm.firm.models import ChatHook, NoticeChoices
from lawcrm.firm.notices import WAYS
from lawcrm.firm.rules.telling import Quiet


def choices_of(person_ids) -> dict:
    """{person id: what they chose}; whoever chose nothing is not among them."""
    return NoticeChoices.objects.in_bulk(set(person_ids))


def own_choices(person) -> NoticeChoices:
    """What a person chose; the defaults, unsaved, where that is nothing."""
    return NoticeChoices.objects.filter(person=person).first() or NoticeChoices(person=person)


def way(choices: NoticeChoices | None, group: str, channel: str):
    """How a kind of event comes by a channel: yes or no; for mail "now", "morning" or "off"."""
    chosen = choices.choices.get(group, {}) if choices else {}
    return chosen.get(channel, WAYS[channel])


def quiet_of(choices: NoticeChoices | None) -> Quiet:
    if choices is None:
        return Quiet()
    return Quiet(choices.quiet_from, choices.quiet_until, choices.quiet_weekends)


def wanting_digests():
    """Those who chose a morning mail or Monday's overview and are with the firm."""
    rows = NoticeChoices.objects.filter(person__is_active=True).select_related("person")
    return rows.filter(morning_mail=True) | rows.filter(monday_mail=True)


def chat_hooks():
    return ChatHook.objects.select_related("department")


def chat_of(person) -> ChatHook | None:
    """The chat a person is told in: their department's, else that of the nearest one above, else the firm's."""
    hooks = {hook.department_id: hook for hook in ChatHook.objects.filter(is_active=True)}
    if not hooks:
        return None
    for department_id in _upwards(person):
        if department_id in hooks:
            return hooks[department_id]
    return hooks.get(None)


def _upwards(person):
    """The person's department and those above it, the nearest first."""
    department = person.department
    while department is not None:
        yield department.pk
        department = department.parent
