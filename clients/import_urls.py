"""The addresses of the import wizard, under /clients/import/."""

from django.urls import path

from clients.views import importing

urlpatterns = [
    path("", importing.import_upload, name="import_upload"),
    path("<uuid:pk>/", importing.import_preview, name="import_preview"),
    path("<uuid:pk>/columns/", importing.import_columns, name="import_columns"),
    path("<uuid:pk>/encoding/", importing.import_encoding, name="import_encoding"),
    path("<uuid:pk>/rows/<int:number>/", importing.import_decide, name="import_decide"),
    path("<uuid:pk>/commit/", importing.import_commit, name="import_commit"),
    path("<uuid:pk>/discard/", importing.import_discard, name="import_discard"),
    path("<uuid:pk>/refused/", importing.import_refused, name="import_refused"),
]
