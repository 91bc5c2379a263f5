"""A firm's year by seeded chance, and by a slow reading of the trigger table what it should raise on which day.

Nothing here uses the product's rules: days are walked one by one, and each question is asked of the plain story.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from lunar_python import Solar

GAPS = {"A": 21, "B": 45, "C": 135, "D": 90, "": 135}  # cadence and a half
FAR = date(2100, 1, 1)
SUBSTANCE = ("progress_report", "expectation_check", "needs_review", "legal_update", "billing")


def day_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


@dataclass
class Spoken:
    on: date
    by_firm: bool
    answered: bool
    purposes: list[str]
    matter: int | None
    withdrawn_on: date = FAR


@dataclass
class Limit:
    """A limitation date, or another date of a matter."""

    number: int
    on: date
    done_on: date
    limitation: bool


@dataclass
class Bill:
    number: int
    due_on: date
    part_on: date  # half of it comes
    paid_on: date
    void_on: date


@dataclass
class Case:
    number: int
    accepted: date
    closed: date | None
    next_date: date | None
    moved_on: date  # the day on which the next date is put off
    moved_to: date | None
    fee: int
    retainer: bool
    ends: date | None  # of a retainer
    renewed_on: date
    renewed_to: date | None
    dates: list[Limit] = field(default_factory=list)
    bills: list[Bill] = field(default_factory=list)


@dataclass
class Customer:
    number: int
    grade: str
    language: str
    since: date
    diligent: bool  # its lawyer does everything two days after it came up
    born: tuple | None  # (month, day, lunar)
    person_born: tuple | None
    person_left_alone: bool
    cases: list[Case] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    asked: list[date] = field(default_factory=list)
    answers: list[tuple] = field(default_factory=list)  # (day, nps)
    complaints: list[tuple] = field(default_factory=list)  # (from, until)


def tell(number: int, first: date, days: int, chance: Random) -> Customer:
    """The story of one client."""
    some_day = lambda before=0: day_after(first, chance.randint(-before, days))  # noqa: E731

    def born():
        lunar = (chance.randint(1, 12), chance.randint(1, 30), True)
        return chance.choice([None, lunar, (6, 15, False), (2, 28, False)])

    one = Customer(
        number=number,
        grade=chance.choice("ABCD") if chance.random() < 0.9 else "",
        language=chance.choice(["en", "zh-hans", ""]),
        since=some_day(900),
        diligent=number % 7 == 0,
        born=born(),
        person_born=born(),
        person_left_alone=chance.random() < 0.3,
    )
    for place in range(chance.choice([0, 1, 1, 2, 4])):
        accepted = some_day(500)
        closed = day_after(accepted, chance.randint(20, 300)) if chance.random() < 0.5 else None
        next_date = day_after(accepted, chance.randint(1, 200)) if chance.random() < 0.6 else None
        moved = chance.random() < 0.3
        retainer = chance.random() < 0.2
        ends = day_after(accepted, chance.randint(90, 400)) if retainer else None
        renewed = some_day() if retainer and chance.random() < 0.5 else FAR
        case = Case(
            place, accepted, closed, next_date, some_day() if moved and next_date else FAR,
            day_after(next_date, 40) if moved and next_date else None,
            chance.choice([0, 10_000, 800_000]), retainer, ends, renewed, ends and day_after(ends, 365),
        )  # fmt: skip
        case.dates = [
            _date(number, case, some_day, chance) for number in range(chance.choice([0, 0, 1, 2, 3]))
        ]
        case.bills = [
            _bill(number, case, some_day, chance) for number in range(chance.choice([0, 0, 1, 2, 3]))
        ]
        one.cases.append(case)
    for _each in range(chance.choice([0, 2, 6, 15])):
        purposes = chance.sample([*SUBSTANCE, "greeting", "event", "other"], chance.choice([1, 1, 2]))
        matter = chance.choice([None, *range(len(one.cases))])
        on = some_day(200)
        one.spoken.append(
            Spoken(
                on, chance.random() < 0.7, chance.random() < 0.8, purposes, matter,
                day_after(on, chance.randint(1, 30)) if chance.random() < 0.1 else FAR,
            )
        )  # fmt: skip
    for _each in range(chance.choice([0, 0, 1, 2])):
        asked = some_day(300)
        if asked not in one.asked:
            one.asked.append(asked)
            if chance.random() < 0.7:
                one.answers.append((day_after(asked, 3), chance.randint(0, 10)))
    if chance.random() < 0.3:
        begun = some_day()
        one.complaints.append((begun, day_after(begun, chance.randint(2, 60))))
    return one


def _date(number: int, case: Case, some_day, chance: Random) -> Limit:
    """A date of the matter, now and then on the very day that stands as its next."""
    on = max(some_day(100), case.accepted)
    if case.next_date and chance.random() < 0.3:
        on = case.next_date
    done = day_after(on, chance.randint(-40, 10)) if chance.random() < 0.7 else FAR
    return Limit(number, on, done, chance.random() < 0.6)


def _bill(number: int, case: Case, some_day, chance: Random) -> Bill:
    due = max(some_day(60), day_after(case.accepted, 1))
    at = lambda likely: day_after(due, chance.randint(-5, 50)) if chance.random() < likely else FAR  # noqa: E731
    return Bill(number, due, at(0.3), at(0.6), at(0.1))


# -- the slow reading -------------------------------------------------------------------------------------------------


def lunar_of(day: date) -> tuple[int, int, bool]:
    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return abs(found.getMonth()), found.getDay(), found.getMonth() < 0


class Calendar:
    """Which birthdays and festivals are kept on a day, asked day by day of an independent library."""

    def __init__(self):
        self.known = {}

    def lunar(self, day: date):
        if day not in self.known:
            self.known[day] = lunar_of(day)
        return self.known[day]

    def keeps(self, born: tuple, day: date) -> bool:
        month, number, is_lunar = born
        if not is_lunar:
            return (day.month, day.day) == (month, number)
        moon, at, leap = self.lunar(day)
        if leap or moon != month:
            return False
        last_of_29 = at == 29 and self.lunar(day_after(day, 1))[1] == 1
        return at == number or (number == 30 and last_of_29)


FESTIVALS = {
    "spring": (1, 1, True), "dragon_boat": (5, 5, True), "mid_autumn": (8, 15, True), "new_year": (1, 1, False),
    "christmas": (12, 25, False),
}  # fmt: skip


def heard(one: Customer, today: date, test) -> date | None:
    """The last day up to today on which something was said that passes the test."""
    days = [k.on for k in one.spoken if k.on <= today < k.withdrawn_on and test(k)]
    return max(days) if days else None


def owed(bill: Bill, today: date) -> bool:
    return today < min(bill.paid_on, bill.void_on)


def in_substance(k: Spoken) -> bool:
    return any(purpose not in ("greeting", "event") for purpose in k.purposes)


def holding(one: Customer, today: date, calendar: Calendar) -> dict[str, tuple]:  # noqa: C901 (the table, read aloud)
    """{cause: (due, first day, last day)} of all that holds today."""
    found = {}
    greeted = heard(one, today, lambda k: k.by_firm and "greeting" in k.purposes)
    spoke = heard(one, today, lambda k: k.by_firm and k.answered and in_substance(k))
    real = heard(one, today, lambda k: k.answered and in_substance(k))
    around = [day_after(today, ahead) for ahead in range(-3, 4)]

    def greeted_for(day):
        return greeted is not None and greeted >= day_after(day, -7)

    for who, born, alone in (("client", one.born, False), ("person", one.person_born, one.person_left_alone)):
        for day in around if born and not alone else ():
            if calendar.keeps(born, day) and not greeted_for(day):
                found[f"birthday {who} {day}"] = (day, day_after(day, -3), day)
                break
    mine = ("new_year", "christmas") if one.language == "en" else ("spring", "dragon_boat", "mid_autumn")
    for code in mine if one.grade in ("A", "B") else ():
        for day in around[:5]:
            if calendar.keeps(FESTIVALS[code], day) and not greeted_for(day):
                found[f"festival {code} {day}"] = (day, day_after(day, -1), day)
    if not (spoke and spoke >= one.since):
        due = day_after(one.since, 7)
        found["new_client"] = (due, one.since, day_after(due, 30))
    last = real or one.since
    if (today - last).days > GAPS[one.grade]:
        broken = day_after(last, GAPS[one.grade] + 1)
        found[f"quiet {last}"] = (broken, broken, day_after(broken, 30))
    if one.grade in ("A", "B", "C"):
        asked = max([day for day in one.asked if day <= today], default=one.since)
        due = day_after(asked, 182 if one.grade == "A" else 365)
        if day_after(due, -14) <= today:
            found[f"survey {asked}"] = (due, day_after(due, -14), day_after(due, 30))
    answered = [answer for answer in one.answers if answer[0] <= today]
    low = max(answered)[0] if answered and max(answered)[1] <= 6 else None
    if low and not (spoke and spoke >= low):
        found[f"detractor {low}"] = (day_after(low, 2), low, day_after(low, 32))
    signs = [low] if low else []
    signs += [begun for begun, until in one.complaints if begun <= today < until]
    if (today - last).days > 2 * GAPS[one.grade]:
        signs.append(day_after(last, 2 * GAPS[one.grade] + 1))
    unpaid = [b.due_on for case in one.cases if case.accepted <= today for b in case.bills if owed(b, today)]
    if unpaid and (today - min(unpaid)).days >= 15:
        signs.append(day_after(min(unpaid), 15))
    if len(signs) > 1:
        since = sorted(signs)[1]
        found[f"early_risk {since}"] = (day_after(since, 3), since, day_after(since, 33))
    known = [case for case in one.cases if case.accepted <= today]
    taken = sorted(case.accepted for case in known)
    retained = any(case.retainer and not (case.closed and case.closed <= today) for case in known)
    if len(taken) >= 3 and not retained and (taken[-1] - taken[0]).days:
        cycle = round((taken[-1] - taken[0]).days / (len(taken) - 1))
        due = day_after(taken[-1], cycle + 14)
        if cycle:
            found[f"no_instruction {taken[-1]}"] = (due, due, day_after(due, 30))
    for case in known:
        found |= of_case(one, case, today, spoke) | of_bills(case, today)
    return found


def of_case(one: Customer, case: Case, today: date, spoke: date | None) -> dict[str, tuple]:
    found, name = {}, case.number
    about = lambda k: k.by_firm and k.matter in (None, case.number)  # noqa: E731
    if case.closed and case.closed <= today:
        for step in (7, 30, 90):
            due = day_after(case.closed, step)
            opens = day_after(due, -2)
            if opens <= today and not (spoke and spoke >= opens):
                found[f"closed {name} {step}"] = (due, opens, day_after(due, 30))
        return found
    checked = heard(one, today, lambda k: about(k) and "expectation_check" in k.purposes)
    if not (checked and checked >= case.accepted):
        due = day_after(case.accepted, 30)
        found[f"expectation {name}"] = (due, day_after(due, -14), day_after(due, 30))
    told = heard(one, today, lambda k: about(k) and "progress_report" in k.purposes)
    told = max(told or case.accepted, case.accepted)
    due = day_after(told, 30)
    if day_after(due, -5) <= today:
        found[f"progress {name} {told}"] = (due, day_after(due, -5), day_after(due, 30))
    if case.fee >= 500_000:
        due = day_after(case.accepted, 7)
        found[f"large_matter {name}"] = (due, case.accepted, day_after(due, 30))
    return found | of_dates(case, today)


def of_dates(case: Case, today: date) -> dict[str, tuple]:
    """What the days of an open matter ask for: its term, limitations, other dates."""
    found, name = {}, case.number
    ends = case.renewed_to if case.renewed_on <= today else case.ends
    if ends and day_after(ends, -60) <= today:
        found[f"retainer {name} {ends}"] = (day_after(ends, -60), day_after(ends, -60), ends)
    coming = case.moved_to if case.moved_on <= today else case.next_date
    standing = [one for one in case.dates if today < one.done_on]
    limits = [one.on for one in standing if one.limitation]
    for one in standing:
        if one.limitation and day_after(one.on, -30) <= today:
            opens = day_after(one.on, -30)
            found[f"limitation {name}.{one.number} {one.on}"] = (opens, opens, one.on)
    for on in [one.on for one in standing if not one.limitation] + ([coming] if coming not in limits else []):
        if on and day_after(on, -7) <= today:
            found[f"key_date {name} {on}"] = (day_after(on, -7), day_after(on, -7), on)
    return found


def of_bills(case: Case, today: date) -> dict[str, tuple]:
    """Invoices late, whether the matter is open or not."""
    found = {}
    for bill in case.bills:
        late = (today - bill.due_on).days
        if owed(bill, today) and late > 0:
            step, reached = next((at, max(at, 1)) for at in (30, 15, 7, 0) if late >= at)
            reached = day_after(bill.due_on, reached)
            asked = day_after(reached, 3)
            cause = f"receivable {case.number}.{bill.number} {step}"
            found[cause] = (asked, reached, day_after(asked, 30))
    return found


def year_of(one: Customer, first: date, days: int, calendar: Calendar) -> list[tuple]:
    """(cause, raised on, due on, closed by itself on) of everything that comes up in the days."""
    told, open_ones, settled = [], {}, set()
    for ahead in range(days):
        today = day_after(first, ahead)
        now = holding(one, today, calendar)
        for cause in [cause for cause in open_ones if cause not in now]:
            row = open_ones.pop(cause)
            told.append((cause, *row, today))
        for cause, (due, opens, ends) in now.items():
            if cause not in open_ones and cause not in settled and opens <= today <= ends:
                on = max(due, today)
                while cause.split()[0] not in ("birthday", "festival") and on.weekday() > 4:
                    on = day_after(on, 1)
                open_ones[cause] = (today, on)
        for cause in [c for c, row in open_ones.items() if one.diligent and (today - row[0]).days == 2]:
            settled.add(cause)
            told.append((cause, *open_ones.pop(cause), None))
    told += [(cause, *row, None) for cause, row in open_ones.items()]
    return sorted(told, key=str)
