from django.urls import include, path

from clients.views import client_list, client_page, clients, people, relationship

app_name = "clients"
urlpatterns = [
    path("", client_list.client_list, name="list"),
    path("filter/", client_list.client_filter, name="filter"),
    path("columns/", client_list.client_columns, name="columns"),
    path("new/", clients.client_create, name="create"),
    path("similar/", clients.client_similar, name="similar"),
    path("read-date/", clients.read_date, name="read_date"),
    path("<uuid:pk>/", client_page.client_detail, name="detail"),
    path("<uuid:pk>/panel/<slug:name>/", client_page.client_panel, name="panel"),
    path("<uuid:pk>/relationship/", relationship.relationship, name="relationship"),
    path("<uuid:pk>/override/", relationship.override, name="override"),
    path("<uuid:pk>/override/end/", relationship.override_withdraw, name="override_withdraw"),
    path("<uuid:pk>/edit/", clients.client_edit, name="edit"),
    path("<uuid:pk>/team/", clients.client_team, name="team"),
    path("<uuid:pk>/reveal/<slug:field>/", clients.client_reveal, name="reveal"),
    path("<uuid:pk>/people/new/", people.person_create, name="person_create"),
    path("<uuid:pk>/people/<uuid:place>/", people.person_edit, name="person_edit"),
    path("import/", include("clients.import_urls")),
]
