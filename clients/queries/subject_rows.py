"""Which rows belong to a subject, and which texts name it; for the pack of a subject's data and for erasing it."""

import json
from collections.abc import Iterator
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.db.models import Q

from clients.rules.erasure import Finder, Needles, as_written, needles_of
from clients.subjects import DELETE, DETACH, By, Held, Subject, declared, holders
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


_OWN = {
    "Client": ("name", "latin_name", "former_names", "phone", "email", "wechat", "address", "website"),
    "Person": ("name", "latin_name", "phone", "email", "wechat"),
    "ClientFact": ("value",),
    "PersonFact": ("value",),
}


def texts_on_record() -> int:
    """About how many rows an erasure reads through, as Postgres last counted them."""
    tables = [model._meta.db_table for model, _columns in models_with_texts()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(greatest(reltuples, 0)) FROM pg_class WHERE relname = ANY(%s)", [tables])
        return int(cursor.fetchone()[0] or 0)


def own_columns(model) -> tuple[str, ...]:
    """The columns in which a record says who it is itself; nothing of them is another's to take away."""
    return _OWN.get(model.__name__, ()) if model._meta.app_label == "clients" else ()


def needles_for(subjects: list[Subject]) -> Needles:
    """The names, numbers and addresses of these subjects, present and past."""
    told = [_told(subject) for subject in subjects]
    every = {word for names, known, _ in told for word in (*names, *(as_written(*one) for one in known))}
    borne = _borne_by_others({word.strip() for word in every if word.strip()}, subjects)
    found = [
        needles_of(names, known, borne_by_others=borne, organisation=organisation)
        for names, known, organisation in told
    ]
    certain = {word for one in found for word in one.certain}
    return Needles(
        tuple(certain),
        tuple({word for one in found for word in one.doubtful} - certain),
        tuple({word for one in found for word in one.shared}),
    )


def _told(subject: Subject) -> tuple[list[str], list[tuple[str, str]], bool]:
    """(names, identifiers by kind, whether it is an organisation) of a subject."""
    row = _subjects(subject.kind).get(pk=subject.pk)
    names = [row.name, row.latin_name, *getattr(row, "former_names", [])]
    known = [("phone", row.phone), ("email", row.email), ("wechat", row.wechat)]
    if subject.kind == "client":
        known += [("address", row.address), ("website", row.website)]
        known += [("number", row.identity_number), ("number", row.registration_number)]
    known += [(kind, value) for kind, value in row.facts.values_list("kind", "value")]
    return names, known, subject.kind == "client" and row.kind != "person"


def _subjects(kind: str):
    return apps.get_model("clients", "Client" if kind == "client" else "Person")._base_manager


def _borne_by_others(words: set[str], subjects: list[Subject]) -> frozenset[str]:
    """Those of the words that stand among the own names, numbers and addresses of somebody else on record."""
    finder, found = Finder(words), set()
    for label, owner in (
        ("Client", None),
        ("Person", None),
        ("ClientFact", "client_id"),
        ("PersonFact", "person_id"),
    ):
        model = apps.get_model("clients", label)
        columns = [model._meta.get_field(name) for name in own_columns(model)]
        texts = dict(mentioning(model, columns, finder))
        owners = model._base_manager.filter(pk__in=texts).values_list("pk", owner or "pk")
        mine = {subject.pk for subject in subjects}
        others = [texts[pk] for pk, whose in owners if whose not in mine]
        found |= {word for word in words - found if any(map(Finder([word]).is_in, others))}
    return frozenset(found)


def clients_near(subjects: list[Subject]) -> list[UUID]:
    """The clients in whose records a subject may well be named: those it is tied to by any row, present or past."""
    found = set()
    for subject in subjects:
        for model, held in holders(subject.kind):
            path = getattr(model, "wall_paths", {}).get("client")
            for tie in held.ties(subject.kind) if path else ():
                found.update(model._base_manager.filter(**{tie: subject.pk}).values_list(path, flat=True))
    found |= _at_other_ends(subjects)
    return list(found - {subject.pk for subject in subjects} - {None})


def _at_other_ends(subjects: list[Subject]) -> set:
    """The clients the relationship network ties them to, and those of the people it ties them to."""
    keys = [subject.pk for subject in subjects]
    links = apps.get_model("clients", "Link")._base_manager.filter(
        Q(from_client__in=keys) | Q(from_person__in=keys) | Q(to_client__in=keys) | Q(to_person__in=keys)
    )
    ends = links.values_list("from_client_id", "to_client_id", "from_person_id", "to_person_id")
    people = {pk for _from, _to, *both in ends for pk in both}
    places = apps.get_model("clients", "ClientPerson")._base_manager.filter(person_id__in=people | set(keys))
    referred = apps.get_model("clients", "Client")._base_manager.filter(pk__in=keys)
    return (
        {pk for from_id, to_id, *_people in ends for pk in (from_id, to_id)}
        | set(places.values_list("client_id", flat=True))
        | set(referred.values_list("referrer_client_id", flat=True))
    )


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
    """Without those that hold nothing of clients, or nothing in words."""
    for model in own_models():
        columns, held = text_columns(model), declared().get(model._meta.label)
        if columns and not (held and (held.by == By.NOTHING or held.wordless)):
            yield model, columns


def naming(model, columns, finder: Finder) -> list:
    """Keys of the rows that have one of the needles in one of the columns."""
    return [pk for pk, _text in mentioning(model, columns, finder)]


def mentioning(model, columns, finder: Finder) -> Iterator[tuple[object, str]]:
    """(key, text) of these rows. One pass over the table: Postgres picks what may be meant, Python looks closely."""
    if not finder:
        return
    quote = connection.ops.quote_name
    text = f"concat_ws(chr(10), {', '.join(f'{quote(field.column)}::text' for field in columns)})"
    # nothing but quoted names of our own tables and columns goes into this text
    statement = (
        f"SELECT {quote(model._meta.pk.column)}, {text} FROM {quote(model._meta.db_table)}"  # noqa: S608
        f" WHERE lower({text}) LIKE ANY(%(words)s)"
        f" OR ({text} LIKE ANY(%(digits)s) AND {text} ~ ANY(%(numbers)s))"
    )
    asked = {
        "words": [_pattern(one) for word in finder.words for one in {word, _in_json(word)}],
        "digits": [f"%{'%'.join(number)}%" for number in finder.numbers],  # quick, and too often
        "numbers": ["[-. ()+/]*".join(number) for number in finder.numbers],
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        for pk, told in cursor.fetchall():
            if finder.is_in(told) or finder.is_in(told.replace("\\", "")):
                yield pk, told


def _in_json(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _pattern(text: str) -> str:
    return "%" + text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"


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
