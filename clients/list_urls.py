"""The addresses of the list of clients and of what is done with lists."""

from django.urls import path

from clients.views import bulk, cells, client_list, saved_views, seen, tags, trash

urlpatterns = [
    path("", client_list.client_list, name="list"),
    path("filter/", client_list.client_filter, name="filter"),
    path("columns/", client_list.client_columns, name="columns"),
    path("views/", saved_views.views, name="views"),
    path("views/new/", saved_views.view_save, name="view_save"),
    path("views/<uuid:pk>/", saved_views.view_edit, name="view_edit"),
    path("views/<uuid:pk>/keep/", saved_views.view_keep, name="view_keep"),
    path("views/<uuid:pk>/pin/", saved_views.view_pin, name="view_pin"),
    path("views/<uuid:pk>/delete/", saved_views.view_delete, name="view_delete"),
    path("bulk/", bulk.bulk, name="bulk"),
    path("bulk/<uuid:pk>/", bulk.bulk_result, name="bulk_result"),
    path("bulk/<uuid:pk>/undo/", bulk.bulk_undo, name="bulk_undo"),
    path("tags/", tags.tags, name="tags"),
    path("tags/<uuid:pk>/", tags.tag_edit, name="tag_edit"),
    path("tags/<uuid:pk>/delete/", tags.tag_delete, name="tag_delete"),
    path("trash/", trash.trash, name="trash"),
    path("trash/<uuid:pk>/restore/", trash.trash_restore, name="trash_restore"),
    path("<uuid:pk>/trash/", trash.client_trash, name="client_trash"),
    path("<uuid:pk>/tags/", tags.client_tags, name="client_tags"),
    path("<uuid:pk>/cell/<slug:column>/", cells.cell, name="cell"),
    path("<uuid:pk>/seen/", seen.seen, name="seen"),
    path("<uuid:pk>/next/", seen.neighbour, name="neighbour"),
]
