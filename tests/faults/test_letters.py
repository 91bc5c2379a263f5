"""Letters of care and invitations, their senders killed on the way: each leaves once, and is one contact of the log."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count

from interactions.actions.care import send_by_mail
from interactions.actions.events import add_guests, make_event, send_invitations
from interactions.models import CareTask, Contact, EventInvitation
from lawcrm.firm import clock
from lawcrm.firm.models import Outbox
from tests.clients.build import make_client
from tests.faults.test_outbox import kill_senders, mails_sent, waiting
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, EACH = 30, 4


def test_each_letter_leaves_once_and_is_logged_once(machinery):
    lawyer = make_person("lawyer")
    clients = [make_client(lawyer, email=f"c{n}@client.example") for n in range(CLIENTS)]
    for client in clients:
        for n in range(EACH):
            task = CareTask.objects.create(
                client=client,
                kind="visit",
                occasion=f"visit:{n}",
                on=clock.today(),
                owner=lawyer,
                channel="email",
            )
            send_by_mail(task, by=lawyer, subject="A visit", body=f"May we come? {task.pk}")
    event = make_event(
        by=lawyer, title="Tea", place="Hall", organiser=lawyer, starts_at=clock.now() + timedelta(days=9)
    )
    add_guests(event, clients, by=lawyer)
    assert send_invitations(event, EventInvitation.objects.all(), by=lawyer) == CLIENTS
    assert waiting() == CLIENTS * (EACH + 1)

    machinery.beat()
    kill_senders(machinery, kills=4, apart=15)
    machinery.worker()
    machinery.wait(lambda: not waiting(), seconds=120)
    machinery.settle()
    assert Outbox.objects.filter(state="sending").count() <= 8

    sent = mails_sent(machinery)
    assert max(sent.values()) == 1, "no letter left twice"
    texts = "".join(file.read_text() for file in machinery.mails.iterdir())
    assert max(Counter(re.findall(r"May we come\? ([0-9a-f-]{36})", texts)).values()) == 1
    noted = {str(pk) for pk in Outbox.objects.filter(state="sent").values_list("pk", flat=True)}
    open_ends = {str(pk) for pk in Outbox.objects.filter(state="sending").values_list("pk", flat=True)}
    assert len(noted) + len(open_ends) == CLIENTS * (EACH + 1)
    assert noted <= set(sent) <= noted | open_ends

    done = CareTask.objects.filter(state="done")
    assert Contact.objects.count() == len(noted), "what left and was noted is a contact, once"
    assert not done.filter(contact=None).exists()
    assert not done.values("contact").annotate(times=Count("pk")).filter(times__gt=1).exists()
    assert done.count() + Outbox.objects.filter(event="event.invitation", state="sent").count() == len(noted)
