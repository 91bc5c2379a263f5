"""Care day by day: the greeting list, one message at a time, and what it has come to."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from interactions.access import get_care, visible_care
from interactions.actions import care as actions
from interactions.enums import CareState
from interactions.forms.care import CareFilter, MessageForm, PeriodForm, SkipForm
from interactions.presenters import care as words
from interactions.presenters.care_effect import effect_page
from interactions.queries.care_tasks import mail_of, next_open, templates_in_use
from lawcrm.firm import clock
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page


def greetings(request):
    user, today = request.user, clock.today(request.user)
    chosen = CareFilter(request.GET)
    order = ("-on", "-id") if chosen.finished else ("on", "id")
    page = keyset_page(chosen.narrow(visible_care(user), user).with_message(), order, request.GET)
    templates = templates_in_use()
    context = {
        "filter": chosen,
        "page": page,
        "rows": [words.task_row(task, user, templates, today) for task in page.rows],
    }
    template = "care/greetings.html#table" if request.htmx else "care/greetings.html"
    return render(request, template, context)


def task(request, pk):
    """One message: read, edited, then sent, copied or left out. The next one follows by itself."""
    held = get_care(request.user, pk)
    deed = _DEEDS.get(request.POST.get("act", "")) if request.method == "POST" else None
    if deed and (answer := deed(request, held)):
        return answer
    return _page(request, held, None)


def _page(request, held, form, skip=None, status=200):
    user, today = request.user, clock.today(request.user)
    message = words.message_of(held, user, templates_in_use())
    if form is None:
        form = MessageForm(
            initial={"subject": message.subject, "body": message.body, "channel": held.channel}
        )
    context = {
        "task": held,
        "message": message,
        "form": form,
        "skip": skip or SkipForm(),
        "occasion": words.occasion_words(held),
        "icon": words.ICONS[held.kind],
        "is_open": held.state == CareState.WAITING,
        "remark": words.remark_on(held, today),
        "greeted": actions.greeted_by(held) if held.state == CareState.WAITING else None,
        "address": actions.address_of(held),
        "mail": mail_of(held) if held.state == CareState.SENDING else None,
    }
    return render(request, "care/task.html", context, status=status)


def _send(request, held):
    return _write(request, held, lambda clean: _sent(request, held, clean), _("The mail is on its way."))


def _sent(request, held, clean):
    actions.send_by_mail(
        held, by=request.user, subject=clean["subject"], body=clean["body"], anyway=clean["anyway"]
    )


def _by_hand(request, held):
    def do(clean):
        channel = clean["channel"] or "instant_message"
        actions.done_by_hand(
            held, by=request.user, body=clean["body"], channel=channel, anyway=clean["anyway"]
        )

    return _write(request, held, do, _("Logged as a contact."))


def _keep(request, held):
    form = MessageForm(posted(request))
    if not form.is_valid():
        return _page(request, held, form)
    clean = form.cleaned_data
    try:
        actions.keep_words(held, by=request.user, subject=clean["subject"], body=clean["body"])
    except actions.NotOpen:
        return _told(request, held, _("This was done or left out meanwhile."))
    messages.success(request, _("Saved."))
    return redirect("care:task", held.pk)


def _write(request, held, do, said):
    form = MessageForm(posted(request))
    if not form.is_valid():
        return _page(request, held, form)
    try:
        do(form.cleaned_data)
    except actions.NotOpen:
        return _told(request, held, _("This was done or left out meanwhile."))
    except actions.LeftAlone:
        return _told(request, held, _("Nothing was sent: they do not want it, or the consent does not hold."))
    except actions.NotFilled as refused:
        form.add_error("body", _("Fill the gap first: %(gap)s") % {"gap": refused.gap})
        return _page(request, held, form)
    except actions.NoAddress:
        form.add_error(None, _("There is no email address on record. Copy the message, or add the address."))
        return _page(request, held, form)
    except actions.Greeted:
        form.add_error(None, _("Somebody has greeted them already. Tick the box to greet them all the same."))
        return _page(request, held, form)
    messages.success(request, said)
    return _go_on(request, held)


def _skip(request, held):
    form = SkipForm(posted(request))
    if not form.is_valid():
        return _page(request, held, None, form)
    try:
        actions.skip(held, by=request.user, reason=form.cleaned_data["reason"])
    except actions.NotOpen:
        return _told(request, held, _("This was done or left out meanwhile."))
    messages.success(request, _("Left out."))
    return _go_on(request, held)


def _take_back(request, held):
    mail = mail_of(held) if held.state == CareState.SENDING else None
    try:
        if mail is not None and mail.state in ("sending", "sent"):
            raise actions.NotOpen
        actions.take_back(held, by=request.user)
    except actions.NotOpen:
        return _told(request, held, _("The mail has left, or is leaving just now."))
    return redirect("care:task", held.pk)


def _went_out(request, held):
    """Of a mail nobody can tell whether it left: somebody has asked, and it did."""
    actions.note_sent(held, request.user)
    return redirect("care:task", held.pk)


_DEEDS = {
    "send": _send,
    "hand": _by_hand,
    "keep": _keep,
    "skip": _skip,
    "back": _take_back,
    "went": _went_out,
}


def _told(request, held, text):
    messages.error(request, text)
    return redirect("care:task", held.pk)


def _go_on(request, held):
    following = next_open(visible_care(request.user), held, request.user)
    return redirect("care:task", following.pk) if following else redirect("care:greetings")


def effect(request):
    period = PeriodForm(request.GET, user=request.user)
    page = effect_page(visible_care(request.user), period.since, period.until, clock.today(request.user))
    return render(request, "care/effect.html", {"period": period, "effect": page})
