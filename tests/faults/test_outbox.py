"""A thousand mails, a thousand chat messages and ten thousand notices, their senders killed on the way: nobody hears anything twice."""

import random
import re
import time
from collections import Counter
from datetime import timedelta

import pytest

from lawcrm.firm import clock
from lawcrm.firm.actions import outbox
from lawcrm.firm.actions.telling import add_chat_hook
from lawcrm.firm.models import Notice, Outbox
from tests.firm.chat.server import chat_server
from tests.people import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def fill(channel: str, number: int) -> None:
    person = make_person("lawyer")
    Outbox.objects.bulk_create(
        [
            Outbox(
                event="test.event",
                key=f"test:{n}",
                person=person,
                channel=channel,
                context={"number": n},
                due_at=clock.now(),
            )
            for n in range(number)
        ],
        batch_size=2000,
    )


def waiting() -> int:
    return Outbox.objects.filter(state="waiting").count()


def kill_senders(machinery, *, kills: int, apart: int) -> None:
    """Kills two senders at a time, each time some rows further on (at most `apart`, and what they send meanwhile).

    The moment is told by what was sent, not by the clock: a fast machine must not be done before the last kill.
    """
    chance = random.Random()
    for _ in range(kills):
        workers = [machinery.worker(), machinery.worker()]
        goal = waiting() - chance.randint(1, apart)
        machinery.wait(lambda goal=goal: waiting() <= goal)
        time.sleep(chance.uniform(0, 0.02))
        for worker in workers:
            worker.kill()
    assert waiting(), "all kills fell into the work"


def mails_sent(machinery) -> Counter:
    text = "".join(file.read_text() for file in machinery.mails.iterdir())
    return Counter(re.findall(r"^Message-ID: <([0-9a-f-]{36})@", text, re.MULTILINE))


def test_a_thousand_mails(machinery):
    fill("mail", 1000)
    machinery.beat()
    kill_senders(machinery, kills=8, apart=25)
    machinery.worker()
    machinery.wait(lambda: not waiting(), seconds=60)
    machinery.wait(lambda: Outbox.objects.filter(state="sending").count() <= 16)
    time.sleep(0.2)
    sent = mails_sent(machinery)
    assert max(sent.values()) == 1, "no mail went out twice"
    noted = {str(pk) for pk in Outbox.objects.filter(state="sent").values_list("pk", flat=True)}
    open_ends = {str(pk) for pk in Outbox.objects.filter(state="sending").values_list("pk", flat=True)}
    assert len(noted) + len(open_ends) == 1000
    assert noted <= set(sent) <= noted | open_ends
    assert len(open_ends) <= 16, "at most one for each killed sender"


def test_ten_thousand_notices(machinery):
    fill("app", 10_000)
    machinery.beat()
    kill_senders(machinery, kills=6, apart=600)
    machinery.worker()
    machinery.wait(lambda: not waiting(), seconds=60)
    assert set(Outbox.objects.values_list("state", flat=True).distinct()) == {"sent"}
    told = Counter(Notice.objects.values_list("context__number", flat=True))
    assert sorted(told) == list(range(10_000))
    assert max(told.values()) == 1


def test_a_thousand_messages_to_a_team_chat(machinery):
    """What the chat itself received, counted by delivery key, against what was noted."""
    with chat_server() as chat:
        add_chat_hook(by=None, name="Everybody", format="generic", address=chat.address, secret="s3cret")
        fill("chat", 1000)
        machinery.beat()
        kill_senders(machinery, kills=8, apart=25)
        machinery.worker()
        machinery.wait(lambda: not waiting(), seconds=90)
        machinery.wait(lambda: Outbox.objects.filter(state="sending").count() <= 16)
        time.sleep(0.2)
        received = Counter(body["id"] for body in chat.bodies)
    assert max(received.values()) == 1, "no message came twice"
    noted = {str(pk) for pk in Outbox.objects.filter(state="sent").values_list("pk", flat=True)}
    unclear = Outbox.objects.filter(state__in=["sending", "unknown"])
    open_ends = {str(pk) for pk in unclear.values_list("pk", flat=True)}
    assert len(noted) + len(open_ends) == 1000
    assert noted <= set(received) <= noted | open_ends
    assert len(open_ends) <= 16, "at most one for each killed sender"
    outbox.mark_unknown(timedelta(0))
    assert outbox.send_due() is False
    assert not Outbox.objects.filter(state="sending").exists()
    assert Outbox.objects.filter(state="unknown").count() == len(open_ends), "shown, and never sent again"
