from django.urls import include, path

urlpatterns = [
    path("", include("lawcrm.firm.urls")),
    path("", include("lawcrm.desk.urls")),
    path("clients/", include("clients.urls")),
    path("matters/", include("matters.urls")),
    path("", include("interactions.urls")),
    path("", include("interactions.care_urls")),
    path("", include("surveys.urls")),
]
