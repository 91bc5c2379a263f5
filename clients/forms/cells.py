"""One field of a client, edited where it stands in a list."""

from copy import deepcopy
from functools import cached_property, partial

from django import forms
from django.utils.translation import gettext as _

from clients.forms.clients import ClientForm
from clients.forms.fields import ReadField
from clients.queries.columns import COLUMNS
from clients.rules.normalise import read_text
from lawcrm.firm import opaque
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
_UNDO = "cell undo"


class CellForm(forms.Form):
    """The field as the client form has it, under the name "value", with the version of the client it was opened on."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, client, column: str, by):
        name = FIELDS[column]
        self.name, self.client, self.column, self.by = name, client, column, by
        initial = getattr(client, name)
        self.before = _as_sent(initial)
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
        asks = "reason" in self.fields and not self.is_undo
        if asks and cleaned.get("value") != self.client.grade and not cleaned.get("reason"):
            self.add_error("reason", _("Say why the grade changes."))
        return cleaned

    @property
    def why_graded(self) -> str:
        if self.is_undo:
            return _("Taken back.")
        return self.cleaned_data.get("reason", "")

    @cached_property
    def is_undo(self) -> bool:
        """Whether it puts back exactly what stood there before the same person's last save: `undo_of` gave leave."""
        asked = opaque.show(self.data.get("undo", ""), _UNDO)
        return asked is not None and asked == _leave(
            self.client, self.column, self.data.get("version"), self.data.getlist("value"), self.by
        )

    def undo_of(self, saved) -> dict:
        """What is sent to take the change back, once it was saved."""
        leave = _leave(saved, self.column, saved.version, self.before, self.by)
        return {"value": self.before, "version": saved.version, "undo": opaque.hide(leave, _UNDO)}

    def changes(self) -> dict:
        return {self.name: self.cleaned_data["value"]}


def _as_sent(value) -> list[str]:
    """What stands there, as this form would be sent with it."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return [str(getattr(value, "pk", value) if value is not None else "")]


def _leave(client, column: str, version, value: list[str], by) -> list:
    return [str(client.pk), column, str(version), value, str(by.pk)]
