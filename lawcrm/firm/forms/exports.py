"""What is taken out: which columns, in which kind of file."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.exporting import CARDS, Listing

FORMATS = {
    "xlsx": _("Excel workbook (.xlsx)"),
    "csv": _("Text table (.csv)"),
    "vcf": _("Contact cards, vCard 4.0 (.vcf)"),
    "vcf3": _("Contact cards, vCard 3.0 (.vcf)"),
}
ALL = "all"


class ExportForm(forms.Form):
    """`query`: the list's address. Columns come from the listing; the ticked ones from the list, or from a preset."""

    format = forms.ChoiceField(label=_("File"), widget=forms.RadioSelect)
    columns = forms.MultipleChoiceField(
        label=_("Columns"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data=None, *, listing: Listing, user, query: QueryDict, preset: str = ""):
        self.listing, self.known = listing, list(listing.columns(user))
        self.preset = preset
        self.presets = [(str(label), list(codes)) for label, codes in listing.presets(user, query)]
        super().__init__(data, initial={"format": listing.formats[0], "columns": self._ticked(query)})
        self.fields["format"].choices = [(code, FORMATS[code]) for code in listing.formats]
        self.fields["columns"].choices = [(column.code, column.label) for column in self.known]

    def _ticked(self, query: QueryDict) -> list[str]:
        if self.preset == ALL:
            return [column.code for column in self.known]
        if self.preset.isdecimal() and int(self.preset) < len(self.presets):
            return self.presets[int(self.preset)][1]
        return list(self.listing.chosen_first(query))

    def clean(self):
        data = super().clean()
        if not self.errors and data["format"] not in CARDS and not data["columns"]:
            self.add_error("columns", _("Choose at least one column."))
        return data

    def parts(self) -> list[dict]:
        """The columns by the headings they stand under."""
        ticked = set(self["columns"].value() or ())
        parts: dict[str, list[dict]] = {}
        for column in self.known:
            parts.setdefault(str(column.part), []).append(
                {
                    "code": column.code,
                    "label": str(column.label),
                    "on": column.code in ticked,
                    "sealed": column.sealed,
                }
            )
        return [{"label": label, "columns": columns} for label, columns in parts.items()]
