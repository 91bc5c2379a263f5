"""Searching everything one may see."""

from django.shortcuts import redirect, render
from django.urls import reverse

from clients.forms.client_list import SEARCH
from lawcrm.desk.presenters.search import groups, recent
from lawcrm.firm import opaque

LIVE, SHOWN, LONGEST = 5, 20, 200


def search(request):
    """POST takes the words: a page of its own, or lines under the search box. An address carries them hidden."""
    if request.method == "POST":
        words = request.POST.get("q", "").strip()[:LONGEST]
        if request.htmx:
            return _found(request, words)
        hidden = f"?s={opaque.hide(words, SEARCH)}" if words else ""
        return redirect(reverse("desk:search") + hidden)
    words = opaque.show(request.GET.get("s", ""), SEARCH)
    context = _context(request, words if isinstance(words, str) else "", SHOWN)
    return render(request, "desk/search.html", context)


def _found(request, words: str):
    """Live lines: a few under the search box of every page, more on the search page itself."""
    on_page = request.htmx.target == "found"
    context = _context(request, words, SHOWN if on_page else LIVE)
    return render(request, "desk/search.html#found" if on_page else "desk/search_live.html", context)


def _context(request, words: str, limit: int) -> dict:
    return {
        "words": words,
        "groups": groups(words, request.user, limit) if words else recent(request.user, limit),
        "all_clients": f"{reverse('clients:list')}?s={opaque.hide(words, SEARCH)}" if words else "",
        "whole_page": f"{reverse('desk:search')}?s={opaque.hide(words, SEARCH)}" if words else "",
    }
