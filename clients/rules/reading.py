"""What became of a value somebody typed or a spreadsheet held: the clean value, what was changed, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is refused. The words and the remedy for a code stand in clients/presenters/problems.py."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Something normalisation did to a value, told beside the preview."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    value: T
    changes: tuple[Change, ...] = ()
    problem: Problem | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


TextReading = Reading[str]
DateReading = Reading[date | None]


def refused(code: str, *, value: Any = "", **params: Any) -> Reading:
    return Reading(value, (), Problem(code, params))
