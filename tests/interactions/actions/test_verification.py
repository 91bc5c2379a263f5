"""Stale profiles are asked for, a few at a time, and no longer once somebody verified them."""

from datetime import date, timedelta

import pytest

from clients.actions.upkeep import verify_profile
from clients.models import Client
from interactions.actions.verification import ask_to_verify
from interactions.enums import FollowUpOrigin, FollowUpState
from interactions.models import FollowUp
from lawcrm.firm import clock
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db
OLD = date(2020, 1, 1)


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def asked():
    return [row.client.name for row in FollowUp.objects.filter(origin=FollowUpOrigin.VERIFY).order_by("pk")]


def test_the_weightiest_stale_profiles_are_asked_for_once(lawyer):
    fresh = clock.today() - timedelta(days=20)
    make_client(lawyer, name="Fresh", verified_on=fresh, client_since=OLD)
    make_client(lawyer, name="New", client_since=fresh)
    for number in range(7):
        make_client(lawyer, name=f"Old {number}", client_since=OLD, grade="C")
    make_client(lawyer, name="Key", client_since=OLD, verified_on=date(2024, 1, 1), grade="A")
    assert ask_to_verify() == 5
    assert "Key" in asked()
    assert not {"Fresh", "New"} & set(asked())
    assert ask_to_verify() == 0  # five are open: no more until some are done


def test_verifying_does_what_was_asked_and_makes_room_for_the_next(lawyer):
    for number in range(6):
        make_client(lawyer, name=f"Old {number}", client_since=OLD)
    ask_to_verify()
    first = FollowUp.objects.filter(origin=FollowUpOrigin.VERIFY).first()
    verify_profile(first.client, by=lawyer)
    first.refresh_from_db()
    assert (first.state, first.finished_by) == (FollowUpState.DONE, lawyer)
    assert ask_to_verify() == 1
    assert len(set(asked())) == 6


def test_nobody_is_asked_for_what_lies_in_the_trash_or_whose_lawyer_left(lawyer):
    left = make_person("lawyer2", is_active=False)
    make_client(left, name="Of one who left", client_since=OLD, by=lawyer)
    trashed = make_client(lawyer, name="Trashed", client_since=OLD)
    Client.objects.filter(pk=trashed.pk).update(trashed_at=clock.now(), trashed_by=lawyer)
    assert ask_to_verify() == 0
