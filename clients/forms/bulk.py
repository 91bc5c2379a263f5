"""What a bulk action needs to know, each with a sentence of what it will do."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.access import visible_tags
from clients.actions.grading import LONGEST
from clients.enums import Grade
from clients.forms.fields import PersonOfFirmField
from lawcrm.firm import clock
from lawcrm.firm.forms.base import DayInput
from lawcrm.firm.queries.people import working_people
from lawcrm.firm.roles import may


class BulkForm(forms.Form):
    """`params()` is what the action gets, JSON-able."""

    def __init__(self, data=None, *, by):
        super().__init__(data)
        self.by = by
        self.prepare()

    def prepare(self) -> None:
        """Fills choices that depend on who asks."""

    def params(self) -> dict:
        return {}


class AssignForm(BulkForm):
    responsible = PersonOfFirmField(
        queryset=None, label=gettext_lazy("New responsible lawyer"), empty_label=gettext_lazy("Choose")
    )

    def prepare(self):
        self.fields["responsible"].queryset = working_people()

    def params(self):
        return {"responsible": str(self.cleaned_data["responsible"].pk)}


class GradeForm(BulkForm):
    grade = forms.ChoiceField(label=gettext_lazy("New grade"), widget=forms.RadioSelect, choices=[])
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Stands in the path of each client’s grade."),
    )
    ends_on = forms.DateField(
        label=pgettext_lazy("judgement", "Until"),
        required=False,
        widget=DayInput,
        help_text=gettext_lazy(
            "With a day: by hand until then, whatever the score says. Without: as entered; a grade by hand gives way to it."
        ),
    )

    def prepare(self):
        self.fields["grade"].choices = [(one.value, f"{one.value} · {one.label}") for one in Grade]
        if not may(self.by, "assessment.override"):
            del self.fields["ends_on"]

    def clean_ends_on(self):
        ends_on, today = self.cleaned_data["ends_on"], clock.today()
        if ends_on and not today <= ends_on <= today + LONGEST:
            raise forms.ValidationError(_("Choose a day within the next year."))
        return ends_on

    def params(self):
        ends_on = self.cleaned_data.get("ends_on")
        return {
            "grade": self.cleaned_data["grade"],
            "reason": self.cleaned_data["reason"],
            "ends_on": ends_on.isoformat() if ends_on else "",
        }


class TagsForm(BulkForm):
    tags = forms.MultipleChoiceField(
        label=gettext_lazy("Tags"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def prepare(self):
        self.fields["tags"].choices = [(str(tag.pk), tag.name) for tag in visible_tags(self.by)]

    def params(self):
        return {"tags": self.cleaned_data["tags"]}


class TagForm(TagsForm):
    name = forms.CharField(label=gettext_lazy("A new tag"), max_length=40, required=False)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("tags") and not cleaned.get("name"):
            raise forms.ValidationError(_("Choose a tag, or write a new one."))
        return cleaned

    def params(self):
        return {"tags": self.cleaned_data["tags"], "name": self.cleaned_data["name"]}


class UntagForm(TagsForm):
    def prepare(self):
        super().prepare()
        self.fields["tags"].required = True
