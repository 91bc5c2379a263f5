"""The addresses of the import wizard, under /clients/import/."""

from django.urls import path

from clients.views import importing

urlpatterns = [
    path("", importing.import_upload, name="import_upload"),
    path("template/<slug:language>/", importing.import_template, name="import_template"),
    path("<uuid:pk>/", importing.import_preview, name="import_preview"),
    path("<uuid:pk>/columns/", importing.import_columns, name="import_columns"),
    path("<uuid:pk>/encoding/", importing.import_encoding, name="import_encoding"),
    path("<uuid:pk>/words/", importing.import_words, name="import_words"),
    path("<uuid:pk>/rows/", importing.import_decide_all, name="import_decide_all"),
    path("<uuid:pk>/rows/<int:number>/", importing.import_row, name="import_row"),
    path("<uuid:pk>/rows/<int:number>/answer/", importing.import_decide, name="import_decide"),
    path("<uuid:pk>/halt/", importing.import_halt, name="import_halt"),
    path("<uuid:pk>/undo/", importing.import_undo, name="import_undo"),
    path("<uuid:pk>/annotated/", importing.import_annotated, name="import_annotated"),
    path("<uuid:pk>/commit/", importing.import_commit, name="import_commit"),
    path("<uuid:pk>/discard/", importing.import_discard, name="import_discard"),
    path("<uuid:pk>/refused/", importing.import_refused, name="import_refused"),
]
