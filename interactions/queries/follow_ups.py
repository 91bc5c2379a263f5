"""Which follow-ups: those of the clients one sees, past the walls of client and matter."""

from datetime import timedelta

from django.db.models import Q

from clients.queries.clients import in_scope
from interactions.enums import FollowUpState
from lawcrm.firm import clock
from lawcrm.firm.models.base import ScopedQuerySet

UNFINISHED = (FollowUpState.OPEN, FollowUpState.SNOOZED)


class FollowUpQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(in_scope(user, "client__")).outside_walls(user)

    def of_client(self, client, user):
        """The same for one client that came through the door."""
        return self.filter(client=client).outside_walls(user)

    def for_lists(self):
        return self.select_related("client", "owner").only(
            "title",
            "origin",
            "trigger",
            "cause_facts",
            "due_at",
            "state",
            "snoozed_until",
            "priority",
            "purpose",
            "finished_at",
            "cancel_reason",
            "made_by",
            "version",
            "client__name",
            "client__responsible",
            "owner__given_name",
            "owner__family_name",
            "owner__name_zh",
        )

    def unfinished(self):
        return self.filter(state__in=UNFINISHED)

    def watched_by(self, user):
        """Said twice: the index of watchers leaves out those that nobody watches."""
        return self.filter(watcher_ids__contains=[user.pk]).exclude(watcher_ids=[])

    def pending(self, now):
        """Waiting to be done now: open, or snoozed until a moment that has come."""
        return self.filter(
            Q(state=FollowUpState.OPEN) | Q(state=FollowUpState.SNOOZED, snoozed_until__lte=now)
        )


def settled_by_a_contact(follow_ups, client, limit: int = 4) -> list:
    """The open follow-ups of a client that a contact logged now may settle, the earliest first."""
    return list(follow_ups.filter(client=client).unfinished().order_by("due_at", "id")[:limit])


def tied_to(follow_ups, contact) -> list:
    """Those a contact raised, and those it did."""
    either = Q(from_contact=contact) | Q(done_by_contact=contact)
    return list(follow_ups.filter(either).select_related("client", "owner").order_by("due_at", "id"))


def due_within(follow_ups, owner, begin, end) -> list:
    """The owner's unfinished follow-ups that fall due from `begin` until before `end`."""
    mine = follow_ups.filter(owner=owner).unfinished().filter(due_at__gte=begin, due_at__lt=end)
    return list(mine.select_related("client").order_by("due_at", "id")[:200])


def late_of(follow_ups, owner, before) -> list:
    """The owner's unfinished follow-ups that were due earlier."""
    mine = follow_ups.filter(owner=owner).unfinished().filter(due_at__lt=before)
    return list(mine.select_related("client").order_by("due_at", "id")[:200])


def for_calendar(follow_ups, owner, since, until, limit: int = 2_000) -> list:
    """The owner's follow-ups of a stretch of time; the finished and cancelled stay in it for as long."""
    mine = follow_ups.filter(owner=owner, due_at__lt=until).filter(
        Q(state__in=UNFINISHED) | Q(finished_at__gte=since)
    )
    return list(mine.select_related("client").order_by("due_at", "id")[:limit])


def due_between(follow_ups, first, days: int, user, most: int, *, late: bool) -> list:
    """Those due on so many days from `first` on where the user is; with those left from before, where asked for."""
    until = clock.start_of(first + timedelta(days=days), user)
    follow_ups = follow_ups.filter(due_at__lt=until)
    if not late:
        follow_ups = follow_ups.filter(due_at__gte=clock.start_of(first, user))
    return list(follow_ups.order_by("-due_at", "-id")[:most])[::-1]
