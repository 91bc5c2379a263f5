"""Which rows belong to a subject, and which texts name it; for the pack of a subject's data and for erasing it."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import Q

from clients.rules.erasure import Needles, needles_of
from clients.subjects import DELETE, DETACH, Held, Subject, holders
from lawcrm.firm.inventory import FieldClass, class_of, own_models
from lawcrm.firm.models.wall import closed_ids

TEXTS = (models.CharField, models.TextField, models.JSONField, ArrayField)


def rows_of(model, held: Held, subject: Subject, what: str = DELETE):
    """The rows whose ties lead to the subject; None where the table has no such ties."""
    ties = [path for path, then in held.ties(subject.kind).items() if then == what]
    if not ties:
        return None
    found = Q()
    for path in ties:
        found |= Q(**{path: subject.pk})
    rows = model._base_manager.filter(found)
    if {"subject_kind", "subject_id"} <= {field.name for field in model._meta.concrete_fields}:
        rows = rows.filter(subject_kind=subject.kind)
    return rows


def open_to(rows, user, held: Held):
    """Without what is behind a wall or confidential to the user; everything where there is no user (the shell)."""
    if user is None:
        return rows
    if held.readable:
        rows = held.readable(rows, user)
    for kind, path in getattr(rows.model, "wall_paths", {}).items():
        closed = closed_ids(user, kind)
        if closed != []:
            rows = rows.filter(Q(**{f"{path}__isnull": True}) | ~Q(**{f"{path}__in": closed}))
    return rows


def tables_with(subject: Subject, user=None) -> Iterator[tuple[type, Held, object]]:
    """(model, declaration, rows) of every table that holds something of the subject's own."""
    for model, held in holders(subject.kind):
        rows = rows_of(model, held, subject)
        if rows is not None:
            yield model, held, open_to(rows, user, held).distinct()


def detached_rows(subject: Subject) -> Iterator[tuple[type, str, object]]:
    """(model, column, rows) that only point at the subject."""
    for model, held in holders(subject.kind):
        for path, then in held.ties(subject.kind).items():
            if then == DETACH:
                yield model, path, model._base_manager.filter(**{path: subject.pk})


def people_held_only_for(client_id) -> list:
    """The people who belong to this client and to no other: they go with it."""
    places = apps.get_model("clients", "ClientPerson")._base_manager
    here = places.filter(client_id=client_id).values("person_id")
    elsewhere = places.exclude(client_id=client_id).values("person_id")
    people = apps.get_model("clients", "Person")._base_manager.filter(pk__in=here).exclude(pk__in=elsewhere)
    return list(people)


# -- texts -------------------------------------------------------------------------------------------------------


def needles_for(subject: Subject) -> Needles:
    """The subject's names, numbers and addresses, present and past."""
    model = apps.get_model("clients", "Client" if subject.kind == "client" else "Person")
    row = model._base_manager.get(pk=subject.pk)
    names = [row.name, row.latin_name, *getattr(row, "former_names", [])]
    known = [row.phone, row.email, row.wechat]
    if subject.kind == "client":
        known += [row.address, row.identity_number, row.registration_number, row.website]
    known += row.facts.values_list("value", flat=True)
    return needles_of(names, known, borne_by_others=_borne_by_others(names, subject))


def _borne_by_others(names, subject: Subject) -> frozenset[str]:
    """Those of the names that somebody else on record bears."""
    found = set()
    for label in ("Client", "Person"):
        rows = apps.get_model("clients", label)._base_manager.exclude(pk=subject.pk)
        found |= set(rows.filter(name__in=[name for name in names if name]).values_list("name", flat=True))
    return frozenset(found)


def text_columns(model) -> list[models.Field]:
    """The columns that tell of people in words."""
    return [
        field
        for field in model._meta.concrete_fields
        if class_of(model, field) == FieldClass.PERSONAL
        and isinstance(field, TEXTS)
        and not isinstance(field, SearchVectorField)
    ]


def models_with_texts() -> Iterator[tuple[type, list[models.Field]]]:
    for model in own_models():
        columns = text_columns(model)
        if columns:
            yield model, columns


def naming(model, columns, needles: tuple[str, ...]) -> list:
    """Keys of the rows that have one of the needles in one of the columns."""
    if not needles:
        return []
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    wanted = " OR ".join(f"{table}.{quote(field.column)}::text ILIKE ANY(%(needles)s)" for field in columns)
    key = quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        # nothing but quoted names of our own tables and columns goes into this text
        cursor.execute(f"SELECT {table}.{key} FROM {table} WHERE {wanted}", {"needles": _patterns(needles)})  # noqa: S608
        return [pk for (pk,) in cursor.fetchall()]


def _patterns(needles) -> list[str]:
    return ["%" + one.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%" for one in needles]


def open_to_ids(entries, user, shown: set):
    """Entries of the trail on the user's side of every wall; they hold the ids of client and matter themselves.

    Of what is written about contacts only that on the contacts `shown`: others may be confidential to the user.
    """
    if user is None:
        return entries
    entries = entries.exclude(Q(object_type__startswith="interactions.") & ~Q(object_id__in=shown))
    for kind in ("client", "matter"):
        closed = closed_ids(user, kind)
        if closed != []:
            entries = entries.filter(Q(**{f"{kind}_id__isnull": True}) | ~Q(**{f"{kind}_id__in": closed}))
    return entries
