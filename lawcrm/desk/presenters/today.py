"""Today in words: sections of duties, each with its reason and what settles it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.enums import Grade, RelationshipType
from interactions.enums import FollowUpOrigin, Purpose
from interactions.presenters.follow_ups import follow_up_row
from lawcrm.firm.partial_dates import PartialDate, next_occurrences
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.templatetags.look import ago, day, due
from lawcrm.firm.words import is_chinese


@dataclass(frozen=True, slots=True)
class Duty:
    """One line. `log_url` opens the quick log; `step_url` and `open_url` are posted to."""

    when: str
    title: str
    url: str
    why: str = ""
    late: bool = False
    client: str = ""
    client_url: str = ""
    log_url: str = ""
    log_words: str = ""
    tell_url: str = ""
    step_url: str = ""
    open_url: str = ""


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    rows: list = field(default_factory=list)
    more_url: str = ""
    more: bool = False
    follow_ups: bool = False  # the rows are FollowUpRows


def _client_url(pk) -> str:
    return reverse("clients:detail", args=[pk])


def _log_url(client_id, **prefilled) -> str:
    return f"{reverse('interactions:log')}?{urlencode({'client': client_id, **prefilled})}"


def follow_ups(rows, reader, shown: int) -> list[Section]:
    """What is due, promises apart from the rest."""
    promises = [row for row in rows if row.origin == FollowUpOrigin.PROMISE]
    others = [row for row in rows if row.origin != FollowUpOrigin.PROMISE]
    all_url = f"{reverse('interactions:follow_ups')}?state=due"
    return [
        Section(
            code, title, [follow_up_row(row, reader) for row in part[:shown]], url, len(part) > shown, True
        )
        for code, title, part, url in (
            ("due", _("Due and late"), others, all_url),
            ("promises", _("Promises due"), promises, f"{all_url}&origin=promise"),
        )
    ]


def birthdays(clients, places, today: date) -> Section:
    found = [(client.birth_date, client.name, client, "") for client in clients]
    found += [
        (place.person.birth_date, place.person.name, place.client, place.client.name) for place in places
    ]
    found.sort(key=lambda one: (next_occurrences(one[0], today, 1), one[1]))
    return Section("birthdays", _("Birthdays"), [_birthday(*one, today) for one in found])


def _birthday(born: PartialDate, name: str, client, client_name: str, today: date) -> Duty:
    (coming,) = next_occurrences(born, today, 1)
    return Duty(
        when=due(coming),
        title=name,
        url=_client_url(client.pk),
        why=_birthday_words(born, coming),
        client=client_name,
        client_url=_client_url(client.pk),
        log_url=_log_url(client.pk, purpose=Purpose.GREETING),
        log_words=_("Greeted"),
    )


def _birthday_words(born: PartialDate, coming: date) -> str:
    age = born.age_on(coming)
    parts = [_("Turns %d") % age if age is not None else "", partial_date_words(born) if born.lunar else ""]
    return " · ".join(part for part in parts if part)


def quiet(clients, shown: int) -> Section:
    url = f"{reverse('clients:list')}?quiet=yes&mine=yes"
    rows = [_quiet(client) for client in clients[:shown]]
    return Section("quiet", _("Gone quiet"), rows, url, len(clients) > shown)


def _quiet(client) -> Duty:
    if client.last_contact_at:
        why = _("Last contact %s") % ago(client.last_contact_at)
    else:
        why = _("No contact on record")
    grade = (
        _("Grade %(grade)s, %(label)s") % {"grade": client.grade, "label": Grade(client.grade).label}
        if client.grade
        else ""
    )
    return Duty(
        when=_quiet_for(client.quiet_from),
        title=client.name,
        url=_client_url(client.pk),
        why=" · ".join(part for part in (why, grade) if part),
        log_url=_log_url(client.pk),
        log_words=_("Log"),
        step_url=reverse("interactions:next_step", args=[client.pk]),
    )


def _quiet_for(since: date) -> str:
    days = (timezone.localdate() - since).days
    return ngettext("%d day over", "%d days over", days) % days if days else _("since today")


def owed(matters, today: date, shown: int) -> Section:
    url = f"{reverse('matters:list')}?mine=on&state=open"
    rows = [_owed(matter, today) for matter in matters[:shown]]
    return Section("progress", _("Progress reports owed"), rows, url, len(matters) > shown)


def _owed(matter, today: date) -> Duty:
    days = (today - matter.told_on).days
    return Duty(
        when=ngettext("%d day", "%d days", days) % days,
        title=matter.title,
        url=reverse("matters:detail", args=[matter.pk]),
        why=_("No report to the client since %s") % day(matter.told_on),
        client=matter.client.name,
        client_url=_client_url(matter.client_id),
        tell_url=reverse("interactions:tell_progress", args=[matter.pk]),
    )


def dates(matters, today: date, shown: int) -> Section:
    rows = [_date(matter, today) for matter in matters[:shown]]
    return Section(
        "dates", _("Next dates of matters"), rows, reverse("matters:list") + "?mine=on", len(matters) > shown
    )


def _date(matter, today: date) -> Duty:
    passed = matter.next_date < today
    return Duty(
        when=day(matter.next_date) if passed else due(matter.next_date),
        late=passed,
        title=matter.next_date_note or matter.title,
        url=reverse("matters:detail", args=[matter.pk]),
        why=_("Passed: set the next date") if passed else (matter.title if matter.next_date_note else ""),
        client=matter.client.name,
        client_url=_client_url(matter.client_id),
    )


def falls(pairs) -> Section:
    return Section("falls", _("Relationships that fell"), [_fall(notice, row) for notice, row in pairs])


def _fall(notice_id, assessment) -> Duty:
    before, now = (str(RelationshipType(kind).label) for kind in (assessment.previous_type, assessment.type))
    return Duty(
        when=day(assessment.assessed_on),
        late=True,
        title=assessment.client.name,
        url=_client_url(assessment.client_id),
        why=_("From %(before)s to %(now)s") % {"before": before, "now": now},
        step_url=reverse("interactions:next_step", args=[assessment.client_id]),
        open_url=reverse("firm:notice_open", args=[notice_id]),
    )


def team(counts: list[dict], shown: int) -> Section:
    rows = [_colleague(count) for count in counts[:shown]]
    url = f"{reverse('interactions:follow_ups')}?whose=all&state=late"
    return Section("team", _("Late in the team"), rows, url, bool(counts))


def _colleague(count: dict) -> Duty:
    late = count["late"]
    url = f"{reverse('interactions:follow_ups')}?{urlencode({'owner': count['owner_id'], 'state': 'late'})}"
    return Duty(
        when=ngettext("%d late", "%d late", late) % late,
        late=True,
        title=_name(count),
        url=url,
        why=_("The oldest was due %s") % ago(count["oldest"]),
    )


def _name(count: dict) -> str:
    family, given, zh = (count[f"owner__{name}"] for name in ("family_name", "given_name", "name_zh"))
    if is_chinese():
        return zh or f"{family} {given}"
    return f"{given} {family}"


def summary(rows, now: datetime) -> str:
    """How much of what is due is late, in a few words."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    late = sum(row.due_at < start for row in rows)
    counts = {"late": late, "today": len(rows) - late}
    if late and counts["today"]:
        return _("%(late)d late, %(today)d due today") % counts
    return _("%(late)d late") % counts if late else _("%(today)d due today") % counts
