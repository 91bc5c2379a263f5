"""What waits for one person today: one statement each, whatever the firm's size. Everything through the doors."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, DateField, Exists, F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Greatest, TruncDate

from clients.access import visible_clients
from clients.models import ClientPerson, RelationshipAssessment
from clients.queries.clients import GRADE_RANK
from interactions.access import visible_follow_ups
from interactions.enums import Initiator, Purpose
from interactions.models import Contact
from lawcrm.firm import clock
from lawcrm.firm.models import Notice
from lawcrm.firm.partial_date_field import key_of
from lawcrm.firm.partial_dates import keys_kept_between
from matters.access import visible_matters
from matters.models import Matter, MatterTeam

DAYS_A_GREETING_COUNTS = 5


def follow_ups_due(user, before: datetime, limit: int) -> list:
    """The person's own open follow-ups that fall due before a moment, snoozed ones left asleep."""
    rows = visible_follow_ups(user).filter(owner=user, due_at__lt=before).pending(clock.now())
    return list(rows.for_lists().order_by("due_at", "id")[:limit])


def late_follow_ups_of_others(user, before: datetime, limit: int) -> list[dict]:
    """Who of the others has late follow-ups, and how many, the most first."""
    rows = visible_follow_ups(user).unfinished().filter(due_at__lt=before).exclude(owner=user)
    names = ("owner__given_name", "owner__family_name", "owner__name_zh")
    counted = rows.order_by().values("owner_id", *names).annotate(late=Count("pk"), oldest=Min("due_at"))
    return list(counted.order_by("-late", "owner_id")[:limit])


# -- birthdays ------------------------------------------------------------------------------------------------


def _keys(today: date, days: int) -> list[str]:
    """What is kept today and on the `days` days behind it."""
    return keys_kept_between(today + timedelta(days=ahead) for ahead in range(days + 1))


def _not_greeted(client: str, today: date):
    """Whom somebody has greeted these days needs no second reminder."""
    since = clock.start_of(today - timedelta(days=DAYS_A_GREETING_COUNTS))
    greetings = Contact.objects.standing().filter(
        client=OuterRef(client), at__gte=since, purposes__contains=[Purpose.GREETING]
    )
    return ~Exists(greetings)


def clients_with_birthday(user, today: date, days: int) -> list:
    """Clients the person works for whose birthday comes within the days."""
    clients = visible_clients(user).worked_on_by(user).filter(birth_date__isnull=False)
    near = clients.annotate(kept=key_of("birth_date")).filter(kept__in=_keys(today, days))
    return list(near.filter(_not_greeted("pk", today)).only("name", "birth_date").order_by("sort_key"))


def people_with_birthday(user, today: date, days: int) -> list:
    """The same for the people at those clients, who have not asked to be left alone."""
    mine = visible_clients(user).worked_on_by(user).order_by()
    places = ClientPerson.objects.present().filter(
        client_id__in=mine.values("pk"), person__birth_date__isnull=False, person__do_not_greet=False
    )
    near = places.annotate(kept=key_of("person__birth_date")).filter(kept__in=_keys(today, days))
    rows = near.filter(_not_greeted("client_id", today)).select_related("person", "client")
    return list(
        rows.only("client__name", "person__name", "person__birth_date").order_by("person__name", "pk")
    )


# -- what is owed -----------------------------------------------------------------------------------------------


def clients_gone_quiet(user, today: date, limit: int) -> list:
    """The person's own clients whose silence has broken the cadence, the weightiest grade first."""
    quiet = visible_clients(user).worked_on_by(user).filter(quiet_from__lte=today)
    rows = quiet.only("name", "grade", "quiet_from", "last_contact_at")
    return list(rows.order_by(GRADE_RANK, "quiet_from", "pk")[:limit])


def _mine(user):
    """The person's open matters. Two key sets united use two indexes; an OR over two tables would use none."""
    responsible = Matter.objects.open().filter(responsible=user).order_by().values("pk")
    team = MatterTeam.objects.filter(user=user).values("matter_id")
    return visible_matters(user).open().filter(pk__in=responsible.union(team, all=True))


def progress_owed(user, today: date, days: int, limit: int) -> list:
    """The person's open matters that nobody has reported on to the client for more than `days` days.

    A report on no matter in particular speaks for all of the client's, as in the relationship criteria. The oldest
    matters stand for the rest, those longest without a word first.
    """
    late = today - timedelta(days=days)
    reports = Contact.objects.standing().filter(
        Q(matter=OuterRef("pk")) | Q(matter__isnull=True),
        client=OuterRef("client_id"),
        initiator=Initiator.FIRM,
        purposes__contains=[Purpose.PROGRESS_REPORT],
    )
    last = TruncDate(Subquery(reports.order_by("-at").values("at")[:1]), tzinfo=clock.zone_of())
    # GREATEST passes over NULL: never told means since it was accepted.
    told = Greatest(last, F("accepted_on"), output_field=DateField())
    recent = reports.filter(at__gte=clock.start_of(late))
    owed = _mine(user).filter(~Exists(recent), accepted_on__lt=late).annotate(told_on=told)
    found = owed.select_related("client").order_by("accepted_on", "pk")[:limit]
    return sorted(found, key=lambda matter: matter.told_on)


def next_dates(user, today: date, days: int, limit: int) -> list:
    """The next dates of the person's open matters, those passed without a word first."""
    matters = _mine(user).filter(next_date__lte=today + timedelta(days=days))
    return list(matters.select_related("client").order_by("next_date", "pk")[:limit])


def unread_falls(user, limit: int) -> list[tuple]:
    """Falls of a relationship the person was told of and has not looked at: (notice id, assessment)."""
    notices = dict(
        Notice.objects.filter(person=user, event="relationship.fell", read_at__isnull=True)
        .order_by("-id")
        .values_list("object_id", "pk")[:limit]
    )
    if not notices:
        return []
    rows = RelationshipAssessment.objects.visible_to(user).filter(pk__in=notices).select_related("client")
    return [(notices[row.pk], row) for row in rows.order_by("-id")]
