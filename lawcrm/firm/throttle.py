"""Slowing down those who guess passwords, without giving them a way to lock anybody out.

Counted are failures of one user name from one address (5), and of one address whatever the name (50: an office may share
one address). Nobody is locked by user name alone: guesses from elsewhere never keep a person from signing in.
"""

from datetime import timedelta
from functools import wraps
from math import ceil

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.shortcuts import render
from django.utils import timezone

from lawcrm.firm.actions.looks import WITHIN, TooManyLooks

FAILURES_OF_A_PAIR = 5
FAILURES_OF_AN_ADDRESS = 50
COOL_OFF = timedelta(minutes=15)


def plain_username(request, credentials) -> str:
    """The name as the counters know it: spelling it with capitals is no fresh start."""
    source = credentials or request.POST
    return str(source.get("username") or "").strip().casefold()[:150]


class Handler(AxesDatabaseHandler):
    """axes' own, with one limit for the pair and a wider one for the address alone."""

    def get_failures(self, request, credentials=None) -> int:
        of_pair, of_address = (
            sum(attempts.values_list("failures_since_start", flat=True))
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(of_pair, of_address * FAILURES_OF_A_PAIR // FAILURES_OF_AN_ADDRESS)

    def reset_user_attempts(self, request, credentials=None) -> int:
        """Signing in forgives the pair only: an insider's own password must not clear their address."""
        of_pair, _of_address = self.filter_user_attempts(request, credentials)
        return of_pair.delete()[0]


def locked_out(request, response=None, credentials=None):
    """The page for those who must wait, saying how long."""
    newest = (
        AccessAttempt.objects.filter(ip_address=request.axes_ip_address)
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    left = (newest + COOL_OFF - timezone.now()) if newest else COOL_OFF
    minutes = max(1, ceil(left.total_seconds() / 60))
    return _wait(request, minutes, signing_in=True)


def limits_looks(view):
    """For views that reveal a sealed value: who has looked at too many is asked to wait."""

    @wraps(view)
    def limited(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except TooManyLooks:
            return _wait(request, int(WITHIN.total_seconds() // 60), signing_in=False)

    return limited


def _wait(request, minutes: int, *, signing_in: bool):
    page = render(request, "429.html", {"minutes": minutes, "signing_in": signing_in}, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    return page
