"""What is told of an import as a whole: its report, what was taken back, and its line in the history."""

from django.urls import reverse
from django.utils.translation import gettext as _

from clients.importing.kinds import CATALOGUE as COLUMNS
from clients.importing.plan import Plan
from clients.models import ImportRun
from lawcrm.firm.words import listed


def report_lines(run: ImportRun) -> list[dict]:
    """What became of the rows, once they are written; the figures add up to the rows of the file."""
    if run.state in (ImportRun.State.PREVIEW, ImportRun.State.READING, ImportRun.State.FAILED):
        return []
    counts = run.counts
    figures = [
        ("created", _("added"), False),
        ("updated", _("changed"), False),
        ("same", _("there already"), False),
        ("refuse", _("refused"), False),
        ("ask", _("left undecided"), True),
        ("left", _("not written"), True),
    ]
    return [
        {"figure": counts.get(name, 0), "label": label}
        for name, label, if_any in figures
        if counts.get(name, 0) or not if_any
    ]


def undo_lines(run: ImportRun) -> list[dict]:
    """The three lists of an import taken back."""
    if run.state != ImportRun.State.UNDONE:
        return []
    base = reverse("clients:import_preview", args=[run.pk])
    words = {
        "reversed": _("taken back"),
        "kept": _("kept, because edited since"),
        "failed": _("could not be taken back"),
    }
    return [
        {
            "figure": run.counts.get(name, 0),
            "label": label,
            "url": f"{base}?outcome={name}",
            "late": name == "failed" and run.counts.get(name),
        }
        for name, label in words.items()
    ]


def about(run: ImportRun) -> list[dict]:
    """What the history keeps of an import."""
    plan = Plan.of(run.mapping)
    modes = {
        "both": _("add what is new and change what is known"),
        "create": _("only add what is new"),
        "update": _("only change what is known"),
    }
    facts = [
        (_("Rules"), modes[plan.mode]),
        (_("Recognised by"), _recognised_by(run, plan)),
        (
            _("Only fills blanks"),
            listed(COLUMNS[name].title for name in sorted(plan.blanks) if name in COLUMNS),
        ),
        (_("Columns"), listed(_mapped(run, plan))),
        (_("Encoding"), run.encoding),
        (_("Imported by"), run.made_by.display_name),
        (_("File print (SHA-256)"), run.file_hash),
        (_("Taken back by"), run.undone_by.display_name if run.undone_by else ""),
    ]
    return [{"term": term, "text": text} for term, text in facts if text]


def _recognised_by(run: ImportRun, plan: Plan) -> str:
    if run.kind != ImportRun.Kind.CLIENTS:
        return ""
    return str(COLUMNS[plan.match].title) if plan.match else _("all that is known")


def _mapped(run: ImportRun, plan: Plan) -> list[str]:
    return [
        f"{run.headings[index]} → {COLUMNS[name].title}"
        for index, name in sorted(plan.columns.items())
        if index < len(run.headings) and name in COLUMNS
    ]


def history_line(run: ImportRun) -> dict:
    """A run in the list of imports."""
    counts = run.counts
    return {
        "url": reverse("clients:import_preview", args=[run.pk]),
        "file": run.file_name,
        "when": run.committed_at or run.created_at,
        "who": run.made_by.display_name,
        "state": run.get_state_display(),
        "rows": counts.get("rows", ""),
        "created": counts.get("created", ""),
        "updated": counts.get("updated", ""),
        "refused": counts.get("refuse", ""),
        "hash": run.file_hash[:8],
        "kind": run.get_kind_display(),
    }
