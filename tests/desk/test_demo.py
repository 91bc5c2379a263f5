"""The demo firm has what it is there to show."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import TestCase

from clients.enums import ClientKind, RelationshipType
from clients.models import Client, ClientPerson, RelationshipAssessment
from interactions.models import Contact, FollowUp, Promise
from lawcrm.desk.demo.build import build
from lawcrm.desk.demo.large import build_large
from lawcrm.desk.demo.stories import StoryTeller
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry, Outbox, User, Wall
from lawcrm.firm.partial_dates import keys_kept_between
from lawcrm.firm.roles import Role
from matters.models import ConflictCheck, KeyDate, Matter, Receivable, ServicePlan
from surveys.models import SurveyAnswer

CLIENTS = 110


class TestDemoFirm(TestCase):
    @classmethod
    def setUpTestData(cls):
        build(clients=CLIENTS, seed=1)

    def test_everybody_can_sign_in(self):
        for username in ("admin", "partner", "manager", "specialist", "lawyer", "lawyer2", "auditor"):
            assert User.objects.get(username=username).check_password("lawcrm-demo-firm")
        lawyers = User.objects.filter(role=Role.LAWYER)
        assert lawyers.count() == 40
        assert lawyers.values("supervisor").distinct().count() >= 3
        assert lawyers.values("department").distinct().count() >= 6

    def test_all_kinds_and_all_types_are_there(self):
        assert Client.objects.count() == CLIENTS
        assert set(Client.objects.values_list("relationship_type", flat=True)) == {
            None,
            *RelationshipType.values,
        }
        assert len(set(Client.objects.values_list("kind", flat=True))) >= 7
        assert Client.objects.filter(kind=ClientKind.FOREIGN_INVESTED, name__regex="^[A-Z]").exists()
        assert Client.objects.exclude(grade="").values("grade").distinct().count() == 4

    def test_relationships_have_a_path(self):
        days = Counter(RelationshipAssessment.objects.values_list("assessed_on", flat=True))
        assert len(days) > 12
        moved = RelationshipAssessment.objects.exclude(previous_type=None)
        assert moved.count() > CLIENTS / 2

    def test_matters_have_dates_money_and_decided_checks(self):
        today = clock.today()
        assert KeyDate.objects.filter(kind="limitation", done_on=None, on__gt=today).exists()
        assert Receivable.objects.overdue(today).exists()
        assert Receivable.objects.filter(received=F("amount")).exists()
        assert {"clear", "refused"} <= set(ConflictCheck.objects.values_list("decision", flat=True))
        assert ServicePlan.objects.exists()

    def test_the_lawyer_has_a_day(self):
        lawyer, now = User.objects.get(username="lawyer"), clock.now()
        tonight = clock.start_of(clock.today() + timedelta(days=1))
        due = FollowUp.objects.filter(owner=lawyer, due_at__lt=tonight).unfinished()
        assert 7 <= due.count() <= 12
        assert due.filter(due_at__lt=now - timedelta(days=1)).count() >= 3
        assert FollowUp.objects.filter(owner=lawyer, promise__isnull=False).unfinished().exists()
        own = Client.objects.filter(responsible=lawyer)
        assert own.filter(quiet_from__lte=clock.today()).count() >= 2
        assert own.filter(assessments__previous_type__gt=1, assessments__type__lt=5).exists()
        soon = set(keys_kept_between(clock.today() + timedelta(days=days) for days in range(8)))
        born = ClientPerson.objects.filter(client__in=own, person__birth_date__isnull=False)
        assert len([place for place in born if place.person.birth_date.key in soon]) >= 2

    def test_the_log_is_in_both_languages_and_never_in_the_future(self):
        notes = Contact.objects.exclude(note="").values_list("note", flat=True)
        assert len(set(notes)) > len(notes) / 4
        assert any("汇报" in note for note in notes)
        assert any("Monthly update" in note for note in notes)
        assert not Contact.objects.filter(at__gt=clock.now()).exists()
        assert Promise.objects.count() > 10

    def test_matters_surveys_and_a_wall(self):
        assert Matter.objects.filter(state="open").exists()
        assert Matter.objects.filter(state="closed").exists()
        answers = SurveyAnswer.objects.values_list("nps", flat=True)
        assert any(nps <= 6 for nps in answers)
        assert any(nps >= 9 for nps in answers)
        assert Wall.objects.standing().exists()

    def test_the_trail_tells_when_things_happened(self):
        first = AuditEntry.objects.order_by("at").first()
        assert (clock.now() - first.at).days > 300
        assert AuditEntry.objects.filter(verb="contact.logged").count() == Contact.objects.count()

    def test_nobody_gets_mail_about_the_past(self):
        assert not Outbox.objects.filter(channel="mail", state=Outbox.State.WAITING).exists()
        assert not FollowUp.objects.filter(remind_at__lt=clock.start_of(clock.today())).exists()

    def test_a_firm_with_people_is_left_alone(self):
        call_command("demo", verbosity=0)
        assert Client.objects.count() == CLIENTS
        User.objects.filter(username="lawyer2").update(username="someone")
        with pytest.raises(CommandError, match="people already"):
            call_command("demo")
        User.objects.filter(username="someone").update(username="lawyer2")


@pytest.mark.django_db
def test_a_large_firm_has_the_same_shape():
    """Copied in bulk or lived through by the actions: the same clients come to the same."""
    with transaction.atomic():
        build(clients=40, seed=3, around=False)
        lived = _shape()
        transaction.set_rollback(True)
    build_large(clients=40, seed=3, processes=1, say=lambda told: None)
    assert _shape() == lived


def _shape() -> dict:
    """What the pages show of each client."""
    return {
        client.name: (
            client.assessments.get(current=True).type,
            client.last_contact_at,
            client.quiet_from,
            bytes(client.registration_index or b""),
            client.registration_number,
            client.search,
            client.sort_key,
            sorted(client.places.values_list("person__name", "person__search", "roles")),
            sorted(
                client.contacts.values_list(
                    "at", "note", "purposes", "matter__title", "with_lawyer__username"
                )
            ),
            sorted(note for note in (contact.sealed_note for contact in client.contacts.all()) if note),
            sorted(client.matters.values_list("title", "state", "progress__text"), key=str),
            sorted(
                client.follow_ups.values_list(
                    "title", "due_at", "state", "origin", "owner__username", "remind_at"
                ),
                key=str,
            ),
            sorted(client.survey_answers.values_list("score", "nps", "answered_at")),
            AuditEntry.objects.filter(client_id=client.pk, verb="contact.logged").count(),
        )
        for client in Client.objects.all()
    }


def test_production_has_no_demo(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        call_command("demo")


def test_the_same_seed_tells_the_same_story():
    told = [StoryTeller(seed=7, today=clock.today(), clients=50, lawyers=40).story(30) for _twice in range(2)]
    assert told[0] == told[1]
    assert StoryTeller(seed=8, today=clock.today(), clients=50, lawyers=40).story(30) != told[0]
