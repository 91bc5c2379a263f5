"""The minimal view: who is signed in, one statement, fifty rows, a table without design."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.template import engines
from django.urls import path

from clients.models import Client
from interactions.models import Contact, FollowUp

ROWS = 50
_CLIENTS = """<!doctype html><title>{{ user.username }}</title><table>{% for row in rows %}
<tr><td><a href="/clients/{{ row.pk }}/">{{ row.name }}</a><td>{{ row.kind }}<td>{{ row.grade }}<td>{{ row.relationship_type }}
<td>{{ row.responsible.given_name }} {{ row.responsible.family_name }}<td>{{ row.last_contact_at }}{% endfor %}</table>"""
_CONTACTS = """<!doctype html><title>{{ user.username }}</title><h1>{{ client.name }}</h1><table>{% for row in rows %}
<tr><td><a href="/interactions/{{ row.pk }}/">{{ row.at }}</a><td>{{ row.channel }}<td>{{ row.purposes|join:", " }}<td>{{ row.note }}
<td>{{ row.with_lawyer.given_name }} {{ row.with_lawyer.family_name }}{% endfor %}</table>"""
_FOLLOW_UPS = """<!doctype html><title>{{ user.username }}</title><table>{% for row in rows %}
<tr><td>{{ row.due_at }}<td>{{ row.title }}<td><a href="/clients/{{ row.client_id }}/">{{ row.client.name }}</a>{% endfor %}</table>"""
_templates = {}


def _answer(request, source: str, rows, **more):
    if source not in _templates:
        _templates[source] = engines["django"].from_string(source)
    context = {"rows": list(rows[:ROWS]), "user": request.user, **more}
    return HttpResponse(_templates[source].render(context))


@login_required
def clients(request):
    asked = request.GET
    rows = Client.objects.unscoped().select_related("responsible").order_by("sort_key", "id")
    rows = rows.defer("search", "note", "identity_number", "registration_number", "background")
    if "after" in asked:
        rows = rows.filter(sort_key__gt=asked["after"])
    if "lawyer" in asked:
        rows = rows.filter(responsible=UUID(asked["lawyer"]))
    if "found" in asked:
        rows = rows.extra(where=["search @@ %s::tsquery"], params=[asked["found"]])
    return _answer(request, _CLIENTS, rows)


@login_required
def client(request, pk):
    rows = Contact.objects.unscoped().filter(client=pk).select_related("with_lawyer").order_by("-at", "-id")
    return _answer(request, _CONTACTS, rows, client=Client.objects.unscoped().get(pk=pk))


@login_required
def today(request):
    rows = FollowUp.objects.unscoped().filter(owner=request.user, state="open").select_related("client")
    return _answer(request, _FOLLOW_UPS, rows.order_by("due_at", "id"))


urlpatterns = [path("clients/", clients), path("clients/<uuid:pk>/", client), path("today/", today)]
