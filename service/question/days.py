"""Calendar days from one to another, and the ones that a year, a month or "the last six months" stand for."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar days from ``since`` to ``until``, both included; None where it is open."""

    since: date | None = None
    until: date | None = None

    @property
    def empty(self) -> bool:
        """Whether it ends before it begins."""
        return self.since is not None and self.until is not None and self.since > self.until


def year_of(year: int) -> Period:
    """Return a whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def months_of(year: int, first: int, count: int) -> Period:
    """Return ``count`` months of one year from the ``first`` on, which counts from 1."""
    last = first + count - 1
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def month_of(year: int, month: int) -> Period | None:
    """Return a whole month; None where there is none of this number."""
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1])) if 1 <= month <= 12 else None


def day_of(year: int, month: int, day: int) -> Period | None:
    """Return one day; None where the month has none of this number."""
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return Period(date(year, month, day), date(year, month, day))


def newest(year: int | None, today: date, of_year: Callable[[int], Period | None]) -> Period | None:
    """Return the part of ``year``; without one, the newest such part that has begun."""
    if year is not None:
        return of_year(year)
    this = of_year(today.year)
    return this if this is None or this.since is None or this.since <= today else of_year(today.year - 1)


def last_units(today: date, unit: str, count: int) -> Period:
    """Return the last ``count`` units of time up to today."""
    if unit in ("day", "week"):
        return Period(today - timedelta(days=count * (7 if unit == "week" else 1)), today)
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    year = max(year, 1)
    return Period(date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])), today)


def whole_unit(today: date, unit: str, ago: int) -> Period | None:
    """Return this calendar unit of time, or an earlier one."""
    match unit:
        case "year":
            return year_of(today.year - ago)
        case "week":
            monday = today - timedelta(days=today.weekday() + 7 * ago)
            return Period(monday, monday + timedelta(days=6))
        case "day":
            return Period(today - timedelta(days=ago), today - timedelta(days=ago))
    size = 3 if unit == "quarter" else 1
    year, part = divmod(today.year * (12 // size) + (today.month - 1) // size - ago, 12 // size)
    return months_of(year, part * size + 1, size)


def shifted(day: date | None, days: int) -> date | None:
    """Return the day so many days later; None for none."""
    return None if day is None else day + timedelta(days=days)
