"""An import as its pages tell it: warnings, rows with their reasons, the report."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.importing.columns import COLUMNS as CLIENT_COLUMNS
from clients.importing.columns import SECRET
from clients.importing.finding import may_be_new
from clients.importing.judging import cells_of, values_of
from clients.importing.kinds import CATALOGUE as COLUMNS
from clients.importing.kinds import kind_of
from clients.importing.kinds import told as told_by_kinds
from clients.importing.people import colleague_names
from clients.importing.plan import NEW, Plan
from clients.importing.previews import hidden
from clients.importing.widgets import BirthDate, Colleague, DepartmentOfFirm, TagsOfFirm
from clients.models import ImportRow, ImportRun
from clients.presenters.matching import reason_words
from clients.presenters.problems import change_words, problem_words
from clients.queries.firm_words import department_names, tag_names
from clients.queries.importing import sheets_of
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.presenters.jobs import JobProgress, job_progress
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.spreadsheets.limits import Refused, column_letter
from lawcrm.firm.spreadsheets.messages import explain
from lawcrm.firm.words import labelled, listed

Verdict = ImportRow.Verdict

TAKEN_FOR = (Verdict.UPDATE, Verdict.SAME)

VERDICT_WORDS = {
    Verdict.CREATE: gettext_lazy("New"),
    Verdict.UPDATE: gettext_lazy("Changed"),
    Verdict.SAME: gettext_lazy("Same"),
    Verdict.ASK: gettext_lazy("To decide"),
    Verdict.REFUSE: gettext_lazy("Refused"),
}
_KEPT_WHY = {
    "edited": gettext_lazy("Edited since."),
    "edited_fields": gettext_lazy("Edited since: %(fields)s."),
    "in_use": gettext_lazy("In use since: %(what)s."),
    "talk_kept": gettext_lazy(
        "The talk planned for the change of grade stays: somebody has worked on it since."
    ),
    "merged": gettext_lazy("Made one with another client since: its link leads there."),
    "trashed": gettext_lazy("In the trash since."),
    "gone": gettext_lazy("The client is no longer there."),
    "row_gone": gettext_lazy("It is no longer there."),
    "hidden": gettext_lazy("Not open to you: ask the administrator."),
}
_WARNINGS = {
    "rows_above": gettext_lazy(
        "Rows %(rows)s above the headings in row %(heading_row)s are titles and were left out."
    ),
    "blank_headings": gettext_lazy("No heading above column %(columns)s: its values are left out."),
    "repeated_heading": gettext_lazy(
        "The heading “%(title)s” stands in columns %(columns)s; only the first is used."
    ),
    "unknown_headings": gettext_lazy("Not recognised and left out: %(titles)s. Assign them under Columns."),
    "other_sheets": gettext_lazy(
        "Only the first sheet with rows is read. The workbook also has: %(sheets)s."
    ),
    "example_left_out": gettext_lazy("Row %(rows)s is the example of our template and left out."),
    "recalled": gettext_lazy("Columns are read as kept under “%(name)s”."),
    "foreign": gettext_lazy("Read as a file of %(program)s: nothing needs to be assigned."),
    "left_out": gettext_lazy("Of no use here and left out: %(titles)s."),
    "people_in_rows": gettext_lazy(
        "%(titles)s: people at these clients. They are a list of their own, written after the clients."
    ),
    "people_at_companies": gettext_lazy(
        "Entries of people at a company: %(count)s. The company is the client; its people are a list of their own."
    ),
    "lawyer_for_all": gettext_lazy(
        "The file names no responsible lawyer: it is you, unless you choose somebody else under Columns and rules."
    ),
    "tags_kept": gettext_lazy(
        "Tags that came with this import and stay, because they are used or called otherwise now: %(names)s."
    ),
    "imported_before": gettext_lazy("This very file was imported on %(on)s."),
}
# Problems of a row within its file or its firm; those of a single value are clients/presenters/problems.py.
_PROBLEMS = {
    "missing": gettext_lazy("Missing. Fill it in: every row needs it."),
    "no_column": gettext_lazy(
        "No column of the file is read as this. Assign one under Columns and rules, or say there what holds for all rows."
    ),
    "repeats_row": gettext_lazy("Repeats row %(row)s, but not with the same values. Keep one of the two."),
    "person_unknown": gettext_lazy(
        "Nobody at the firm is called that. Enter the name or user name of a colleague."
    ),
    "person_ambiguous": gettext_lazy("Several colleagues are called that. Enter the user name."),
    "department_unknown": gettext_lazy(
        "The firm has no department of this name. Correct it, or say above what is meant."
    ),
    "tag_unknown": gettext_lazy(
        "The firm has no tag of this name: %(words)s. Say above what it means, or have it made."
    ),
    "hidden_match": gettext_lazy("This cannot be decided here: ask the administrator."),
    "client_unknown": gettext_lazy(
        "No client of this name or number is open to you. Import the client first, or write the name as it is here; "
        "if it must be there, ask the administrator."
    ),
    "client_ambiguous": gettext_lazy(
        "Several clients are called that. Add a column with the client's number."
    ),
    "contact_to_come": gettext_lazy("This lies in the future. Check the date."),
    "not_a_time": gettext_lazy("This is not a time of day. Write it as 14:30."),
    "not_a_count": gettext_lazy("This is not a number of minutes. Write digits only."),
    "only_updates": gettext_lazy("No such client is known, and this import only updates."),
}
_REASONS = {
    "only_adds": gettext_lazy("left as it is, since this import only adds"),
    "logged_already": gettext_lazy("in the contact log already"),
    "person_not_named": gettext_lazy("not on record at this client and so kept in the note: %(names)s"),
}
UNDECIDED = gettext_lazy("Not decided: it may be a client you already have.")
REPEATS = gettext_lazy("Says the same as row %(row)s.")


@dataclass(slots=True)
class RowLine:
    """A row of the preview."""

    number: int
    verdict: str
    word: str
    name: str
    sub: str
    client_url: str = ""
    lines: list[dict] = field(
        default_factory=list
    )  # {kind: problem | reason | note, text; fix: column, value}
    changes: list[dict] = field(default_factory=list)  # {field, old, new} of an update
    outcome: str = ""
    hidden: bool = False  # behind a wall that went up since
    choices: list[dict] = field(default_factory=list)  # of a row to decide: {value, text, chosen}
    decided: str = ""


def warning_lines(run: ImportRun) -> list[str]:
    return [str(_WARNINGS[one["code"]]) % _spoken(one["params"], most=12) for one in run.warnings]


def _spoken(params: dict, most: int = 40) -> dict:
    return {key: _some(value, most) if isinstance(value, list) else value for key, value in params.items()}


def _some(words: list, most: int) -> str:
    """All of them, or the first and how many more."""
    if len(words) <= most:
        return listed(words)
    more = {"words": listed(words[:most]), "n": len(words) - most}
    return _("%(words)s and %(n)d more") % more


def refusal_line(run: ImportRun) -> str:
    return explain(Refused(run.problem["code"], **run.problem.get("params", {}))) if run.problem else ""


def count_chips(run: ImportRun, chosen: str) -> list[dict]:
    """The verdicts with their numbers; they add up to the rows."""
    base = reverse("clients:import_preview", args=[run.pk])
    chips = [{"text": _("All rows"), "count": run.counts.get("rows", 0), "url": base, "on": False}]
    for verdict, word in VERDICT_WORDS.items():
        on = verdict == chosen
        url = base if on else f"{base}?verdict={verdict}"
        chips.append({"text": word, "count": run.counts.get(verdict, 0), "url": url, "on": on})
    return chips


def row_lines(run: ImportRun, rows: list[ImportRow], names: dict) -> list[RowLine]:
    """`names`: key -> name of the clients, and of what else rows may be, for those the reader may see; "" where they went
    with their import.
    """
    mapped = set(run.mapping.get("columns", {}).values()) | set(run.mapping.get("defaults", {}))
    people = firm_names(mapped) if rows else {}
    return [_line(run, row, names, people) for row in rows]


def _line(run: ImportRun, row: ImportRow, names: dict, people: dict) -> RowLine:
    if is_hidden(
        run, row, names
    ):  # a wall went up since: what the row says is no longer the reader's to know
        return RowLine(
            row.number,
            row.verdict,
            str(VERDICT_WORDS[row.verdict]),
            _("A client not open to you"),
            _("Ask the administrator."),
            hidden=True,
        )
    values, cells = values_of(row), cells_of(row)
    line = RowLine(
        number=row.number,
        verdict=row.verdict,
        word=str(VERDICT_WORDS[row.verdict]),
        name=kind_of(run).told_as(values)[0] or _cell_of("name", run, cells) or _("(no name)"),
        sub=kind_of(run).told_as(values)[1],
    )
    of_known = run.kind != ImportRun.Kind.CLIENTS or row.verdict != Verdict.CREATE or row.applied_at
    if names.get(row.client_id) and of_known:
        line.client_url = reverse("clients:detail", args=[row.client_id])
    line.lines = [
        *(_problem_and_fix(run, problem, cells) for problem in row.problems),
        *([{"kind": "reason", "text": reason_line(row.reasons)}] if row.reasons else []),
        *({"kind": "note", "text": text} for text in note_lines(row.notes, values, people)),
        *({"kind": "problem", "text": text} for text in why_lines(row)),
    ]
    line.changes = [change_of(name, pair, people) for name, pair in row.changes.items()]
    line.outcome = row.get_outcome_display()
    if row.verdict == Verdict.ASK:
        line.choices = _choices(run, row, names)
        line.decided = next((one["text"] for one in line.choices if one["chosen"]), "")
    return line


def is_hidden(run: ImportRun, row: ImportRow, names: dict) -> bool:
    """Whether the client of a row, or what else it was taken for, is not the reader's to see. `names` as row_lines has it."""
    if not (row.applied_at or row.verdict in TAKEN_FOR):
        return False
    concerned = {row.client_id, row.object_id if kind_of(run).known else None} - {None}
    gone = row.outcome == ImportRow.Outcome.REVERSED  # what was taken back is there no longer
    return any(key not in names for key in concerned if not (gone and key == row.object_id))


def _cell_of(name: str, run: ImportRun, cells) -> str:
    index = next((int(i) for i, field_name in run.mapping["columns"].items() if field_name == name), None)
    return cells[index].text if index is not None else ""


def problem_line(run: ImportRun, problem: dict, cells, *, masks: bool = True) -> str:
    """Heading and column letter, what stood there (numbers of identity masked), what is wrong with it."""
    index = problem.get("column")
    stood = cells[index].text if index is not None else ""
    stood = hidden(problem["field"], stood) if masks and problem["field"] in SECRET else stood
    text = problem_text(problem, stood)
    if index is None:
        return labelled(COLUMNS[problem["field"]].title, text) if problem["field"] else text
    where = _("%(heading)s (column %(letter)s)") % {
        "heading": run.headings[index],
        "letter": column_letter(index),
    }
    if stood:
        where = _("%(where)s, “%(stood)s”") % {"where": where, "stood": stood[:80]}
    return labelled(where, text)


def heading_of(run: ImportRun, problem: dict) -> str:
    """What the file calls the column a problem is about; the field's own name where the file has no such column."""
    if problem.get("column") is not None:
        return run.headings[problem["column"]]
    return str(COLUMNS[problem["field"]].title) if problem["field"] else ""


def problem_text(problem: dict, stood: str = "") -> str:
    """What is wrong and what to do. `stood`: the cell as it is in the file."""
    code, name = problem["code"], problem["field"]
    params = {"value": stood[:80], **_spoken(problem["params"])}
    if words := _PROBLEMS.get(code) or told_by_kinds("problems").get(code):
        return str(words) % params
    choices = getattr(COLUMNS[name].widget, "choices", None) if name else None
    return problem_words(code, params, labels=dict(choices.choices) if choices else None)


def reason_line(reasons: list[dict]) -> str:
    """Why a row was taken for a client, or may be one: "Same phone, but another name"."""
    if not reasons:
        return ""
    if reasons[0]["code"] == "repeats_row":
        return str(REPEATS % reasons[0]["params"])
    known = {**_REASONS, **told_by_kinds("reasons")}
    ours = [str(known[reason["code"]]) % reason["params"] for reason in reasons if reason["code"] in known]
    theirs = reason_words(reason["code"] for reason in reasons if reason["code"] not in known)
    words = listed([theirs, *ours] if theirs else ours)
    return words[:1].upper() + words[1:]


def change_of(name: str, pair: list, people: dict) -> dict:
    """One field of an update, before and after."""
    old, new = (told(name, value, people) for value in pair)
    return {"field": COLUMNS[name].title, "old": old, "new": new or _("(empty)")}


def _problem_and_fix(run: ImportRun, problem: dict, cells) -> dict:
    """A problem with the cell to correct it in, where one cell is to blame. Numbers of identity are typed anew."""
    line = {"kind": "problem", "text": problem_line(run, problem, cells)}
    if problem.get("column") is not None and run.state == ImportRun.State.PREVIEW:
        stood = cells[problem["column"]].text
        line["fix"] = {
            "column": problem["column"],
            "label": run.headings[problem["column"]],
            "value": "" if problem["field"] in SECRET else stood[:200],
            "choices": codes_of(problem["field"]) if problem["code"] == "unknown_choice" else [],
        }
    return line


def why_lines(row: ImportRow) -> list[str]:
    """Why a row was not taken back."""
    lines = []
    for one in row.why:
        params = dict(one["params"])
        code = one["code"]
        if code == "edited" and params.get("fields"):
            code, params = (
                "edited_fields",
                {"fields": listed(COLUMNS[name].title for name in params["fields"])},
            )
        if "what" in params:
            params["what"] = listed(_kind_words(label) for label in params["what"])
        lines.append(str(_KEPT_WHY[code]) % params)
    return lines


def _kind_words(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name_plural)


def told(name: str, value, people: dict) -> str:
    """A value in the reader's words. `people`: key -> name of colleagues."""
    if name in SECRET or not value:
        return str(value or "")
    widget = COLUMNS[name].widget
    if isinstance(widget, BirthDate):
        return partial_date_words(PartialDate.parse(value) if isinstance(value, str) else value)
    if isinstance(widget, Colleague | DepartmentOfFirm):
        return people.get(str(value), "")
    if isinstance(widget, TagsOfFirm):
        return listed(_tag(one, people) for one in value)
    return str(widget.render(value))


def _tag(one: str, people: dict) -> str:
    return _("%(tag)s (new)") % {"tag": one[1:]} if one.startswith(NEW) else people.get(one, "")


def firm_names(fields: Collection[str]) -> dict[str, str]:
    """Key -> name of the colleagues, departments and tags that values of these fields may stand for."""
    widgets = {type(COLUMNS[name].widget) for name in fields if name in COLUMNS}
    return {
        **(colleague_names() if Colleague in widgets else {}),
        **(department_names() if DepartmentOfFirm in widgets else {}),
        **(tag_names() if TagsOfFirm in widgets else {}),
    }


def note_lines(notes: list[dict], values: dict, people: dict) -> list[str]:
    """What was read otherwise than it stood, one line for each field."""
    told: dict[str, list[str]] = {}
    for note in notes:
        told.setdefault(note["field"], []).append(change_words(note["code"], note["params"]))
    return [_note_line(name, words, values, people) for name, words in told.items()]


def _note_line(name: str, words: list[str], values: dict, people: dict) -> str:
    text = labelled(COLUMNS[name].title, listed(words))
    value = "" if name in SECRET else told(name, values.get(name), people)
    return f"{text} → {value}" if value else text


def _choices(run: ImportRun, row: ImportRow, names: dict) -> list[dict]:
    of_clients = not kind_of(run).known
    chosen = row.client_id if of_clients else row.object_id
    is_that = (
        _("It is %(name)s: bring that profile up to date") if of_clients else _("It is %(name)s: change that")
    )
    options = [
        {
            "value": f"update:{key}",
            "text": is_that % {"name": names[key]},
            "chosen": row.decision == Verdict.UPDATE and chosen == key,
        }
        for key in row.candidates
        if key in names
    ]
    if may_be_new(row, Plan.of(run.mapping)):
        options.append(
            {
                "value": "create",
                "text": _("Somebody else: add a new client") if of_clients else _("Something new: add it"),
                "chosen": row.decision == Verdict.CREATE,
            }
        )
    options.append({"value": "same", "text": _("Leave this row out"), "chosen": row.decision == Verdict.SAME})
    return options


def strange_lines(words: list[tuple[str, str, int]]) -> list[dict]:
    """Words that are in none of our lists, with what they may be taken for."""
    return [
        {
            "field": name,
            "title": COLUMNS[name].title,
            "word": word,
            "rows": ngettext("%(n)d row", "%(n)d rows", rows) % {"n": rows},
            "choices": codes_of(name),
            "may_be_made": isinstance(COLUMNS[name].widget, TagsOfFirm),
        }
        for name, word, rows in words
        if name in COLUMNS
    ]


def codes_of(name: str) -> list[tuple[str, str]]:
    """The list of a field, closed or the firm's own: code and label."""
    if isinstance(COLUMNS[name].widget, Colleague | DepartmentOfFirm | TagsOfFirm):
        return list(firm_names([name]).items())
    choices = getattr(COLUMNS[name].widget, "choices", None)
    return [(str(code), str(label)) for code, label in choices.choices] if choices else []


def part_lines(run: ImportRun) -> list[dict]:
    """The sheets of a workbook, each with its own preview."""
    return [
        {
            "url": reverse("clients:import_preview", args=[one.pk]),
            "text": one.get_kind_display(),
            "sheet": one.sheet,
            "rows": one.counts.get("rows", 0),
            "state": one.get_state_display(),
            "on": one.pk == run.pk,
        }
        for one in sheets_of(run)
    ]


def progress_of(run: ImportRun) -> JobProgress | None:
    """How far the work on a run has come."""
    return job_progress(run.job) if run.job else None


def commit_words(rows: int) -> str:
    """The word on the button."""
    return ngettext("Write %(n)d row", "Write %(n)d rows", rows) % {"n": rows}


def column_titles() -> str:
    return listed(column.title for column in CLIENT_COLUMNS.values())
