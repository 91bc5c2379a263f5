from django.urls import path

from interactions.views import care, care_plans, client_care, event_answers, events, templates

app_name = "care"
urlpatterns = [
    path("clients/<uuid:pk>/care/", client_care.client_care, name="client"),
    path("care/", care.greetings, name="greetings"),
    path("care/<uuid:pk>/", care.task, name="task"),
    path("care/effect/", care.effect, name="effect"),
    path("care/plans/", care_plans.plan_list, name="plans"),
    path("care/plans/new/", care_plans.plan_new, name="plan_new"),
    path("care/plans/<uuid:pk>/", care_plans.plan, name="plan"),
    path("care/plans/<uuid:pk>/drop/", care_plans.plan_drop, name="plan_drop"),
    path("care/templates/", templates.template_list, name="templates"),
    path("care/templates/text/<str:code>/", templates.text, name="text"),
    path("care/templates/new/", templates.template_new, name="template_new"),
    path("care/templates/<uuid:pk>/", templates.template, name="template"),
    path("care/templates/<uuid:pk>/retire/", templates.template_retire, name="template_retire"),
    path("care/events/", events.event_list, name="events"),
    path("care/events/new/", events.event_new, name="event_new"),
    path("care/events/<uuid:pk>/", events.event, name="event"),
    path("care/events/<uuid:pk>/edit/", events.event_edit, name="event_edit"),
    path("care/events/<uuid:pk>/act/", events.event_act, name="event_act"),
    path("care/guests/<uuid:pk>/", events.guest, name="guest"),
    path("care/door/<str:token>/", events.door, name="door"),
    path("e/<str:token>/", event_answers.answer, name="answer"),
]
