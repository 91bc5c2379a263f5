"""Months as the dashboard counts them."""

from datetime import date


def last_months(today: date, count: int) -> list[date]:
    """The first days of the last `count` months before this one, oldest first."""
    months, year, month = [], today.year, today.month
    for _ in range(count):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        months.insert(0, date(year, month, 1))
    return months
