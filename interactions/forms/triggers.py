"""What raises follow-ups by itself, as a form: on or off, how many days, whose they are."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from clients.enums import Grade
from interactions.enums import Trigger, TriggerOwner
from interactions.presenters.triggers import DAYS, EXPLAINED
from interactions.rules.triggers import DEFAULTS, TriggerRule
from interactions.triggers import rules_of, stored
from lawcrm.firm.policy import FirmPolicy, frozen

LONGEST = 730
# Whose they are stands with the deed itself: the responsible lawyer's.
OF_THE_LAWYER = (Trigger.GRADE, Trigger.VERIFY, Trigger.COMPLAINT)
ALWAYS_ON = (Trigger.COMPLAINT,)
OF_A_MATTER = (
    Trigger.EXPECTATION_CHECK,
    Trigger.PROGRESS,
    Trigger.KEY_DATE,
    Trigger.LIMITATION,
    Trigger.MATTER_CLOSED,
    Trigger.RETAINER_ENDING,
    Trigger.RECEIVABLE,
    Trigger.LARGE_MATTER,
)
GROUPS = (
    (_("Days to greet on"), (Trigger.BIRTHDAY, Trigger.FESTIVAL)),
    (
        _("The relationship"),
        (
            Trigger.NEW_CLIENT,
            Trigger.QUIET,
            Trigger.GRADE,
            Trigger.VERIFY,
            Trigger.NO_INSTRUCTION,
            Trigger.EARLY_RISK,
        ),
    ),
    (_("Matters"), OF_A_MATTER),
    (_("Satisfaction"), (Trigger.SURVEY_DUE, Trigger.DETRACTOR, Trigger.COMPLAINT)),
)


class TriggersForm(forms.Form):
    """Fields are named by trigger: on_birthday, days_birthday, who_birthday."""

    note = forms.CharField(label=_("Why the change"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, policy: FirmPolicy, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.held, self.rules = policy, rules_of(policy)
        self.version = self.fields["version"].initial = version
        for code, rule in self.rules.items():
            self._add(Trigger(code), rule)

    def _add(self, code: Trigger, rule: TriggerRule) -> None:
        if code not in ALWAYS_ON:
            self.fields[f"on_{code}"] = forms.BooleanField(
                label=code.label, initial=rule.on, required=False, help_text=EXPLAINED.get(code, "")
            )
        if code in DAYS:
            self.fields[f"days_{code}"] = forms.IntegerField(
                label=DAYS[code], initial=rule.days, min_value=0, max_value=LONGEST
            )
        if DEFAULTS[code].amount:
            self.fields[f"amount_{code}"] = forms.IntegerField(
                label=_("From fees of"), initial=rule.amount, min_value=1, max_value=1_000_000_000
            )
        if DEFAULTS[code].grades:
            self.fields[f"grades_{code}"] = forms.MultipleChoiceField(
                label=_("Grades"), initial=list(rule.grades), choices=[(one, one) for one in Grade.values],
                widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if code not in OF_THE_LAWYER:
            who = [one for one in TriggerOwner if code in OF_A_MATTER or one != TriggerOwner.MATTER]
            self.fields[f"who_{code}"] = forms.ChoiceField(
                label=_("Whose"), initial=rule.who, choices=[(one.value, one.label) for one in who]
            )

    def clean_version(self):
        """All is sent together: without this, the second saver would undo the first one's."""
        if self.cleaned_data["version"] != self.version:
            raise forms.ValidationError(
                _("Somebody changed the policy meanwhile. Load the page again to see what holds now."),
                code="stale",
            )
        return self.version

    def groups(self):
        """(title, entries) in the order of the page."""
        return [(title, [self._entry(Trigger(code)) for code in codes]) for title, codes in GROUPS]

    def _entry(self, code: Trigger) -> dict:
        def field(name):
            return self[f"{name}_{code}"] if f"{name}_{code}" in self.fields else None

        return {
            "code": code.value,
            "label": code.label,
            "text": EXPLAINED.get(code, ""),
            "on": field("on"),
            "numbers": [one for one in map(field, ("days", "amount", "who")) if one],
            "grades": field("grades"),
        }

    def policy(self) -> FirmPolicy:
        """The policy as typed."""
        rules = {code: self._typed(code, rule) for code, rule in self.rules.items()}
        return replace(self.held, triggers=frozen(stored(rules)))

    def _typed(self, code: str, rule: TriggerRule) -> TriggerRule:
        typed = {
            name: self.cleaned_data[f"{name}_{code}"]
            for name in TriggerRule.__slots__
            if f"{name}_{code}" in self.fields
        }
        if "grades" in typed:
            typed["grades"] = tuple(typed["grades"])
        return replace(rule, **typed)
