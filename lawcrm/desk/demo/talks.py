"""What is said in a client's story: contacts around matters and between them, complaints, surveys and their answers."""

from __future__ import annotations

from datetime import date
from math import ceil

from lawcrm.desk.demo import notes
from lawcrm.desk.demo.plans import (
    NOBODY,
    ContactStory,
    MatterStory,
    SurveyStory,
)
from lawcrm.desk.demo.wishes import (
    BASIC,
    COMPLAINT,
    OWED,
    PARTNER,
    PASSIVE,
    PROACTIVE,
    RESPONSIBLE,
    SILENT,
)
from surveys.rules.questionnaire import ALL_QUESTIONS

YEARS = 3
CADENCE = {"A": 14, "B": 30, "C": 90, "D": 60, "": 90}
LONGEST_GAP = {grade: days * 3 // 2 for grade, days in CADENCE.items()}
_MINUTES = {"phone": (4, 25), "video": (20, 60), "face_to_face": (30, 120), "event": (60, 180)}
_MOODS = ("", "", "neutral", "neutral", "worried", "pleased")
_PROACTIVE_RHYTHM = (
    ("needs_review", 150),
    ("legal_update", 110),
    ("feedback_sought", 240),
    ("expectation_check", 200),
)
_PARTNER_RHYTHM = (("expectation_check", 280), ("needs_review", 150), ("legal_update", 110), ("risk_prevention", 120),
                   ("cost_planning", 190), ("feedback_sought", 240))  # fmt: skip


class TalkOfAClient:
    """The part of a story that tells who spoke with whom; the rest is in stories.py."""

    def _add(self, day: int, purposes: tuple[str, ...], *, by_firm=True, matter=NOBODY, answered=True, channel="",
             template=None, mood="", tells=False) -> ContactStory | None:  # fmt: skip
        """A contact on the day, or the workday after it; none on a day the story does not reach."""
        random = self.random
        weekday = (day + 6) % 7
        if weekday >= 5 and random.random() < 0.93:
            day += 7 - weekday
        if day >= self.today or day < self.known:
            return None
        channel = channel or random.choice(self.channels)
        if not answered:
            note = random.choice(notes.UNANSWERED[self.language])
        else:
            note = self._note(purposes[0], matter, template)
        minutes = _MINUTES.get(channel)
        contact = ContactStory(
            day, random.randrange(535, 1_100), channel, purposes, by_firm, answered, matter=matter, note=note,
            minutes=random.randrange(*minutes) if minutes and answered else None, mood=mood, tells=tells,
        )  # fmt: skip
        if self.people and random.random() < 0.8:
            contact.person = random.randrange(len(self.people))
        self.contacts.append(contact)
        return contact

    def _note(self, purpose: str, matter: int, template: str | None) -> str:
        random = self.random
        template = template or random.choice(self._templates(purpose))
        if "{" not in template:
            return template
        about = (
            self.matters[matter]
            if matter != NOBODY
            else random.choice(self.matters)
            if self.matters
            else None
        )
        who = random.choice(self.people).called if self.people else self.called
        if about is None:
            title, topic = ("委托事项", "合同") if self.chinese else ("the mandate", "contracts")
        else:
            title, topic = about.title, notes.TOPICS[about.topic][0 if self.chinese else 1]
        return template.format(who=who, matter=title, topic=topic)

    def _templates(self, purpose: str) -> tuple[str, ...]:
        if purpose == "needs_review" and self.kind in ("person", "sole_trader"):
            return notes.NEEDS_OF_PERSONS[self.language]
        return notes.NOTES[purpose][self.language]

    def _hardly_known(self) -> None:
        """Known for less than 30 days with one contact, or never spoken with at all."""
        if self.today - self.since < 28 and (self.wish.kind or self.random.random() < 0.6):
            self._add(
                max(self.since, self.today - 12),
                ("first_consultation",),
                by_firm=False,
                channel="face_to_face",
            )

    def _matter_contacts(self) -> None:
        for place, matter in enumerate(self.matters):
            level = self._level_on(matter.accepted)
            if self.wish.level == BASIC and matter.accepted >= self.settled:
                continue
            self._opening(place, matter, level)
            self._reports(place, matter)
            self._bills(place, matter, level)
            if matter.closed and self._level_on(matter.closed) >= RESPONSIBLE:
                self._add(
                    matter.closed + self.random.randrange(1, 9),
                    ("feedback_sought",),
                    matter=place,
                    mood="pleased",
                )

    def _opening(self, place: int, matter: MatterStory, level: int) -> None:
        random = self.random
        if level > BASIC and (place == 0 or random.random() < 0.5):
            channel = random.choice(("face_to_face", "face_to_face", "phone", "video"))
            self._add(matter.accepted, ("first_consultation",), by_firm=False, matter=place, channel=channel)
        if level >= RESPONSIBLE and matter.accepted + 8 < self.today:
            day = min(matter.accepted + random.randrange(3, 25), self.today - 3)
            self._add(day, ("expectation_check",), matter=place)

    def _reports(self, place: int, matter: MatterStory) -> None:
        """Every few weeks where the firm reports; now and then where it does not."""
        random = self.random
        end = matter.closed or self.today
        if self.wish.ending == OWED and matter.closed is None:
            end = self.today - 34 - self.number % 12
        day = matter.accepted + random.randrange(12, 24)
        while day < end:
            level = self._level_on(day)
            if level >= RESPONSIBLE:
                self._add(
                    day,
                    ("progress_report",),
                    matter=place,
                    tells=True,
                    mood=random.choice(("", "", "pleased", "neutral")),
                )
                day += random.randrange(19, 29)
            else:
                if level == PASSIVE and random.random() < 0.5:
                    self._add(day, ("progress_report",), matter=place, tells=True)
                day += random.randrange(70, 130)

    def _bills(self, place: int, matter: MatterStory, level: int) -> None:
        if level > BASIC and self.random.random() < 0.45:
            self._add(
                matter.accepted + self.random.randrange(20, 60),
                ("billing",),
                matter=place,
                by_firm=self.random.random() < 0.6,
            )

    def _touches(self) -> None:
        """Regular contact from a proactive firm; what is due of updates, reviews, risks and costs goes with it."""
        if max(self.level, self.before) < PROACTIVE:
            self._feedback()
            return
        random, cadence = self.random, CADENCE[self.grade]
        last: dict[str, int] = {}
        day = self.known + random.randrange(3, 12)
        while day < self.today:
            level = self._level_on(day)
            if level >= PROACTIVE:
                purposes = self._due_purposes(day, level, last, cadence)
                self._add(day, purposes, mood=random.choice(("", "", "", "pleased", "neutral")))
            day += int(cadence * random.uniform(0.8, 1.2))
        if self.level < PROACTIVE:
            self._feedback()

    def _due_purposes(self, day: int, level: int, last: dict[str, int], cadence: int) -> tuple[str, ...]:
        wanted = _PARTNER_RHYTHM if level == PARTNER else _PROACTIVE_RHYTHM
        due = [purpose for purpose, days in wanted if day + cadence - last.get(purpose, -999) > days][:3]
        for purpose in due:
            last[purpose] = day
        return tuple(due) or (
            self.random.choice(("legal_update", "feedback_sought", "expectation_check", "other")),
        )

    def _feedback(self) -> None:
        """A responsible firm asks once or twice a year, and reads out one update on the law at most."""
        day = self.today - self.random.randrange(60, 300)
        while day > self.known:
            if self._level_on(day) == RESPONSIBLE:
                self._add(day, ("expectation_check", "feedback_sought"))
            day -= self.random.randrange(200, 330)
        if self.level == RESPONSIBLE and self.random.random() < 0.4:
            self._add(self.today - self.random.randrange(60, 400), ("legal_update",))

    def _client_calls(self) -> None:
        random = self.random
        day = self.known + random.randrange(10, 60)
        while day < self.today:
            level = self._level_on(day)
            if level == PASSIVE or (level in (RESPONSIBLE, PROACTIVE) and random.random() < 0.35):
                self._asks(day)
            day += random.randrange(60, 150)
        if self.level == PARTNER:
            self._partner_calls()
        if self.level == BASIC:
            for _try in range(random.choice((1, 2, 2, 3))):
                self._add(self.today - random.randrange(15, 500), ("other",), answered=False, channel="phone")
            self._asks(max(self.known + 1, self.today - random.randrange(375, 415)))
        elif self.level == PASSIVE and self.wish.ending != SILENT:
            self._asks(self.today - random.randrange(4, 40))

    def _partner_calls(self) -> None:
        """Both sides take the word: a client who is a partner begins more than a fifth of the contacts."""
        window = max(self.settled, self.today - 365)
        own = sum(1 for contact in self.contacts if contact.by_firm and contact.day >= window)
        for _call in range(max(3, ceil(own * self.random.uniform(0.35, 0.55)))):
            self._asks(self.random.randrange(window, self.today))

    def _asks(self, day: int) -> None:
        matter = self.random.choice(_open_on(self.matters, day)) if _open_on(self.matters, day) else NOBODY
        purpose = (
            self.random.choice(("other", "other", "billing", "first_consultation"))
            if matter == NOBODY
            else "other"
        )
        template = self.random.choice(notes.ASKED[self.language])
        self._add(
            day, (purpose,), by_firm=False, matter=matter, template=template, mood=self.random.choice(_MOODS)
        )

    def _greetings(self) -> None:
        """At the spring festival and at mid-autumn, to those the firm looks after."""
        random = self.random
        for month, day_of_month in ((2, 6), (9, 22)):
            for year in range(YEARS + 1):
                day = date(
                    date.fromordinal(self.today).year - year, month, day_of_month
                ).toordinal() + random.randrange(6)
                if (
                    day < self.today
                    and random.random() < (0.1, 0.15, 0.2, 0.45, 0.6, 0.7)[self._level_on(day)]
                ):
                    answered = self._level_on(day) > BASIC
                    self._add(
                        day,
                        ("greeting",),
                        channel="instant_message" if self.chinese else "email",
                        answered=answered,
                    )
        if self.level >= PROACTIVE and random.random() < 0.5:
            self._add(self.today - random.randrange(30, 500), ("event",), channel="event", mood="pleased")

    def _complaints(self) -> None:
        random = self.random
        if self.wish.ending == COMPLAINT:
            self._add(
                self.today - random.randrange(2, 6),
                ("complaint",),
                by_firm=False,
                channel="phone",
                mood="angry",
            )
        elif self.level > BASIC and random.random() < 0.05:
            day = self.today - random.randrange(40, 700)
            told = self._add(day, ("complaint",), by_firm=False, channel="phone", mood="angry")
            if told:
                self._add(told.day + 1, ("complaint", "feedback_sought") if self._level_on(day) >= RESPONSIBLE else ("complaint",),
                          channel="face_to_face", mood="neutral")  # fmt: skip

    # -- surveys --------------------------------------------------------------------------------------------

    def _surveys(self) -> None:
        random = self.random
        for place, matter in enumerate(self.matters):
            if matter.closed and self._level_on(matter.closed) >= RESPONSIBLE and random.random() < 0.6:
                self._survey(matter.closed + 2, "closed", place)
        if self.level >= PROACTIVE or (self.level == RESPONSIBLE and random.random() < 0.4):
            self._survey(self.today - random.randrange(20, 200), "regular", NOBODY)
        self.surveys.sort(key=lambda survey: survey.sent)

    def _survey(self, sent: int, occasion: str, matter: int) -> None:
        random = self.random
        if not self.known < sent < self.today - 1:
            return
        survey = SurveyStory(sent, occasion, matter)
        partner = self.level == PARTNER and sent >= self.today - 365
        answered = sent + random.randrange(0, 14)
        if (partner or random.random() < 0.62) and answered < self.today:
            survey.answered = answered
            centre = (
                4.6
                if partner
                else (0, 2.6, 3.0, 3.7, 4.1, 4.5)[self._level_on(sent)] + random.uniform(-0.7, 0.5)
            )
            self._answer(survey, centre, at_least=4 if partner else 1)
        self.surveys.append(survey)

    def _answer(self, survey: SurveyStory, centre: float, at_least: int) -> None:
        random = self.random
        weakest = random.choice(ALL_QUESTIONS[1:6])  # communication, speed, progress, fees, convenience
        for question in ALL_QUESTIONS:
            mark = round(random.gauss(centre - (0.6 if question == weakest else 0), 0.55))
            survey.marks[question] = max(at_least, min(5, mark))
        survey.nps = max(0, min(10, round(centre * 2 + random.uniform(-1.5, 1.2))))
        if at_least == 4:
            survey.nps = max(survey.nps, 8)
        words = notes.PRAISE if survey.nps >= 9 else notes.LUKEWARM if survey.nps >= 7 else notes.BLAME
        survey.text = random.choice(words[self.language])


def _open_on(matters: list[MatterStory], day: int) -> list[int]:
    return [
        place
        for place, matter in enumerate(matters)
        if matter.accepted <= day and (matter.closed is None or day <= matter.closed)
    ]
