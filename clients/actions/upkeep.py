"""Keeping profiles true: verified by somebody, other counsel, and what was told to third parties."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from clients.models import Client, Disclosure, OtherCounsel
from clients.rules.consent import consent_to_disclose
from lawcrm.firm import clock
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.changes import apply_changes, told
from lawcrm.firm.conflicts import StaleVersion
from lawcrm.firm.models import AuditEntry

VERIFIED, TAKEN_BACK = "client.verified", "client.verification_taken_back"
_ON_VERIFIED: list[Callable] = []


def on_verified(do: Callable) -> Callable:
    """Registers `do(client, by=)`, called in the transaction in which a profile is verified."""
    if do not in _ON_VERIFIED:
        _ON_VERIFIED.append(do)
    return do


@transaction.atomic
def verify_profile(client: Client, *, by) -> Client:
    """Somebody looked through the profile today and found it true."""
    client = _locked(client)
    today = clock.today(by)
    if client.verified_on != today:
        _set_verified(client, today, VERIFIED, by)
    for do in _ON_VERIFIED:
        do(client, by=by)
    return client


class NothingToTakeBack(Exception):
    """The last verification was somebody else's, or not of today."""


@transaction.atomic
def take_back_verification(client: Client, *, by) -> Client:
    """The click was a slip: the day it was verified before stands again, as the audit trail tells it.

    Raises NothingToTakeBack unless the same person verified it today.
    """
    client = _locked(client)
    deeds = AuditEntry.objects.filter(client_id=client.pk, verb__in=(VERIFIED, TAKEN_BACK))
    last = deeds.order_by("-id").first()
    if (
        last is None
        or last.verb != VERIFIED
        or last.actor_id != by.pk
        or client.verified_on != clock.today(by)
    ):
        raise NothingToTakeBack
    before = last.changes["verified_on"][0]
    _set_verified(client, date.fromisoformat(before) if before else None, TAKEN_BACK, by)
    return client


def _set_verified(client: Client, day: date | None, verb: str, by) -> None:
    changes = apply_changes(client, {"verified_on": day})
    client.version += 1
    client.save(update_fields=["verified_on", "version", "updated_at"])
    audit.record(by=by, verb=verb, obj=client, changes=changes)


# -- other counsel ------------------------------------------------------------------------------------------------

COUNSEL_EDITABLE = ("firm_name", "lawyer", "serves_for", "since", "until", "note")


@transaction.atomic
def add_counsel(client: Client, *, by, **fields) -> OtherCounsel:
    counsel = OtherCounsel.objects.create(client=client, **fields)
    audit.record(by=by, verb="client.counsel_added", obj=counsel, changes=told(counsel, COUNSEL_EDITABLE))
    return counsel


@transaction.atomic
def update_counsel(counsel: OtherCounsel, *, by, version: int, changes: dict) -> OtherCounsel:
    """Raises StaleVersion when somebody was quicker."""
    counsel = OtherCounsel.objects.select_for_update(of=("self",)).get(pk=counsel.pk)
    if counsel.version != version:
        raise StaleVersion(counsel)
    if changed := apply_changes(counsel, changes):
        counsel.version += 1
        counsel.save()
        audit.record(by=by, verb="client.counsel_changed", obj=counsel, changes=changed)
    return counsel


@transaction.atomic
def remove_counsel(counsel: OtherCounsel, *, by) -> None:
    """It never was true; the audit trail remembers that it stood here."""
    audit.record(by=by, verb="client.counsel_removed", obj=counsel, changes=_gone(counsel))
    counsel.delete()


def _gone(counsel: OtherCounsel) -> dict:
    return {name: [pair[1], ""] for name, pair in told(counsel, COUNSEL_EDITABLE).items()}


# -- disclosures ----------------------------------------------------------------------------------------------------


class NoConsent(Exception):
    """Nothing may be told to a third party. `refusal`: a clients.rules.consent.Refusal."""

    def __init__(self, refusal):
        super().__init__(refusal)
        self.refusal = refusal


def log_disclosure(client: Client, *, by, on: date, recipient: str, what: str, purpose: str) -> Disclosure:
    """Writes down what was told to whom. Raises NoConsent, and the refused try stays in the audit trail."""
    verdict = consent_to_disclose(client, on)
    if verdict.refusal:
        with transaction.atomic():
            audit.record(by=by, verb="client.disclosure_refused", obj=client, detail={"recipient": recipient})
        raise NoConsent(verdict.refusal)
    with transaction.atomic():
        disclosure = Disclosure.objects.create(
            client=client,
            on=on,
            recipient=recipient,
            what=what,
            purpose=purpose,
            consent=verdict.basis,
            made_by=by,
        )
        audit.record(
            by=by,
            verb="client.disclosed",
            obj=disclosure,
            changes=told(disclosure, ("on", "recipient", "what", "purpose", "consent")),
            label=client.name,
            detail={"recipient": recipient},
        )
    return disclosure


def _locked(client: Client) -> Client:
    return Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
