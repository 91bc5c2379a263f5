"""Care: prepared by night, done once, logged as a contact."""

from datetime import date, timedelta

import pytest
from django.core import mail

from clients.actions.people import add_known_person
from interactions.actions import care
from interactions.actions.care_plans import save_plan
from interactions.actions.care_prepare import prepare_care
from interactions.models import CarePlan, CareTask, Contact
from lawcrm.firm import clock
from lawcrm.firm.actions import outbox
from lawcrm.firm.models import Outbox
from lawcrm.firm.partial_dates import PartialDate
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
EVE = date(2026, 12, 24)


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def manager():
    return make_person("manager")


def make_plan(manager, grade="A", client=None, **steps):
    plan = CarePlan(grade="" if client else grade, client=client)
    return save_plan(
        plan, by=manager, version=1, steps=[{"kind": kind, **values} for kind, values in steps.items()]
    )


def prepare(today):
    cursor = {}
    while prepare_care(cursor, today):
        pass


def told():
    return sorted((str(task.person or task.client), task.occasion) for task in CareTask.objects.all())


def test_the_list_is_prepared_the_day_before_and_once(lawyer, manager):
    harbour = make_client(lawyer, name="Harbour Ltd", grade="A", language="en")
    make_client_person(harbour, "Anna Bell", role="decision_maker", language="en")
    make_client(lawyer, name="Standard Ltd", grade="C", language="en")
    make_plan(manager, festival={"festivals": ["christmas", "spring"]})
    prepare(EVE - timedelta(days=1))
    assert told() == []
    prepare(EVE)
    prepare(EVE + timedelta(days=1))
    assert told() == [("Anna Bell", "festival:christmas:2026")]
    task = CareTask.objects.get()
    assert (task.owner, task.on, task.client) == (lawyer, EVE + timedelta(days=1), harbour)


def test_somebody_at_two_clients_is_greeted_once(lawyer, manager):
    harbour = make_client(lawyer, grade="A", language="en")
    quay = make_client(make_person("lawyer2"), grade="A", language="en")
    anna = make_client_person(harbour, "Anna Bell")
    add_known_person(by=lawyer, client=quay, person=anna, role="user")
    make_plan(manager, festival={"festivals": ["christmas"]})
    prepare(EVE)
    assert told() == [("Anna Bell", "festival:christmas:2026")]


def test_birthdays_solar_and_lunar_and_who_wants_none(lawyer, manager):
    harbour = make_client(lawyer, grade="A")
    make_client_person(harbour, "Solar", birth_date=date(1980, 9, 25))
    make_client_person(harbour, "Lunar", birth_date=PartialDate(month=8, day=15, lunar=True))
    make_client_person(harbour, "Shy", birth_date=date(1980, 9, 25), do_not_greet=True)
    make_client_person(harbour, "Other", birth_date=date(1980, 9, 27))
    make_plan(manager, birthday={})
    prepare(date(2026, 9, 24))
    assert told() == [("Lunar", "birthday:2026"), ("Solar", "birthday:2026")]


def test_a_clients_own_plan_replaces_the_grades(lawyer, manager):
    quiet = make_client(lawyer, name="Quiet Ltd", grade="A", language="en")
    own = make_client(lawyer, name="王府井商贸", grade="A", language="zh-hans")
    make_plan(manager, festival={"festivals": ["christmas", "spring"]})
    make_plan(manager, client=quiet)
    make_plan(manager, client=own, festival={"festivals": ["christmas"]})
    prepare(EVE)
    assert told() == [("王府井商贸", "festival:christmas:2026")]


def test_consent_withdrawn_is_no_care(lawyer, manager):
    make_client(lawyer, grade="A", language="en", consent_withdrawn_on=date(2026, 1, 1))
    make_plan(manager, festival={"festivals": ["christmas"]})
    prepare(EVE)
    assert told() == []


@pytest.mark.parametrize("number", [3, 30])
def test_preparing_takes_as_many_statements_for_many(lawyer, manager, number, django_assert_max_num_queries):
    for one in range(number):
        make_client_person(make_client(lawyer, grade="A", language="en"), f"Anna {one}")
    make_plan(manager, festival={"festivals": ["christmas"]}, birthday={})
    with django_assert_max_num_queries(16):
        prepare(EVE)
    assert CareTask.objects.count() == number


# -- done ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def task(lawyer):
    harbour = make_client(lawyer, name="Harbour Ltd", language="en", email="office@harbour.example")
    anna = make_client_person(harbour, "Anna Bell", email="anna@harbour.example")
    today = clock.today()
    return CareTask.objects.create(
        client=harbour, person=anna, kind="birthday", occasion=f"birthday:{today.year}", on=today, owner=lawyer, channel="email"
    )  # fmt: skip


def send(task, lawyer, **more):
    return care.send_by_mail(task, by=lawyer, subject="Happy birthday", body="Dear Anna", **more)


def test_a_mail_goes_out_once_and_is_logged_once_it_has_left(task, lawyer):
    send(task, lawyer)
    assert not Contact.objects.exists()
    with pytest.raises(care.NotOpen):
        send(task, lawyer)
    outbox.send_due()
    outbox.send_due()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (
        ["anna@harbour.example"],
        "Happy birthday",
        "Dear Anna",
    )
    assert letter.reply_to == [lawyer.email]
    contact = Contact.objects.get()
    task.refresh_from_db()
    assert (task.state, task.contact) == ("done", contact)
    assert (contact.purposes, contact.answered, contact.channel) == (["greeting"], False, "email")
    assert [person.name for person in contact.people.all()] == ["Anna Bell"]


def test_what_was_taken_back_does_not_go_out(task, lawyer):
    care.take_back(send(task, lawyer), by=lawyer)
    outbox.send_due()
    assert mail.outbox == []
    assert Outbox.objects.get().state == "dropped"


def test_a_mail_that_left_and_could_not_be_noted_is_unknown(task, lawyer, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(care, "log_contact", breaks)
    send(task, lawyer)
    outbox.send_due()
    outbox.send_due()
    assert len(mail.outbox) == 1
    assert Outbox.objects.get().state == "unknown"
    task.refresh_from_db()
    assert task.state == "sending"


def test_by_hand_it_is_logged_at_once(task, lawyer):
    care.done_by_hand(task, by=lawyer, body="Happy birthday!", channel="instant_message")
    contact = Contact.objects.get()
    assert (contact.channel, contact.note, contact.answered) == ("instant_message", "Happy birthday!", False)


def test_nobody_greets_somebody_greeted_these_days(task, lawyer):
    make_contact(task.client, purposes=["greeting"], people=[task.person])
    with pytest.raises(care.Greeted):
        send(task, lawyer)
    send(task, lawyer, anyway=True)


def test_who_wants_to_be_left_alone_since_is(task, lawyer):
    type(task.person).objects.filter(pk=task.person_id).update(do_not_greet=True)
    with pytest.raises(care.LeftAlone):
        send(task, lawyer)


def test_without_an_address_nothing_is_sent(task, lawyer):
    type(task.person).objects.update(email="")
    type(task.client).objects.update(email="")
    with pytest.raises(care.NoAddress):
        send(task, lawyer)


def test_a_message_with_an_open_gap_stays_here(task, lawyer):
    with pytest.raises(care.NotFilled, match="写明"):
        care.send_by_mail(task, by=lawyer, subject="News", body="变化：【请写明内容】", anyway=True)
    with pytest.raises(care.NotFilled):
        care.done_by_hand(task, by=lawyer, body="[Say here what it means.]", channel="instant_message")
    task.refresh_from_db()
    assert task.state == "waiting"


def test_left_out_for_a_reason_and_put_back(task, lawyer):
    assert care.skip(task, by=lawyer, reason="on leave").state == "skipped"
    assert care.take_back(task, by=lawyer).state == "waiting"
