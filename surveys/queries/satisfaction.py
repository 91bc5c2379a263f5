"""How content some clients were in some time, for those below who measure what they do (interactions/satisfaction.py)."""

from datetime import date, timedelta

from django.db.models import Avg, Count

from interactions.satisfaction import Satisfaction
from lawcrm.firm import clock
from surveys.models import SurveyAnswer


def satisfaction(client_ids, *, since: date, until: date) -> Satisfaction:
    """The mean of their answers from the first day to the last."""
    moments = (clock.start_of(since), clock.start_of(until + timedelta(days=1)))
    rows = SurveyAnswer.objects.filter(client_id__in=client_ids, answered_at__range=moments)
    found = rows.aggregate(mean=Avg("score"), answers=Count("score"))
    return Satisfaction(None if found["mean"] is None else float(found["mean"]), found["answers"])
