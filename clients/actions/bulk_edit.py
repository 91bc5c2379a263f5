"""One deed on many clients: previewed, done in parts, noted client by client, and taken back by what was noted.

Which clients are meant is said as a list's conditions (with exceptions) or as ids; it is resolved when the work runs,
under the rights its requester has then. Small sets are done at once, larger ones by a job in parts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.access import visible_clients
from clients.actions.relationship import deferred_assessments
from clients.bulk_actions import BulkAction, bulk_action
from clients.forms.client_list import ClientListForm
from clients.models import BulkChange, BulkEdit, Client
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.bulk import copy_in
from lawcrm.firm.jobs import JobStopped, register
from lawcrm.firm.presenters import jobs as job_words

AT_ONCE = 300  # clients; more are done by a worker
CHUNK = 500  # clients written in one transaction
MOST = 200_000

job_words.label("clients.bulk", _("Changing many clients"))
job_words.label("clients.bulk.undo", _("Taking a change of many clients back"))

State = BulkEdit.State


@dataclass(frozen=True)
class Selection:
    """Either these clients, or all that a list holds but these."""

    ids: tuple[str, ...] = ()
    state: dict | None = None
    but: tuple[str, ...] = field(default=())

    def resolve(self, user):
        """The clients meant, as far as the person sees them now."""
        clients = visible_clients(user)
        if self.state is None:
            return clients.filter(pk__in=self.ids)
        form = ClientListForm.of_state(self.state)
        return form.narrow(clients, user, clock.today(user), ranked=False).exclude(pk__in=self.but)

    def as_json(self) -> dict:
        return {"ids": list(self.ids), "state": self.state, "but": list(self.but)}


def count_selected(selection: Selection, user) -> int:
    return selection.resolve(user).order_by().count()


@transaction.atomic
def do_bulk(action: BulkAction, *, by, params: dict, selection: Selection) -> BulkEdit:
    """Does it, or starts the job that will."""
    edit = BulkEdit.objects.create(
        made_by=by, action=action.code, params=params, selection=selection.as_json()
    )
    keys = list(selection.resolve(by).order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
    if len(keys) > AT_ONCE:
        total = count_selected(selection, by)
        edit.job = start_job(kind="clients.bulk", by=by, params={"edit": str(edit.pk)}, total=total)
        edit.save(update_fields=["job"])
        return edit
    _gather(edit, keys)
    _do_chunk(edit, by, limit=AT_ONCE)
    return _finish(edit, by)


@transaction.atomic
def undo_bulk(edit: BulkEdit, *, by) -> BulkEdit:
    """Takes it back where nobody has written over it since, or starts the job that will. Does nothing twice."""
    edit = BulkEdit.objects.select_for_update().get(pk=edit.pk)
    if edit.state != State.DONE:
        return edit
    edit.state = State.UNDOING
    changed = BulkChange.objects.filter(edit=edit, state=BulkChange.State.DONE).count()
    if changed > AT_ONCE:
        edit.job = start_job(kind="clients.bulk.undo", by=by, params={"edit": str(edit.pk)}, total=changed)
    edit.save(update_fields=["state", "job"])
    if changed > AT_ONCE:
        return edit
    _undo_chunk(edit, by, limit=AT_ONCE)
    return _finish_undo(edit, by)


@register("clients.bulk")
def bulk_chunk(job) -> bool:
    """The first part notes which clients are meant, the others do them."""
    edit, by = _edit_of(job), job.requested_by
    if not bulk_action(edit.action).open_to(by):
        raise JobStopped("not_allowed")
    if not job.cursor:
        selection = Selection(**edit.selection)
        keys = selection.resolve(by).order_by("pk").values_list("pk", flat=True)[:MOST]
        job.total = _gather(edit, list(keys))
        job.cursor = {"gathered": job.total}
        return True
    if met := _do_chunk(edit, by, limit=CHUNK):
        job.done += met
        job.cursor = {**job.cursor, "done": job.done}
        return True
    _finish(edit, by)
    return False


@register("clients.bulk.undo")
def undo_chunk(job) -> bool:
    edit = _edit_of(job)
    if met := _undo_chunk(edit, job.requested_by, limit=CHUNK):
        job.done += met
        job.cursor = {"done": job.done}
        return True
    _finish_undo(edit, job.requested_by)
    return False


def _edit_of(job) -> BulkEdit:
    return BulkEdit.objects.select_for_update().get(pk=job.params["edit"])


def _gather(edit: BulkEdit, keys: Sequence[UUID]) -> int:
    copy_in(BulkChange, (BulkChange(edit=edit, client_id=key) for key in keys))
    return len(keys)


def _do_chunk(edit: BulkEdit, by, limit: int) -> int:
    """The next clients. Returns how many were met."""
    changes = _next(edit, BulkChange.State.WAITING, limit)
    clients = _held(changes, by)
    action = bulk_action(edit.action)
    with deferred_assessments():
        changed = action.do(clients, edit.params, by)
    there = {client.pk for client in clients}
    for change in changes:
        if change.client_id in changed:
            change.state = BulkChange.State.DONE
            change.before, change.after = changed[change.client_id]
        else:
            same = change.client_id in there
            change.state = BulkChange.State.SAME if same else BulkChange.State.REFUSED
    BulkChange.objects.bulk_update(changes, ["state", "before", "after"])
    return len(changes)


def _undo_chunk(edit: BulkEdit, by, limit: int) -> int:
    changes = _next(edit, BulkChange.State.DONE, limit)
    clients = _held(changes, by)
    there = {client.pk for client in clients}
    action = bulk_action(edit.action)
    noted = {
        one.client_id: (one.before, one.after) for one in changes if action.hides or one.client_id in there
    }
    with deferred_assessments():
        undone = action.undo(clients, noted, by)
    for change in changes:
        back = change.client_id in undone
        change.state = BulkChange.State.UNDONE if back else BulkChange.State.KEPT
    BulkChange.objects.bulk_update(changes, ["state"])
    return len(changes)


def _next(edit: BulkEdit, state: str, limit: int) -> list[BulkChange]:
    return list(BulkChange.objects.filter(edit=edit, state=state).order_by("id")[:limit])


def _held(changes: Sequence[BulkChange], by) -> list[Client]:
    """The clients under lock, in one order for everybody, as far as the person sees them now."""
    keys = [change.client_id for change in changes]
    seen = Client.objects.filter(pk__in=visible_clients(by).filter(pk__in=keys).order_by().values("pk"))
    rows = seen.order_by("pk").select_for_update(of=("self",), no_key=True).defer("search", "note")
    return list(rows.select_related("responsible"))


def _finish(edit: BulkEdit, by) -> BulkEdit:
    edit.state, edit.done_at = State.DONE, clock.now()
    edit.save(update_fields=["state", "done_at"])
    _record(edit, "bulk.done", BulkChange.State.DONE, by)
    return edit


def _finish_undo(edit: BulkEdit, by) -> BulkEdit:
    edit.state, edit.undone_at = State.UNDONE, clock.now()
    edit.save(update_fields=["state", "undone_at"])
    _record(edit, "bulk.undone", BulkChange.State.UNDONE, by)
    return edit


def _record(edit: BulkEdit, verb: str, state: str, by) -> None:
    count = BulkChange.objects.filter(edit=edit, state=state).count()
    action = bulk_action(edit.action)
    detail = {"count": count, "action": str(action.label) if action else edit.action}
    audit.record(by=by, verb=verb, obj=edit, detail=detail)
