"""What forms of records share: a reader for each value, remarks that may be overridden, and the lost update."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.opaque import hide, show


def posted(request):
    """What a form is bound to: the sent values, also where none were sent; None on a GET."""
    return request.POST if request.method == "POST" else None


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **attrs):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Caution:
    """A remark the person may override. `code` names what they have seen, so that a new one is shown again.

    `url`: what it is about; `compare_url`: both side by side, for whoever may make one of them.
    """

    code: str
    text: str
    url: str = ""
    compare_url: str = ""


class WarningsForm(forms.Form):
    """A form that is first sent back with its remarks, and saved when sent again with them seen."""

    seen_warnings = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.warnings: list[Caution] = []

    def add_warning(self, code: str, text: str, url: str = "", compare_url: str = "") -> None:
        self.warnings.append(Caution(code, text, url, compare_url))

    @property
    def unseen_warnings(self) -> list[Caution]:
        seen = set((self.data.get(self.add_prefix("seen_warnings")) or "").split(","))
        return [warning for warning in self.warnings if warning.code not in seen]

    @property
    def warning_codes(self) -> str:
        """What the button "Save all the same" sends back."""
        return ",".join(warning.code for warning in self.warnings)

    def may_be_saved(self, look=None) -> bool:
        """Whether all values are clean and every remark was seen; `look(form)` adds remarks to clean values."""
        if not self.is_valid():
            return False
        if look:
            look(self)
        return not self.unseen_warnings


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which two savers do not agree. `keeps`: "theirs" or "yours", what is ticked at first."""

    name: str
    label: str
    theirs: str
    yours: str
    keeps: str


class VersionedForm(forms.Form):
    """A form of a record somebody else may save meanwhile.

    It carries the record's version and, hidden, the values it was opened with. On StaleVersion the page shows
    `differences(theirs)` (components/conflict.html); the answer to it comes back as keep-<field> and counts in
    `changes()`. `SEALED` names fields whose value never stands in a page: empty means "as it was".
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    opened_with = forms.CharField(required=False, widget=forms.HiddenInput)

    SEALED: tuple[str, ...] = ()
    AROUND = ("version", "opened_with", "seen_warnings")

    def __init__(self, data=None, *, instance=None, **kwargs):
        self.instance = instance
        initial = kwargs.pop("initial", None) or {}
        if instance is not None:
            initial = self.values_of(instance) | initial
            initial["version"] = instance.version
        super().__init__(data, initial=initial, **kwargs)
        if instance is not None:
            self.initial["opened_with"] = hide(self._plain(initial), self._purpose)

    @property
    def opened(self) -> dict:
        """The values the form was opened with, plain; empty where nobody can tell."""
        return show(self.data.get(self.add_prefix("opened_with"), ""), self._purpose) or {}

    @property
    def record_fields(self) -> list[str]:
        return [name for name in self.fields if name not in self.AROUND]

    def values_of(self, instance) -> dict:
        """The record's values as the form's fields hold them."""
        return {
            name: getattr(instance, name)
            for name in self.base_fields
            if hasattr(instance, name) and name not in self.SEALED
        }

    def changes(self) -> dict:
        """The clean values to save; what was left to the other saver is not among them."""
        kept = {name for name in self.record_fields if self.data.get(f"keep-{name}") == "theirs"}
        left_out = kept | {name for name in self.SEALED if not self.cleaned_data.get(name)}
        return {
            name: self.cleaned_data[name]
            for name in self.record_fields
            if name in self.cleaned_data and name not in left_out
        }

    def differences(self, theirs) -> list[Difference]:
        """Where the record as saved by somebody else and this form do not agree, untouched fields left to them."""
        opened = self.opened
        saved, mine = self._plain(self.values_of(theirs)), self._plain(self.cleaned_data)
        found = []
        for name in self.record_fields:
            if name in self.SEALED or saved.get(name) == mine.get(name):
                continue
            touched = name not in opened or opened[name] != mine.get(name)
            texts = self.as_text(name, saved.get(name)), self.as_text(name, mine.get(name))
            label = str(self.fields[name].label or name)
            found.append(Difference(name, label, *texts, "yours" if touched else "theirs"))
        return found

    def rebase(self, theirs) -> None:
        """Makes the form, shown again, an answer to the record as it stands now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(theirs.version)

    def as_text(self, name: str, value) -> str:
        """A value in the reader's words; choices by their label, and as the field itself puts it."""
        if value and (words := getattr(self.fields[name], "words", None)):
            return words(value)
        choices = dict(_flat(getattr(self.fields[name], "choices", ())))
        values = value if isinstance(value, list) else [value]
        texts = [str(choices.get(one, one)) for one in values if one not in (None, "", False)]
        if texts == ["True"]:
            return str(_("yes"))
        return ", ".join(texts) or "–"

    @property
    def _purpose(self) -> str:
        return f"form {type(self).__name__}"

    def _plain(self, values: dict) -> dict:
        return {name: _plain(values.get(name)) for name in self.record_fields if name not in self.SEALED}


def _plain(value):
    """A value as JSON and the choices of a field know it."""
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "pk"):
        return str(value.pk)
    return value if value is None or isinstance(value, bool) else str(value)


def _flat(choices):
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(value), label
