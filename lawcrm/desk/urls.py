from django.urls import path

from lawcrm.desk.views import insights, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("insights/", insights.insights, name="insights"),
]
