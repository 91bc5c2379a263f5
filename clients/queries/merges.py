"""What a merge reads: who points at a client, what would double, who would be shut out."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, UniqueConstraint

from clients.merging import KEEP, Relation, relations_to
from clients.models import Client, ClientTeam, DuplicatePair, LegalHold, MergeRecord
from lawcrm.firm.models import ScheduledRun, User, Wall


def moving_relations() -> list[Relation]:
    """The relations whose rows a merge takes along."""
    return [relation for relation in relations_to(Client) if relation.policy != KEEP]


def rows_of(relation: Relation, client_id: UUID) -> QuerySet:
    """All rows of the relation that point at the client, whoever asks."""
    return relation.model._base_manager.filter(**{relation.field.attname: client_id})


def rows_to_move(relation: Relation, kept_id: UUID, absorbed_id: UUID) -> list:
    """Keys of the rows that can point at the kept client: without those it has already."""
    rows = rows_of(relation, absorbed_id)
    if relation.model is Client:
        rows = rows.exclude(pk=kept_id)  # nobody refers to themselves
    for others, condition in _uniques(relation):
        theirs = rows_of(relation, kept_id).filter(condition, **{name: OuterRef(name) for name in others})
        rows = rows.exclude(condition & Exists(theirs) if condition else Exists(theirs))
    return list(rows.order_by().values_list("pk", flat=True))


def rows_between(relation: Relation, kept_id: UUID, absorbed_id: UUID) -> QuerySet | None:
    """Rows that point at both, by two fields: moved, they would lead from a client to itself."""
    others = [
        field
        for field in relation.model._meta.local_concrete_fields
        if field.is_relation and field.related_model is Client and field != relation.field
    ]
    if not others or relation.model is Client:
        return None
    both = Q()
    for other in others:
        both |= Q(**{other.attname: kept_id})
    return rows_of(relation, absorbed_id).filter(both)


def _uniques(relation: Relation) -> Iterator[tuple[list[str], Q]]:
    """What must be unique together with the relation's field: (the other fields, the condition)."""
    field = relation.field
    if field.unique:
        yield [], Q()
    for together in relation.model._meta.unique_together:
        if field.name in together:
            yield [name for name in together if name != field.name], Q()
    for constraint in relation.model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field.name in constraint.fields:
            yield [name for name in constraint.fields if name != field.name], constraint.condition or Q()


def _seen(relation: Relation, user) -> QuerySet:
    """The rows of a relation that the person sees; those without a door of their own are seen wherever their client is."""
    rows = relation.model._default_manager.all()
    return rows.visible_to(user) if getattr(rows, "has_a_door", False) else rows


def number_seen(relation: Relation, keys: Iterable, user) -> int:
    """How many of these rows the person may see."""
    return _seen(relation, user).filter(pk__in=list(keys)).count()


def counts_of(relation: Relation, client_ids: Iterable[UUID], user) -> dict[UUID, int]:
    """How many rows of each client the person may see."""
    rows, name = _seen(relation, user), relation.field.attname
    counted = rows.filter(**{f"{name}__in": list(client_ids)}).order_by().values(name)
    return {row[name]: row["number"] for row in counted.annotate(number=Count("pk"))}


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


def pair_of(one_id: UUID, other_id: UUID) -> DuplicatePair | None:
    one, other = sorted((one_id, other_id))
    return DuplicatePair.objects.filter(one=one, other=other).first()


def last_run() -> ScheduledRun | None:
    """When the finder last came to an end."""
    runs = ScheduledRun.objects.filter(job="clients.find_duplicates", finished_at__isnull=False)
    return runs.order_by("-local_date").first()


def is_seen(row, user) -> bool:
    """Whether the person sees this client or person."""
    return type(row).objects.visible_to(user).filter(pk=row.pk).exists()


def row_of(field, pk):
    """The row of the firm's own (a colleague, a department) that a field of a profile names."""
    return field.related_model.objects.filter(pk=pk).first()
