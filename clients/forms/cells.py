"""One field of a client, edited where it stands in a list."""

from copy import deepcopy
from functools import partial

from django import forms
from django.utils.translation import gettext as _

from clients.forms.clients import ClientForm
from clients.forms.fields import ReadField
from clients.queries.filters import COLUMNS
from clients.rules.normalise import read_text
from lawcrm.firm.queries.people import working_people

# {code of the column: field of the profile}
FIELDS = {
    "latin_name": "latin_name",
    "industry": "industry",
    "sex": "sex",
    "temperament": "temperament",
    "note": "note",
    "phone": "phone",
    "email": "email",
    "wechat": "wechat",
    "address": "address",
    "language": "language",
    "grade": "grade",
    "responsible": "responsible",
    "field": "business_fields",
    "service": "service_types",
    "source": "source",
    "referred_by": "referred_by",
    "since": "client_since",
}
EDITABLE = frozenset(FIELDS)


class CellForm(forms.Form):
    """The field as the client form has it, under the name "value", with the version of the client it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, client, column: str):
        name = FIELDS[column]
        self.name, self.client = name, client
        initial = getattr(client, name)
        super().__init__(
            data, initial={"version": client.version, "value": initial}, auto_id=f"cell-{client.pk}-%s"
        )
        field = deepcopy(ClientForm.base_fields[name])
        if name == "responsible":
            field.queryset = working_people()
        field.label, field.help_text = COLUMNS[column].label, ""
        if isinstance(field.widget, forms.Textarea):
            field.widget.attrs["rows"] = 3
        field.widget.attrs |= {"aria-label": str(COLUMNS[column].label)}
        self.fields["value"] = field
        if name == "grade" and client.grade:  # a first grade replaces none
            words = str(_("Reason for the new grade"))
            attrs = {"aria-label": words, "placeholder": words}
            self.fields["reason"] = ReadField(
                partial(read_text, longest=300), required=False, widget=forms.TextInput(attrs=attrs)
            )

    def clean(self):
        cleaned = super().clean()
        asks = "reason" in self.fields and "undo" not in self.data
        if asks and cleaned.get("value") != self.client.grade and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the grade changes."))
        return cleaned

    @property
    def why_graded(self) -> str:
        if "undo" in self.data:
            return _("Taken back.")
        return self.cleaned_data.get("reason", "")

    def changes(self) -> dict:
        return {self.name: self.cleaned_data["value"]}

    @property
    def before(self) -> list[str]:
        """What stood there, as this form would be sent with it."""
        value = getattr(self.client, self.name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [str(getattr(value, "pk", value) if value is not None else "")]
