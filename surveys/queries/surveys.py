"""Which invitations and answers, seen through their clients and past the walls; and what they add up to."""

from django.apps import apps
from django.db.models import Avg, Count, FloatField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from clients.queries.clients import within
from lawcrm.firm.models.base import ScopedQuerySet
from surveys.enums import Dimension

NEWEST_FIRST = ("-id",)  # keys are made in order of time


class _OfClientQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return within(self, apps.get_model("clients", "Client").objects.visible_to(user)).outside_walls(user)

    def of_client(self, client, user):
        """The same for one client that came through the door."""
        return self.filter(client=client).outside_walls(user)


class InvitationQuerySet(_OfClientQuerySet):
    def for_lists(self):
        """With what a row shows: the client, who sent it, the answer."""
        return self.select_related("client", "sent_by", "answer").defer(
            "client__note", "client__search", "client__background", "client__identity_number"
        )


class AnswerQuerySet(_OfClientQuerySet):
    def figures(self) -> dict:
        """Answers, mean score, NPS (promoters minus detractors in percent) and the mean of each dimension."""
        means = {code: Avg(Cast(KT(f"dimension_scores__{code}"), FloatField())) for code in Dimension.values}
        row = self.aggregate(
            answers=Count("pk"),
            score=Avg("score"),
            with_nps=Count("nps"),
            promoters=Count("pk", filter=Q(nps__gte=9)),
            detractors=Count("pk", filter=Q(nps__lte=6)),
            **means,
        )
        balance = row["promoters"] - row["detractors"]
        return {
            "answers": row["answers"],
            "score": row["score"],
            "nps": round(100 * balance / row["with_nps"]) if row["with_nps"] else None,
            "dimensions": {code: row[code] for code in Dimension.values},
        }
