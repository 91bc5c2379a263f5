from django.urls import path

from interactions.views import templates

app_name = "care"
urlpatterns = [
    path("care/templates/", templates.template_list, name="templates"),
    path("care/templates/text/<str:code>/", templates.text, name="text"),
    path("care/templates/new/", templates.template_new, name="template_new"),
    path("care/templates/<uuid:pk>/", templates.template, name="template"),
    path("care/templates/<uuid:pk>/retire/", templates.template_retire, name="template_retire"),
]
