"""What a POST answers: to htmx a toast and the news that something changed, to others the way back with a message."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from interactions.rules.permissions import Refused


def next_url(request, otherwise: str) -> str:
    """Where the person came from, if that is a page of ours."""
    url = request.POST.get("back") or request.GET.get("back") or ""
    ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if ours else otherwise


def tell(
    response,
    words: str,
    *,
    link: tuple[str, str] | None = None,
    undo: tuple[str, str] | None = None,
    late: bool = False,
):
    """Adds a toast, with an optional (address, words) link, or an (address, word) that takes it back by a POST."""
    toast = {"text": words, "late": late}
    if undo:
        toast |= {"undo": undo[0], "link": undo[1]}
    if link:
        toast |= {"url": link[0], "link": link[1]}
    return trigger_client_event(response, "lawcrm:toast", toast)


def changed(response):
    """Adds the news that a client's record changed: the parts of the page that show it fetch themselves again."""
    return trigger_client_event(response, "client-changed")


def done(request, words: str, *, back: str, link: tuple[str, str] | None = None):
    """It is done: stay where you are (htmx), or go back."""
    if request.htmx:
        return changed(tell(HttpResponse(status=204), words, link=link))
    shown = format_html('{} <a href="{}">{}</a>', words, *link) if link else words
    messages.success(request, shown)
    return redirect(next_url(request, back))


def refused(request, problem: Refused | str, *, back: str):
    """It may not be done, and why."""
    words = str(problem.reason.label) if isinstance(problem, Refused) else problem
    if request.htmx:
        return tell(HttpResponse(status=204), words, late=True)
    messages.error(request, words)
    return redirect(next_url(request, back))


def nothing_to_suggest() -> str:
    return _(
        "There is no next step to plan: the relationship is not assessed yet, or nothing is left to reach."
    )
