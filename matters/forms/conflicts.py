"""Input for conflict checks."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matters.enums import Decision
from matters.forms.parties import NamesField
from matters.rules.conflicts import decision_problem

PROBLEMS = {
    "unknown_decision": _("Choose what was decided."),
    "ask_the_desk": _("There is more that you may not see: the conflicts desk decides."),
    "ask_a_partner": _("A check that found somebody is decided by a partner or the conflicts desk."),
    "nothing_to_waive": _("Nothing was found that could be waived."),
    "reason_missing": _("Say why: the reason stands on the certificate."),
}


class CheckForm(forms.Form):
    names = NamesField(
        label=_("Names to check"),
        required=True,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One on each line: the prospect, the other side, everybody with a part in it."),
    )
    purpose = forms.CharField(label=_("What it is for"), max_length=300, required=False)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=pgettext_lazy("conflict check", "Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, hits: int, hidden: int, may_decide: bool, before: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self._standing = {"hits": hits, "hidden": hidden, "may_decide": may_decide, "before": before}

    def clean(self):
        values = super().clean()
        if "decision" in values:
            problem = decision_problem(values["decision"], values.get("reason", ""), **self._standing)
            if problem:
                self.add_error("reason" if problem == "reason_missing" else None, PROBLEMS[problem])
        return values


class CheckFilter(forms.Form):
    state = forms.ChoiceField(
        choices=[("", _("Waiting for a decision")), ("all", _("All checks")), *Decision.choices],
        required=False,
    )
    mine = forms.BooleanField(required=False)

    def __init__(self, params):
        super().__init__(params)
        self.is_valid()

    def narrow(self, checks, user):
        state = self.cleaned_data.get("state")
        if state != "all":
            checks = checks.filter(decision=state or "")
        if not state:
            checks = checks.filter(is_current=True)
        return checks.filter(asked_by=user) if self.cleaned_data.get("mine") else checks
