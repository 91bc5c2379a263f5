"""Signing in, out and being slowed down stand in the audit trail."""

from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from lawcrm.firm.actions.audit import record
from lawcrm.firm.queries.people import person_named


@receiver(user_logged_in)
def _signed_in(sender, request, user, **kwargs):
    record(by=user, verb="user.signed_in", obj=user)


@receiver(user_logged_out)
def _signed_out(sender, request, user, **kwargs):
    if user is not None:
        record(by=user, verb="user.signed_out", obj=user)


@receiver(user_locked_out)
def _locked_out(sender, request, username, ip_address, **kwargs):
    """One entry for each time somebody has to wait; axes signals every further try too, without counting it.

    Only people who exist are named: what was typed as a user name may be somebody's password.
    """
    counted = getattr(request, "axes_failures_since_start", None) is not None
    if counted and (person := person_named(username)):
        record(by=None, verb="user.locked_out", obj=person, detail={"address": ip_address})
