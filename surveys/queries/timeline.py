"""What surveys add to the timeline of a client that came through the door."""

from django.db.models import F
from django.db.models.functions import JSONObject, Left

from surveys.models import SurveyAnswer, SurveyInvitation

SHOWN_TEXT = 600


def invitations(user, client):
    rows = SurveyInvitation.objects.of_client(client, user)
    return rows.annotate(told_at=F("created_at"), data=JSONObject(occasion="occasion", sent_to="sent_to"))


def answers(user, client):
    rows = SurveyAnswer.objects.of_client(client, user)
    return rows.annotate(
        told_at=F("answered_at"), data=JSONObject(score="score", nps="nps", text=Left("text", SHOWN_TEXT))
    )
