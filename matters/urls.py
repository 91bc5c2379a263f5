from django.urls import path

from matters.views import conflicts, matters, parties

app_name = "matters"
urlpatterns = [
    path("", matters.matter_list, name="list"),
    path("new/", matters.matter_create, name="create"),
    path("conflicts/", conflicts.conflict_list, name="conflicts"),
    path("conflicts/new/", conflicts.conflict_new, name="conflict_new"),
    path("conflicts/<uuid:pk>/", conflicts.conflict_detail, name="conflict"),
    path("conflicts/<uuid:pk>/decide/", conflicts.conflict_decide, name="conflict_decide"),
    path("conflicts/<uuid:pk>/again/", conflicts.conflict_again, name="conflict_again"),
    path("conflicts/<uuid:pk>/certificate/", conflicts.conflict_certificate, name="conflict_certificate"),
    path("<uuid:pk>/parties/new/", parties.party_add, name="party_add"),
    path("<uuid:pk>/parties/<uuid:party>/", parties.party_edit, name="party_edit"),
    path("<uuid:pk>/team/", parties.team_change, name="team"),
    path("<uuid:pk>/", matters.matter_detail, name="detail"),
    path("<uuid:pk>/edit/", matters.matter_edit, name="edit"),
    path("<uuid:pk>/progress/", matters.matter_progress, name="progress"),
    path("<uuid:pk>/fees/", matters.matter_fee, name="fee"),
    path("<uuid:pk>/fees/<uuid:fee>/withdraw/", matters.matter_fee_withdraw, name="fee_withdraw"),
    path("<uuid:pk>/close/", matters.matter_close, name="close"),
]
