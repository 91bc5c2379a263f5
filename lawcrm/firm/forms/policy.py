"""The firm's policy as a form: every number with its words, its unit and its bounds."""

from dataclasses import dataclass
from types import MappingProxyType

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.policy import FirmPolicy

GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the policy. `grades` marks a number that each grade has its own of."""

    name: str
    label: str
    lowest: float
    highest: float
    grades: bool = False
    step: float = 1


GROUPS = (
    (
        _("Relationship assessment"),
        (
            Number("window_days", _("Evidence counts for (days)"), 90, 1095),
            Number("min_known_days", _("A client is new for (days)"), 0, 180),
            Number("min_contacts_if_new", _("Contacts before a new client is assessed"), 1, 10),
            Number("check_in_days", _("Expectation check within (days of acceptance)"), 1, 120),
            Number("progress_days", _("Progress report at least every (days)"), 1, 180),
            Number(
                "gap_tolerance", _("Tolerance on the cadence (0.5 is half as long again)"), 0, 2, step=0.05
            ),
            Number("informed_contacts", _("Legal updates or new services in the window"), 1, 24),
            Number("needs_review_days", _("Needs review within the last (days)"), 30, 730),
            Number("long_term_years", _("Client for at least (years)"), 1, 20),
            Number("long_term_matters", _("or at least so many matters"), 1, 50),
            Number(
                "two_way_share", _("Least share of contacts either side starts (0 to 0.5)"), 0, 0.5, step=0.05
            ),
            Number("two_way_contacts", _("Contacts before that share is judged"), 1, 50),
            Number("risk_cost_contacts", _("Contacts on risk or cost in the window"), 1, 24),
            Number("satisfied_score", _("Satisfied from a score of (1 to 5)"), 1, 5, step=0.1),
            Number("satisfied_nps", _("or from a recommendation of (0 to 10)"), 0, 10),
        ),
    ),
    (
        _("Service standard by grade"),
        (
            Number("cadence_days", _("Contact at least every (days)"), 1, 365, grades=True),
            Number(
                "escalate_overdue_days",
                _("Overdue follow-ups go to the partner after (days)"),
                0,
                90,
                grades=True,
            ),
        ),
    ),
    (
        _("Upkeep, surveys, sign-in"),
        (
            Number("verify_days", _("A profile is stale after (days)"), 30, 1095),
            Number("survey_link_days", _("A survey link works for (days)"), 1, 180),
            Number("session_idle_minutes", _("Sign out when idle for (minutes)"), 5, 120),
            Number("session_hours", _("Sign in again after (hours)"), 1, 24),
            Number("import_max_rows", _("Rows in one import"), 100, 100_000),
        ),
    ),
)
NUMBERS = tuple(number for _title, numbers in GROUPS for number in numbers)


class PolicyForm(forms.Form):
    """Fields are named as in FirmPolicy; a number by grade has one field for each grade ("cadence_days_A")."""

    note = forms.CharField(label=_("Why the change"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, policy: FirmPolicy, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.version = self.fields["version"].initial = version
        for number in NUMBERS:
            held = getattr(policy, number.name)
            if number.grades:
                for grade in GRADES:
                    self._add(f"{number.name}_{grade}", number, f"{number.label} {grade}", held[grade])
            else:
                self._add(number.name, number, number.label, held)

    def _add(self, name: str, number: Number, label, held) -> None:
        whole = number.step == 1
        field = forms.IntegerField if whole else forms.FloatField
        self.fields[name] = field(
            label=label,
            min_value=number.lowest,
            max_value=number.highest,
            initial=held,
            widget=forms.NumberInput(attrs={"step": 1 if whole else "any"}),
        )

    def clean_version(self):
        """All numbers are sent together: without this, the second saver would undo the first one's."""
        if self.cleaned_data["version"] != self.version:
            raise forms.ValidationError(
                _("Somebody changed the policy meanwhile. Load the page again to see what holds now."),
                code="stale",
            )
        return self.version

    def groups(self):
        """(title, bound fields) in the order of the page."""
        return [
            (title, [self[name] for number in numbers for name in _field_names(number)])
            for title, numbers in GROUPS
        ]

    def policy(self) -> FirmPolicy:
        """The policy as typed."""
        typed = self.cleaned_data
        return FirmPolicy(
            **{
                number.name: MappingProxyType({grade: typed[f"{number.name}_{grade}"] for grade in GRADES})
                if number.grades
                else typed[number.name]
                for number in NUMBERS
            }
        )


def _field_names(number: Number) -> list[str]:
    return [f"{number.name}_{grade}" for grade in GRADES] if number.grades else [number.name]


def words_of(name: str) -> str:
    """What a number of the policy is called, also for one that the page no longer asks for."""
    return next((str(number.label) for number in NUMBERS if number.name == name), name)
