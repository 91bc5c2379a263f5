"""The firm's policy as a form: every number, choice and switch with its words, its unit and its bounds."""

from dataclasses import dataclass, replace
from types import MappingProxyType

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lawcrm.firm.forms.working_days import CALENDARS, own_days_text
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.words import listed

GRADES = {"A": "A", "B": "B", "C": "C", "D": "D"}
LEVELS = (
    ("associate", _("Associate")),
    ("manager", pgettext_lazy("level of a lawyer", "Manager")),
    ("partner", pgettext_lazy("level of a lawyer", "Partner")),
)
CARE = (
    ("strategy_meeting", _("Yearly strategy meeting")),
    ("half_year_review", _("Half-yearly review")),
    ("events", _("Invitations to events")),
    ("own_training", _("Tailor-made training")),
    ("legal_check_up", _("Legal check-up")),
    ("legal_news", _("Legal news")),
    ("greetings", _("Greetings on festivals and birthdays")),
    ("growth_plan", _("Growth plan")),
)
MAIL_KEEPS = (
    ("subject", _("The subject")),
    ("text", _("Subject and text")),
    ("sealed", _("Subject and text, sealed as a confidential note")),
)
PARTS = {"volume": _("fees"), "contribution": _("contribution"), "years": _("years together")}
CONTRIBUTIONS = {"referrals": _("referrals"), "realisation": _("realisation"), "standing": _("standing")}


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the policy. `keys`: it is held apart for each of these, {key: its words}."""

    name: str
    label: str
    lowest: float
    highest: float
    keys: dict | None = None
    step: float = 1

    def field(self, label, held) -> forms.Field:
        whole = self.step == 1
        return (forms.IntegerField if whole else forms.FloatField)(
            label=label,
            min_value=self.lowest,
            max_value=self.highest,
            initial=held,
            widget=forms.NumberInput(attrs={"step": 1 if whole else "any"}),
        )

    def text(self, value) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Choice:
    """One or several of a closed list."""

    name: str
    label: str
    options: tuple
    keys: dict | None = None
    many: bool = False

    def field(self, label, held) -> forms.Field:
        if self.many:
            return forms.TypedMultipleChoiceField(
                label=label,
                choices=self.options,
                initial=list(held),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return forms.ChoiceField(label=label, choices=self.options, initial=held)

    def text(self, value) -> str:
        words = dict(self.options)
        chosen = value if isinstance(value, list | tuple) else [value]
        return listed(str(words.get(one, one)) for one in chosen) or "–"


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    name: str
    label: str
    hint: str = ""
    keys: None = None

    def field(self, label, held) -> forms.Field:
        return forms.BooleanField(label=label, help_text=self.hint, initial=held, required=False)

    def text(self, value) -> str:
        return str(_("on") if value else _("off"))


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
            Number("cadence_days", _("Contact at least every (days)"), 1, 365, keys=GRADES),
            Number(
                "escalate_overdue_days",
                _("Overdue follow-ups go to the partner after (working days)"),
                0,
                90,
                keys=GRADES,
            ),
            Number("answer_hours", _("Answer within (working hours)"), 1, 80, keys=GRADES),
            Choice("responsible_level", _("Who is responsible"), LEVELS, keys=GRADES),
            Choice("care", _("Care"), CARE, keys=GRADES, many=True),
        ),
    ),
    (
        _("Score and grades"),
        (
            Number("score_weights", _("Weight of"), 0, 100, keys=PARTS),
            Number(
                "contribution_weights", _("Weight within the contribution of"), 0, 100, keys=CONTRIBUTIONS
            ),
            Number("fees_months", _("Fees count for (months)"), 6, 60),
            Number("full_fees", _("Fees that give full marks"), 1, 1_000_000_000),
            Number("full_referrals", _("Referrals that give full marks"), 1, 100),
            Number("full_years", _("Years together that give full marks"), 1, 50),
            Number(
                "grade_cutoffs",
                _("Score from which the grade is"),
                1,
                100,
                keys={grade: grade for grade in "ABC"},
            ),
            Switch(
                "grades_follow_score",
                _("Grades follow the score"),
                _(
                    "Off: the score proposes a grade, and a partner takes it over. A grade by hand holds either way."
                ),
            ),
            Number("grade_follow_up_days", _("Talk to a client whose grade changed within (days)"), 1, 90),
        ),
    ),
    (
        _("Profiles"),
        (
            Number("completeness_reach", _("Completeness: how to reach them"), 0, 100),
            Number("completeness_identity", _("Completeness: who they are"), 0, 100),
            Number("completeness_background", _("Completeness: background"), 0, 100),
            Number("completeness_people", _("Completeness: people there"), 0, 100),
            Number("completeness_service", _("Completeness: with the firm"), 0, 100),
            Number("completeness_principles", _("Completeness: purpose, basis, verified"), 0, 100),
            Number("hanging_share", _("Hangs on one person from a share of (0.5 to 1)"), 0.5, 1, step=0.05),
            Number("hanging_contacts", _("Contacts before that is judged"), 1, 50),
        ),
    ),
    (
        _("Upkeep, surveys, sign-in"),
        (
            Number("verify_days", _("A profile is stale after (days)"), 30, 1095),
            Number("verify_tasks_at_once", _("Stale profiles a lawyer is asked for at once"), 0, 50),
            Switch(
                "digest_on_days_off",
                _("Morning mails come on days off too"),
                _(
                    "Otherwise none comes on a day off, and the last one before tells of the days off as well."
                ),
            ),
            Choice("mail_in_keeps", _("Of mail, the log keeps"), MAIL_KEEPS),
            Number("survey_link_days", _("A survey link works for (days)"), 1, 180),
            Number("session_idle_minutes", _("Sign out when idle for (minutes)"), 5, 120),
            Number("session_hours", _("Sign in again after (hours)"), 1, 24),
            Number("import_max_rows", _("Rows in one import"), 100, 100_000),
        ),
    ),
)
VALUES = tuple(value for _title, values in GROUPS for value in values)
_BY_NAME = {value.name: value for value in VALUES}
_ON_OTHER_PAGES = {
    "retention_days": _("How long things are kept"),
    "matter_keep_years": _("Files of closed matters are kept for (years)"),
    "working_calendar": _("Public holidays"),
    "own_days": _("Days the firm decides on itself"),
}
_TOLD_BY: dict = {}


def tell_value(name: str, label, words) -> None:
    """Registers how a value is told that a higher room asks for on a page of its own: `words(held) -> str`."""
    _ON_OTHER_PAGES[name], _TOLD_BY[name] = label, words


class PolicyForm(forms.Form):
    """Fields are named as in FirmPolicy; a value by key has one field for each key ("cadence_days_A").

    What the page does not ask for (retention has its own page) stays as it is.
    """

    note = forms.CharField(label=_("Why the change"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, policy: FirmPolicy, version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = policy
        self.version = self.fields["version"].initial = version
        for value in VALUES:
            held = getattr(policy, value.name)
            if value.keys:
                for key, words in value.keys.items():
                    self.fields[f"{value.name}_{key}"] = value.field(f"{value.label} {words}", held[key])
            else:
                self.fields[value.name] = value.field(value.label, held)

    def clean_version(self):
        """All numbers are sent together: without this, the second saver would undo the first one's."""
        if self.cleaned_data["version"] != self.version:
            raise forms.ValidationError(
                _("Somebody changed the policy meanwhile. Load the page again to see what holds now."),
                code="stale",
            )
        return self.version

    def clean(self):
        typed = super().clean()
        cutoffs = [typed.get(f"grade_cutoffs_{grade}") for grade in "ABC"]
        if None not in cutoffs and not cutoffs[0] > cutoffs[1] > cutoffs[2]:
            self.add_error("grade_cutoffs_A", _("A needs a higher score than B, and B a higher one than C."))
        for name, keys in (("score_weights", PARTS), ("contribution_weights", CONTRIBUTIONS)):
            weights = [typed.get(f"{name}_{key}") for key in keys]
            if None not in weights and not sum(weights):
                self.add_error(f"{name}_{next(iter(keys))}", _("At least one weight is more than nothing."))
        return typed

    def groups(self):
        """(title, entries) in the order of the page: what is held apart for each key stands together."""
        return [(title, [self._entry(value) for value in values]) for title, values in GROUPS]

    def _entry(self, value) -> dict:
        if not value.keys:
            return {"field": self[value.name]}
        named = [(words, self[f"{value.name}_{key}"]) for key, words in value.keys.items()]
        return {"label": value.label, "fields": named, "wide": isinstance(value, Choice) and value.many}

    def policy(self) -> FirmPolicy:
        """The policy as typed."""
        return replace(self.held, **{value.name: self._typed(value) for value in VALUES})

    def _typed(self, value):
        if not value.keys:
            return self.cleaned_data[value.name]
        typed = {key: self.cleaned_data[f"{value.name}_{key}"] for key in value.keys}
        return MappingProxyType(
            {key: tuple(one) if isinstance(one, list) else one for key, one in typed.items()}
        )


def words_of(name: str) -> str:
    """What a value of the policy is called, also for one that the page no longer asks for."""
    if name in _BY_NAME:
        return str(_BY_NAME[name].label)
    return str(_ON_OTHER_PAGES.get(name, name))


def text_of(name: str, held) -> str:
    """A value of the policy in the reader's words."""
    if name in _TOLD_BY:
        return _TOLD_BY[name](held)
    if name == "own_days":
        return own_days_text(held)
    if name == "working_calendar":
        return str(CALENDARS.get(held, held))
    value = _BY_NAME.get(name)
    write = value.text if value else str
    if not isinstance(held, dict):
        return write(held)
    words = (value.keys if value else None) or {}
    return ", ".join(f"{words.get(key, key)} {write(one)}" for key, one in held.items())
