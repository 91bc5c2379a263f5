from django.urls import path

from surveys.views import answer, surveys

app_name = "surveys"
urlpatterns = [
    path("surveys/", surveys.survey_list, name="list"),
    path("surveys/send/<uuid:client_pk>/", surveys.survey_send, name="send"),
    path("surveys/invitations/<uuid:pk>/", surveys.survey_invitation, name="invitation"),
    path("surveys/invitations/<uuid:pk>/revoke/", surveys.survey_revoke, name="revoke"),
    path("surveys/answers/<uuid:pk>/", surveys.survey_result, name="result"),
    path("s/thanks/", answer.survey_thanks, name="thanks"),
    path("s/<str:token>/", answer.survey_answer, name="answer"),
]
