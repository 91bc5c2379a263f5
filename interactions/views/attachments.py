"""Papers that go with a contact: added, fetched, removed."""

from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from interactions.access import get_attachment, get_contact
from interactions.actions import attachments as actions
from interactions.forms.contacts import PaperForm
from interactions.rules.attachments import MOST_FILES
from interactions.rules.permissions import Refused
from interactions.views.answers import done, refused
from lawcrm.firm.throttle import limits_looks


def _page(contact_id) -> str:
    return reverse("interactions:detail", args=[contact_id])


@require_POST
def add(request, pk):
    contact = get_contact(request.user, pk)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        problem = next(iter(form.errors.values()))[0]
        return refused(request, problem, back=_page(pk))
    try:
        actions.add_papers(contact, [form.paper], by=request.user)
    except actions.TooMany:
        return refused(request, _("At most %d files go with a contact.") % MOST_FILES, back=_page(pk))
    except Refused as problem:
        return refused(request, problem, back=_page(pk))
    return done(request, _("Added."), back=_page(pk))


@require_POST
@limits_looks
def fetch(request, pk):
    """The file as a download; that it was fetched is written down. A browser never shows it as a page of ours."""
    attachment = get_attachment(request.user, pk)
    back = _page(attachment.contact_id)
    try:
        data = actions.fetch(attachment, by=request.user)
    except actions.Gone:
        return refused(request, _("There is no file here any more."), back=back)
    except Refused as problem:
        return refused(request, problem, back=back)
    plain = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in attachment.name)
    return HttpResponse(
        data,
        content_type=attachment.media_type,
        headers={
            "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(attachment.name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        },
    )


@require_POST
def remove(request, pk):
    attachment = get_attachment(request.user, pk)
    back = _page(attachment.contact_id)
    try:
        actions.remove(attachment, by=request.user)
    except Refused as problem:
        return refused(request, problem, back=back)
    return done(request, _("Removed."), back=back)
