"""The last touches: what a firm has that no client's story tells, and that nobody gets mail about the past."""

from __future__ import annotations

from datetime import timedelta

from clients.actions.overrides import override_type
from clients.enums import RelationshipType
from clients.queries.relationship import write_snapshot
from interactions.models import FollowUp
from lawcrm.desk.demo import notes
from lawcrm.desk.demo.cast import Cast
from lawcrm.desk.demo.wishes import BY_HAND
from lawcrm.firm import clock
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import Notice, Outbox, Wall

READ_AFTER_DAYS = 10


def settle_past() -> None:
    """What would have gone out by now counts as sent: a demo firm sends no mail of its past."""
    waiting = Outbox.objects.filter(state=Outbox.State.WAITING, due_at__lte=clock.now())
    shown = list(waiting.filter(channel="app").select_related("person"))
    Notice.objects.bulk_create(
        Notice(
            person=row.person,
            event=row.event,
            object_type=row.object_type,
            object_id=row.object_id,
            context=row.context,
        )
        for row in shown
    )
    waiting.update(state=Outbox.State.SENT, sent_at=clock.now())


def finish(cast: Cast, lives) -> None:
    settle_past()
    old = clock.now() - timedelta(days=READ_AFTER_DAYS)
    Notice.objects.filter(created_at__lt=old).update(read_at=clock.now())
    _remind_of_today_only()
    _raise_walls(cast, lives)
    settle_past()  # those whom a wall closes out have been told
    _override(cast, lives)
    write_snapshot(clock.today().replace(day=1))


def _remind_of_today_only() -> None:
    """Of what was due on earlier days people have been reminded long since."""
    this_morning = clock.start_of(clock.today())
    FollowUp.objects.filter(remind_at__lt=this_morning).update(remind_at=None)
    FollowUp.objects.filter(escalate_at__lt=this_morning).update(escalate_at=None)


def _override(cast: Cast, lives) -> None:
    """Two clients the partner knows better than the log does."""
    for kind, rank in (
        ("state_owned", RelationshipType.PARTNER),
        ("foreign_invested", RelationshipType.PROACTIVE),
    ):
        lower = [
            life for life in lives
            if life.story.fields["kind"] == kind and life.story.number >= len(BY_HAND) and _rank(life) in range(2, rank)
        ]  # fmt: skip
        for life in lower[:1]:
            reason, until = notes.OVERRIDE_REASON[life.story.language], clock.today() + timedelta(days=120)
            override_type(life.client, by=cast["partner"], type=rank, reason=reason, ends_on=until)


def _rank(life) -> int:
    life.client.refresh_from_db(fields=["relationship_type"])
    return life.client.relationship_type or 0


def _raise_walls(cast: Cast, lives) -> None:
    """One client closed to Li Na although she is of its team, one open to two people only."""
    helped = next((life for life in lives if 1 in life.story.team), None)
    if helped:
        _wall(cast, helped, Wall.Mode.EXCLUDES, [cast["lawyer2"]])
    private = next(
        (life for life in lives if life.story.fields["kind"] == "person" and life.story.responsible > 1), None
    )
    if private:
        _wall(cast, private, Wall.Mode.ADMITS, [private.client.responsible, cast["partner"]])


def _wall(cast: Cast, life, mode: str, people) -> None:
    reason = notes.WALL_REASON[life.story.language]
    raise_wall(
        life.client, kind=Wall.Kind.CLIENT, mode=mode, people=people, reason=reason, by=cast["partner"]
    )
