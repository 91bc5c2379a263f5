from django.urls import path

from lawcrm.desk.views import insights, search, today

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("search/", search.search, name="search"),
    path("insights/", insights.insights, name="insights"),
]
