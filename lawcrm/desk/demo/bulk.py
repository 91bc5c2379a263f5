"""The demo firm in great numbers: the same stories, copied into the tables instead of lived through.

Every row is what the actions would have written, search words, sealed numbers and audit trail included; judged are
the clients by the one assessment there is.
"""

from __future__ import annotations

import gc
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from clients.models import Client, ClientPerson, ClientTeam, Person
from clients.rules.search_tokens import lexemes_for
from clients.search import refresh_person_search, refresh_search
from clients.search_column import as_tsvector
from interactions.enums import Purpose
from interactions.models import Contact, FollowUp, Promise
from interactions.rules.due import complaint_due, morning_of
from interactions.rules.follow_ups import escalate_at
from lawcrm.desk.demo.casework import LESSONS, SUMMARY, CaseFile, case_file
from lawcrm.desk.demo.cast import Cast, recall
from lawcrm.desk.demo.loading import Table
from lawcrm.desk.demo.plans import NOBODY, ClientStory, ContactStory, NextStory, SurveyStory
from lawcrm.desk.demo.stories import StoryTeller, moment_of
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.policy import current_policy
from lawcrm.firm.sealed import seal
from lawcrm.firm.working_calendar import calendar_of
from matters.actions.parties import kind_of
from matters.models import ConflictCheck, KeyDate, Matter, MatterProgress, Milestone, Party, Receivable
from surveys.actions.surveys import link_token, token_hash
from surveys.models import SurveyAnswer, SurveyInvitation
from surveys.rules.questionnaire import score

CLIENTS_AT_ONCE = 1_000
TABLES = (
    Client, ClientTeam, Person, ClientPerson, Matter, Party, MatterProgress, KeyDate, Milestone, Receivable, ConflictCheck, Contact, Contact.people.through, Promise, FollowUp,
    SurveyInvitation, SurveyAnswer, AuditEntry,
)  # fmt: skip
MORNING = 525
_VERSION_7 = 0x7 << 76 | 0b10 << 62
_LOW_BITS = (1 << 62) - 1


@dataclass(frozen=True, slots=True)
class Told:
    """Where a client's rows hang."""

    story: ClientStory
    client: Client
    key: str  # of the client
    people: list[str]
    matters: list[str]


class Loader:
    """Writes the rows of many stories."""

    def __init__(self, teller: StoryTeller, cast: Cast):
        self.teller, self.cast, self.today = teller, cast, teller.today
        self.zone, self.policy = clock.zone_of(), current_policy()
        self.calendar = calendar_of(self.policy)
        for person in cast.people.values():
            person.key, person.shown = person.pk.hex, str(person)
        self.random = Random()
        self.tables = {model: Table(model) for model in TABLES}
        self.morning = clock.start_of(date.fromordinal(self.today))
        self.moment = cache(lambda day, minute: moment_of(day, minute, self.zone))
        self.midnight = cache(lambda day: int(moment_of(day, 0, self.zone).timestamp() * 1000))
        self.offset = cache(lambda day: _offset(day, self.zone))
        self.words_of_matter = lru_cache(10_000)(_words_of_matter)
        self.words_of_party = lru_cache(10_000)(_words_of_party)
        self.purposes = cache(
            lambda purposes: "{" + ",".join(one for one in Purpose.values if one in purposes) + "}"
        )

    def load(self, numbers: range) -> None:
        for start in range(numbers.start, numbers.stop, CLIENTS_AT_ONCE * numbers.step):
            for number in range(
                start, min(start + CLIENTS_AT_ONCE * numbers.step, numbers.stop), numbers.step
            ):
                self._tell(self.teller.story(number))
            # as a log grows: by time, not by client
            self.tables[Contact].rows.sort(key=_first)
            self.tables[AuditEntry].rows.sort(key=_first)
            with transaction.atomic():
                for table in self.tables.values():
                    table.flush()

    # -- keys and times ---------------------------------------------------------------------------------------

    def _id(self, day: int, minute: int) -> str:
        """A key of that minute: UUID version 7, the rest by seeded chance."""
        moment = self.midnight(day) + minute * 60_000 + int(self.random.random() * 60_000)
        bits = self.random.getrandbits(74)
        return f"{moment << 80 | _VERSION_7 | bits >> 62 << 64 | bits & _LOW_BITS:032x}"

    def _at(self, day: int, minute: int) -> str:
        before, after = self.offset(day)
        return f"{before} {minute // 60:02d}:{minute % 60:02d}:00{after}"

    def _stamps(self, day: int, minute: int) -> dict[str, str]:
        at = self._at(day, minute)
        return {"created_at": at, "updated_at": at}

    # -- a client and what belongs to it ----------------------------------------------------------------------

    def _tell(self, story: ClientStory) -> None:
        self.random.seed(f"keys {self.teller.seed} {story.number}")
        client = self._client(story)
        told = Told(story, client, client.pk.hex, self._people(story, client), self._matters(story, client))
        self._contacts(told)
        for survey in story.surveys:
            self._survey(told, survey)
        for by_hand in story.follow_ups:
            self._follow_up(
                told,
                by_hand.next,
                by_hand.made,
                1_105,
                made_by=self.cast[by_hand.by],
                owner=client.responsible,
                origin="hand",
            )

    def _client(self, story: ClientStory) -> Client:
        responsible = self.cast.lawyers[story.responsible]
        client = Client(
            id=UUID(self._id(story.known, 500)), responsible=responsible, department=responsible.department,
            created_at=self.moment(story.known, 500), updated_at=self.moment(story.known, 500),
            team_ids=sorted({self.cast.lawyers[place].pk for place in story.team} - {responsible.pk}), **story.fields,
        )  # fmt: skip
        refresh_search(client)
        self.tables[Client].add(**_columns(client))
        for user_id in client.team_ids:
            self.tables[ClientTeam].add(client_id=client.pk.hex, user_id=user_id)
        self._audit(story.known, 500, responsible, "client.created", client, client.pk.hex, "clients.client")
        return client

    def _people(self, story: ClientStory, client: Client) -> list[str]:
        ids = []
        for place, one in enumerate(story.people):
            person = Person(
                id=UUID(self._id(story.known, 501 + place)), name=one.name, latin_name=one.latin_name, sex=one.sex,
                phone=one.phone, email=one.email, wechat=one.wechat, birth_date=one.birth,
                created_at=self.moment(story.known, 501), updated_at=self.moment(story.known, 501),
            )  # fmt: skip
            refresh_person_search(person)
            self.tables[Person].add(**_columns(person))
            self.tables[ClientPerson].add(
                id=self._id(story.known, 501 + place), client_id=client.pk.hex, person_id=person.pk.hex, roles=f"{{{one.role}}}",
                position=one.position, **self._stamps(story.known, 501 + place),
            )  # fmt: skip
            ids.append(person.pk.hex)
        return ids

    def _matters(self, story: ClientStory, client: Client) -> list[str]:
        ids = []
        for place, one in enumerate(story.matters):
            matter_id = self._id(one.accepted, MORNING)
            found = case_file(one, story.language, story.number + place, self.today)
            ahead = found.next_date(story.language) if not one.closed else None
            self.tables[Matter].add(
                id=matter_id, client_id=client.pk.hex, title=one.title, number=one.number, kind=one.kind,
                service_type=one.service_type, responsible_id=client.responsible_id, stage=one.stage,
                accepted_on=date.fromordinal(one.accepted), next_date_note=ahead[1] if ahead else "",
                opposing_party=one.opposing, next_date=_day(ahead[0]) if ahead else None, outcome=one.outcome,
                fee_basis=found.fee_basis, agreed_fee=found.agreed_fee, ends_on=_day(found.ends_on),
                closing_summary=SUMMARY[story.language] if one.closed else "",
                lessons=LESSONS[story.language] if one.closed else "",
                search=self.words_of_matter(one.title, one.number, one.opposing),
                party_names="{" + _array_item(one.opposing) + "}",
                state="closed" if one.closed else "open", closed_on=date.fromordinal(one.closed) if one.closed else None,
                **self._stamps(one.accepted, MORNING),
            )  # fmt: skip
            self._audit(
                one.accepted,
                MORNING,
                client.responsible,
                "matter.opened",
                client,
                matter_id,
                "matters.matter",
                one.title,
            )
            self._party(one, matter_id)
            self._file(one, found, client, matter_id)
            ids.append(matter_id)
        return ids

    def _file(self, one, found: CaseFile, client: Client, matter_id: str) -> None:
        """The matter's dates, milestones, money, and the conflict check it was opened with."""
        by, stamps = client.responsible_id, self._stamps(one.accepted, MORNING)
        hers = {"matter_id": matter_id, **stamps}
        for kind, title, place, day, done in found.dates:
            self.tables[KeyDate].add(
                id=self._id(one.accepted, MORNING), **hers, kind=kind, title=title, place=place, on=_day(day), owner_id=by,
                done_on=_day(done), done_by_id=by if done else None,
            )  # fmt: skip
        for title, due, reached in found.milestones:
            self.tables[Milestone].add(
                id=self._id(one.accepted, MORNING),
                **hers,
                title=title,
                due_on=_day(due),
                reached_on=_day(reached),
            )
        for number, title, amount, issued, due, received, on in found.invoices:
            self.tables[Receivable].add(
                id=self._id(one.accepted, MORNING), **hers, invoice_number=number, title=title, amount=amount, made_by_id=by,
                issued_on=_day(issued), due_on=_day(due), received=received, received_on=_day(on),
            )  # fmt: skip
        asked = [(client.name, "client"), *([(one.opposing, "opposing")] if one.opposing else [])]
        subjects = [{"name": name, "other_names": [], "kind": "", "role": role} for name, role in asked]
        self.tables[ConflictCheck].add(
            id=self._id(one.accepted, MORNING), **hers, client_id=client.pk.hex, asked_by_id=by, decided_by_id=by,
            run_at=stamps["created_at"], decided_at=stamps["created_at"], decision="clear",
            subjects=json.dumps(subjects, ensure_ascii=False),
        )  # fmt: skip

    def _party(self, one, matter_id: str) -> None:
        if not one.opposing:
            return
        kind, search = self.words_of_party(one.opposing)
        self.tables[Party].add(
            id=self._id(one.accepted, MORNING), matter_id=matter_id, role="opposing", kind=kind, name=one.opposing,
            search=search, **self._stamps(one.accepted, MORNING),
        )  # fmt: skip

    # -- the log ------------------------------------------------------------------------------------------------

    def _contacts(self, told: Told) -> None:
        waiting: dict[str, Any] | None = None  # the follow-up that some contact to come will do
        complaint: dict[str, Any] | None = None
        for one in told.story.contacts:
            by = self._who(told, one)
            contact_id = self._contact(told, one, by)
            if one.by_firm and complaint and "complaint" in one.purposes:
                complaint = self._finish(complaint, one, contact_id, by)
            elif one.does and waiting:
                waiting = self._finish(waiting, one, contact_id, by)
            if one.next:
                self._write(waiting)
                waiting = self._left(told, one, contact_id, by)
            if not one.by_firm and "complaint" in one.purposes:
                self._write(complaint)
                complaint = self._complaint(told, one, contact_id, by)
        self._write(waiting)
        self._write(complaint)

    def _who(self, told: Told, one: ContactStory):
        team = told.story.team
        return self.cast.lawyers[team[0]] if one.helper and team else told.client.responsible

    def _contact(self, told: Told, one: ContactStory, by) -> str:
        contact_id, at = self._id(one.day, one.minute), self._at(one.day, one.minute)
        sealed = one.confidentiality == "confidential" and one.note
        self.tables[Contact].add(
            id=contact_id, created_at=at, updated_at=at, client_id=told.key, at=at, minutes=one.minutes,
            matter_id=told.matters[one.matter] if one.matter != NOBODY else None, channel=one.channel,
            initiator="firm" if one.by_firm else "client", answered=one.answered, purposes=self.purposes(one.purposes),
            note="" if sealed else one.note, sealed_note=_sealed_note(contact_id, one.note) if sealed else None,
            mood=one.mood, confidentiality=one.confidentiality, logged_by_id=by.key, with_lawyer_id=by.key,
        )  # fmt: skip
        if one.person != NOBODY:
            self.tables[Contact.people.through].add(contact_id=contact_id, person_id=told.people[one.person])
        if one.tells and one.matter != NOBODY:
            self.tables[MatterProgress].add(
                id=self._id(one.day, one.minute), matter_id=told.matters[one.matter], on=date.fromordinal(one.day),
                text=one.note, audience="told", contact_id=contact_id, made_by_id=by.key, created_at=at, updated_at=at,
            )  # fmt: skip
        self._audit(
            one.day, one.minute, by, "contact.logged", told.client, contact_id, "interactions.contact"
        )
        return contact_id

    def _left(self, told: Told, one: ContactStory, contact_id: str, by) -> dict[str, Any]:
        promise_id = None
        if one.next.promised:
            promise_id = self._id(one.day, one.minute)
            self.tables[Promise].add(
                id=promise_id, contact_id=contact_id, text=one.next.title, owner_id=by.key, by_firm=True,
                due_on=date.fromordinal(one.next.day), **self._stamps(one.day, one.minute),
            )  # fmt: skip
        return self._planned(
            told, one.next, one.day, one.minute, made_by=by, owner=by, from_contact_id=contact_id, promise_id=promise_id,
            matter_id=told.matters[one.matter] if one.matter != NOBODY else None,
            origin="promise" if promise_id else "contact",
            title="" if promise_id and one.confidentiality != "ordinary" else one.next.title,
        )  # fmt: skip

    def _complaint(self, told: Told, one: ContactStory, contact_id: str, by) -> dict[str, Any]:
        due = clock.local(complaint_due(self.moment(one.day, one.minute)))
        left = NextStory(due.toordinal(), due.hour * 60 + due.minute, "", "complaint", priority=1)
        return self._planned(
            told, left, one.day, one.minute, made_by=by, owner=told.client.responsible, from_contact_id=contact_id,
            origin="complaint",
        )  # fmt: skip

    def _follow_up(self, told: Told, left: NextStory, day: int, minute: int, **values: Any) -> None:
        self._write(self._planned(told, left, day, minute, **values))

    def _planned(
        self, told: Told, left: NextStory, day: int, minute: int, *, made_by, owner, **values: Any
    ) -> dict[str, Any]:
        due_at = (
            morning_of(date.fromordinal(left.day), clock.zone_of(owner))
            if left.promised
            else self.moment(left.day, left.minute)
        )
        late = escalate_at(
            due_at,
            told.client.cadence_grade,
            self.policy.escalate_overdue_days,
            self.calendar,
            clock.zone_of(owner),
        )
        return {
            "id": self._id(day, minute), "client_id": told.key, "owner_id": owner.key, "title": left.title,
            "due_at": due_at, "priority": left.priority, "purpose": left.purpose, "made_by_id": made_by.key,
            "remind_at": due_at if due_at >= self.morning else None, "escalate_at": late if late >= self.morning else None,
            **self._stamps(day, minute), **values,
        }  # fmt: skip

    def _finish(self, follow_up: dict[str, Any], one: ContactStory, contact_id: str, by) -> None:
        follow_up.update(
            state="done", done_by_contact_id=contact_id, finished_at=self._at(one.day, one.minute), finished_by_id=by.key,
            remind_at=None, escalate_at=None, version=2,
        )  # fmt: skip
        self._write(follow_up)

    def _write(self, follow_up: dict[str, Any] | None) -> None:
        if follow_up is not None:
            self.tables[FollowUp].add(**follow_up)

    # -- surveys, and the trail -----------------------------------------------------------------------------------

    def _survey(self, told: Told, one: SurveyStory) -> None:
        minute, client = 1_120, told.client
        sent_at = self.moment(one.sent, minute)
        invitation = SurveyInvitation(id=UUID(self._id(one.sent, minute)))
        links = {
            "client_id": client.pk.hex, "person_id": told.people[0] if told.people else None,
            "matter_id": told.matters[one.matter] if one.matter != NOBODY else None,
        }  # fmt: skip
        self.tables[SurveyInvitation].add(
            id=invitation.pk.hex, **links, occasion=one.occasion, language=told.story.language,
            token_hash=token_hash(link_token(invitation)), sent_by_id=self.cast["specialist"].key,
            sent_to=told.story.people[0].email if told.people else client.email,
            expires_at=sent_at + timedelta(days=self.policy.survey_link_days), **self._stamps(one.sent, minute),
        )  # fmt: skip
        if one.answered:
            scores = score(one.marks)
            dimensions = {name: str(value) for name, value in scores.by_dimension.items()}
            self.tables[SurveyAnswer].add(
                id=self._id(one.answered, minute), invitation_id=invitation.pk.hex, client_id=client.pk.hex,
                answered_at=self._at(one.answered, minute + 30), marks=json.dumps(one.marks),
                dimension_scores=json.dumps(dimensions), score=scores.overall, nps=one.nps, text=one.text,
                **self._stamps(one.answered, minute + 30),
            )  # fmt: skip

    def _audit(
        self, day: int, minute: int, by, verb: str, client: Client, object_id: str, kind: str, label: str = ""
    ) -> None:
        self.tables[AuditEntry].add(
            id=self._id(day, minute), at=self._at(day, minute), actor_id=by.key, actor_name=by.shown, verb=verb,
            object_type=kind, object_id=object_id, object_label=label or client.name, client_id=client.pk.hex,
        )  # fmt: skip


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _words_of_matter(title: str, number: str, opposing: str) -> str:
    names = [opposing] if opposing else []
    matter = Matter(title=title, number=number, opposing_party=opposing, party_names=names)
    return as_tsvector(lexemes_for(matter.searchable()))


def _words_of_party(name: str) -> tuple[str, str]:
    party = Party(name=name, kind=kind_of(name))
    return str(party.kind), as_tsvector(lexemes_for(party.searchable()))


def _array_item(text: str) -> str:
    """The text as the one item of an array in COPY; nothing for no text."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"' if text else ""


def _first(row) -> str:
    return next(iter(row))


def _offset(day: int, zone) -> tuple[str, str]:
    """A day and its distance from UTC at noon, as Postgres reads them."""
    noon = datetime.fromordinal(day).replace(hour=12, tzinfo=zone)
    return noon.date().isoformat(), noon.strftime("%z")


def _sealed_note(contact_id: str, note: str) -> bytes:
    return seal(note, model="interactions.contact", field="sealed_note", row_id=UUID(contact_id))


def _columns(obj) -> dict[str, Any]:
    """An object's values as its save would write them, its time stamps left as told."""
    values = {}
    for field in obj._meta.concrete_fields:
        stamped = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
        value = getattr(obj, field.attname) if stamped else field.pre_save(obj, True)
        if isinstance(value, list) and not value:
            value = "{}"
        values[field.column] = value
    return values


# -- several at once --------------------------------------------------------------------------------------------


def load_part(*, seed: int, today: date, clients: int, lawyers: int, numbers: range) -> None:
    """The stories of some of the clients, in a process of its own."""
    teller = StoryTeller(seed=seed, today=today, clients=clients, lawyers=lawyers)
    gc.disable()  # millions of rows, no cycles
    try:
        Loader(teller, recall(number=lawyers, seed=seed)).load(numbers)
    finally:
        gc.enable()
