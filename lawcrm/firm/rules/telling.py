"""When somebody is told: quiet hours and the hour of the morning mail, on the person's own clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

# A morning mail that could not go out for so long is not sent in the afternoon.
LATEST = timedelta(hours=6)
SATURDAY = 5
SUNDAY = 6
LONGEST_BREAK = 30


def always(day: date) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of each day (they may go over midnight), and whether weekends are quiet as a whole."""

    begins: time | None = None
    ends: time | None = None
    weekends: bool = False


def quiet_until(moment: datetime, quiet: Quiet) -> datetime | None:
    """When the quiet that `moment` falls into ends, all on one wall clock; None where it is not quiet.

    `moment` is what the person's clock shows. The end may fall into further quiet (Friday night, then the weekend).
    """
    end = None
    while (later := _end(end or moment, quiet)) is not None:
        end = later
    return end


def _end(moment: datetime, quiet: Quiet) -> datetime | None:
    if quiet.weekends and moment.weekday() >= SATURDAY:
        return _at(moment, time.min) + timedelta(days=1)
    if quiet.begins is None or quiet.ends is None or quiet.begins == quiet.ends:
        return None
    now = moment.time()
    if quiet.begins < quiet.ends:
        return _at(moment, quiet.ends) if quiet.begins <= now < quiet.ends else None
    if now >= quiet.begins:
        return _at(moment, quiet.ends) + timedelta(days=1)
    return _at(moment, quiet.ends) if now < quiet.ends else None


def _at(moment: datetime, hour: time) -> datetime:
    return datetime.combine(moment.date(), hour, tzinfo=moment.tzinfo)


def digest_for(
    moment: datetime,
    at: time,
    *,
    every_morning: bool,
    on_mondays: bool,
    quiet: Quiet,
    is_working: Callable[[date], bool] = always,
) -> tuple[str, date] | None:
    """Which mail is due on the person's clock: ("week"|"day", its date), or None; none on a day off.

    On Mondays the overview of the week takes the place of the morning's mail: there is one mail a day at most. Where
    Monday is a day off, it comes on the first working day of the week.
    """
    due, today = _at(moment, at), moment.date()
    if not due <= moment < due + LATEST or (quiet.weekends and moment.weekday() >= SATURDAY):
        return None
    if not is_working(today):
        return None
    before = (today - timedelta(days=days) for days in range(1, today.weekday() + 1))
    if on_mondays and not any(map(is_working, before)):
        return "week", today
    return ("day", today) if every_morning else None


def told_until(kind: str, today: date, is_working: Callable[[date], bool] = always) -> date:
    """The last day a mail tells of: Sunday for the week; for a day also the days off that follow it."""
    if kind == "week":
        return today + timedelta(days=SUNDAY - today.weekday())
    days = (today + timedelta(days=ahead) for ahead in range(1, LONGEST_BREAK))
    return next((day for day in days if is_working(day)), today + timedelta(days=1)) - timedelta(days=1)
