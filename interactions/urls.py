from django.urls import path

from interactions.views import contacts

app_name = "interactions"
urlpatterns = [
    path("interactions/<uuid:pk>/", contacts.detail, name="detail"),
]
