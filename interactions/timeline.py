"""One timeline per client: contacts, follow-ups done, matters, changes of the relationship, and whatever higher
rooms add. A room registers a Source; all sources together are one statement, however many there are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import CharField, DateTimeField, Func, Q, QuerySet, Value
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interactions.presenters.story import story_line
from lawcrm.firm import clock
from lawcrm.firm.opaque import hide, show
from lawcrm.firm.queries.written import Written
from lawcrm.firm.templatetags.look import ago, day

SIZE = 50
SEARCH = "timeline-search"

# What the reader may narrow the timeline to: code -> word, icon. An item may be of several kinds.
KINDS = {
    "contact": (_("Contacts"), "messages"),
    "complaint": (_("Complaints"), "message-report"),
    "care": (_("Care"), "heart-handshake"),
    "event": (_("Events"), "calendar-event"),
    "follow_up": (_("Follow-ups"), "list-check"),
    "matter": (_("Matters"), "briefcase"),
    "survey": (_("Surveys"), "clipboard-text"),
    "standing": (pgettext_lazy("kind of timeline item", "Standing"), "stairs"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader narrowed the timeline to; nothing means all of it."""

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, kinds=(), text: str = "") -> Wanted:
        return cls(tuple(kind for kind in KINDS if kind in kinds), tuple(text.split()[:MOST_WORDS]))

    def __bool__(self) -> bool:
        return bool(self.kinds or self.words)


MOST_WORDS = 6
NOT_NARROWED = Wanted()


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line as it is shown. `quiet` is a change rather than a contact."""

    title: str
    icon: str
    url: str = ""
    who: str = ""
    from_client: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    promised: tuple[str, ...] = ()
    meta: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """What a source's query gave for one item: its time, the key of its record, and its `data`."""

    at: datetime
    id: UUID
    source: str
    data: dict[str, Any]


@dataclass(frozen=True)
class Source:
    """One kind of item. `code` is also the sort key among items of one instant and one record.

    `rows(user, client)` is a queryset annotated with `told_at` (an instant; `midnight_of` makes one of a date) and
    `data` (a JSONObject), already within what the user may see of a client that came through the door.
    `tell(row)` puts a row into words. `kinds`: of which KINDS its rows are, with a condition where only some are.
    `looks_in`: the columns that words are looked for in; `meant_by(word)`: a condition for words that are shown but
    not stored, such as the name of a channel, or None.
    """

    code: str
    rows: Callable[[Any, Any], QuerySet]
    tell: Callable[[Row], TimelineItem]
    kinds: Mapping[str, Q | None] = field(default_factory=dict)
    looks_in: tuple[str, ...] = ()
    meant_by: Callable[[str], Q | None] = lambda word: None

    def narrowed(self, rows: QuerySet, wanted: Wanted) -> QuerySet | None:
        """The rows of the wanted kinds that have all the words; None where there can be none."""
        if wanted.kinds:
            chosen = [self.kinds[kind] for kind in wanted.kinds if kind in self.kinds]
            if not chosen:
                return None
            if None not in chosen:
                rows = rows.filter(_any_of(chosen))
        for word in wanted.words:
            somewhere = [Q(**{f"{column}__icontains": word}) for column in self.looks_in]
            somewhere += [meant] if (meant := self.meant_by(word)) is not None else []
            if not somewhere:
                return None
            rows = rows.filter(_any_of(somewhere))
        return rows


def _any_of(conditions: list[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Adds a kind of item to the timeline. Raises ValueError on a code taken."""
    if _SOURCES.setdefault(source.code, source) is not source:
        raise ValueError(f"two timeline sources are called {source.code}")


def midnight_of(column: str, user) -> Func:
    """The start of a date in the reader's zone: where an item without an hour stands among the others."""
    return Func(
        column,
        Value(str(clock.zone_of(user))),
        template="(%(expressions)s)",
        arg_joiner="::timestamp AT TIME ZONE ",
        output_field=DateTimeField(),
    )


# -- a page of it -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """An item with its date in words, ready to be printed."""

    item: TimelineItem
    when: str  # for machines
    day: str
    hour: str
    ago: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    lines: list[Line] = field(default_factory=list)
    older: str = ""  # the cursor of the next page, empty at the beginning of the story
    wanted: Wanted = NOT_NARROWED

    @property
    def drawn(self) -> SafeString:
        return SafeString("".join(story_line(line, self.wanted.words) for line in self.lines))

    @property
    def kinds(self) -> list[tuple[str, str, str, bool]]:
        """(code, word, icon, chosen) of what it may be narrowed to."""
        return [(code, str(word), icon, code in self.wanted.kinds) for code, (word, icon) in KINDS.items()]

    @property
    def words(self) -> str:
        return " ".join(self.wanted.words)

    @property
    def query(self) -> str:
        """What it is narrowed to, as an address may carry it: kinds in clear, words hidden."""
        pairs = [("show", kind) for kind in self.wanted.kinds]
        pairs += [("s", hide(self.words, SEARCH))] if self.wanted.words else []
        return urlencode(pairs)


def timeline_page(
    user, client, cursor: str = "", size: int = SIZE, wanted: Wanted = NOT_NARROWED
) -> TimelinePage:
    """The newest items of a client, or those older than the cursor, of what is wanted. One statement."""
    before = _read(cursor)

    def written():
        parts = [_part(source, user, client, before, size, wanted) for source in _SOURCES.values()]
        parts = [part for part in parts if part is not None]
        if len(parts) < 2:  # a union of one is none, and cannot be ordered by what it only renames
            return parts[0] if parts else []
        return parts[0].union(*parts[1:], all=True).order_by("-told_at", "-id", "-source")[: size + 1]

    rows = [_row(*values) for values in _asked(user, client, before or wanted, size, written)]
    more, rows = len(rows) > size, rows[:size]
    days = _Days()
    lines = [_line(row, days) for row in rows]
    return TimelinePage(lines, _cursor(rows[-1]) if more else "", wanted)


_WRITTEN = Written()


def _asked(user, client, anew, size: int, written) -> list[tuple]:
    """The first page is kept in writing; older ones hold a moment, narrowed ones words: these are written anew."""
    if anew:
        return list(written())
    works_for = user.pk == client.responsible_id or user.pk in client.team_ids
    shape = (works_for, user.role, user.scope, str(clock.zone_of(user)), size, tuple(_SOURCES))
    return _WRITTEN.ask(user, shape, {"client": client.pk, "user": user.pk}, written)


def _row(at: datetime, pk: UUID, source: str, data) -> Row:
    return Row(at, pk, source, json.loads(data) if isinstance(data, str) else data)


def _part(source: Source, user, client, before, size: int, wanted: Wanted) -> QuerySet | None:
    rows = source.narrowed(source.rows(user, client), wanted)
    if rows is None:
        return None
    rows = rows.annotate(source=Value(source.code, output_field=CharField()))
    if before:
        rows = _older(rows, source.code, *before)
    return rows.order_by("-told_at", "-id").values_list("told_at", "id", "source", "data")[: size + 1]


def _older(rows: QuerySet, code: str, at: datetime, pk: UUID, last_source: str) -> QuerySet:
    """Older than the cursor in the order (time, record, source). The first condition enters the index."""
    same_record = Q(pk=pk) if code < last_source else Q(pk__in=[])
    return rows.filter(told_at__lte=at).filter(Q(told_at__lt=at) | Q(pk__lt=pk) | same_record)


class _Days(dict):
    """Each day of a page in words, said once: (day, how long ago)."""

    def __missing__(self, the_day):
        self[the_day] = words = day(the_day), ago(the_day)
        return words


def _line(row: Row, days: _Days) -> Line:
    local = timezone.localtime(row.at)
    the_day, how_long = days[local.date()]
    timed = local.hour or local.minute
    return Line(
        item=_SOURCES[row.source].tell(row),
        when=local.isoformat(timespec="minutes"),
        day=the_day,
        hour=f"{local:%H:%M}" if timed else "",
        ago=how_long,
    )


def _cursor(row: Row) -> str:
    return hide([row.at.isoformat(), row.id.hex, row.source], "timeline")


def words_hidden_in(text: str) -> str:
    """The words an address carries; "" where it carries none that open."""
    return (show(text, SEARCH) or "") if text else ""


def _read(cursor: str) -> tuple[datetime, UUID, str] | None:
    """The place a cursor means; None for nothing and for nonsense: that shows the first page."""
    place = show(cursor, "timeline")
    return (datetime.fromisoformat(place[0]), UUID(place[1]), place[2]) if place else None
