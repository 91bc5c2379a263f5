"""Two clients made one, and two again.

The absorbed client's row stays as it was, unseen, and its address leads to the kept one; what points at it follows each
relation's declared policy (clients/merging.py). What the merge did is written down, so that undoing it is exact: what
was added since stays with the kept client and is listed.
"""

import json
from uuid import UUID

from django.db import IntegrityError, transaction

from clients.actions import merge_rows
from clients.actions.clients import EDITABLE, without_names
from clients.actions.merge_rows import MergeRefused, Moved
from clients.actions.relationship import assess_clients
from clients.enums import GradeOrigin
from clients.models import (
    Client,
    ClientFact,
    ClientTeam,
    DuplicatePair,
    GradeChange,
    GradeDecision,
    LegalHold,
    MergeRecord,
)
from clients.queries import merges
from clients.rules import merging as rules
from clients.search import refresh_search
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.models import Outbox, Wall, WallPerson
from lawcrm.firm.reading import forget_reading

_WRITTEN_BY_A_MERGE = (ClientFact, ClientTeam, GradeChange, Wall)


@transaction.atomic
def merge_clients(
    *, keep: Client, absorb: Client, by, versions: tuple[int, int], choices: dict[str, str], note: str = ""
) -> MergeRecord:
    """Makes `absorb` one with `keep`. `choices`: {field: "kept" | "absorbed" | "both"}; what is not chosen goes by
    `rules.proposed`. Raises StaleVersion where somebody saved either since, and MergeRefused.
    """
    beside = ("responsible", "department")
    kept, absorbed = merge_rows.locked(Client, keep.pk, absorb.pk, beside=beside)
    merge_rows.check_mergeable(kept, absorbed, by, versions, merges.shut_out)
    record = MergeRecord(kept=kept, absorbed=absorbed, made_by=by, note=note[:300])
    responsible = {kept.responsible_id, absorbed.responsible_id}
    changes, values = merge_rows.take_values(kept, _chosen(kept, absorbed, choices))
    _hide(absorbed, kept)
    kept.version = max(kept.version, absorbed.version) + 1  # whoever has either open is told
    record.made = merge_rows.keep_what_gave_way(kept, absorbed, values, by)
    kept.save()
    done = merge_rows.move_rows(kept, absorbed, doubles_stay=True)
    _end_other_grades(kept, done)
    record.values = json.dumps(
        {"set": values, "united": done.united, "removed": done.removed}, ensure_ascii=False
    )
    record.moved = done.moved
    record.made |= _join_team(kept, responsible) | _unite_walls(kept, absorbed)
    record.made |= _note_grade(kept, values, by)
    record.save(force_insert=True)
    refresh_search(kept)  # now that all facts are there
    kept.save(update_fields=["search", "sort_key"])
    _lead_messages_on(kept, absorbed)
    merge_rows.settle_pair(DuplicatePair, kept, absorbed, DuplicatePair.State.MERGED, by)
    _tell(record, changes, by)
    forget_reading()
    assess_clients([kept.pk], by=by)
    return record


@transaction.atomic
def unmerge_clients(record: MergeRecord, *, by) -> MergeRecord:
    """Two clients again, each as it was; what was added or changed since stays with the kept one (`record.left`).

    Raises MergeRefused where it was undone already, where the kept client was itself merged since, and where a number
    that goes back has found another bearer.
    """
    record, kept, absorbed = merge_rows.to_part(record)
    values = json.loads(record.values)
    left = {
        "rows": merge_rows.added_since(record),
        "walls": _walls_since(record),
        "fields": merge_rows.give_back(kept, values["set"]),
    }
    kept.version += 1
    _save_numbers(kept)  # before the rows: triggers keep what follows them, and the numbers must be free
    absorbed.merged_into, absorbed.version = None, absorbed.version + 1
    _save_numbers(absorbed, ["merged_into", "version", "updated_at"])
    merge_rows.move_back(record, values)
    _holds_since(record)
    record.undone_by, record.undone_at, record.left = by, clock.now(), left
    record.save(update_fields=["undone_by", "undone_at", "left", "updated_at"])
    _catch_up(record, kept)
    _undo_made(record)
    refresh_search(kept)  # without the facts that went back
    kept.save(update_fields=["search", "sort_key"])
    merge_rows.settle_pair(DuplicatePair, kept, absorbed, DuplicatePair.State.DIFFERENT, by)
    audit.record(by=by, verb="client.unmerged", obj=kept, detail={"other": absorbed.name})
    audit.record(by=by, verb="client.restored", obj=absorbed, detail={"other": kept.name})
    forget_reading()
    assess_clients([kept.pk, absorbed.pk], by=by)
    return record


def _hide(absorbed: Client, kept: Client) -> None:
    """From here on nobody sees it, and its numbers are free for the kept client."""
    Client.objects.filter(pk=absorbed.pk).update(
        merged_into=kept, version=absorbed.version + 1, updated_at=clock.now()
    )


# -- values -------------------------------------------------------------------------------------------------


def _chosen(kept: Client, absorbed: Client, choices: dict[str, str]) -> dict:
    """What the united client says; names that gave way become former ones, and nobody refers themselves."""
    new = merge_rows.chosen_values(kept, absorbed, EDITABLE, choices)
    if choices.get("former_names") != rules.KEPT:
        names = (kept.name, absorbed.name, kept.latin_name, absorbed.latin_name)
        new["former_names"] = rules.former_names(new["former_names"], new["name"], new["latin_name"], *names)
    return {name: None if value in (kept, absorbed) else value for name, value in new.items()}


def _save_numbers(client: Client, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            client.save(update_fields=fields)
    except IntegrityError as problem:
        if "_once" in str(problem):
            raise MergeRefused("number_taken") from None
        raise


def _end_other_grades(kept: Client, done: Moved) -> None:
    """Of the grades by hand of both, the newest that says what was chosen goes on; the others have ended."""
    standing = None
    for decision in GradeDecision.objects.filter(client=kept).not_ended().order_by("-id"):
        if standing is None and decision.grade == kept.grade:
            standing = decision
        else:
            merge_rows.note_change(
                decision, lambda decision=decision: setattr(decision, "ended_at", clock.now()), done
            )


def _note_grade(kept: Client, values: dict, by) -> dict:
    """A grade taken over from the other is a step on the client's path; it is no up- or downgrade."""
    if "grade" not in values:
        return {}
    old, new = values["grade"]
    step = GradeChange(client=kept, on=clock.today(), old=old, new=new, origin=GradeOrigin.MERGE, made_by=by)
    step.save(force_insert=True)
    return merge_rows.keys_of([step])


# -- rows ---------------------------------------------------------------------------------------------------


def _lead_messages_on(kept: Client, absorbed: Client) -> None:
    waiting = Outbox.objects.filter(
        object_type="clients.client", object_id=absorbed.pk, state=Outbox.State.WAITING
    )
    waiting.update(object_id=kept.pk)


def _catch_up(record: MergeRecord, kept: Client) -> None:
    """Others that went into the kept client bring what it only had from the one that left."""
    for other in MergeRecord.objects.standing().filter(kept=kept).select_related("absorbed").order_by("id"):
        done, values = merge_rows.move_rows(kept, other.absorbed, doubles_stay=True), json.loads(other.values)
        for relation, keys in done.moved.items():
            other.moved[relation] = [*other.moved.get(relation, []), *keys]
        for label, rows in done.united.items():
            united = values["united"].setdefault(label, {})
            for key, fields in rows.items():
                united[key] = united.get(key, {}) | fields
        other.values = json.dumps(values, ensure_ascii=False)
        _hand_on_team(record, other)
        other.save(update_fields=["moved", "made", "values", "updated_at"])


def _hand_on_team(record: MergeRecord, other: MergeRecord) -> None:
    """Who joined by the merge that is undone stays where he or she was responsible for the other one, too."""
    label = ClientTeam._meta.label
    wanted = ClientTeam.objects.filter(pk__in=record.made.get(label, []), user=other.absorbed.responsible_id)
    if keys := [str(member.pk) for member in wanted]:
        record.made[label] = [key for key in record.made[label] if key not in keys]
        other.made[label] = [*other.made.get(label, []), *keys]
        record.save(update_fields=["made"])


# -- people and walls ---------------------------------------------------------------------------------------


def _join_team(kept: Client, responsible: set[UUID]) -> dict:
    """Whoever was responsible for either works for the kept client: nobody loses sight of their client."""
    made = [ClientTeam(client=kept, user_id=one) for one in sorted(responsible - merges.workers_of(kept))]
    ClientTeam.objects.bulk_create(made)
    return merge_rows.keys_of(made)


def _unite_walls(kept: Client, absorbed: Client) -> dict:
    """The walls of either stand around both: also what the trail tells of the absorbed one stays behind them."""
    ours, theirs = merges.standing_walls_around(kept.pk), merges.standing_walls_around(absorbed.pk)
    made = [_copy(wall, absorbed.pk) for wall in ours] + [_copy(wall, kept.pk) for wall in theirs]
    return merge_rows.keys_of(made)


def _copy(wall: Wall, target_id: UUID) -> Wall:
    people = list(wall.people.all())
    copy = Wall.objects.create(
        kind=wall.kind,
        target_id=target_id,
        mode=wall.mode,
        reason=wall.reason,
        notice=wall.notice,
        review_on=wall.review_on,
        raised_by=wall.raised_by,
    )
    WallPerson.objects.bulk_create(
        [
            WallPerson(wall=copy, user_id=person.user_id, acknowledged_at=person.acknowledged_at)
            for person in people
        ]
    )
    return copy


def _copy_hold(hold: LegalHold, subject_id: UUID) -> UUID:
    return LegalHold.objects.create(
        subject_kind=hold.subject_kind,
        subject_id=subject_id,
        reason=hold.reason,
        review_on=hold.review_on,
        made_by=hold.made_by,
    ).pk


def _holds_since(record: MergeRecord) -> None:
    """Holds placed on the united client stand on both halves. (While they are one, those of either stand on both.)"""
    for hold in merges.standing_holds_on(record.kept_id):
        if hold.created_at > record.created_at:
            _copy_hold(hold, record.absorbed_id)


def _undo_made(record: MergeRecord) -> None:
    for model in _WRITTEN_BY_A_MERGE:
        model.objects.filter(pk__in=record.made.get(model._meta.label, [])).delete()


def _walls_since(record: MergeRecord) -> int:
    """Walls raised around the united client shut out the same people from both halves: no grant outlives a wall."""
    known = set(record.made.get(Wall._meta.label, []))
    since = [
        wall
        for wall in merges.standing_walls_around(record.kept_id)
        if wall.raised_at > record.created_at and str(wall.pk) not in known
    ]
    for wall in since:
        _copy(wall, record.absorbed_id)
    return len(since)


# -- telling ------------------------------------------------------------------------------------------------


def _tell(record: MergeRecord, changes: dict, by) -> None:
    kept, absorbed = record.kept, record.absorbed
    detail = {"other": absorbed.name, "other_id": str(absorbed.pk)}
    audit.record(by=by, verb="client.merged", obj=kept, changes=without_names(changes), detail=detail)
    audit.record(
        by=by, verb="client.absorbed", obj=absorbed, detail={"other": kept.name, "other_id": str(kept.pk)}
    )
