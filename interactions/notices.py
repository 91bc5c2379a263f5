"""What notices about follow-ups say."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from interactions.access import visible_care, visible_follow_ups, visible_guests, visible_inbound_mail
from interactions.actions import events
from interactions.actions.care import letter_of, note_sent
from interactions.presenters.words import follow_up_words, reason_words
from lawcrm.firm.notices import NoticeText, register
from lawcrm.firm.templatetags.look import day
from lawcrm.firm.words import sentences


def _load_many(user, ids):
    return visible_follow_ups(user).select_related("client", "owner").in_bulk(ids)


def _load(user, follow_up_id):
    return _load_many(user, [follow_up_id]).get(follow_up_id)


def _url(follow_up, context):
    return reverse("interactions:follow_up", args=[follow_up.pk])


def _title(follow_up) -> dict:
    return {
        "what": follow_up_words(follow_up.title, follow_up.origin),
        "client": follow_up.client,
        "owner": follow_up.owner.display_name,
    }


def _due(follow_up, context) -> str:
    local = timezone.localtime(follow_up.due_at)
    due = _("Due on %(day)s at %(hour)s.") % {"day": day(local), "hour": f"{local:%H:%M}"}
    return sentences([due, reason_words(follow_up)])


register(
    "follow_up.due",
    NoticeText(
        title=lambda follow_up, context: _("%(client)s: %(what)s") % _title(follow_up),
        body=_due,
        url=_url,
        load=_load,
        load_many=_load_many,
        mail_subject=gettext_lazy("A follow-up is due"),
        group="follow_ups",
    ),
)
register(
    "follow_up.escalated",
    NoticeText(
        title=lambda follow_up, context: _("Late with %(owner)s: %(client)s, %(what)s") % _title(follow_up),
        body=_due,
        url=_url,
        load=_load,
        load_many=_load_many,
        mail_subject=gettext_lazy("A follow-up of your team is late"),
        group="team",
    ),
)


def _prepared(_nothing, context) -> str:
    count = context["count"]
    text = ngettext(
        "%(n)s greeting or other care is prepared", "%(n)s greetings and other care are prepared", count
    )
    return text % {"n": f"{count:,}"}


register(
    "care.prepared",
    NoticeText(
        title=_prepared,
        body=lambda _nothing, context: _("Look through the messages, and send them one by one."),
        url=lambda _nothing, context: reverse("care:greetings"),
        load=lambda user, pk: None,
        mail_subject=gettext_lazy("Greetings are prepared"),
        group="events",
    ),
)


def _load_care(user, pk):
    return visible_care(user).with_message().filter(pk=pk).first()


register(
    "care.message",
    NoticeText(
        title=lambda task, context: str(task.client),
        body=lambda task, context: "",
        url=lambda task, context: reverse("care:task", args=[task.pk]),
        load=_load_care,
        mail_subject="",
        group="events",
        letter=letter_of,
        sent=note_sent,
    ),
)


def _load_guest(user, pk):
    return visible_guests(user).for_lists().filter(pk=pk).first()


def _of_a_guest(letter, sent) -> NoticeText:
    """A letter to somebody invited; in LawCRM itself it stands under the client's name."""
    return NoticeText(
        title=lambda guest, context: str(guest.client),
        body=lambda guest, context: "",
        url=lambda guest, context: reverse("care:guest", args=[guest.pk]),
        load=_load_guest,
        mail_subject="",
        group="events",
        letter=letter,
        sent=sent,
    )


register("event.invitation", _of_a_guest(events.letter_of, events.note_invited))
register("event.seat", _of_a_guest(events.seat_letter_of, events.note_seat_told))


def _load_mail(user, ids):
    return visible_inbound_mail(user).in_bulk(ids)


register(
    "mail.waiting",
    NoticeText(
        title=lambda mail, context: _("A mail waits for you to say whose it is"),
        body=lambda mail, context: "",
        url=lambda mail, context: reverse("interactions:mail_in"),
        load=lambda user, pk: _load_mail(user, [pk]).get(pk),
        load_many=_load_mail,
        mail_subject=gettext_lazy("A mail waits for you to say whose it is"),
        group="mail",
    ),
)
