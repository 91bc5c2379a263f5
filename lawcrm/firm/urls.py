from django.urls import path

from lawcrm.firm.views import gallery, health

app_name = "firm"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("ui/", gallery.gallery, name="gallery"),
]
