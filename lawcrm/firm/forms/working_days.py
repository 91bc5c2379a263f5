"""Which days the firm works, as forms: whose public holidays, and days of its own."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.forms.base import DayInput
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.templatetags.look import day as day_words
from lawcrm.firm.words import listed
from lawcrm.firm.working_calendar import BY_ZONE, CHINA, CLOSED, ENGLAND_WALES, WEEKDAYS, WORKED, code_of

CALENDARS = {
    BY_ZONE: _("By the firm's time zone"),
    CHINA: _("Mainland China, with make-up working days"),
    ENGLAND_WALES: _("England and Wales"),
    WEEKDAYS: _("None: Monday to Friday"),
}
KINDS = {CLOSED: _("Closed"), WORKED: _("Worked")}
MOST_DAYS = 31


class CalendarForm(forms.Form):
    working_calendar = forms.ChoiceField(label=_("Public holidays"), choices=list(CALENDARS.items()))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_zone = _("By the firm's time zone: %(calendar)s") % {"calendar": CALENDARS[code_of(FirmPolicy())]}
        self.fields["working_calendar"].choices = [(BY_ZONE, by_zone), *list(CALENDARS.items())[1:]]


class OwnDaysForm(forms.Form):
    """A day, or a stretch of days, that the firm decides on itself."""

    first = forms.DateField(label=_("From"), widget=DayInput())
    last = forms.DateField(label=_("To"), required=False, widget=DayInput())
    days = forms.ChoiceField(label=_("The firm is"), choices=list(KINDS.items()), initial=CLOSED)
    name = forms.CharField(label=_("Name of the day"), max_length=80)

    def clean(self):
        typed = super().clean()
        first, last = typed.get("first"), typed.get("last") or typed.get("first")
        if first and last and not 0 <= (last - first).days < MOST_DAYS:
            self.add_error("last", _("It ends on or after its first day, and lasts 31 days at most."))
        return typed

    def each_day(self) -> list[date]:
        first, last = self.cleaned_data["first"], self.cleaned_data["last"] or self.cleaned_data["first"]
        return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def own_days_text(held: dict) -> str:
    """The firm's own days in one line: 31 December closed (Year's end)."""
    return (
        listed(
            f"{day_words(date.fromisoformat(day))} {KINDS[one['days']]} ({one['name']})"
            for day, one in sorted(held.items())
        )
        or "–"
    )
