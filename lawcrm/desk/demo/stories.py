"""The life of a client as the log of a firm shows it: told from a seed, the same each time, day for day.

Each story is told towards its wish. The relationship type is nowhere written down: the contacts are laid so that the
assessment finds it, by the criteria of the five types (docs/users.md).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from lawcrm.desk.demo import names, notes
from lawcrm.desk.demo.people import TEAMS
from lawcrm.desk.demo.plans import (
    ClientStory,
    ContactStory,
    HandStory,
    MatterStory,
    NextStory,
    PersonStory,
    SurveyStory,
)
from lawcrm.desk.demo.profiles import profile_of
from lawcrm.desk.demo.talks import LONGEST_GAP, YEARS, TalkOfAClient
from lawcrm.desk.demo.wishes import (
    BASIC,
    BY_HAND,
    OWED,
    PARTNER,
    PASSIVE,
    PROACTIVE,
    RESPONSIBLE,
    SILENT,
    UNKNOWN,
    Wish,
    by_chance,
    grade_of,
    kind_of,
)
from matters.rules.stages import stages_of

KEPT_OF_EARLY_YEARS = 0.3
SMALL = 2_000  # in a firm of up to so many clients the two known lawyers have the clients told by hand, and no others
ORGANISATIONS = frozenset({"private", "foreign_invested", "state_owned"})
PUBLIC = frozenset({"department", "public_institution", "social_organisation"})

_PHONE_FIRST = ("phone", "phone", "instant_message", "instant_message", "email", "face_to_face", "video")
_WRITTEN_FIRST = ("email", "email", "phone", "video", "video", "face_to_face", "instant_message")


class StoryTeller:
    def __init__(self, *, seed: int, today: date, clients: int, lawyers: int):
        self.seed, self.today, self.clients, self.lawyers = seed, today.toordinal(), clients, lawyers
        self.teams_of_kind = {
            kind: tuple(place for place, (_name, _parent, kinds) in enumerate(TEAMS) if kind in kinds)
            for kind in ("private", "foreign_invested", "state_owned", "person", "sole_trader", *PUBLIC)
        }

    def story(self, number: int) -> ClientStory:
        return _Telling(self, number).tell()


class _Telling(TalkOfAClient):
    """One client's story while it is told."""

    def __init__(self, teller: StoryTeller, number: int):
        self.teller, self.number, self.today = teller, number, teller.today
        self.random = Random(f"{teller.seed} {number}")
        self.wish = self._wish()
        self.level = self.wish.level
        self.kind = self.wish.kind or kind_of(self.random)
        self.grade = grade_of(self.random, self.level) if self.wish.grade is None else self.wish.grade
        self.chinese = not (
            self.kind == "foreign_invested"
            and self.random.random() < 0.75
            or self.kind == "person"
            and self.wish.foreign
        )
        self.language = notes.ZH if self.chinese else notes.EN
        self.channels = _PHONE_FIRST if self.chinese else _WRITTEN_FIRST
        self.contacts: list[ContactStory] = []
        self.matters: list[MatterStory] = []
        self.surveys: list[SurveyStory] = []
        self.people: list[PersonStory] = []

    def _wish(self) -> Wish:
        if self.number < len(BY_HAND):
            return BY_HAND[self.number][1]
        return by_chance(self.random)

    def tell(self) -> ClientStory:
        self._times()
        responsible, team = self._lawyers()
        fields = profile_of(self, self.random)
        self.called = fields.pop("called")
        self._people(fields)
        if self.level == UNKNOWN:
            self._hardly_known()
        else:
            self._matters()
            self._matter_contacts()
            self._touches()
            self._client_calls()
            self._greetings()
            self._complaints()
            self._surveys()
            self._ending()
        self._in_order()
        self._follow_ups()
        return ClientStory(
            self.number, fields, self.chinese, self.known, responsible, team, self.people, self.matters,
            self.contacts, self.surveys, self._by_hand(),
        )  # fmt: skip

    # -- when, and who --------------------------------------------------------------------------------------

    def _times(self) -> None:
        """Since when they are a client, since when the log knows them, and when their level was reached."""
        random, today = self.random, self.today
        beginning = today - YEARS * 365
        if self.level == UNKNOWN:
            self.since = today - random.randrange(3, 26 if self.wish.kind or random.random() < 0.6 else 200)
        elif self.level == PARTNER:
            self.since = today - random.randrange(900, 4_400)
        elif self.level == BASIC:
            self.since = today - random.randrange(420, 2_400)
        else:
            self.since = today - random.randrange(430, 3_000)
        self.known = max(self.since, beginning)
        self.settled = max(self.known, today - random.randrange(400, 700))  # the level holds since
        self.before = self._level_before()

    def _level_before(self) -> int:
        if self.level == BASIC:
            return self.random.choice((PASSIVE, PASSIVE, RESPONSIBLE))
        if self.random.random() < 0.2:
            return min(self.level + 1, PROACTIVE)
        return max(PASSIVE, self.level - self.random.choice((0, 1, 1, 2)))

    def _level_on(self, day: int) -> int:
        return self.level if day >= self.settled else self.before

    def _lawyers(self) -> tuple[int, tuple[int, ...]]:
        teller, random = self.teller, self.random
        if self.number < len(BY_HAND):
            responsible = BY_HAND[self.number][0]
        else:
            team = random.choice(teller.teams_of_kind[self.kind])
            responsible = random.randrange(team, teller.lawyers, len(TEAMS))
            if responsible < 2 and teller.clients <= SMALL:
                responsible += len(TEAMS)
        chance = random.random()
        helpers = 0 if chance < 0.55 else 1 if chance < 0.85 else 2
        beside = [responsible + len(TEAMS), responsible - len(TEAMS), responsible + 1][:helpers]
        return responsible, tuple(place % teller.lawyers for place in beside)

    def _people(self, fields: dict) -> None:
        random = self.random
        at = fields.get("email", "").partition("@")[2] or names.domain("mail")
        if self.kind in ORGANISATIONS or self.kind in PUBLIC:
            positions = names.PUBLIC_POSITIONS if self.kind == "department" else names.POSITIONS
            for role, position_zh, position_en in random.sample(positions, random.choice((1, 2, 2, 3, 4))):
                self._add_person(role, position_zh if self.chinese else position_en, at)
        elif random.random() < 0.35:
            role, position_zh, position_en = random.choice(names.RELATIVES)
            self._add_person(role, position_zh if self.chinese else position_en, names.domain("post"))
        if self.wish.birthday_in is not None and self.people:
            day = date.fromordinal(self.today + self.wish.birthday_in)
            self.people[0].birth = date(day.year - random.randrange(30, 58), day.month, min(day.day, 28))

    def _add_person(self, role: str, position: str, at: str) -> None:
        random = self.random
        foreign = not self.chinese and random.random() < 0.55
        name = names.foreign_person(random) if foreign else names.chinese_person(random)
        called = (
            name.given
            if foreign or self.chinese
            else f"{'Ms' if name.sex == 'female' else 'Mr'} {name.latin.split()[0]}"
        )
        phone = names.foreign_number(random) if foreign and random.random() < 0.4 else names.mobile(random)
        birth = (
            names.birth_date(random, date.fromordinal(self.today), 26, 60) if random.random() < 0.7 else None
        )
        wechat = (
            f"wx_{name.latin.casefold().replace(' ', '')}" if name.latin and random.random() < 0.5 else ""
        )
        email = names.email_of(name, at)
        self.people.append(
            PersonStory(name.name, name.latin, called, name.sex, phone, email, wechat, birth, role, position)
        )

    # -- matters ----------------------------------------------------------------------------------------------

    def _matters(self) -> None:
        random = self.random
        organisation = self.kind in ORGANISATIONS or self.kind in PUBLIC
        number = random.choice((1, 1, 2, 2, 3, 4)) if organisation else random.choice((1, 1, 1, 2))
        if self.level == BASIC:
            number = min(number, 2)
        templates = notes.MATTERS_OF_ORGANISATIONS if organisation else notes.MATTERS_OF_PERSONS
        latest = self.today - (390 if self.level == BASIC else 12)
        for template in random.sample(templates, number):
            if template[1] == "retainer":
                self._retainers(template)
            elif latest > self.known:
                accepted = random.randrange(self.known, latest)
                self._add_matter(template, accepted, self._duration(template[1]))
        if self.wish.ending == OWED and all(matter.closed for matter in self.matters):
            self._add_matter(random.choice(templates[:4]), self.today - random.randrange(70, 150), 400)
        if self.wish.ending == SILENT or self.level == BASIC:
            for matter in self.matters:
                if matter.closed is None:
                    self._close(matter, self._quiet_since() - random.randrange(5, 30))
        self.matters.sort(key=lambda matter: matter.accepted)

    def _duration(self, service_type: str) -> int:
        low, high = {"litigation": (100, 340), "advice": (15, 60), "non_contentious": (50, 200)}[service_type]
        return self.random.randrange(low, high)

    def _retainers(self, template) -> None:
        """One a year, renewed."""
        year = 0
        while (accepted := self.known + 20 + year * 365) < self.today - 12 and year < YEARS:
            self._add_matter(template, accepted, 365)
            year += 1

    def _add_matter(self, template, accepted: int, days: int) -> None:
        random = self.random
        kind, service_type, title_zh, title_en, topic = template
        accepted = max(accepted, self.known)
        other = self._opponent() if "{other}" in title_zh else ""
        title = (title_zh if self.chinese else title_en).format(other=other)
        day = date.fromordinal(accepted)
        if service_type == "retainer":
            title = f"{day.year}年度{title}" if self.chinese else f"{title} {day.year}"
        number = f"HT{day.year}-{self.number * 8 + len(self.matters):06d}"
        stages = stages_of(service_type)
        matter = MatterStory(
            title, number, kind, service_type, topic, accepted, None, stages[0], opposing=other
        )
        if accepted + days < self.today:
            self._close(matter, accepted + days)
        else:
            passed = (self.today - accepted) / days
            matter.stage = stages[min(int(passed * len(stages)), len(stages) - 1)]
            if random.random() < 0.7:
                matter.next_day = self.today + random.randrange(1, 75)
                matter.next_note = random.choice(notes.NEXT_DATES[self.language])
        self.matters.append(matter)

    def _close(self, matter: MatterStory, day: int) -> None:
        matter.closed = max(matter.accepted + 1, min(day, self.today - 1))
        matter.stage = stages_of(matter.service_type)[-1]
        matter.next_day, matter.next_note = None, ""
        matter.outcome = self.random.choice(notes.OUTCOMES[self.language])

    def _opponent(self) -> str:
        random = self.random
        if self.kind == "person":
            return (
                (random.choice(names.SURNAMES) + "某") if self.chinese else random.choice(names.LATIN_FAMILY)
            )
        if not self.chinese:
            return f"{names.latin_brand(names.brand(random))} {random.choice(names.INDUSTRIES)[1]}"
        return names.brand(random) + random.choice(names.INDUSTRIES)[0]

    def _quiet_since(self) -> int:
        """Of a client that has gone quiet: the day of the last word, some days longer ago than its cadence allows."""
        return self.today - LONGEST_GAP[self.grade] - 2 - self.number % 17

    # -- how it ends ----------------------------------------------------------------------------------------

    def _ending(self) -> None:
        if self.wish.ending == SILENT:
            quiet = self._quiet_since()
            self.contacts = [c for c in self.contacts if c.day <= quiet or c.purposes == ("greeting",)]
            self._add(
                quiet,
                ("legal_update",) if self.level >= RESPONSIBLE else ("other",),
                by_firm=self.level >= RESPONSIBLE,
            )
        elif self.wish.ending == OWED:
            last = max((c.day for c in self.contacts if c.tells), default=self.today - 40)
            self.contacts = [c for c in self.contacts if "progress_report" not in c.purposes or c.day <= last]
        if self.level == PASSIVE and self.settled > self.today - 370:
            self.settled = self.today - 370

    def _in_order(self) -> None:
        """By time; of the early years less was written down."""
        random = self.random
        self.contacts = [
            c
            for c in self.contacts
            if c.day >= self.settled or "complaint" in c.purposes or random.random() < KEPT_OF_EARLY_YEARS
        ]
        self.contacts.sort(key=lambda contact: (contact.day, contact.minute))
        for contact in self.contacts:
            chance = random.random()
            if chance < 0.03:
                contact.confidentiality = "team"
            elif chance < 0.05:
                contact.confidentiality = "confidential"
            contact.helper = random.random() < 0.18

    def _follow_ups(self) -> None:
        """What one contact leaves to be done the next does; what is left at the end is open today."""
        random, waiting = self.random, None
        for contact in self.contacts:
            if waiting and contact.by_firm and contact.answered and contact.day >= waiting.next.day - 6:
                contact.does, waiting = True, None
            if "complaint" in contact.purposes:
                continue
            if waiting is None and contact.answered and random.random() < 0.13:
                contact.next = self._next(contact.day + random.randrange(4, 30), random.random() < 0.3)
                waiting = contact
            elif random.random() < 0.02 and contact.answered:
                contact.asked_of_client = random.choice(notes.CLIENT_PROMISES[self.language])
        if waiting and (self.wish.due_in is not None or waiting.next.day <= self.today):
            waiting.next = None  # what is late today is told by the wish
        if self.wish.due_in is not None:
            self._open_one()

    def _open_one(self) -> None:
        day = self.today + self.wish.due_in
        holding = next(
            (
                c
                for c in reversed(self.contacts)
                if c.day < min(day, self.today) and c.answered and not c.next
            ),
            None,
        )
        if holding is not None and "complaint" not in holding.purposes:
            holding.next = self._next(day, self.wish.promised, self.wish.due_minute)
            for later in self.contacts:
                if (later.day, later.minute) > (holding.day, holding.minute):
                    later.does = False

    def _next(self, day: int, promised: bool, minute: int = 540) -> NextStory:
        random = self.random
        if promised:
            return NextStory(day, 540, random.choice(notes.PROMISES[self.language]), "", True, 1)
        weekday = (day + 6) % 7
        if weekday >= 5 and day != self.today + (self.wish.due_in or 0):
            day += 7 - weekday
        purpose, title = random.choice(notes.FOLLOW_UPS[self.language])
        return NextStory(day, minute, title, purpose, priority=random.choice((2, 2, 2, 1, 3)))

    def _by_hand(self) -> list[HandStory]:
        """Now and then the partner or the client service asks for a call."""
        random = self.random
        if self.number < len(BY_HAND) or self.level == UNKNOWN or random.random() > 0.08:
            return []
        made = self.today - random.randrange(1, 15)
        if made <= self.known:
            return []
        due = self.today + random.randrange(-2, 25)
        purpose, title = random.choice(notes.FOLLOW_UPS[self.language])
        return [
            HandStory(
                made,
                NextStory(max(due, made + 1), 600, title, purpose),
                random.choice(("partner", "specialist")),
            )
        ]


def moment_of(day: int, minute: int, zone):
    """A local hour of the firm's as an instant."""
    local = datetime.fromordinal(day).replace(tzinfo=zone) + timedelta(minutes=minute)
    return local.astimezone(UTC)
