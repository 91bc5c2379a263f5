"""What a merge of two clients or two people reads: who points at them, what would double, who would be shut out."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Model, Q, QuerySet, UniqueConstraint

from clients.merging import Relation
from clients.models import Client, ClientPerson, ClientTeam, LegalHold, MergeRecord, Person
from lawcrm.firm.models import AuditEntry, Job, ScheduledRun, User, Wall
from lawcrm.firm.queries.audit import last_saver

FINDER = "clients.find_duplicates"  # its night's work, and its job


def rows_of(relation: Relation, key: UUID) -> QuerySet:
    """All rows of the relation that point at the client or person, whoever asks."""
    return relation.model._base_manager.filter(**{relation.field.attname: key})


def loops(relation: Relation, kept_id: UUID, absorbed_id: UUID) -> QuerySet:
    """Rows that lead from one of the two to the other; moved, they would lead from one to itself."""
    target, between = relation.field.related_model, Q(pk__in=[])
    for other in relation.model._meta.local_concrete_fields:
        if other.is_relation and other.related_model is target and other != relation.field:
            between |= Q(**{other.attname: kept_id})
    return rows_of(relation, absorbed_id).filter(between)


def doubles(relation: Relation, kept_id: UUID, absorbed_id: UUID) -> list[tuple[Model, Model]]:
    """(the kept one's row, the absorbed one's row) where both have what each may have once."""
    found: dict = {}
    for names, condition, nothing_counts in _uniques(relation):

        def once(row, names=names):
            return tuple(getattr(row, name) for name in names)

        ours = {once(row): row for row in rows_of(relation, kept_id).filter(condition)}
        for theirs in rows_of(relation, absorbed_id).filter(condition) if ours else ():
            mark = once(theirs)
            if mark in ours and (nothing_counts or None not in mark):
                found.setdefault(theirs.pk, (ours[mark], theirs))
    return list(found.values())


def _uniques(relation: Relation) -> Iterator[tuple[list[str], Q, bool]]:
    """What must be unique together with the relation's field: (the other columns, the condition, whether two empty
    values are the same)."""
    field, meta = relation.field, relation.model._meta
    if field.unique:
        yield [], Q(), True
    for together in meta.unique_together:
        if field.name in together:
            yield _columns(meta, together, field), Q(), False
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            yield (
                _columns(meta, constraint.fields, field),
                constraint.condition or Q(),
                constraint.nulls_distinct is False,
            )


def _columns(meta, names: Iterable[str], field) -> list[str]:
    return [meta.get_field(name).attname for name in names if name != field.name]


def _seen(relation: Relation, user) -> QuerySet:
    """The rows of a relation that the person sees; those without a door of their own are seen wherever their client is."""
    rows = relation.model._default_manager.all()
    return rows.visible_to(user) if getattr(rows, "has_a_door", False) else rows


def number_seen(relation: Relation, keys: Iterable, user) -> int:
    """How many of these rows the person may see."""
    return _seen(relation, user).filter(pk__in=list(keys)).count()


def counts_of(relation: Relation, keys: Iterable[UUID], user) -> dict[UUID, int]:
    """How many rows of each of the two the person may see."""
    rows, name = _seen(relation, user), relation.field.attname
    counted = rows.filter(**{f"{name}__in": list(keys)}).order_by().values(name)
    return {row[name]: row["number"] for row in counted.annotate(number=Count("pk"))}


def rows_seen(relation: Relation, key: UUID, user, *, beside: tuple[str, ...] = ()) -> QuerySet:
    """The rows of one of the two that the person may see, in their usual order, with what their words read besides."""
    rows = _seen(relation, user).filter(**{relation.field.attname: key})
    rows = rows if rows.ordered else rows.order_by("-pk")
    return rows.select_related(*beside) if beside else rows


def images_of(rows: QuerySet) -> list[dict]:
    """Whole rows as the database has them; ciphertext stays bound to its row, so that it opens when it is back."""
    table = connection.ops.quote_name(rows.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(t)::text FROM {table} t WHERE id = ANY(%s)",  # noqa: S608 (a table of our own)
            [list(rows.values_list("pk", flat=True))],
        )
        return [row for (row,) in cursor.fetchall()]


def put_back(model, images: list[str]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for image in images:
            cursor.execute(
                f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"  # noqa: S608
                " ON CONFLICT DO NOTHING",
                [image],
            )


def workers_of(client: Client) -> set[UUID]:
    team = ClientTeam.objects.filter(client=client).values_list("user_id", flat=True)
    return {client.responsible_id, *team}


def shut_out(kept: Client, absorbed: Client) -> list[User]:
    """Those who work for one of the two and whom a wall keeps from the other."""
    shut: set[UUID] = set()
    for one, other in ((kept, absorbed), (absorbed, kept)):
        workers = workers_of(one)
        for wall in Wall.objects.standing().filter(kind=Wall.Kind.CLIENT, target_id=other.pk):
            named = set(wall.people.values_list("user_id", flat=True))
            shut |= workers & named if wall.mode == Wall.Mode.EXCLUDES else workers - named
    return list(User.objects.filter(pk__in=shut).order_by("family_name"))


def standing_walls_around(client_id: UUID) -> list[Wall]:
    walls = Wall.objects.standing().filter(kind=Wall.Kind.CLIENT, target_id=client_id)
    return list(walls.prefetch_related("people").order_by("id"))


def standing_holds_on(client_id: UUID) -> list[LegalHold]:
    holds = LegalHold.objects.unscoped().standing().filter(subject_kind="client", subject_id=client_id)
    return list(holds.order_by("id"))


def standing_merge_of(client_id: UUID) -> MergeRecord | None:
    return MergeRecord.objects.standing().filter(absorbed=client_id).select_related("made_by").first()


def pair_of(model, one_id: UUID, other_id: UUID):
    one, other = sorted((one_id, other_id))
    return model.objects.filter(one=one, other=other).first()


def last_looked() -> datetime | None:
    """When the finder last came to an end, at night or because somebody asked."""
    nights = ScheduledRun.objects.filter(job=FINDER).aggregate(Max("finished_at"))
    asked = Job.objects.filter(kind=FINDER, state=Job.State.DONE).aggregate(Max("finished_at"))
    return max(filter(None, (*nights.values(), *asked.values())), default=None)


def is_seen(row, user) -> bool:
    """Whether the person sees this client or person."""
    return type(row).objects.visible_to(user).filter(pk=row.pk).exists()


def row_of(field, pk):
    """The row of the firm's own (a colleague, a department) that a field of a profile names."""
    return field.related_model.objects.filter(pk=pk).first()


def last_deed_on(row: Client | Person) -> AuditEntry | None:
    """The newest deed: who saved it last, and when. Deeds on people are told of their places."""
    if isinstance(row, Client):
        return last_saver(row)
    places = ClientPerson.objects.unscoped().filter(person=row).values("pk")
    return AuditEntry.objects.filter(object_id__in=places).order_by("-id").first()
