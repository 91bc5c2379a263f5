"""The demo firm's events: one some weeks ago, one to come with more guests than seats."""

from datetime import datetime, time, timedelta

from clients.actions.relationship import deferred_assessments
from clients.models import Client
from interactions.actions import events as actions
from interactions.enums import EventKind
from interactions.models import EventInvitation
from lawcrm.firm import clock

PAST, AHEAD = 35, 12
SEATS = 4


def tell_events(cast) -> None:
    """Guests in every state: not answered, yes, no, waiting for a seat, come, stayed away."""
    with deferred_assessments():
        _tell(cast)


def _tell(cast) -> None:
    manager, today = cast["manager"], clock.today()
    clients = list(
        Client.objects.unscoped().unmerged().filter(grade__in=["A", "B"], trashed_at=None).order_by("pk")[:24]
    )
    past, ahead = today - timedelta(days=PAST), today + timedelta(days=AHEAD)
    with clock.standing_at(_at(past - timedelta(days=20), 10)):
        talk = _event(
            manager, "新公司法实务讲座", EventKind.SEMINAR, past, seats=40, budget=12_000, cost=10_800
        )
        guests = _invite(talk, clients[:12], manager)
    with clock.standing_at(_at(past - timedelta(days=12), 15)):
        _answer(guests, "yynyyny yy")
    with clock.standing_at(_at(past, 14)):
        for one in guests[:2] + guests[3:5]:
            actions.mark_attended(one, by=manager)
    with clock.standing_at(_at(today - timedelta(days=6), 10)):
        dinner = _event(
            manager, "年度客户答谢晚宴", EventKind.DINNER, ahead, seats=SEATS, budget=30_000, cost=0
        )
        guests = _invite(dinner, clients[6:18], manager)
    with clock.standing_at(_at(today - timedelta(days=3), 11)):
        _answer(guests, "yyynyy n")


def _at(day, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=clock.zone_of())


def _event(manager, title: str, kind: str, on, **values):
    return actions.make_event(
        by=manager,
        title=title,
        kind=kind,
        place="律所十二层会议厅",
        organiser=manager,
        starts_at=_at(on, 18 if kind == EventKind.DINNER else 14),
        **values,
    )


def _invite(event, clients, manager) -> list[EventInvitation]:
    """Invited as by letter, without a letter leaving."""
    actions.add_guests(event, clients, by=manager)
    guests = list(EventInvitation.objects.unscoped().filter(event=event).for_lists().order_by("id"))
    for one in guests:
        one.sent_at, one.sent_to = clock.now(), actions.address_of(one)
        one.save(update_fields=["sent_at", "sent_to"])
        actions.note_invited(one, manager)
    return guests


def _answer(guests, answers: str) -> None:
    """y comes, n does not, a blank has not answered."""
    for one, said in zip(guests, answers, strict=False):
        if said != " ":
            actions.answer(actions.answer_token(one), comes=said == "y")
