from django.urls import path

from lawcrm.desk.views import insights

app_name = "desk"
urlpatterns = [
    path("insights/", insights.insights, name="insights"),
]
