"""What the contact room can do to many clients at once."""

from django.utils.translation import gettext_lazy, ngettext

from clients.bulk_actions import BulkAction, register
from interactions.actions.bulk_events import invite, uninvite
from interactions.actions.bulk_follow_ups import plan, unplan
from interactions.forms.bulk import BulkEventForm, BulkFollowUpForm


def _planned(count: int, params: dict) -> str:
    text = ngettext("%(n)s follow-up is planned.", "%(n)s follow-ups are planned.", count)
    return text % {"n": f"{count:,}"}


register(
    BulkAction(
        "follow_up",
        gettext_lazy("Follow-up"),
        "calendar-plus",
        40,
        BulkFollowUpForm,
        plan,
        unplan,
        _planned,
        permission="contacts.log",
    )
)


def _invited(count: int, params: dict) -> str:
    text = ngettext(
        "%(n)s client is on the list of guests.", "%(n)s clients are on the list of guests.", count
    )
    return text % {"n": f"{count:,}"}


register(
    BulkAction(
        "event",
        gettext_lazy("Add to event"),
        "calendar-event",
        45,
        BulkEventForm,
        invite,
        uninvite,
        _invited,
        permission="care.plan",
    )
)
