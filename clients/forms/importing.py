"""Forms of the import wizard."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.enums import ClientKind
from clients.importing.columns import COLUMNS
from clients.importing.plan import Plan
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.spreadsheets.delimited import ENCODINGS
from lawcrm.firm.spreadsheets.limits import column_letter


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Client list"),
        help_text=_("XLSX or CSV, up to 25 MB. Nothing is written before you have seen what would happen."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )


class EncodingForm(forms.Form):
    encoding = forms.ChoiceField(choices=tuple(ENCODINGS.items()))


class ColumnsForm(forms.Form):
    """Which column means what, and what holds where the file says nothing."""

    kind = forms.ChoiceField(label=_("Kind, where the file names none"), required=False)
    responsible = forms.ModelChoiceField(
        queryset=None, label=_("Responsible lawyer, where the file names none"), required=False
    )
    save_as = forms.CharField(
        label=_("Keep this assignment under a name"),
        required=False,
        max_length=80,
        help_text=_("It is used again for files with the same headings."),
    )

    def __init__(self, *args, run, samples: dict[int, list[str]] | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.samples = run, samples or {}
        chosen, defaults = run.mapping.get("columns", {}), run.mapping.get("defaults", {})
        self.fields["kind"].choices = [("", "–"), *ClientKind.choices]
        self.fields["kind"].initial = defaults.get("kind", "")
        self.fields["responsible"].queryset = working_people()
        self.fields["responsible"].initial = defaults.get("responsible")
        choices = [("", pgettext_lazy("column of a file", "Leave out"))]
        choices += [(name, column.title) for name, column in COLUMNS.items()]
        for index, title in enumerate(run.headings):
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=title or _("(no heading)"),
                choices=choices,
                required=False,
                initial=chosen.get(str(index), ""),
            )

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
        if "name" not in taken:
            raise forms.ValidationError(_("One column must be the name."))
        return data

    def column_fields(self) -> list[dict]:
        return [
            {
                "letter": column_letter(index),
                "field": self[f"column_{index}"],
                "samples": self.samples.get(index, []),
            }
            for index in range(len(self.run.headings))
        ]

    def plan(self) -> Plan:
        return replace(Plan.of(self.run.mapping), columns=self.columns(), defaults=self.defaults())

    def columns(self) -> dict[int, str]:
        names = {i: self.cleaned_data.get(f"column_{i}") for i in range(len(self.run.headings))}
        return {index: name for index, name in names.items() if name}

    def defaults(self) -> dict[str, str]:
        person = self.cleaned_data["responsible"]
        found = {"kind": self.cleaned_data["kind"], "responsible": str(person.pk) if person else ""}
        return {name: value for name, value in found.items() if value}


class DecisionForm(forms.Form):
    """`answer`: "create", "same", "" (undecided again) or "update:<client>"."""

    answer = forms.CharField(required=False, max_length=60)

    def decision(self) -> tuple[str, str | None]:
        word, _colon, client = self.cleaned_data["answer"].partition(":")
        return word, client or None
