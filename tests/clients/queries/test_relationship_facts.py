"""What the providers gather in a statement each equals what a walk over the records finds."""

import random
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from clients.enums import ClientKind
from clients.facts import gather
from clients.models import Client
from clients.rules.relationship import is_substantive
from clients.rules.relationship_facts import ContactFact, MatterFact, SurveyFact
from interactions.enums import Channel, FollowUpOrigin, FollowUpState, Purpose
from interactions.models import Contact, FollowUp
from matters.models import Matter
from surveys.models import SurveyAnswer, SurveyInvitation
from tests.people import make_person

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 6, 1)
SINCE = TODAY - timedelta(days=365)
# hours around midnight of the firm, where the day in UTC is another one
HOURS = [time(0, 0), time(0, 1), time(7, 59), time(8, 0), time(12, 30), time(23, 59, 59)]


@pytest.fixture
def chance():
    return random.Random(20260601)


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def clients(chance, lawyer):
    clients = [
        Client(name=f"Client {n}", sort_key=f"{n}", kind=ClientKind.PRIVATE, responsible=lawyer)
        for n in range(8)
    ]
    Client.objects.bulk_create(clients)
    for client in clients[:-1]:  # the last one has nothing at all
        fill(client, lawyer, chance)
    return clients


def some_day(chance) -> date:
    edges = [TODAY, TODAY + timedelta(days=1), SINCE, SINCE - timedelta(days=1)]
    return chance.choice([*edges, TODAY - timedelta(days=chance.randrange(-10, 800))])


def some_moment(chance) -> datetime:
    return datetime.combine(some_day(chance), chance.choice(HOURS), tzinfo=ZONE)


def fill(client, lawyer, chance) -> None:
    for number in range(chance.randrange(0, 4)):
        accepted = some_day(chance)
        closed = chance.choice([None, accepted + timedelta(days=90)])
        Matter.objects.create(
            client=client,
            title=f"{number}",
            kind="civil",
            service_type="advice",
            responsible=lawyer,
            accepted_on=accepted,
            closed_on=closed,
            state="closed" if closed else "open",
        )
    matters = [None, *client.matters.all()]
    for _ in range(chance.randrange(1, 15)):
        withdrawn = chance.random() < 0.2
        Contact.objects.create(
            client=client,
            at=some_moment(chance),
            channel=Channel.PHONE,
            initiator=chance.choice(["firm", "client"]),
            answered=chance.random() < 0.7,
            purposes=chance.sample(Purpose.values, chance.randrange(1, 4)),
            matter=chance.choice(matters),
            logged_by=lawyer,
            with_lawyer=lawyer,
            withdrawn_at=timezone.now() if withdrawn else None,
            withdrawn_by=lawyer if withdrawn else None,
        )
    for number in range(chance.randrange(0, 4)):
        fill_follow_up_and_survey(client, lawyer, chance, number)


def fill_follow_up_and_survey(client, lawyer, chance, number) -> None:
    state = chance.choice([FollowUpState.OPEN, FollowUpState.SNOOZED, FollowUpState.DONE])
    FollowUp.objects.create(
        client=client,
        owner=lawyer,
        title="Call",
        due_at=timezone.now(),
        origin=chance.choice([FollowUpOrigin.COMPLAINT, FollowUpOrigin.HAND]),
        state=state,
        finished_at=timezone.now() if state == FollowUpState.DONE else None,
    )
    invitation = SurveyInvitation.objects.create(
        client=client, sent_by=lawyer, token_hash=chance.randbytes(32), expires_at=timezone.now()
    )
    SurveyAnswer.objects.create(
        invitation=invitation,
        client=client,
        answered_at=some_moment(chance),
        marks={},
        dimension_scores={},
        score=chance.choice([None, "3.25", "5.00"]),
        nps=chance.choice([None, 0, 9]),
    )


def local_day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def by_walking(client) -> dict:
    """The same facts, record by record, in plain Python."""
    contacts = [c for c in client.contacts.all() if c.withdrawn_at is None and local_day(c.at) <= TODAY]
    answers = [a for a in client.survey_answers.all() if SINCE <= local_day(a.answered_at) <= TODAY]
    complaints = [
        f
        for f in client.follow_ups.all()
        if f.origin == FollowUpOrigin.COMPLAINT and f.state in (FollowUpState.OPEN, FollowUpState.SNOOZED)
    ]
    return {
        "contacts": {
            ContactFact(
                c.pk, local_day(c.at), c.initiator == "firm", c.answered, tuple(c.purposes), c.matter_id
            )
            for c in contacts
            if local_day(c.at) >= SINCE
        },
        "contact_count": len(contacts),
        "ever_contacted": bool(contacts),
        "last_contact_at": max((c.at for c in contacts), default=None),
        "last_substantive_on": max(
            (local_day(c.at) for c in contacts if c.answered and is_substantive(c.purposes)), default=None
        ),
        "open_complaints": len(complaints),
        "matters": {MatterFact(m.pk, m.accepted_on, m.closed_on) for m in client.matters.all()},
        "surveys": {SurveyFact(a.pk, local_day(a.answered_at), a.score, a.nps) for a in answers},
    }


NOTHING = {
    "contacts": (),
    "contact_count": 0,
    "ever_contacted": False,
    "last_contact_at": None,
    "last_substantive_on": None,
    "open_complaints": 0,
    "matters": (),
    "surveys": (),
}


def test_gathered_as_walked(clients):
    gathered = gather([client.pk for client in clients], since=SINCE, today=TODAY)
    for client in clients:
        facts = NOTHING | gathered[client.pk]
        for name in ("contacts", "matters", "surveys"):
            facts[name] = set(facts[name])
        assert facts == by_walking(client)


def test_one_client_at_a_time_gives_the_same(clients):
    together = gather([client.pk for client in clients], since=SINCE, today=TODAY)
    for client in clients:
        alone = gather([client.pk], since=SINCE, today=TODAY)[client.pk]
        assert {
            name: sorted(map(str, value)) if isinstance(value, tuple) else value
            for name, value in alone.items()
        } == {
            name: sorted(map(str, value)) if isinstance(value, tuple) else value
            for name, value in together[client.pk].items()
        }


def test_one_statement_each(clients, django_assert_num_queries):
    with django_assert_num_queries(3):
        gather([client.pk for client in clients], since=SINCE, today=TODAY)
