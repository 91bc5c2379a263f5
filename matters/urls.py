from django.urls import path

from matters.views import agenda, conflicts, matters, parties, service

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
    path("receivables/", service.receivable_list, name="receivables"),
    path("<uuid:pk>/stage/", agenda.stage_move, name="stage"),
    path("<uuid:pk>/dates/new/", agenda.date_add, name="date_add"),
    path("<uuid:pk>/dates/<uuid:date>/", agenda.date_edit, name="date_edit"),
    path("<uuid:pk>/dates/<uuid:date>/done/", agenda.date_done, name="date_done"),
    path("<uuid:pk>/dates/<uuid:date>/call-off/", agenda.date_call_off, name="date_call_off"),
    path("<uuid:pk>/milestones/new/", agenda.milestone_add, name="milestone_add"),
    path("<uuid:pk>/milestones/<uuid:milestone>/reached/", agenda.milestone_reach, name="milestone_reach"),
    path("<uuid:pk>/renew/", agenda.renew, name="renew"),
    path("<uuid:pk>/plans/new/", service.plan_add, name="plan_add"),
    path("<uuid:pk>/plans/<uuid:plan>/", service.plan_edit, name="plan_edit"),
    path("<uuid:pk>/invoices/new/", service.invoice_add, name="invoice_add"),
    path("<uuid:pk>/invoices/<uuid:receivable>/received/", service.invoice_receive, name="invoice_receive"),
    path("<uuid:pk>/invoices/<uuid:receivable>/void/", service.invoice_void, name="invoice_void"),
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
