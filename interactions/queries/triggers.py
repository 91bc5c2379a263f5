"""What the triggers read at night: some thousand clients at a time, one plain statement for each kind of fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from clients.rules.relationship_facts import RelationshipPolicy
from interactions.enums import CAUSE_GONE
from interactions.queries.trigger_care import Greeted
from interactions.rules import triggers as rules
from interactions.rules.triggers import OfMatter, TriggerRule
from lawcrm.firm import clock
from lawcrm.firm.models import Department, User, Wall
from lawcrm.firm.partial_dates import PartialDate, keys_kept_between
from lawcrm.firm.policy import FirmPolicy
from lawcrm.firm.roles import Role, Scope


class OfClient(NamedTuple):
    """What the rules ask of a client, and who may be given its follow-ups."""

    id: UUID
    name: str
    grade: str
    language: str
    since: date
    responsible_id: UUID
    department_id: UUID | None
    team_ids: list[UUID]

    @property
    def cadence_grade(self) -> str:
        return self.grade or "C"


@dataclass
class Log:
    """The last days on which something was said to a client, or on one of its matters (None: on none)."""

    greeted_on: date | None = None
    spoke_on: date | None = None  # we, in substance, and were heard
    heard_on: date | None = None  # the same, whoever began it
    told: dict = field(default_factory=dict)
    checked: dict = field(default_factory=dict)

    def told_on(self, matter_id) -> date | None:
        return _later(self.told.get(matter_id), self.told.get(None))

    def checked_on(self, matter_id) -> date | None:
        return _later(self.checked.get(matter_id), self.checked.get(None))


NOTHING_SAID = Log()


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day), default=None)


_CLIENTS = """
SELECT id, name, grade, language, COALESCE(client_since, (created_at AT TIME ZONE %(zone)s)::date), responsible_id,
       department_id, team_ids
  FROM clients_client
 WHERE id = ANY(%(clients)s) AND trashed_at IS NULL AND merged_into_id IS NULL
"""
_LOG = """
SELECT client_id, matter_id,
       max(at) FILTER (WHERE initiator = 'firm' AND 'greeting' = ANY(purposes)),
       max(at) FILTER (WHERE initiator = 'firm' AND answered AND NOT purposes <@ ARRAY['greeting', 'event']::varchar[]),
       max(at) FILTER (WHERE answered AND NOT purposes <@ ARRAY['greeting', 'event']::varchar[]),
       max(at) FILTER (WHERE initiator = 'firm' AND 'progress_report' = ANY(purposes)),
       max(at) FILTER (WHERE initiator = 'firm' AND 'expectation_check' = ANY(purposes))
  FROM interactions_contact
 WHERE client_id = ANY(%(clients)s) AND withdrawn_at IS NULL AND at < %(until)s
 GROUP BY client_id, matter_id
"""
_MATTERS = """
SELECT m.client_id, m.id, m.responsible_id, m.title, m.accepted_on, m.closed_on, m.next_date,
       m.ends_on, m.service_type = 'retainer', COALESCE(f.fee, 0)
  FROM matters_matter m
  LEFT JOIN LATERAL (SELECT sum(amount) AS fee FROM matters_matterfee
                      WHERE matter_id = m.id AND withdrawn_at IS NULL AND (m.closed_on IS NULL OR m.closed_on > %(today)s)) f ON true
 WHERE m.client_id = ANY(%(clients)s) AND m.accepted_on <= %(today)s
"""
_DATES = """
SELECT m.client_id, d.matter_id, d.id, d."on", d.kind = 'limitation'
  FROM matters_keydate d JOIN matters_matter m ON m.id = d.matter_id
 WHERE m.client_id = ANY(%(clients)s) AND m.state = 'open' AND d.done_on IS NULL
"""
_OWED = """
SELECT m.client_id, r.matter_id, r.id, r.due_on
  FROM matters_receivable r JOIN matters_matter m ON m.id = r.matter_id
 WHERE m.client_id = ANY(%(clients)s) AND r.voided_at IS NULL AND r.received < r.amount AND r.due_on < %(today)s
"""
_BIRTHDAYS = """
SELECT id, id, NULL, name, birth_date FROM clients_client
 WHERE id = ANY(%(clients)s) AND birth_date IS NOT NULL AND substr(birth_date, 6) = ANY(%(keys)s)
 UNION ALL
SELECT c.client_id, p.id, p.id, p.name, p.birth_date
  FROM clients_clientperson c JOIN clients_person p ON p.id = c.person_id
 WHERE c.client_id = ANY(%(clients)s) AND c.ended_on IS NULL AND NOT p.do_not_greet
   AND p.birth_date IS NOT NULL AND substr(p.birth_date, 6) = ANY(%(keys)s)
"""
_SIGNS = """
SELECT client_id, 'fell', max(assessed_on) FROM clients_relationshipassessment
 WHERE client_id = ANY(%(clients)s) AND current AND type < previous_type AND assessed_on > %(lately)s
 GROUP BY client_id
 UNION ALL
SELECT client_id, 'complaint', min(created_at AT TIME ZONE %(zone)s)::date FROM interactions_followup
 WHERE client_id = ANY(%(clients)s) AND origin = 'complaint' AND state IN ('open', 'snoozed')
 GROUP BY client_id
"""
_RAISED = """
SELECT client_id, id, cause, state IN ('open', 'snoozed'), cancel_reason = %(gone)s
  FROM interactions_followup
 WHERE client_id = ANY(%(clients)s) AND cause <> '' AND trigger = ANY(%(triggers)s)
"""
LATELY = 90


@dataclass
class Night:
    """The clients of one step of the night's work, with what providers share; nothing is read that nobody asks for."""

    ids: list[UUID]
    policy: FirmPolicy
    rules: Mapping[str, TriggerRule]
    today: date
    _shared: dict = field(default_factory=dict)

    @cached_property
    def clients(self) -> dict[UUID, OfClient]:
        return {row[0]: OfClient(*row) for row in self.rows(_CLIENTS)}

    @cached_property
    def relationship(self) -> RelationshipPolicy:
        return RelationshipPolicy.of(self.policy)

    @cached_property
    def log(self) -> dict[UUID, Log]:
        found, zone = defaultdict(Log), clock.zone_of()
        for client_id, matter_id, *moments in self.rows(_LOG):
            greeted, spoke, heard, told, checked = (_day(moment, zone) for moment in moments)
            log = found[client_id]
            log.greeted_on = _later(log.greeted_on, greeted)
            log.spoke_on = _later(log.spoke_on, spoke)
            log.heard_on = _later(log.heard_on, heard)
            if told:
                log.told[matter_id] = told
            if checked:
                log.checked[matter_id] = checked
        return found

    @cached_property
    def matters(self) -> dict[UUID, list[OfMatter]]:
        found = defaultdict(list)
        for client_id, pk, responsible, title, accepted, closed, next_date, ends, retained, fee in self.rows(
            _MATTERS
        ):
            closed = closed if closed and closed <= self.today else None
            found[client_id].append(
                OfMatter(
                    pk,
                    responsible,
                    title,
                    accepted,
                    closed,
                    next_date,
                    ends_on=ends,
                    fee=int(fee),
                    is_retainer=retained,
                )
            )
        return found

    @cached_property
    def matter_by_id(self) -> dict[UUID, OfMatter]:
        return {matter.id: matter for matters in self.matters.values() for matter in matters}

    @cached_property
    def dates(self) -> list[tuple]:
        """(client id, matter id, id, day, whether a limitation) of key dates not done, of open matters."""
        return self.rows(_DATES)

    @cached_property
    def days_of_matters(self) -> dict[UUID, list[date]]:
        """Of each matter the days that are no limitation: its key dates not done, and its next date."""
        found, limits = defaultdict(set), set()
        for _client, matter_id, _pk, on, is_limitation in self.dates:
            limits.add((matter_id, on)) if is_limitation else found[matter_id].add(on)
        for pk, matter in self.matter_by_id.items():
            if matter.next_date and (pk, matter.next_date) not in limits:
                found[pk].add(matter.next_date)
        return {pk: sorted(days) for pk, days in found.items()}

    @cached_property
    def raised(self) -> dict[UUID, list[tuple]]:
        """By client: (id, cause, whether it is open, whether its cause had vanished) of all that was ever raised."""
        from interactions.triggers import watched

        found = defaultdict(list)
        for client_id, *rest in self.rows(_RAISED, triggers=sorted(watched()), gone=CAUSE_GONE):
            found[client_id].append(tuple(rest))
        return found

    @cached_property
    def greeted(self) -> Greeted:
        """Whom the care plans greet: nobody is asked to greet them besides."""
        return Greeted(self)

    def log_of(self, client_id: UUID) -> Log:
        return self.log.get(client_id, NOTHING_SAID)

    def shared(self, name: str, read: Callable[[], list]) -> list:
        """What two providers of one room both need, read once."""
        if name not in self._shared:
            self._shared[name] = read()
        return self._shared[name]

    def rows(self, statement: str, **more) -> list[tuple]:
        """A statement over these clients."""
        values = {
            "clients": self.ids,
            "today": self.today,
            "until": clock.start_of(self.today + timedelta(days=1)),
            "lately": self.today - timedelta(days=LATELY),
            "zone": str(clock.zone_of()),
            **more,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()


def _day(moment: datetime | None, zone) -> date | None:
    return moment.astimezone(zone).date() if moment else None


# -- the causes of these rooms ----------------------------------------------------------------------------------------


def birthdays(night: Night) -> Iterator[tuple]:
    rule = night.rules[rules.Trigger.BIRTHDAY]
    near = [night.today + timedelta(days=ahead) for ahead in range(-rules.GRACE, rule.days + 1)]
    found = []
    for client_id, of, person_id, name, born in night.rows(_BIRTHDAYS, keys=keys_kept_between(near)):
        greeted_on = night.log_of(client_id).greeted_on
        cause = rules.birthday(
            PartialDate.parse(born), of=of, name=name, rule=rule, greeted_on=greeted_on, today=night.today
        )
        if cause and client_id in night.clients:
            found.append((client_id, replace(cause, person_id=person_id)))
    cared_for = night.greeted.birthdays((pk, one.person_id, one.due_on) for pk, one in found) if found else ()
    yield from ((pk, one) for pk, one in found if (one.person_id or pk) not in cared_for)


def festivals(night: Night) -> Iterator[tuple]:
    rule = night.rules[rules.Trigger.FESTIVAL]
    near = rules.festivals_near(night.today, rule.days)
    cared_for = night.greeted.festivals(near) if near else ()
    for client in night.clients.values() if near else ():
        for code, day in near.items():
            if (client.id, code) in cared_for:
                continue
            cause = rules.festival(
                code,
                day,
                of=client.id,
                grade=client.grade,
                language=client.language,
                rule=rule,
                greeted_on=night.log_of(client.id).greeted_on,
                today=night.today,
            )
            if cause:
                yield client.id, cause


def of_clients(night: Night) -> Iterator[tuple]:
    """New clients, and silences longer than the cadence."""
    for client in night.clients.values():
        log = night.log_of(client.id)
        new = rules.new_client(
            of=client.id,
            since=client.since,
            rule=night.rules[rules.Trigger.NEW_CLIENT],
            spoke_on=log.spoke_on,
        )
        silent = rules.quiet(
            of=client.id,
            heard_on=log.heard_on,
            since=client.since,
            longest_gap=night.relationship.longest_gap(client.cadence_grade),
            rule=night.rules[rules.Trigger.QUIET],
            today=night.today,
        )
        yield from ((client.id, cause) for cause in (new, silent) if cause)


def of_matters(night: Night) -> Iterator[tuple]:
    """What a matter asks for from its acceptance to three months after its end."""
    rule = night.rules
    for client_id, matters in night.matters.items():
        if client_id not in night.clients:
            continue
        log = night.log_of(client_id)
        for matter in matters:
            found = [
                rules.expectation_check(
                    matter,
                    within=night.policy.check_in_days,
                    rule=rule[rules.Trigger.EXPECTATION_CHECK],
                    checked_on=log.checked_on(matter.id),
                ),
                rules.progress(
                    matter,
                    every=night.policy.progress_days,
                    rule=rule[rules.Trigger.PROGRESS],
                    told_on=log.told_on(matter.id),
                    today=night.today,
                ),
                rules.large_matter(matter, rule=rule[rules.Trigger.LARGE_MATTER]),
                *_dates(matter, night),
                rules.retainer_ending(matter, rule=rule[rules.Trigger.RETAINER_ENDING], today=night.today),
                *rules.matter_closed(
                    matter,
                    rule=rule[rules.Trigger.MATTER_CLOSED],
                    spoke_on=log.spoke_on,
                    today=night.today,
                ),
            ]
            yield from ((client_id, cause) for cause in found if cause)


def _dates(matter: OfMatter, night: Night) -> Iterator[rules.Cause | None]:
    """The dates of a matter; limitations have a trigger of their own."""
    rule = night.rules[rules.Trigger.KEY_DATE]
    for on in night.days_of_matters.get(matter.id, ()):
        yield rules.date_approaching(matter, of=matter.id, on=on, rule=rule, today=night.today)


def limitations(night: Night) -> Iterator[tuple]:
    """Limitation dates that come near: each asked for until somebody has done it."""
    rule = night.rules[rules.Trigger.LIMITATION]
    for client_id, matter_id, pk, on, is_limitation in night.dates:
        matter = night.matter_by_id.get(matter_id)
        if is_limitation and matter and client_id in night.clients:
            cause = rules.date_approaching(
                matter, of=pk, on=on, rule=rule, today=night.today, limitation=True
            )
            if cause:
                yield client_id, cause


def receivables(night: Night) -> Iterator[tuple]:
    """Invoices whose day has passed unpaid, also of matters closed since."""
    rule = night.rules[rules.Trigger.RECEIVABLE]
    for client_id, matter_id, pk, due_on in _owed(night):
        matter = night.matter_by_id.get(matter_id)
        if matter and client_id in night.clients:
            cause = rules.receivable(
                matter, of=pk, due_on=due_on, outstanding=True, rule=rule, today=night.today
            )
            if cause:
                yield client_id, cause


def _owed(night: Night) -> list[tuple]:
    return night.shared("owed", lambda: night.rows(_OWED))


def overdue_fees(night: Night) -> dict[UUID, dict[str, date]]:
    """An invoice long unpaid is a warning sign, from the day it was."""
    found = defaultdict(dict)
    for client_id, _matter, _pk, due_on in _owed(night):
        since = due_on + timedelta(days=rules.LONG_OVERDUE)
        if since <= night.today:
            earliest = found[client_id].get(rules.OVERDUE_FEES, since)
            found[client_id][rules.OVERDUE_FEES] = min(earliest, since)
    return found


def instructions(night: Night) -> Iterator[tuple]:
    """Clients whose own cycle has passed without a new matter."""
    rule = night.rules[rules.Trigger.NO_INSTRUCTION]
    for client_id, matters in night.matters.items():
        if client_id in night.clients:
            cause = rules.no_instruction(
                of=client_id,
                accepted=[matter.accepted_on for matter in matters],
                has_retainer=any(matter.is_retainer and not matter.closed_on for matter in matters),
                rule=rule,
            )
            if cause:
                yield client_id, cause


def signs_of_the_log(night: Night) -> dict[UUID, dict[str, date]]:
    """The type fell lately, a complaint is open, the silence is twice as long as it may be."""
    found = defaultdict(dict)
    for client_id, sign, day in night.rows(_SIGNS):
        found[client_id][sign] = day
    for client in night.clients.values():
        heard = night.log_of(client.id).heard_on or client.since
        broken = heard + timedelta(days=2 * night.relationship.longest_gap(client.cadence_grade) + 1)
        if broken <= night.today:
            found[client.id][rules.LONG_SILENCE] = broken
    return found


def risks(night: Night) -> Iterator[tuple]:
    from interactions.triggers import sign_finders

    signs: dict[UUID, dict[str, date]] = defaultdict(dict)
    for find in sign_finders():
        for client_id, found in find(night).items():
            signs[client_id] |= found
    rule = night.rules[rules.Trigger.EARLY_RISK]
    for client_id, found in signs.items():
        cause = rules.early_risk(of=client_id, signs=found, rule=rule)
        if cause and client_id in night.clients:
            yield client_id, cause


# -- whose it is ------------------------------------------------------------------------------------------------------


class Colleagues:
    """Everybody of the firm, and what each sees; read once for a night's step."""

    def __init__(self):
        self.by_id = {
            user.pk: user for user in User.objects.select_related("supervisor", "department").order_by("pk")
        }
        self.managers = [user for user in self.by_id.values() if user.role == Role.MANAGER and user.is_active]
        self.paths = dict(Department.objects.values_list("pk", "path"))
        self.walled = set(Wall.objects.standing().values_list("target_id", flat=True))

    def owner_of(self, client: OfClient, cause, who: str) -> User | None:
        """Who the trigger names, where they work here and see the client; else the responsible lawyer, or above."""
        responsible = self.by_id[client.responsible_id]
        for one in (*self._named(client, cause, who, responsible), responsible, responsible.supervisor):
            if one and one.is_active and self._sees(one, client, cause):
                return one
        return None

    def _named(self, client: OfClient, cause, who: str, responsible) -> Iterable[User | None]:
        if who == "matter":
            return [self.by_id.get(cause.matter_owner)]
        if who == "supervisor":
            return [responsible.supervisor]
        if who == "manager":
            near = [one for one in self.managers if one.department_id == client.department_id]
            return [*near, *self.managers]
        return []

    def _sees(self, user, client: OfClient, cause) -> bool:
        if client.responsible_id == user.pk:
            return True
        if client.id in self.walled or cause.matter_id in self.walled:
            return False  # behind a wall it stays with whoever is responsible
        if user.scope == Scope.FIRM:
            return True
        if user.scope == Scope.TEAM or user.scope == Scope.DEPARTMENT:
            return user.pk in client.team_ids or self._of_department(user, client)
        return False

    def _of_department(self, user, client: OfClient) -> bool:
        path = self.paths.get(client.department_id, "")
        return bool(
            user.scope == Scope.DEPARTMENT and user.department and path.startswith(user.department.path)
        )
