"""Scoring clients, grading them, and what follows from a change of grade.

`Client.grade` is the grade that counts: one by hand while it holds, else the score's where the firm lets grades follow it,
else what was entered. Every change of it, by whatever way, passes `note_moves`: its row, its notice, its follow-up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clients.actions.relationship import assess_clients
from clients.enums import Grade, GradeOrigin
from clients.grade_changes import GradeMove, follow_up_on, take_consequences_back
from clients.models import Client, ClientGrading, GradeChange, GradeDecision
from clients.queries import grading as store
from clients.rules.grading import GradingPolicy, Score, ScoreFacts, counting_grade, score
from clients.score_facts import gather
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.actions.notify import Message, notify_many
from lawcrm.firm.policy import current_policy
from lawcrm.firm.queries.bulk import insert_many
from lawcrm.firm.queries.people import people_by_id
from lawcrm.firm.roles import may

CHUNK = 5_000
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Scored:
    """A client with its score as of today."""

    client: store.Graded
    score: Score

    @property
    def stored(self) -> tuple:
        figures = [
            [f.code, f.value, f.full, round(f.points, 2), round(f.most, 2)] for f in self.score.figures
        ]
        return self.client.id, self.score.points, self.score.grade or "", figures

    @property
    def is_news(self) -> bool:
        was = self.client
        return (was.id, was.points, was.proposed, was.figures) != self.stored


def score_clients(
    client_ids: Iterable[UUID], *, by=None, today: date | None = None, alert: bool = True
) -> int:
    """Scores the clients anew, acts on grades by hand that have ended, and lets grades follow where they do.

    Returns how many grades changed. `alert=False` where a change says nothing of the clients: the firm changed its
    own weights.
    """
    ids = list(client_ids)
    today = today or clock.today()
    policy = GradingPolicy.of(current_policy())
    chunks = [ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)]
    return sum(_score_chunk(chunk, policy, today, by, alert) for chunk in chunks)


@transaction.atomic(savepoint=False)
def _score_chunk(ids: list[UUID], policy: GradingPolicy, today: date, by, alert: bool) -> int:
    scored = scores_of(store.graded(ids, lock=True), policy, today)
    decisions = store.decisions_of(ids)
    store.store_scores([one.stored for one in scored if one.is_news], today)
    moves, ended = [], []
    for one in scored:
        decision = decisions.get(one.client.id)
        holds = decision is not None and decision.ends_on >= today
        if decision and not holds:
            ended.append(decision.id)
        by_hand = decision.grade if holds else None
        ended_from = decision.replaced if decision and not holds else None
        if move := _move(one, policy, by_hand=by_hand, ended_from=ended_from):
            moves.append(move)
    if ended:
        GradeDecision.objects.filter(pk__in=ended).update(ended_at=clock.now())
    _regrade(moves, {one.client.id: one for one in scored}, by=by, today=today, alert=alert)
    return len(moves)


def _move(
    one: Scored, policy: GradingPolicy, *, by_hand: str | None = None, ended_from: str | None = None
) -> GradeMove | None:
    """How the client's grade changes with its score and the grade by hand that holds or has ended; None: not at all."""
    client, proposed = one.client, one.score.grade
    new = counting_grade(
        now=client.grade,
        by_hand=by_hand,
        ended_from=ended_from,
        proposed=proposed,
        follows=policy.follows,
    )
    if new == client.grade:
        return None
    by_score = policy.follows and proposed and not by_hand
    origin = GradeOrigin.HAND if by_hand else GradeOrigin.SCORE if by_score else GradeOrigin.ENDED
    return GradeMove(client.id, client.responsible_id, client.grade, new, origin)


def scores_of(clients: list[store.Graded], policy: GradingPolicy, today: date, reader=None) -> list[Scored]:
    """The score of each client as of the day, for a reader from what he or she may see; nothing is written."""
    ids = [client.id for client in clients]
    gathered = gather(ids, since=policy.fees_since(today), today=today, reader=reader)
    return [
        Scored(
            client,
            score(
                ScoreFacts(
                    known_since=client.known_since,
                    client_since=client.client_since,
                    realisation=client.realisation,
                    standing=client.standing,
                    **gathered[client.id],
                ),
                policy,
                today,
            ),
        )
        for client in clients
    ]


def _regrade(moves: Sequence[GradeMove], scored: dict[UUID, Scored], *, by, today: date, alert: bool) -> None:
    """Writes the new grades, and everything that goes with them."""
    if not moves:
        return
    store.write_grades({move.client_id: move.new for move in moves})
    points = {pk: one.score.points for pk, one in scored.items()}
    audit.record_many(
        by=by,
        verb="client.grade_changed",
        deeds=[
            (_Named(move.client_id, scored[move.client_id].client.name), {"grade": [move.old, move.new]})
            for move in moves
        ],
    )
    note_moves(moves, by=by, today=today, alert=alert, points=points)


class _Named:
    """What an audit entry needs of a client, without loading it."""

    _meta = Client._meta
    wall_paths = Client.wall_paths

    def __init__(self, pk: UUID, name: str):
        self.pk = self.id = pk
        self.name = name

    def __str__(self):
        return self.name


def note_moves(
    moves: Sequence[GradeMove],
    *,
    by,
    today: date | None = None,
    alert: bool = True,
    points: dict[UUID, float | None] | None = None,
) -> dict[UUID, dict]:
    """After grades changed: the path, the cadence, the follow-up within the quarter, the note to the owner.

    For every writer of `Client.grade`, inside its transaction. Returns by client what `take_moves_back` needs.
    """
    today = today or clock.today()
    rows = insert_many(
        [
            GradeChange(
                client_id=move.client_id,
                on=today,
                old=move.old,
                new=move.new,
                origin=move.origin,
                points=(points or {}).get(move.client_id),
                reason=move.reason,
                made_by=by,
            )
            for move in moves
        ]
    )
    assess_clients([move.client_id for move in moves], by=by)
    followed = follow_up_on(moves, by=by)
    if alert:
        _tell_owners(moves, rows, by)
    return {
        row.client_id: {"change": str(row.pk), "followed": followed.get(row.client_id, {})} for row in rows
    }


def take_moves_back(noted: dict[UUID, dict], *, by) -> set[UUID]:
    """Changes of grade that should never have been, once the grades are what they were: the path, the grades by hand
    that gave way, the follow-ups. `noted`: what `note_moves` and `end_decisions` told.

    Returns the clients whose follow-up stays, because somebody has worked on it.
    """
    changes = [mark["change"] for mark in noted.values()]
    later = {
        row.client_id: str(row.pk) for row in GradeChange.objects.filter(client__in=noted).order_by("id")
    }
    newest = [
        key for key in changes if key in later.values()
    ]  # one with others behind it is part of their path
    GradeChange.objects.filter(pk__in=newest).delete()
    decisions = [key for mark in noted.values() for key in mark["decisions"]]
    held = set(GradeDecision.objects.filter(client__in=noted).not_ended().values_list("client_id", flat=True))
    again = GradeDecision.objects.filter(pk__in=decisions, ends_on__gte=clock.today())
    again.exclude(client__in=held).update(ended_at=None)
    return take_consequences_back({pk: mark["followed"] for pk, mark in noted.items()}, by=by)


def _tell_owners(moves: Sequence[GradeMove], rows: list[GradeChange], by) -> None:
    """A note to the owner of each client that was up- or downgraded; nobody is told of their own deed."""
    told = [
        (move, row)
        for move, row in zip(moves, rows, strict=True)
        if move.is_event and not (by and by.pk == move.responsible_id)
    ]
    owners = people_by_id({move.responsible_id for move, _row in told}) if told else {}
    notify_many(
        Message(
            to=owners[move.responsible_id],
            event="grade.changed",
            key=f"grade.changed:{row.pk}",
            obj=row,
        )
        for move, row in told
    )


# -- by hand ----------------------------------------------------------------------------------------------------


@transaction.atomic
def decide_grade(client: Client, *, by, grade: str, reason: str, ends_on: date) -> GradeDecision:
    """From today the client has this grade, through `ends_on`; a decision that still holds gives way.

    Raises PermissionDenied without the permission, ValueError without a reason or with an end out of range.
    """
    _check_may(by)
    today = clock.today()
    if not reason.strip():
        raise ValueError("a grade by hand needs its reason")
    if not today <= ends_on <= today + LONGEST:
        raise ValueError(f"a grade by hand ends between today and {LONGEST.days} days from now")
    was = _locked(client)
    earlier = _end_decisions(client)
    decision = GradeDecision.objects.create(
        client=client,
        grade=Grade(grade),
        replaced=earlier.replaced if earlier else was.grade,
        reason=reason.strip(),
        starts_on=today,
        ends_on=ends_on,
        made_by=by,
    )
    detail = {"reason": decision.reason, "until": ends_on.isoformat(), "grade": str(decision.grade)}
    audit.record(
        by=by,
        verb="client.grade_decided",
        obj=was,
        changes={"grade": [was.grade, str(decision.grade)]},
        detail=detail,
    )
    _give(was, decision.grade, GradeOrigin.HAND, by=by, reason=decision.reason)
    return decision


@transaction.atomic
def withdraw_decision(client: Client, *, by) -> bool:
    """What counts without the grade by hand counts again at once. False where none holds."""
    _check_may(by)
    was = _locked(client)
    ended = _end_decisions(client)
    if ended is None:
        return False
    audit.record(by=by, verb="client.grade_decision_withdrawn", obj=was)
    policy = GradingPolicy.of(current_policy())
    (one,) = scores_of(store.graded([client.pk]), policy, clock.today())
    move = _move(one, policy, ended_from=ended.replaced)
    if move:
        _regrade([move], {client.pk: one}, by=by, today=clock.today(), alert=True)
    return True


@transaction.atomic
def take_over_score(client: Client, *, by) -> str | None:
    """The grade the score speaks for counts from now on. None where it counts already or there is none."""
    _check_may(by)
    was = _locked(client)
    (one,) = scores_of(store.graded([client.pk]), GradingPolicy.of(current_policy()), clock.today())
    store.store_scores([one.stored], clock.today())
    if not one.score.grade or one.score.grade == was.grade:
        return None
    _end_decisions(client)
    audit.record(
        by=by,
        verb="client.grade_changed",
        obj=was,
        changes={"grade": [was.grade, one.score.grade]},
    )
    _give(was, one.score.grade, GradeOrigin.SCORE, by=by, points=one.score.points)
    return one.score.grade


@transaction.atomic
def set_figures(client: Client, *, by, realisation: int | None, standing: int | None) -> ClientGrading:
    """The figures people give by hand; the score follows at once."""
    _check_may(by)
    was = _locked(client)
    grading, _made = ClientGrading.objects.get_or_create(client=client)
    changes = apply_changes(grading, {"realisation": realisation, "standing": standing})
    if changes:
        grading.entered_by, grading.entered_on = by, clock.today()
        grading.version += 1
        grading.save()
        audit.record(by=by, verb="client.figures_given", obj=was, changes=changes)
    score_clients([client.pk], by=by)
    grading.refresh_from_db()
    return grading


def grade_typed(client: Client, old: str, *, by, reason: str = "", origin: str = GradeOrigin.PROFILE) -> None:
    """After a grade was typed into a profile: it counts, and a grade by hand gives way to it."""
    _end_decisions(client)
    note_moves([GradeMove(client.pk, client.responsible_id, old, client.grade, origin, reason)], by=by)


def _give(client: Client, grade: str, origin: str, *, by, reason: str = "", points=None) -> None:
    if grade == client.grade:
        return
    move = GradeMove(client.pk, client.responsible_id, client.grade, str(grade), origin, reason)
    store.write_grades({client.pk: str(grade)})
    note_moves([move], by=by, points={client.pk: points})


def end_decisions(client_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """Grades by hand give way to what was written over them in bulk. Returns the decisions ended, by client."""
    found = GradeDecision.objects.filter(client_id__in=client_ids).not_ended()
    ended: dict[UUID, list[str]] = {}
    for key, client in found.values_list("pk", "client_id"):
        ended.setdefault(client, []).append(str(key))
    GradeDecision.objects.filter(pk__in=[key for keys in ended.values() for key in keys]).update(
        ended_at=clock.now()
    )
    return ended


def _end_decisions(client: Client) -> GradeDecision | None:
    """Ends what has not ended, and returns the newest of it."""
    open_ones = GradeDecision.objects.filter(client=client).not_ended()
    newest = open_ones.first()
    open_ones.update(ended_at=clock.now())
    return newest


def _check_may(by) -> None:
    if not may(by, "assessment.override"):
        raise PermissionDenied


def _locked(client: Client) -> Client:
    return Client.objects.unscoped().select_for_update(of=("self",), no_key=True).get(pk=client.pk)
