"""An assessment as plain values for a JSON column, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from clients.rules.relationship import CRITERIA, Assessment, Criterion


def to_json(assessment: Assessment) -> dict[str, Any]:
    """Plain values for a JSON column; what is empty is left out."""
    return {
        "type": assessment.type,
        "insufficient": assessment.insufficient,
        "next_step": assessment.next_step,
        "criteria": [_criterion_to_json(criterion) for criterion in assessment.criteria],
    }


def _criterion_to_json(criterion: Criterion) -> dict[str, Any]:
    figures = {k: v.isoformat() if isinstance(v, date) else v for k, v in criterion.figures.items()}
    stored: dict[str, Any] = {"code": criterion.code, "met": criterion.met, "figures": figures}
    for name in ("evidence", "missing", "pending", "surveys"):
        if ids := getattr(criterion, name):
            stored[name] = [str(one) for one in ids]
    return stored


def from_json(stored: Mapping[str, Any]) -> Assessment:
    """The inverse of `to_json`. Criteria this version no longer knows are left out."""
    known = [criterion for criterion in stored["criteria"] if criterion["code"] in CRITERIA]
    return Assessment(
        stored["type"],
        stored["insufficient"],
        tuple(_criterion_from_json(criterion) for criterion in known),
        stored["next_step"],
    )


def _criterion_from_json(stored: Mapping[str, Any]) -> Criterion:
    figures = {
        name: date.fromisoformat(value) if value and name.endswith("_on") else value
        for name, value in stored["figures"].items()
    }
    ids = {
        name: tuple(UUID(one) for one in stored.get(name, ()))
        for name in ("evidence", "missing", "pending", "surveys")
    }
    return Criterion(stored["code"], CRITERIA[stored["code"]], stored["met"], figures, **ids)
