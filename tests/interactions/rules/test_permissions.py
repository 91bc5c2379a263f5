from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest

from interactions.enums import Refusal
from interactions.rules import permissions as rules
from lawcrm.firm.roles import Role


def person(role=Role.LAWYER):
    return SimpleNamespace(pk=uuid4(), role=role, is_active=True, is_authenticated=True)


LOGGER, HOLDER, RESPONSIBLE, STRANGER = (person() for _ in range(4))


def contact(**changes):
    values = dict(
        logged_by_id=LOGGER.pk,
        with_lawyer_id=HOLDER.pk,
        client=SimpleNamespace(responsible_id=RESPONSIBLE.pk),
        withdrawn_at=None,
        confidentiality="ordinary",
    )
    return SimpleNamespace(**{**values, **changes})


def follow_up(**changes):
    values = dict(
        owner_id=HOLDER.pk,
        made_by_id=LOGGER.pk,
        client=SimpleNamespace(responsible_id=RESPONSIBLE.pk),
        state="open",
    )
    return SimpleNamespace(**{**values, **changes})


def reason(check, *args):
    with pytest.raises(rules.Refused) as caught:
        check(*args)
    return caught.value.reason


@pytest.mark.parametrize("who", [LOGGER, HOLDER, RESPONSIBLE, *map(person, rules.SUPERVISING)])
def test_those_concerned_and_those_who_supervise_change_what_was_logged_and_planned(who):
    assert rules.may_change_contact(contact(), who)
    assert rules.may_change_follow_up(follow_up(), who)


def test_others_are_told_why_not():
    assert reason(rules.check_may_change_contact, contact(), STRANGER) == Refusal.NOT_YOURS
    assert reason(rules.check_may_change_follow_up, follow_up(), STRANGER) == Refusal.NOT_YOURS
    auditor = person(Role.AUDITOR)
    assert reason(rules.check_may_change_contact, contact(logged_by_id=auditor.pk), auditor) == Refusal.ROLE
    assert not rules.may_change_contact(contact(), STRANGER)


def test_what_is_over_is_over():
    withdrawn = contact(withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert reason(rules.check_may_change_contact, withdrawn, LOGGER) == Refusal.WITHDRAWN
    assert reason(rules.check_may_change_follow_up, follow_up(state="done"), HOLDER) == Refusal.FINISHED


def test_a_sealed_note_is_read_by_those_whose_role_may_reveal():
    sealed = contact(confidentiality="confidential")
    assert rules.may_reveal_note(sealed, person(Role.LAWYER))
    assert reason(rules.check_may_reveal_note, sealed, person(Role.SPECIALIST)) == Refusal.ROLE
    assert reason(rules.check_may_reveal_note, contact(), LOGGER) == Refusal.NOT_SEALED
