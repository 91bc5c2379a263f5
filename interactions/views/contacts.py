"""The contact log: its list, one contact, editing, withdrawing, and a client's timeline."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interactions.access import get_contact, visible_contacts, visible_follow_ups
from interactions.actions.contacts import edit_contact, reveal_note, withdraw_contact
from interactions.forms.contacts import EditForm, PaperForm, WithdrawForm
from interactions.forms.filters import ContactFilter
from interactions.presenters.attachments import paper_line
from interactions.presenters.contacts import contact_row, facts_of, history_of
from interactions.presenters.follow_ups import follow_up_row
from interactions.presenters.quick_log import PAGE, QuickLog
from interactions.presenters.words import channel_icon, channel_words, purpose_words
from interactions.queries.attachments import attachments_of
from interactions.queries.contacts import together_with
from interactions.queries.follow_ups import tied_to
from interactions.rules.permissions import Refused, may_change_contact, may_reveal_note
from interactions.rules.purposes import kinds_of
from interactions.views.answers import done, refused
from interactions.views.logging import client_url, more_fields
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.forms.base import posted
from lawcrm.firm.paging import keyset_page
from lawcrm.firm.queries.audit import last_saver
from lawcrm.firm.roles import may
from lawcrm.firm.throttle import limits_looks


def contact_list(request):
    chosen = ContactFilter(request.GET, user=request.user)
    contacts = chosen.filter(visible_contacts(request.user).for_lists())
    page = keyset_page(contacts, ("-at", "-id"), request.GET)
    context = {"filter": chosen, "page": page, "rows": [contact_row(contact) for contact in page.rows]}
    template = "interactions/contact_list.html#table" if request.htmx else "interactions/contact_list.html"
    return render(request, template, context)


def detail(request, pk):
    return _show(request, get_contact(request.user, pk))


@require_POST
@limits_looks
def reveal(request, pk):
    """The confidential note, shown once; that it was read is written down."""
    contact = get_contact(request.user, pk)
    try:
        note = reveal_note(contact, by=request.user)
    except Refused as problem:
        return refused(request, problem, back=reverse("interactions:detail", args=[pk]))
    return _show(request, contact, revealed=note)


def _show(request, contact, revealed: str | None = None):
    follow_ups = tied_to(visible_follow_ups(request.user), contact)
    context = {
        "contact": contact,
        "client": contact.client,
        "icon": channel_icon(contact.channel),
        "channel": channel_words(contact.channel),
        "facts": facts_of(contact),
        "kinds": [kind.label for kind in kinds_of(contact.purposes)],
        "purposes": purpose_words(contact.purposes),
        "promises": list(contact.promises.select_related("owner")),
        "follow_ups": [follow_up_row(one, request.user) for one in follow_ups],
        "history": history_of(contact, request.user, revealed=revealed is not None),
        "revealed": revealed,
        "may_change": may_change_contact(contact, request.user),
        "may_reveal": may_reveal_note(contact, request.user),
        "papers": [paper_line(one) for one in attachments_of(contact)],
        "paper_form": PaperForm(),
        "together": together_with(contact, request.user),
        "may_pin": contact.withdrawn_at is None and may(request.user, "contacts.log"),
    }
    return render(request, "interactions/contact.html", context)


def edit(request, pk):
    contact = get_contact(request.user, pk)
    back = reverse("interactions:detail", args=[pk])
    if not may_change_contact(contact, request.user):
        return redirect(back)
    form = EditForm(posted(request), instance=contact, user=request.user, client=contact.client)
    conflict = {}
    if form.is_valid():
        try:
            edit_contact(
                contact, by=request.user, version=form.cleaned_data["version"], changes=form.changes()
            )
        except StaleVersion as stale:
            conflict = {"differences": form.differences(stale.theirs), "saver": last_saver(contact)}
            form.rebase(stale.theirs)
        except Refused as problem:
            return refused(request, problem, back=back)
        else:
            return done(request, _("Saved."), back=back)
    context = {
        "contact": contact,
        "client": contact.client,
        "form": form,
        "quick": QuickLog(form, contact.client, PAGE),
        "more": more_fields(request.user, contact.client, form),
        **conflict,
    }
    return render(request, "interactions/contact_edit.html", context, status=409 if conflict else 200)


def withdraw(request, pk):
    contact = get_contact(request.user, pk)
    back = reverse("interactions:detail", args=[pk])
    undo = bool(request.GET.get("undo"))
    initial = {"reason": _("Logged by mistake"), "cancel_follow_ups": True} if undo else {}
    form = WithdrawForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            withdraw_contact(contact, by=request.user, **form.cleaned_data)
        except Refused as problem:
            return refused(request, problem, back=back)
        return done(
            request,
            _("Withdrawn. It stays in the history and counts no longer."),
            back=client_url(contact.client),
        )
    raised = tied_to(visible_follow_ups(request.user), contact)
    context = {
        "contact": contact,
        "client": contact.client,
        "form": form,
        "follow_ups": [
            follow_up_row(one, request.user) for one in raised if one.from_contact_id == contact.pk
        ],
    }
    return render(request, "interactions/contact_withdraw.html", context)
