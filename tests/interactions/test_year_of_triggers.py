"""A year lived day by day raises exactly what a slow reading of the trigger table expects, on the day it expects it.

`YEAR_CLIENTS=1000 YEAR_DAYS=365` for the whole of it (make year); fewer in the ordinary run.
"""

import os
from collections import defaultdict
from datetime import date, datetime, time
from random import Random

import pytest
from django.db import connection

from clients.models import Client, ClientPerson, Person
from interactions.actions.triggers import look_next
from interactions.enums import CAUSE_GONE, Channel, FollowUpOrigin, FollowUpState
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.policy import change_policy
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.policy import FirmPolicy
from matters.models import KeyDate, Matter, MatterFee, Receivable
from surveys.models import SurveyAnswer, SurveyInvitation
from tests.interactions.year import FAR, Calendar, Customer, day_after, tell, year_of
from tests.people import make_person

pytestmark = pytest.mark.django_db
CLIENTS, DAYS = int(os.environ.get("YEAR_CLIENTS", 30)), int(os.environ.get("YEAR_DAYS", 75))
SEED = int(os.environ.get("YEAR_SEED", 7))
FIRST = date(2027, 1, 10)  # Spring Festival is on 6 February


def at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=clock.zone_of())


def born(told: tuple | None) -> PartialDate | None:
    return told and PartialDate(None, told[0], told[1], lunar=told[2])


class Told:
    """The stories as rows, and which cause of theirs a follow-up is about."""

    def __init__(self, customers: list[Customer], lawyer, diligent):
        self.customers, self.lawyer, self.diligent = customers, lawyer, diligent
        self.rows = {model: [] for model in (Client, Person, ClientPerson, Matter, MatterFee, Contact)}
        self.rows |= {model: [] for model in (SurveyInvitation, SurveyAnswer, KeyDate, Receivable)}
        self.names, self.changes, self.complaints = {}, defaultdict(list), []
        self.client_of, self.customer_of = {}, {}
        for one in customers:
            self._client(one)
        self._store()

    def _store(self) -> None:
        for model, rows in self.rows.items():
            stamps = [row.created_at for row in rows] if model is SurveyInvitation else []
            model.objects.bulk_create(rows)
            for row, stamp in zip(rows, stamps, strict=False):
                row.created_at = stamp
        SurveyInvitation.objects.bulk_update(self.rows[SurveyInvitation], ["created_at"], batch_size=500)
        look_at_tables(*self.rows)

    def _add(self, row):
        self.rows[type(row)].append(row)
        return row

    def _of(self, one: Customer):
        return self.diligent if one.diligent else self.lawyer

    def _change(self, on: date, row, **values) -> None:
        """On that day the row gets these values; what was before the year, it has from the beginning."""
        if on <= FIRST:
            for name, value in values.items():
                setattr(row, name, value)
        elif on < FAR:
            self.changes[on].append((type(row), row.pk, values))

    def _client(self, one: Customer) -> None:
        client = self._add(
            Client(
                name=f"Client {one.number}", kind="private", grade=one.grade, language=one.language, client_since=one.since,
                responsible=self._of(one), birth_date=born(one.born), sort_key=f"{one.number:06d}",
            )
        )  # fmt: skip
        self.client_of[one.number], self.customer_of[client.pk] = client, one
        self.names[str(client.pk)] = "client"
        person = self._add(
            Person(name="Anna", birth_date=born(one.person_born), do_not_greet=one.person_left_alone)
        )
        self.names[str(person.pk)] = "person"
        self._add(ClientPerson(client=client, person=person))
        matters = [self._matter(client, case, self._of(one)) for case in one.cases]
        for spoken in one.spoken:
            contact = self._add(
                Contact(
                    client=client, matter=matters[spoken.matter] if spoken.matter is not None else None, at=at(spoken.on),
                    channel=Channel.PHONE, initiator="firm" if spoken.by_firm else "client", answered=spoken.answered,
                    purposes=spoken.purposes, logged_by=self.lawyer, with_lawyer=self.lawyer,
                )
            )  # fmt: skip
            self._change(spoken.withdrawn_on, contact, withdrawn_at=at(FIRST), withdrawn_by=self.lawyer)
        for day in one.asked:
            invitation = SurveyInvitation(
                client=client, sent_by=self.lawyer, token_hash=os.urandom(32), expires_at=at(FAR)
            )
            invitation.created_at = at(day)
            self._add(invitation)
            for on, nps in one.answers:
                if on == day_after(day, 3):
                    answer = SurveyAnswer(
                        invitation=invitation, client=client, answered_at=at(on), marks={}, dimension_scores={}, nps=nps
                    )  # fmt: skip
                    self.names[str(self._add(answer).pk)] = str(on)
        self.complaints += [(client, *span) for span in one.complaints]

    def _matter(self, client, case, lawyer):
        matter = self._add(
            Matter(
                client=client, title=f"Case {case.number}", kind="civil", responsible=lawyer, accepted_on=case.accepted,
                service_type="retainer" if case.retainer else "litigation", next_date=case.next_date, ends_on=case.ends,
            )
        )  # fmt: skip
        if case.fee:
            self._add(MatterFee(matter=matter, on=case.accepted, amount=case.fee, made_by=self.lawyer))
        self.names[str(matter.pk)] = str(case.number)
        self._change(case.moved_on, matter, next_date=case.moved_to)
        self._change(case.renewed_on, matter, ends_on=case.renewed_to)
        self._change(case.closed or FAR, matter, state="closed", closed_on=case.closed)
        for told in case.dates:
            kind = "limitation" if told.limitation else "hearing"
            row = self._add(KeyDate(matter=matter, kind=kind, on=told.on, owner=lawyer))
            self.names[str(row.pk)] = f"{case.number}.{told.number}"
            self._change(told.done_on, row, done_on=told.done_on, done_by=self.lawyer)
        for told in case.bills:
            self._bill(matter, case, told)
        return matter

    def _bill(self, matter, case, told) -> None:
        row = self._add(
            Receivable(
                matter=matter, amount=1000, issued_on=case.accepted, due_on=told.due_on, received=0, made_by=self.lawyer
            )
        )  # fmt: skip
        self.names[str(row.pk)] = f"{case.number}.{told.number}"
        if told.part_on < told.paid_on:
            self._change(told.part_on, row, received=500, received_on=told.part_on)
        self._change(told.paid_on, row, received=1000, received_on=told.paid_on)
        self._change(told.void_on, row, voided_at=at(FIRST))

    def happen(self, today: date) -> None:
        """What changes on the day before the night's work looks."""
        for model, pk, values in self.changes[today]:
            model.objects.filter(pk=pk).update(**values)
        for client, begun, until in self.complaints:
            if begun == today:
                FollowUp.objects.create(
                    client=client, owner=self.lawyer, due_at=at(today), origin=FollowUpOrigin.COMPLAINT
                )
            if until == today:
                FollowUp.objects.filter(client=client, origin=FollowUpOrigin.COMPLAINT).update(
                    state=FollowUpState.DONE, finished_at=clock.now()
                )

    def finish_what_the_diligent_do(self, today: date) -> None:
        raised = FollowUp.objects.filter(owner=self.diligent, origin=FollowUpOrigin.TRIGGER).unfinished()
        before = at(day_after(today, -1), 0)
        raised.filter(created_at__lt=before).update(state=FollowUpState.DONE, finished_at=clock.now())

    def named(self, row: FollowUp) -> str:
        """The cause as the slow reading names it."""
        trigger, *parts = row.cause.split(":")
        words = [self.names.get(part, part) for part in parts]
        if trigger not in ("birthday",) and words[0] == "client":
            words = words[1:]
        return " ".join([trigger, *words])


def look_at_tables(*models) -> None:
    """Nothing of this transaction is seen by autovacuum, and a planner that takes the tables for empty is slow."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def live(told: Told, first: date, days: int) -> None:
    for ahead in range(days):
        today = day_after(first, ahead)
        with clock.standing_at(at(today, 4)):
            told.happen(today)
            cursor = {}
            while look_next(cursor):
                pass
            told.finish_what_the_diligent_do(today)
        if ahead % 30 == 0:
            look_at_tables(FollowUp)


def raised_of(told: Told) -> dict[int, list[tuple]]:
    found = {one.number: [] for one in told.customers}
    for row in FollowUp.objects.filter(origin=FollowUpOrigin.TRIGGER):
        closed = clock.local(row.finished_at).date() if row.cancel_reason == CAUSE_GONE else None
        told_as = (
            told.named(row),
            clock.local(row.created_at).date(),
            clock.local(row.due_at).date(),
            closed,
        )
        found[told.customer_of[row.client_id].number].append(told_as)
    return {number: sorted(rows, key=str) for number, rows in found.items()}


def test_a_year_raises_what_a_slow_reading_expects():
    lawyer, chance = make_person("lawyer", scope="firm"), Random(SEED)
    diligent = make_person("diligent", scope="firm")
    change_policy(
        by=lawyer, policy=FirmPolicy(working_calendar="weekdays"), note="weekends are enough to reckon with"
    )
    customers = [tell(number, FIRST, DAYS, chance) for number in range(CLIENTS)]
    told = Told(customers, lawyer, diligent)
    live(told, FIRST, DAYS)
    found, calendar = raised_of(told), Calendar()
    triggers = set()
    for one in customers:
        expected = year_of(one, FIRST, DAYS, calendar)
        assert found[one.number] == expected, f"client {one.number} of seed {SEED}"
        triggers |= {cause.split()[0] for cause, *_rest in expected}
    assert len(triggers) >= 14, triggers  # a year in which little happens shows little
    assert {"limitation", "receivable", "retainer", "key_date"} <= triggers
