"""Changing which days the firm works: each change is a new version of the policy."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext as _

from lawcrm.firm.actions.policy import change_policy
from lawcrm.firm.models import PolicyVersion
from lawcrm.firm.policy import current_policy


def choose_calendar(code: str, *, by) -> PolicyVersion | None:
    """Whose public holidays hold; None where they do already."""
    policy = replace(current_policy(), working_calendar=code)
    return change_policy(by=by, policy=policy, note=_("Working days"))


def set_own_days(days: Iterable[date], *, by, kind: str, name: str) -> PolicyVersion | None:
    """The firm is closed, or works, on these days, whatever the public calendar says."""
    own = {day.isoformat(): {"days": kind, "name": name} for day in days}
    return _store({**current_policy().own_days, **own}, by=by, note=name)


def clear_own_day(day: date, *, by) -> PolicyVersion | None:
    """The public calendar holds again on this day."""
    held = dict(current_policy().own_days)
    held.pop(day.isoformat(), None)
    return _store(held, by=by, note=_("Working days"))


def _store(own: dict, *, by, note: str):
    return change_policy(by=by, policy=replace(current_policy(), own_days=MappingProxyType(own)), note=note)
