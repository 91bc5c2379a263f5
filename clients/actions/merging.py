"""Two clients made one, and two again.

The absorbed client's row stays as it was, unseen, and its address leads to the kept one; what points at it follows each
relation's declared policy (clients/merging.py). What the merge did is written down, so that undoing it is exact: what
was added since stays with the kept client and is listed.
"""

import json
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction

from clients.actions.clients import EDITABLE, without_names
from clients.actions.relationship import assess_clients
from clients.merging import Relation
from clients.models import Client, ClientFact, ClientTeam, DuplicatePair, LegalHold, MergeRecord
from clients.queries import merges
from clients.queries.merged import kept_instead
from clients.rules import merging as rules
from clients.rules.facts import kinds_of
from clients.search import refresh_search
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.ids import first_id_at
from lawcrm.firm.models import Outbox, Wall, WallPerson
from lawcrm.firm.reading import forget_reading
from lawcrm.firm.sealed import SealedTextField

BATCH = 5_000


class MergeRefused(Exception):
    """The two cannot be merged, or not be parted. `code` says why; `people` whom it is about; `kept` where to look."""

    def __init__(self, code: str, *, people=(), kept: UUID | None = None):
        super().__init__(code)
        self.code, self.people, self.kept = code, list(people), kept


@transaction.atomic
def merge_clients(
    *, keep: Client, absorb: Client, by, versions: tuple[int, int], choices: dict[str, str], note: str = ""
) -> MergeRecord:
    """Makes `absorb` one with `keep`. `choices`: {field: "kept" | "absorbed" | "both"}; what is not chosen goes by
    `rules.proposed`. Raises StaleVersion where somebody saved either since, and MergeRefused.
    """
    kept, absorbed = _locked(keep.pk, absorb.pk)
    _check(kept, absorbed, by, versions)
    record = MergeRecord(kept=kept, absorbed=absorbed, made_by=by, note=note[:300])
    responsible = {kept.responsible_id, absorbed.responsible_id}
    changes, stored = _take_values(kept, absorbed, choices)
    _hide(absorbed, kept)
    kept.version = max(kept.version, absorbed.version) + 1  # whoever has either open is told
    facts = _keep_what_gave_way(kept, absorbed, stored, by)
    kept.save()
    moved, removed = _move_rows(kept.pk, absorbed.pk)
    record.values = json.dumps({"set": stored, "removed": removed}, ensure_ascii=False)
    record.moved = moved
    record.made = _join_team(kept, responsible) | _unite_walls(kept, absorbed)
    record.made |= facts
    record.save(force_insert=True)
    refresh_search(kept)  # now that all facts are there
    kept.save(update_fields=["search", "sort_key"])
    _settle_pair(kept, absorbed, DuplicatePair.State.MERGED, by)
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
    record = MergeRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    if record.undone_at:
        raise MergeRefused("undone_before", kept=record.kept_id)
    kept, absorbed = _locked(record.kept_id, record.absorbed_id)
    if kept.merged_into_id:
        raise MergeRefused("merged_since", kept=kept_instead(kept.pk))
    values = json.loads(record.values)
    left = {
        "rows": _added_since(record),
        "walls": _walls_since(record),
        "fields": _give_back(kept, values["set"]),
    }
    kept.version += 1
    _save_numbers(kept)  # before the rows: triggers keep what follows them, and the numbers must be free
    absorbed.merged_into, absorbed.version = None, absorbed.version + 1
    _save_numbers(absorbed, ["merged_into", "version", "updated_at"])
    _move_back(record)
    _holds_since(record)
    _undo_made(record)
    refresh_search(kept)  # without the facts that went back
    kept.save(update_fields=["search", "sort_key"])
    for label, images in values["removed"].items():
        merges.put_back(apps.get_model(label), images)
    record.undone_by, record.undone_at, record.left = by, clock.now(), left
    record.save(update_fields=["undone_by", "undone_at", "left", "updated_at"])
    _settle_pair(kept, absorbed, DuplicatePair.State.DIFFERENT, by)
    audit.record(by=by, verb="client.unmerged", obj=kept, detail={"other": absorbed.name})
    audit.record(by=by, verb="client.restored", obj=absorbed, detail={"other": kept.name})
    forget_reading()
    assess_clients([kept.pk, absorbed.pk], by=by)
    return record


# -- both: who, and whether ---------------------------------------------------------------------------------


def _locked(one: UUID, other: UUID) -> tuple[Client, Client]:
    """Both rows, locked in the order of their keys: two stewards at one pair wait for each other, never block."""
    if one == other:
        raise MergeRefused("itself", kept=one)
    rows = Client.objects.select_for_update(of=("self",)).select_related("responsible", "department")
    found = {client.pk: client for client in rows.filter(pk__in=[one, other]).order_by("pk")}
    return found[one], found[other]


def _check(kept: Client, absorbed: Client, by, versions: tuple[int, int]) -> None:
    for client in (kept, absorbed):
        if client.merged_into_id:
            raise MergeRefused("merged_before", kept=kept_instead(client.pk))
    if Client.objects.visible_to(by).filter(pk__in=[kept.pk, absorbed.pk]).count() != 2:
        raise MergeRefused("not_visible")
    if shut := merges.shut_out(kept, absorbed):
        raise MergeRefused("across_a_wall", people=shut)
    for client, version in zip((kept, absorbed), versions, strict=True):
        if client.version != version:
            raise StaleVersion(client)


def _hide(absorbed: Client, kept: Client) -> None:
    """From here on nobody sees it, and its numbers are free for the kept client."""
    Client.objects.filter(pk=absorbed.pk).update(
        merged_into=kept, version=absorbed.version + 1, updated_at=clock.now()
    )


# -- values -------------------------------------------------------------------------------------------------


def _take_values(kept: Client, absorbed: Client, choices: dict[str, str]) -> tuple[dict, dict]:
    """Sets the chosen values. Returns them for the audit trail, and as (before, after) for undoing."""
    new = {}
    for name in EDITABLE:
        ours, theirs = getattr(kept, name), getattr(absorbed, name)
        new[name] = rules.chosen(choices.get(name) or rules.proposed(name, ours, theirs), ours, theirs)
    if "former_names" not in choices or choices["former_names"] != rules.KEPT:
        names = (kept.name, absorbed.name, kept.latin_name, absorbed.latin_name)
        new["former_names"] = rules.former_names(new["former_names"], new["name"], new["latin_name"], *names)
    new = {
        name: None if value in (kept, absorbed) else value for name, value in new.items()
    }  # their own referrer
    before = {name: _stored(kept, name) for name in EDITABLE}
    changes = apply_changes(kept, new)
    return changes, {name: [before[name], _stored(kept, name)] for name in changes}


def _stored(client: Client, name: str):
    """A field's value as JSON; `_read` gives it back."""
    value = getattr(client, client._meta.get_field(name).attname)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read(name: str, stored):
    field = Client._meta.get_field(name)
    return stored if stored is None or isinstance(field, SealedTextField) else field.to_python(stored)


def _give_back(kept: Client, stored: dict) -> list[str]:
    """Sets the values from before the merge; those changed since stay and are named."""
    left = []
    for name, (before, after) in stored.items():
        if _stored(kept, name) == after:
            setattr(kept, kept._meta.get_field(name).attname, _read(name, before))
        else:
            left.append(name)
    return left


def _save_numbers(client: Client, fields: list[str] | None = None) -> None:
    try:
        with transaction.atomic():
            client.save(update_fields=fields)
    except IntegrityError as problem:
        if "_once" in str(problem):
            raise MergeRefused("number_taken") from None
        raise


def _keep_what_gave_way(kept: Client, absorbed: Client, stored: dict, by) -> dict:
    """Phones, addresses, employers that did not stand go on as further facts: shown, and found by searching."""
    made = []
    for kind in kinds_of(kept):
        before = stored[kind][0] if kind in stored else getattr(kept, kind)
        gave_way = {before, getattr(absorbed, kind)} - {"", getattr(kept, kind)}
        made += [ClientFact(client=kept, kind=kind, value=value, made_by=by) for value in sorted(gave_way)]
    ClientFact.objects.bulk_create(made)
    return {"clients.ClientFact": [str(fact.pk) for fact in made]} if made else {}


# -- rows ---------------------------------------------------------------------------------------------------


def _move_rows(kept_id: UUID, absorbed_id: UUID) -> tuple[dict, dict]:
    """({relation: keys moved}, {model: rows taken out because they would lead from a client to itself})."""
    moved, removed = {}, {}
    for relation in merges.moving_relations():
        for here, there in ((kept_id, absorbed_id), (absorbed_id, kept_id)):
            between = merges.rows_between(relation, here, there)
            if between is not None and (images := merges.images_of(between)):
                removed.setdefault(relation.model._meta.label, []).extend(images)
                between.delete()
    for relation in merges.moving_relations():  # only now: a row may point at the absorbed client twice
        if keys := merges.rows_to_move(relation, kept_id, absorbed_id):
            _point(relation, keys, absorbed_id, kept_id)
            moved[relation.label] = [str(key) for key in keys]
    waiting = Outbox.objects.filter(
        object_type="clients.client", object_id=absorbed_id, state=Outbox.State.WAITING
    )
    waiting.update(object_id=kept_id)
    return moved, removed


def _point(relation: Relation, keys: list, old: UUID, new: UUID) -> int:
    """Points those of the rows that still point at `old` to `new`."""
    name, done = relation.field.attname, 0
    for start in range(0, len(keys), BATCH):
        rows = relation.model._base_manager.filter(pk__in=keys[start : start + BATCH], **{name: old})
        done += rows.update(**{name: new})
    return done


def _move_back(record: MergeRecord) -> None:
    for relation in merges.moving_relations():
        if keys := record.moved.get(relation.label):
            _point(relation, keys, record.kept_id, record.absorbed_id)


def _added_since(record: MergeRecord) -> dict[str, int]:
    """{relation: how many rows} that came to the kept client after the merge: they stay."""
    found = {}
    for relation in merges.moving_relations():
        rows = merges.rows_of(relation, record.kept_id).exclude(pk__in=record.moved.get(relation.label, []))
        if hasattr(relation.model, "created_at"):
            rows = rows.filter(created_at__gt=record.created_at)
        elif relation.model._meta.pk.get_internal_type() == "UUIDField":
            rows = rows.filter(pk__gte=first_id_at(record.created_at))
        else:
            continue
        if number := rows.exclude(pk__in=record.made.get(relation.model._meta.label, [])).count():
            found[relation.label] = number
    return found


# -- people and walls ---------------------------------------------------------------------------------------


def _join_team(kept: Client, responsible: set[UUID]) -> dict:
    """Whoever was responsible for either works for the kept client: nobody loses sight of their client."""
    made = [ClientTeam(client=kept, user_id=one) for one in sorted(responsible - merges.workers_of(kept))]
    ClientTeam.objects.bulk_create(made)
    return {"clients.ClientTeam": [str(member.pk) for member in made]} if made else {}


def _unite_walls(kept: Client, absorbed: Client) -> dict:
    """The walls of either stand around both: also what the trail tells of the absorbed one stays behind them."""
    made = [
        *(_copy(wall, absorbed.pk) for wall in merges.standing_walls_around(kept.pk)),
        *(_copy(wall, kept.pk) for wall in merges.standing_walls_around(absorbed.pk)),
    ]
    return {"firm.Wall": [str(pk) for pk in made]} if made else {}


def _copy(wall: Wall, target_id: UUID) -> UUID:
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
    return copy.pk


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
    ClientFact.objects.filter(pk__in=record.made.get("clients.ClientFact", [])).delete()
    ClientTeam.objects.filter(pk__in=record.made.get("clients.ClientTeam", [])).delete()
    Wall.objects.filter(pk__in=record.made.get("firm.Wall", [])).delete()


def _walls_since(record: MergeRecord) -> int:
    """Walls raised around the united client shut out the same people from both halves: no grant outlives a wall."""
    known = set(record.made.get("firm.Wall", []))
    since = [
        wall
        for wall in merges.standing_walls_around(record.kept_id)
        if wall.raised_at > record.created_at and str(wall.pk) not in known
    ]
    for wall in since:
        _copy(wall, record.absorbed_id)
    return len(since)


# -- telling ------------------------------------------------------------------------------------------------


def _settle_pair(kept: Client, absorbed: Client, state, by) -> None:
    one, other = sorted((kept.pk, absorbed.pk))
    DuplicatePair.objects.update_or_create(
        one_id=one,
        other_id=other,
        defaults={"state": state, "decided_by": by, "decided_at": clock.now()},
        create_defaults={
            "verdict": DuplicatePair.Verdict.SAME, "state": state, "decided_by": by, "decided_at": clock.now(),
        },
    )  # fmt: skip


def _tell(record: MergeRecord, changes: dict, by) -> None:
    kept, absorbed = record.kept, record.absorbed
    detail = {"other": absorbed.name, "other_id": str(absorbed.pk)}
    audit.record(by=by, verb="client.merged", obj=kept, changes=without_names(changes), detail=detail)
    audit.record(
        by=by, verb="client.absorbed", obj=absorbed, detail={"other": kept.name, "other_id": str(kept.pk)}
    )
