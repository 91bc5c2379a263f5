"""Old addresses of merged clients and people lead to the one that was kept."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from clients.access import kept_for
from clients.models import Client, Person
from lawcrm.firm.access import refused

_LEADING = {Client: "clients:detail", Person: "clients:person"}


class MergedClientMiddleware:
    """Where a client or a person was asked for in vain and has been merged into one the person sees, that one answers.

    Links and searches are sent on; what was sent from a page opened before the merge (a contact just written) is taken
    for the kept client, so that nothing typed is lost. Forms of the profile carry a version and show both.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or not request.user.is_authenticated:
            return response
        model, old = refused.get() or (None, None)
        page = _LEADING.get(model)
        new = kept_for(request.user, old, model) if page and old else None
        if new is None:
            return response
        refused.set(None)
        if request.method == "POST":
            return self.get_response(_meant_for(request, str(old), str(new)))
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": reverse(page, args=[new])})
        return redirect(request.get_full_path().replace(str(old), str(new)))


def _meant_for(request, old: str, new: str):
    """The request with one client in the place of another, in its address and its fields."""
    request.path_info = request.path_info.replace(old, new)
    request.path = request.path.replace(old, new)
    for name in ("GET", "POST"):
        fields = getattr(request, name).copy()
        for field, values in list(fields.lists()):
            fields.setlist(field, [new if value == old else value for value in values])
        setattr(request, name, fields)
    return request
