"""The choices of a merge: for each field on which two clients or two people differ, whose value stands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.actions import clients, people
from clients.rules import merging as rules

PREFIX = "take-"


class MergeForm(forms.Form):
    """`names`: the fields there may be something to choose for. `kept_version` and `absorbed_version` say what was looked
    at: whoever edits either meanwhile is not overrun."""

    names: tuple[str, ...]

    kept_version = forms.IntegerField(widget=forms.HiddenInput)
    absorbed_version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Why"), max_length=300, required=False, help_text=_("For the record; may stay empty.")
    )

    def __init__(self, data=None, *, kept, absorbed):
        self.kept, self.absorbed = kept, absorbed
        super().__init__(data, initial={"kept_version": kept.version, "absorbed_version": absorbed.version})
        for name in self.names:
            ours, theirs = getattr(kept, name), getattr(absorbed, name)
            if ours != theirs and (ours or theirs):
                self.fields[PREFIX + name] = _choice(name, ours, theirs)

    @property
    def differing(self) -> list[str]:
        """The fields there is something to choose for, as the profile orders them."""
        return [name.removeprefix(PREFIX) for name in self.fields if name.startswith(PREFIX)]

    def value_of(self, name: str) -> str:
        """What is chosen as the form stands."""
        field = self[PREFIX + name]
        return field.value() or field.initial

    @property
    def versions(self) -> tuple[int, int]:
        return self.cleaned_data["kept_version"], self.cleaned_data["absorbed_version"]

    @property
    def choices(self) -> dict[str, str]:
        """A field that came to differ while the form was open is not among them: the versions tell."""
        given = {name: self.cleaned_data[PREFIX + name] for name in self.differing}
        return {name: choice for name, choice in given.items() if choice}

    def rebase(self) -> None:
        """The form, shown again, answers to both as they stand now; what was chosen stays chosen."""
        self.data = self.data.copy()
        self.data["kept_version"], self.data["absorbed_version"] = self.kept.version, self.absorbed.version


class ClientMergeForm(MergeForm):
    names = clients.EDITABLE


class PersonMergeForm(MergeForm):
    names = people.EDITABLE


def _choice(name: str, ours, theirs) -> forms.ChoiceField:
    options = [(rules.KEPT, ""), (rules.ABSORBED, "")]
    if rules.may_take_both(name, ours, theirs):
        options.append((rules.BOTH, ""))
    return forms.ChoiceField(
        choices=options, initial=rules.proposed(name, ours, theirs), widget=forms.RadioSelect, required=False
    )
