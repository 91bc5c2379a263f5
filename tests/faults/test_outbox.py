"""Ten thousand mails, chat messages and notices, their senders killed on the way: nobody hears anything twice."""

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
MANY, KILLS = 10_000, 6


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


def send_the_rest(machinery, killed: int) -> None:
    for _ in range(2):
        machinery.worker()
    machinery.wait(lambda: not waiting(), seconds=240, every=0.2)
    machinery.settle()
    assert Outbox.objects.filter(state="sending").count() <= killed


def mails_sent(machinery) -> Counter:
    text = "".join(file.read_text() for file in machinery.mails.iterdir())
    return Counter(re.findall(r"^Message-ID: <([0-9a-f-]{36})@", text, re.MULTILINE))


def ids(*states: str) -> set[str]:
    return {str(pk) for pk in Outbox.objects.filter(state__in=states).values_list("pk", flat=True)}


def nobody_heard_twice(heard: Counter, number: int, killed: int) -> None:
    """Everything noted as sent was heard, and what is open may have been: at most one row for each killed sender."""
    assert max(heard.values()) == 1, "nothing went out twice"
    noted, open_ends = ids("sent"), ids("sending", "unknown")
    assert len(noted) + len(open_ends) == number
    assert noted <= set(heard) <= noted | open_ends
    assert len(open_ends) <= killed


def test_ten_thousand_mails(machinery):
    fill("mail", MANY)
    machinery.beat()
    kill_senders(machinery, kills=KILLS, apart=200)
    send_the_rest(machinery, 2 * KILLS)
    machinery.wait(lambda: ids("sent") <= set(mails_sent(machinery)))
    nobody_heard_twice(mails_sent(machinery), MANY, 2 * KILLS)


def test_ten_thousand_notices(machinery):
    fill("app", MANY)
    machinery.beat()
    kill_senders(machinery, kills=KILLS, apart=600)
    machinery.worker()
    machinery.wait(lambda: not waiting(), seconds=60)
    machinery.settle()
    assert ids("sent") == ids(*Outbox.State.values)
    told = Counter(Notice.objects.values_list("context__number", flat=True))
    assert sorted(told) == list(range(MANY))
    assert max(told.values()) == 1


def test_ten_thousand_messages_to_a_team_chat(machinery):
    """What the chat itself received, counted by delivery key, against what was noted."""
    with chat_server() as chat:
        add_chat_hook(by=None, name="Everybody", format="generic", address=chat.address, secret="s3cret")
        fill("chat", MANY)
        machinery.beat()
        kill_senders(machinery, kills=KILLS, apart=200)
        send_the_rest(machinery, 2 * KILLS)
        received = Counter(body["id"] for body in chat.bodies)
    nobody_heard_twice(received, MANY, 2 * KILLS)
    open_ends = len(ids("sending", "unknown"))
    outbox.mark_unknown(timedelta(0))
    assert outbox.send_due() is False
    assert not ids("sending")
    assert len(ids("unknown")) == open_ends, "shown, and never sent again"
