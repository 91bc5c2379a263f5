"""Forms of the import wizard."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.importing.judging import to_stored
from clients.importing.kinds import CATALOGUE as COLUMNS
from clients.importing.kinds import Kind, kind_of
from clients.importing.plan import LEAVE_OUT, MATCH_KEYS, NEW, Plan
from clients.importing.widgets import Colleague, DepartmentOfFirm, TagsOfFirm
from clients.presenters.importing import codes_of, firm_names, problem_text, told
from clients.rules.names import normal_form
from lawcrm.firm import clock
from lawcrm.firm.queries.people import lawyer_choices
from lawcrm.firm.spreadsheets.delimited import ENCODINGS
from lawcrm.firm.spreadsheets.limits import column_letter
from lawcrm.firm.spreadsheets.reader import Cell


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("List to import"),
        error_messages={"empty": _("The file is empty. Save the list again and upload that.")},
        help_text=_(
            "XLSX, CSV or vCard, up to 25 MB; also what Google Contacts, Outlook and other CRMs export. "
            "Nothing is written before you have seen what would happen."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,.vcf,.vcard"}),
    )


MODES_OF_OTHERS = [
    ("both", _("Add what is new and change what is known")),
    ("create", _("Only add what is new")),
    ("update", _("Only change what is known")),
]


class EncodingForm(forms.Form):
    encoding = forms.ChoiceField(choices=tuple(ENCODINGS.items()))


class ColumnsForm(forms.Form):
    """Which column means what, what may be written, and what holds where the file says nothing."""

    mode = forms.ChoiceField(
        label=_("What may be written"),
        choices=[
            ("both", _("Add new clients and change known ones")),
            ("create", _("Only add new clients")),
            ("update", _("Only change known clients")),
        ],
        widget=forms.RadioSelect,
    )
    match = forms.ChoiceField(
        label=_("A client is recognised by"),
        required=False,
        help_text=_("Choose one field only where the list comes from a system that keeps it unique."),
    )
    save_as = forms.CharField(
        label=_("Keep this assignment under a name"),
        required=False,
        max_length=80,
        help_text=_("It is used again for files with the same headings."),
    )

    def __init__(self, *args, run, samples: dict[int, list[str]] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.samples, plan = run, samples or {}, Plan.of(run.mapping)
        self.kind, columns = kind_of(run), kind_of(run).columns
        self.fields["mode"].initial = plan.mode
        if self.kind.code != Kind.CLIENTS:
            self.fields["mode"].choices = MODES_OF_OTHERS
            del self.fields["match"]
        else:
            self.fields["match"].choices = [
                ("", _("All that is known: numbers, phone, mail, name")),
                *((name, COLUMNS[name].title) for name in MATCH_KEYS),
            ]
            self.fields["match"].initial = plan.match
        choices = [("", pgettext_lazy("column of a file", "Leave out"))]
        choices += [(name, column.title) for name, column in columns.items()]
        for index, title in enumerate(run.headings):
            chosen = plan.columns.get(index, "")
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=title or _("(no heading)"), choices=choices, required=False, initial=chosen
            )
            self.fields[f"blanks_{index}"] = forms.BooleanField(
                label=_("Fill blanks only"), required=False, initial=chosen in plan.blanks
            )
        for name in self.kind.defaulted:
            self.fields[f"default_{name}"] = _default_field(name, plan.defaults.get(name))

    def clean(self):
        data = super().clean()
        taken: dict[str, str] = {}
        for index in range(len(self.run.headings)):
            name = data.get(f"column_{index}")
            if name in taken:
                self.add_error(
                    f"column_{index}", _("Column %(letter)s is already this.") % {"letter": taken[name]}
                )
            elif name:
                taken[name] = column_letter(index)
        if self.kind.code == Kind.CLIENTS and "name" not in taken:
            raise forms.ValidationError(_("One column must be the name."))
        for name in sorted(self.kind.signs - set(taken)):
            words = _("One column must be this: %(field)s.") % {"field": COLUMNS[name].title}
            raise forms.ValidationError(words)
        self._read_defaults(data)
        return data

    def _read_defaults(self, data: dict) -> None:
        """What is typed is read by the same rules as a cell."""
        self.defaults = {}
        resource = self.kind.resource(today=clock.today())
        for name in self.kind.defaulted:
            typed = data.get(f"default_{name}")
            if not typed:
                continue
            if isinstance(resource.fields[name].widget, Colleague | DepartmentOfFirm):
                self.defaults[name] = typed
                continue
            reading = resource.fields[name].widget.clean(Cell(typed, "text"))
            if reading.problem:
                words = problem_text(
                    {"field": name, "code": reading.problem.code, "params": reading.problem.params}
                )
                self.add_error(f"default_{name}", words)
            elif reading.value:
                self.defaults[name] = reading.value

    def column_fields(self) -> list[dict]:
        return [
            {
                "letter": column_letter(index),
                "field": self[f"column_{index}"],
                "blanks": self[f"blanks_{index}"],
                "samples": self.samples.get(index, []),
            }
            for index in range(len(self.run.headings))
        ]

    def default_fields(self) -> list:
        return [self[f"default_{name}"] for name in self.kind.defaulted]

    def plan(self) -> Plan:
        names = {index: self.cleaned_data.get(f"column_{index}") for index in range(len(self.run.headings))}
        columns = {index: name for index, name in names.items() if name}
        return replace(
            Plan.of(self.run.mapping),
            columns=columns,
            defaults=to_stored(self.defaults),
            mode=self.cleaned_data["mode"],
            match=self.cleaned_data.get("match", ""),
            blanks=frozenset(name for index, name in columns.items() if self.cleaned_data[f"blanks_{index}"]),
        )


def _default_field(name: str, given) -> forms.Field:
    label, widget = COLUMNS[name].title, COLUMNS[name].widget
    if isinstance(widget, TagsOfFirm):
        given = told(name, given, firm_names([name])) if given else ""
        return forms.CharField(label=label, required=False, max_length=300, initial=given)
    given = given[0] if isinstance(given, list) and given else given
    if isinstance(widget, Colleague):
        choices = lawyer_choices()
    elif isinstance(widget, DepartmentOfFirm):
        choices = list(firm_names([name]).items())
    elif hasattr(widget, "choices"):
        choices = widget.choices.choices
    else:
        return forms.CharField(label=label, required=False, max_length=300, initial=given)
    return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *choices], initial=given)


class CellForm(forms.Form):
    """One cell, corrected in the preview. `verdict`: the list to go back to."""

    column = forms.IntegerField(min_value=0)
    text = forms.CharField(required=False, max_length=2_000, strip=False)
    verdict = forms.CharField(required=False, max_length=10)


MADE = frozenset({"tags"})  # lists that grow by what a file says


def _always(name: str) -> tuple[str, ...]:
    return (LEAVE_OUT, NEW) if name in MADE else (LEAVE_OUT,)


class WordsForm:
    """What words of a file mean: "field_N", "word_N" as shown, "means_N" a code of the list, LEAVE_OUT, or NEW.

    With "rest", words of lists that grow are new where nothing else was said of them.
    """

    def __init__(self, data, *, words: list[tuple[str, str, int]]):
        self._said: dict[str, dict[str, str]] = {}
        known = {(name, word) for name, word, _rows in words}
        for number in range(len(words)):
            name, word, means = (data.get(f"{part}_{number}", "") for part in ("field", "word", "means"))
            if data.get("rest") and not means and name in MADE:
                means = NEW
            if (name, word) in known and (means in _always(name) or means in dict(codes_of(name))):
                self._said.setdefault(name, {})[normal_form(word)] = means

    def is_valid(self) -> bool:
        return bool(self._said)

    def words(self) -> dict[str, dict[str, str]]:
        return self._said


class DecisionForm(forms.Form):
    """`answer`: "create", "same", "" (undecided again) or "update:<client>"."""

    answer = forms.CharField(required=False, max_length=60)

    def decision(self) -> tuple[str, str | None]:
        word, _colon, client = self.cleaned_data["answer"].partition(":")
        return word, client or None
