from django.urls import path

from matters.views import matters

app_name = "matters"
urlpatterns = [
    path("", matters.matter_list, name="list"),
    path("new/", matters.matter_create, name="create"),
    path("<uuid:pk>/", matters.matter_detail, name="detail"),
    path("<uuid:pk>/edit/", matters.matter_edit, name="edit"),
    path("<uuid:pk>/progress/", matters.matter_progress, name="progress"),
    path("<uuid:pk>/fees/", matters.matter_fee, name="fee"),
    path("<uuid:pk>/fees/<uuid:fee>/withdraw/", matters.matter_fee_withdraw, name="fee_withdraw"),
    path("<uuid:pk>/close/", matters.matter_close, name="close"),
]
