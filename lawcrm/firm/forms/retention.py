"""How long what is kept, as a form: one number of days to each class, nothing for ever."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm import retention
from lawcrm.firm.policy import FirmPolicy

LONGEST = 36_500


class RetentionForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    matter_keep_years = forms.IntegerField(
        label=_("Files of closed matters are kept for (years)"),
        min_value=1,
        max_value=100,
        help_text=_("As long, nothing of the client is erased. Ask your bar what it prescribes."),
    )
    note = forms.CharField(label=_("Why the change"), max_length=300)

    def __init__(self, *args, policy: FirmPolicy, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.policy, self.version = policy, version
        self.fields["version"].initial = version
        self.fields["matter_keep_years"].initial = policy.matter_keep_years
        for kept in retention.classes():
            self.fields[f"days_{kept.code}"] = forms.IntegerField(
                label=kept.label,
                help_text=kept.hint,
                required=kept.always,
                min_value=kept.lowest,
                max_value=LONGEST,
                initial=kept.days(policy) or None,
            )

    def clean_version(self):
        if self.cleaned_data["version"] != self.version:
            raise forms.ValidationError(
                _("Somebody changed the policy meanwhile. Load the page again to see what holds now."),
                code="stale",
            )
        return self.version

    def days(self) -> dict[str, int]:
        """Days by class as typed; 0 for ever."""
        return {kept.code: self.cleaned_data[f"days_{kept.code}"] or 0 for kept in retention.classes()}

    def lines(self, counts: dict[str, int]):
        """(class, bound field, days that hold now, how many rows would go now)."""
        return [
            (kept, self[f"days_{kept.code}"], kept.days(self.policy), counts.get(kept.code, 0))
            for kept in retention.classes()
        ]
