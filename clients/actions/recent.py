"""Which clients a person looked at last."""

from django.db import transaction

from clients.models import RecentView
from lawcrm.firm import clock

KEPT = 30


@transaction.atomic
def note_look(client, *, by) -> None:
    """The newest are kept; a look is no reading of anything sealed and stands in no trail."""
    RecentView.objects.bulk_create(
        [RecentView(user=by, client=client, seen_at=clock.now())],
        update_conflicts=True,
        unique_fields=["user", "client"],
        update_fields=["seen_at"],
    )
    mine = RecentView.objects.filter(user=by).order_by("-seen_at")
    RecentView.objects.filter(user=by).exclude(pk__in=list(mine.values_list("pk", flat=True)[:KEPT])).delete()
