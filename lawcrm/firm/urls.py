from django.urls import path

from lawcrm.firm.views import health

app_name = "firm"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
]
