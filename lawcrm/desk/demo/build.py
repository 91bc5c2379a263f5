"""The demo firm, lived through: every deed of three years in its order, by the actions, the clock set to its day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction

from clients.actions.clients import create_client
from clients.actions.people import add_person
from clients.actions.relationship import assess_clients, deferred_assessments
from clients.models import Client, Person
from clients.queries.relationship import write_snapshot
from interactions.actions.contacts import NextFollowUp, PromiseMade, log_contact
from interactions.actions.follow_ups import create_follow_up
from interactions.enums import FollowUpOrigin
from interactions.models import Contact, FollowUp
from lawcrm.desk.demo.care import tell_care
from lawcrm.desk.demo.casework import tell_casework
from lawcrm.desk.demo.cast import assemble
from lawcrm.desk.demo.events import tell_events
from lawcrm.desk.demo.finish import finish, settle_past
from lawcrm.desk.demo.network import tell_network
from lawcrm.desk.demo.people import lawyers_for
from lawcrm.desk.demo.plans import ClientStory, ContactStory, HandStory, NextStory, SurveyStory
from lawcrm.desk.demo.stories import StoryTeller, moment_of
from lawcrm.desk.demo.worth import tell_worth
from lawcrm.firm import clock
from matters.actions.matters import close_matter, open_matter, record_progress
from matters.enums import Audience
from matters.models import Matter
from surveys.actions.surveys import answer_survey, send_survey

MONTHS_OF_HISTORY = 18
OPENING, MORNING, EVENING, NIGHT = (
    500,
    525,
    1_120,
    1_400,
)  # minutes of the day: before, and after, all contacts
BY_HAND_AT = 1_105


@dataclass(slots=True)
class Deed:
    day: int
    minute: int
    do: Callable[[], None]


@dataclass(slots=True)
class Life:
    """A story while it is lived: what has come of it so far."""

    story: ClientStory
    client: Client | None = None
    people: list[Person] = field(default_factory=list)
    matters: dict[int, Matter] = field(default_factory=dict)
    waiting: Contact | None = None  # the contact whose follow-up is open
    tokens: dict[int, str] = field(default_factory=dict)  # survey links


def build(*, clients: int, seed: int, around: bool = True) -> None:
    """The whole firm or none of it. Without what is `around` the clients only their stories, as in the large firm."""
    with transaction.atomic(), _without_savepoints():
        firm = Firm(today=clock.today(), clients=clients, seed=seed)
        lives = firm.live()
        if around:
            tell_network(lives)
            tell_worth(firm.cast, lives)
            tell_casework(firm.cast, lives)
            tell_care(firm.cast)
            tell_events(firm.cast)
        finish(firm.cast, lives)


@contextmanager
def _without_savepoints() -> Iterator[None]:
    """One failure undoes everything here, so the savepoints of twenty thousand actions would be for nothing."""
    kept, connection.features.uses_savepoints = connection.features.uses_savepoints, False
    try:
        yield
    finally:
        connection.features.uses_savepoints = kept


class Firm:
    def __init__(self, *, today: date, clients: int, seed: int):
        self.today, self.clients, self.seed, self.zone = today, clients, seed, clock.zone_of()

    def live(self) -> list[Life]:
        number = lawyers_for(self.clients)
        teller = StoryTeller(seed=self.seed, today=self.today, clients=self.clients, lawyers=number)
        lives = [Life(teller.story(one)) for one in range(self.clients)]
        first = min(life.story.known for life in lives)
        with clock.standing_at(moment_of(first, OPENING - 30, self.zone)):
            self.cast = assemble(number=number, seed=self.seed)
        deeds = [deed for life in lives for deed in self._deeds(life)] + list(self._month_ends(lives))
        deeds.sort(key=lambda deed: (deed.day, deed.minute))
        with deferred_assessments():
            for deed in deeds:
                with clock.standing_at(moment_of(deed.day, deed.minute, self.zone)):
                    deed.do()
        return lives

    # -- what happens, and when ------------------------------------------------------------------------------

    def _deeds(self, life: Life) -> Iterator[Deed]:
        story = life.story
        yield Deed(story.known, OPENING, lambda: self._meet(life))
        for place, matter in enumerate(story.matters):
            yield Deed(matter.accepted, MORNING, lambda place=place: self._open(life, place))
            if matter.closed:
                yield Deed(matter.closed, EVENING, lambda place=place: self._close(life, place))
        for contact in story.contacts:
            written_down = contact.minute + (contact.minutes or 5)
            yield Deed(
                contact.day, min(written_down, EVENING - 1), lambda contact=contact: self._log(life, contact)
            )
        for place, survey in enumerate(story.surveys):
            yield Deed(
                survey.sent, EVENING, lambda place=place, survey=survey: self._send(life, place, survey)
            )
            if survey.answered:
                yield Deed(
                    survey.answered,
                    EVENING + 30,
                    lambda place=place, survey=survey: self._answer(life, place, survey),
                )
        for by_hand in story.follow_ups:
            yield Deed(by_hand.made, BY_HAND_AT, lambda by_hand=by_hand: self._ask(life, by_hand))

    def _month_ends(self, lives: list[Life]) -> Iterator[Deed]:
        year, month = self.today.year, self.today.month
        for _month in range(MONTHS_OF_HISTORY):
            year, month = (year - 1, 12) if month == 1 else (year, month - 1)
            last = date(year, month, monthrange(year, month)[1])
            yield Deed(last.toordinal(), NIGHT, lambda last=last: self._end_month(lives, last))

    # -- the deeds -------------------------------------------------------------------------------------------

    def _meet(self, life: Life) -> None:
        story = life.story
        responsible = self.cast.lawyers[story.responsible]
        team = [self.cast.lawyers[place] for place in story.team]
        life.client = create_client(by=responsible, responsible=responsible, team=team, **story.fields)
        for person in story.people:
            life.people.append(
                add_person(
                    by=responsible, client=life.client, name=person.name, role=person.role, position=person.position,
                    latin_name=person.latin_name, sex=person.sex, phone=person.phone, email=person.email,
                    wechat=person.wechat, birth_date=person.birth,
                )
            )  # fmt: skip

    def _open(self, life: Life, place: int) -> None:
        matter = life.story.matters[place]
        life.matters[place] = open_matter(
            by=life.client.responsible,
            client=life.client,
            title=matter.title,
            number=matter.number,
            kind=matter.kind,
            service_type=matter.service_type,
            accepted_on=date.fromordinal(matter.accepted),
            stage=matter.stage,
            next_date=date.fromordinal(matter.next_day) if matter.next_day else None,
            next_date_note=matter.next_note,
            opposing_party=matter.opposing,
        )

    def _close(self, life: Life, place: int) -> None:
        matter = life.story.matters[place]
        closed_on = date.fromordinal(matter.closed)
        close_matter(
            life.matters[place], by=life.client.responsible, closed_on=closed_on, outcome=matter.outcome
        )

    def _log(self, life: Life, told: ContactStory) -> None:
        by = self._who(life, told)
        people = [life.people[told.person]] if told.person >= 0 else []
        matter = life.matters.get(told.matter)
        contact = log_contact(
            by=by,
            client=life.client,
            at=moment_of(told.day, told.minute, self.zone),
            channel=told.channel,
            purposes=told.purposes,
            initiator="firm" if told.by_firm else "client",
            answered=told.answered,
            people=people,
            matter=matter,
            minutes=told.minutes,
            note=told.note,
            mood=told.mood,
            confidentiality=told.confidentiality,
            promises=list(self._promises(told, by)),
            next_follow_up=self._next(told.next),
            does_follow_up=self._done(life, told),
        )
        if told.next:
            life.waiting = contact
        if told.tells and matter:
            on = date.fromordinal(told.day)
            record_progress(
                matter, by=by, text=told.note, on=on, audience=Audience.TOLD, contact_id=contact.pk
            )

    def _who(self, life: Life, told: ContactStory):
        team = life.story.team
        return self.cast.lawyers[team[0]] if told.helper and team else life.client.responsible

    def _promises(self, told: ContactStory, by) -> Iterator[PromiseMade]:
        if told.asked_of_client:
            yield PromiseMade(text=told.asked_of_client, by_firm=False, due_on=date.fromordinal(told.day + 7))
        if told.next and told.next.promised:
            yield PromiseMade(text=told.next.title, owner=by, due_on=date.fromordinal(told.next.day))

    def _next(self, left: NextStory | None) -> NextFollowUp | None:
        if left is None or left.promised:
            return None
        due_at = moment_of(left.day, left.minute, self.zone)
        return NextFollowUp(due_at=due_at, title=left.title, purpose=left.purpose, priority=left.priority)

    def _done(self, life: Life, told: ContactStory) -> FollowUp | None:
        if told.by_firm and "complaint" in told.purposes:
            return self._open_of(life).filter(origin=FollowUpOrigin.COMPLAINT).first()
        if told.does and life.waiting:
            waiting, life.waiting = life.waiting, None
            return self._open_of(life).filter(from_contact=waiting).first()
        return None

    def _open_of(self, life: Life):
        return FollowUp.objects.filter(client=life.client).unfinished()

    def _ask(self, life: Life, asked: HandStory) -> None:
        create_follow_up(
            by=self.cast[asked.by],
            client=life.client,
            title=asked.next.title,
            due_at=moment_of(asked.next.day, asked.next.minute, self.zone),
            owner=life.client.responsible,
            purpose=asked.next.purpose,
            priority=asked.next.priority,
        )

    def _send(self, life: Life, place: int, survey: SurveyStory) -> None:
        person = life.people[0] if life.people else None
        _invitation, life.tokens[place] = send_survey(
            by=self.cast["specialist"],
            client=life.client,
            occasion=survey.occasion,
            language=life.story.language,
            email=person.email if person else life.client.email,
            person=person,
            matter=life.matters.get(survey.matter),
        )

    def _answer(self, life: Life, place: int, survey: SurveyStory) -> None:
        answer_survey(life.tokens[place], marks=survey.marks, nps=survey.nps, text=survey.text)

    def _end_month(self, lives: list[Life], last: date) -> None:
        assess_clients([life.client.pk for life in lives if life.client], today=last)
        write_snapshot(last.replace(day=1))
        settle_past()
