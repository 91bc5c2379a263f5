"""Bulk work in words."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.bulk_actions import bulk_action
from clients.models import BulkChange, BulkEdit

S = BulkChange.State


@dataclass(frozen=True, slots=True)
class BulkWords:
    title: str
    said: str
    lines: list[str]
    may_undo: bool
    is_open: bool
    is_undone: bool


def bulk_words(edit: BulkEdit, counts: dict[str, int], seen: dict | None = None) -> BulkWords:
    """What was done, and what was not and why."""
    action = bulk_action(edit.action)
    done = counts.get(S.DONE, 0) + counts.get(S.UNDONE, 0) + counts.get(S.KEPT, 0)
    lines = []
    if same := counts.get(S.SAME):
        lines.append(ngettext("%(n)s was so already.", "%(n)s were so already.", same) % {"n": f"{same:,}"})
    if refused := counts.get(S.REFUSED):
        text = ngettext(
            "%(n)s is not yours to change any more.", "%(n)s are not yours to change any more.", refused
        )
        lines.append(text % {"n": f"{refused:,}"})
    if undone := counts.get(S.UNDONE):
        text = ngettext("%(n)s was taken back.", "%(n)s were taken back.", undone)
        lines.append(text % {"n": f"{undone:,}"})
    if kept := counts.get(S.KEPT):
        text = ngettext(
            "%(n)s was changed by somebody since and is left as it is.",
            "%(n)s were changed by somebody since and are left as they are.",
            kept,
        )
        lines.append(text % {"n": f"{kept:,}"})
    return BulkWords(
        title=str(action.label) if action else edit.action,
        said=action.done(done, edit.params) if action else "",
        lines=lines,
        may_undo=edit.state == BulkEdit.State.DONE and counts.get(S.DONE, 0) > 0,
        is_open=edit.state in (BulkEdit.State.WAITING, BulkEdit.State.UNDOING),
        is_undone=edit.state == BulkEdit.State.UNDONE,
    )


@dataclass(frozen=True, slots=True)
class KeptLine:
    name: str
    url: str


def kept_lines(changes) -> list[KeptLine]:
    """The clients an undo left alone."""
    return [KeptLine(one.client.name, reverse("clients:detail", args=[one.client_id])) for one in changes]


def preview_words(count: int) -> str:
    if not count:
        return _("No client is chosen any more.")
    return ngettext("This changes %(n)s client.", "This changes %(n)s clients.", count) % {"n": f"{count:,}"}
