"""Erasing a client or a person: refused while something stands against it, else everywhere (docs/privacy.md).

Rows of the subject go; rows that point at it let go of it; texts that name it have the name struck out; entries of the
audit trail are blanked and its chain stays whole. What remains is a request that names nobody, and a suppression.
"""

import json
from collections import Counter
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Q

from clients import suppressions
from clients.actions.striking import strike_out
from clients.enums import ErasureState
from clients.holds import Hold, holds_on
from clients.importing import storing
from clients.models import Client, ErasureRequest, ImportRun, LegalHold, Person, Suppression
from clients.queries import subject_rows as rows
from clients.queries.merged import with_merged
from clients.rules.erasure import Finder, Needles
from clients.subjects import Subject
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.exports import drop_all_exports
from lawcrm.firm.actions.seals import redact
from lawcrm.firm.models import AuditEntry, Notice, Outbox, Wall, WallPerson
from lawcrm.firm.roles import may

TRAIL_TEXTS = ("object_label", "changes", "detail")


@transaction.atomic
def request_erasure(subject: Subject, *, by, basis: str) -> ErasureRequest:
    """Puts on record who asked. Where something stands against it nothing else happens, and the reason is kept."""
    _check_may(by)
    row = _row(subject)
    request = ErasureRequest(
        subject_kind=subject.kind,
        subject_id=subject.pk,
        label=str(row)[:200],
        basis=basis.strip()[:300],
        made_by=by,
    )
    _look_at_holds(request, subject)
    request.save(force_insert=True)
    verb = "erasure.held" if request.holds else "erasure.asked"
    audit.record(by=by, verb=verb, obj=row, detail={"holds": [hold["code"] for hold in request.holds]})
    return request


@transaction.atomic
def erase(request: ErasureRequest, *, by) -> ErasureRequest:
    """Looks once more at what stands against it; then erases, or leaves everything as it is and keeps the reason."""
    _check_may(by)
    request = ErasureRequest.objects.unscoped().select_for_update(of=("self",)).get(pk=request.pk)
    if request.state == ErasureState.DONE:
        return request
    subject = Subject(request.subject_kind, request.subject_id)
    row = _row(subject, lock=True)
    if _look_at_holds(request, subject):
        request.save()
        detail = {"holds": [hold["code"] for hold in request.holds]}
        audit.record(by=by, verb="erasure.held", obj=row, detail=detail)
        return request
    return _erase(request, subject, by=by)


@transaction.atomic
def erase_again(subject: Subject) -> ErasureRequest:
    """After a restore: what had been erased is erased again. Nothing is asked; it was decided before."""
    request = ErasureRequest.objects.create(subject_kind=subject.kind, subject_id=subject.pk)
    _row(subject, lock=True)
    return _erase(request, subject, by=None)


@transaction.atomic
def place_hold(subject: Subject, *, by, reason: str, review_on=None) -> LegalHold:
    """From now on nothing of the subject may be erased. Raises ValueError without a reason."""
    _check_may(by)
    if not reason.strip():
        raise ValueError("a legal hold needs its reason")
    row = _row(subject)
    hold = LegalHold.objects.create(
        subject_kind=subject.kind,
        subject_id=subject.pk,
        reason=reason.strip()[:300],
        review_on=review_on,
        made_by=by,
    )
    audit.record(by=by, verb="hold.placed", obj=row, detail={"reason": hold.reason})
    return hold


@transaction.atomic
def lift_hold(hold: LegalHold, *, by) -> bool:
    """False where somebody lifted it before."""
    _check_may(by)
    lifted = LegalHold.objects.unscoped().filter(pk=hold.pk).standing()
    if not lifted.update(lifted_at=clock.now(), lifted_by=by):
        return False
    audit.record(by=by, verb="hold.lifted", obj=_row(Subject(hold.subject_kind, hold.subject_id)))
    return True


def _check_may(by) -> None:
    """The shell (`by` is None) acts for the firm."""
    if by is not None and not may(by, "privacy.manage"):
        raise PermissionDenied


def _row(subject: Subject, *, lock: bool = False):
    found = (Client if subject.kind == "client" else Person).objects.unscoped().filter(pk=subject.pk)
    return (found.select_for_update(of=("self",)) if lock else found).get()


def _look_at_holds(request: ErasureRequest, subject: Subject) -> list[Hold]:
    holds = holds_on(subject, today=clock.today())
    request.holds = [hold.to_json() for hold in holds]
    request.state = ErasureState.HELD if holds else ErasureState.OPEN
    request.checked_at = clock.now()
    return holds


# -- the erasure itself ------------------------------------------------------------------------------------------


def _erase(request: ErasureRequest, subject: Subject, *, by) -> ErasureRequest:
    subjects = [subject]
    if subject.kind == "client":  # what was merged into it is the same client, under an older key
        subjects = [Subject("client", pk) for pk in with_merged(Client, [subject.pk])]
    subjects += [person for one in subjects for person in _people_with(one)]
    people = [one.pk for one in subjects if one.kind == "person"]
    known = {one.pk for one in subjects}
    subjects += [Subject("person", pk) for pk in with_merged(Person, people) if pk not in known]
    near = rows.clients_near(subjects)
    needles = rows.needles_for(subjects)
    counts, keys = _delete(subjects)
    counts["texts"] = strike_out(needles, near)
    _delete_messages(keys, needles)
    counts["audit"] = redact(_entries(subjects, keys, needles, near), erasure_id=request.pk)
    _forget_files()
    drop_all_exports()  # files made from lists may hold the subject; whoever wants one makes it again
    _check_relations()
    ErasureRequest.objects.unscoped().filter(subject_id__in=[one.pk for one in subjects]).update(
        label="", basis=""
    )
    request.label = request.basis = ""
    request.state, request.counts, request.holds = ErasureState.DONE, dict(counts), []
    request.done_at = request.checked_at = clock.now()
    request.save()
    _suppress(subjects)
    audit.record(
        by=by,
        verb="erasure.done",
        obj=request,
        label="",
        detail={"kind": subject.kind, "rows": sum(counts.values()), "entries": counts["audit"]},
    )
    return request


def _people_with(subject: Subject) -> list[Subject]:
    if subject.kind != "client":
        return []
    return [Subject("person", person.pk) for person in rows.people_held_only_for(subject.pk)]


def _delete(subjects: list[Subject]) -> tuple[Counter, set]:
    """Deletes every row of the subjects, in any order: relations are checked at the end. (Counts by table, all keys.)"""
    found: dict[type, set] = {}
    for subject in subjects:
        for model, _held, here in rows.tables_with(subject):
            found.setdefault(model, set()).update(here.order_by().values_list("pk", flat=True))
    for subject in subjects:
        for _model, column, here in rows.detached_rows(subject):
            here.update(**{column: None})
    for model, keys in found.items():
        model._base_manager.filter(pk__in=keys)._raw_delete(using="default")
    counts = Counter({model._meta.label: len(keys) for model, keys in found.items() if keys})
    return counts, {key for keys in found.values() for key in keys if isinstance(key, UUID)}


def _delete_messages(keys: set, needles: Needles) -> None:
    """What was told of the subject to people of the firm, and the walls around it."""
    finder = Finder(needles.certain)
    for model in (Outbox, Notice):
        named = rows.naming(model, rows.text_columns(model), finder)
        model.objects.filter(Q(object_id__in=keys) | Q(pk__in=named)).delete()
    WallPerson.objects.filter(wall__target_id__in=keys).delete()
    Wall.objects.filter(target_id__in=keys).delete()


def _entries(subjects: list[Subject], keys: set, needles: Needles, near: list[UUID]) -> list[UUID]:
    """The entries of the trail that tell of the subjects: about their rows, or naming them."""
    columns = [AuditEntry._meta.get_field(name) for name in TRAIL_TEXTS]
    theirs = Q(object_id__in=keys) | Q(client_id__in=[one.pk for one in subjects])
    found = set(AuditEntry.objects.filter(theirs).order_by().values_list("pk", flat=True))
    found |= set(rows.naming(AuditEntry, columns, Finder(needles.certain)))
    here, of_clients_near = Finder(needles.doubtful), AuditEntry.objects.filter(client_id__in=near)
    for pk, *told in of_clients_near.order_by().values_list("pk", *TRAIL_TEXTS).iterator() if here else ():
        if here.is_in(json.dumps(told, ensure_ascii=False)):
            found.add(pk)
    return sorted(found)


def _forget_files() -> None:
    """Uploads nobody could read yet may hold the subject and cannot be looked through: they go, with their runs."""
    for run in ImportRun.objects.exclude(stored_as=""):
        transaction.on_commit(partial(storing.forget, run.stored_as))
        run.delete()


def _check_relations() -> None:
    """Says now, and not at commit, when a relation was overlooked."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _suppress(subjects: list[Subject]) -> None:
    now, mark = clock.now(), suppressions.mark()
    made = [
        Suppression(
            kind=one.kind, digest=suppressions.digest_of(one.kind, one.pk), erased_at=now, list_mark=mark
        )
        for one in subjects
    ]
    Suppression.objects.bulk_create(made, ignore_conflicts=True)
    transaction.on_commit(partial(list_again, made))


def list_again(rows: Iterable[Suppression]) -> None:
    """Writes erasures into the list outside the database, where a crash came between the two."""
    suppressions.append(
        (row.kind, bytes(row.digest), clock.local(row.erased_at).date().isoformat()) for row in rows
    )
