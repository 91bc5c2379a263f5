"""The partner's dashboard as the page shows it: words, shares and the list behind each number."""

from collections import Counter
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from clients.enums import Grade, RelationshipType
from surveys.words import dimension_word

NO_GRADE = "none"


def clients_url(**filters) -> str:
    """The list of clients that a number stands for."""
    return f"{reverse('clients:list')}?{urlencode({name: value for name, value in filters.items() if value})}"


def type_code(kind: int | None) -> str:
    return RelationshipType(kind).code if kind else "none"


def type_word(kind: int | None) -> str:
    return str(RelationshipType(kind).label) if kind else _("Not yet assessed")


def distribution(cells) -> list[dict]:
    """The five types from low to high, then those not yet assessed."""
    counts = _count(cells, lambda cell: cell.type)
    return [
        {
            "code": type_code(kind),
            "label": type_word(kind),
            "count": counts[kind],
            "url": clients_url(type=type_code(kind)),
        }
        for kind in [*RelationshipType.values, None]
    ]


def grid(cells) -> dict:
    """Grade by type. A key client on the lowest rung is the first thing to see."""
    counts = _count(cells, lambda cell: (cell.grade, cell.type))
    columns = [*RelationshipType.values, None]
    largest = max(counts.values(), default=1)
    return {
        "columns": [{"code": type_code(kind), "label": type_word(kind)} for kind in columns],
        "rows": [
            {
                "grade": grade,
                "label": str(Grade(grade).label) if grade else _("No grade"),
                "cells": [_grid_cell(grade, kind, counts[grade, kind], largest) for kind in columns],
                "total": sum(counts[grade, kind] for kind in columns),
                "url": clients_url(grade=grade or NO_GRADE),
            }
            for grade in [*Grade.values, ""]
        ],
    }


def _grid_cell(grade: str, kind: int | None, count: int, largest: int) -> dict:
    worrying = grade == Grade.A and kind in (RelationshipType.BASIC, RelationshipType.PASSIVE) and count > 0
    return {
        "count": count,
        "url": clients_url(grade=grade or NO_GRADE, type=type_code(kind)),
        "heat": "worry" if worrying else _heat(count, largest),
        "label": _("%(grade)s, %(type)s: %(count)s")
        % {"grade": grade or _("No grade"), "type": type_word(kind), "count": count},
    }


def _heat(count: int, largest: int) -> str:
    """0 to 4: how dark the cell is."""
    return str(min(4, -(-4 * count // largest))) if count else "0"


def coverage(places, names: dict, *, by: str) -> list[dict]:
    """Share of clients contacted within their cadence, the weakest first, by "responsible" or "department"."""
    totals, quiet = Counter(), Counter()
    for place in places:
        pk = getattr(place, f"{by}_id")
        totals[pk] += place.clients
        quiet[pk] += place.quiet
    listed = reverse("clients:list")
    lines = [
        {
            "name": str(names[pk]) if pk in names else _("No department"),
            "clients": total,
            "kept": total - quiet[pk],
            "quiet": quiet[pk],
            "share": round(100 * (total - quiet[pk]) / total),
            "url": f"{listed}?{by}={pk}" if pk else listed,
            "quiet_url": f"{listed}?{by}={pk}&quiet=on" if pk else f"{listed}?quiet=on",
        }
        for pk, total in totals.items()
    ]
    return sorted(lines, key=lambda line: (line["share"], -line["clients"], line["name"]))


def trend_chart(counts: dict[date, Counter], cells) -> dict:
    """Clients of each type at the end of the last months, and today."""
    now = _count(cells, lambda cell: cell.type)
    months = [month for month in sorted(counts) if counts[month]]
    return {
        "labels": [date_format(month, "YEAR_MONTH_FORMAT") for month in months] + [_("Today")],
        "series": [
            {
                "label": type_word(kind),
                "code": type_code(kind),
                "values": [counts[month][kind] for month in months] + [now[kind]],
            }
            for kind in RelationshipType.values
        ],
    }


def move_lines(moves: dict[tuple[int, int], int]) -> dict:
    """Rises and falls, the largest first."""
    lines = sorted(
        (
            {
                "before": type_word(before),
                "after": type_word(after),
                "count": count,
                "is_fall": after < before,
            }
            for (before, after), count in moves.items()
        ),
        key=lambda line: -line["count"],
    )
    return {
        "falls": [line for line in lines if line["is_fall"]],
        "rises": [line for line in lines if not line["is_fall"]],
    }


def quiet_lines(clients, today: date) -> list[dict]:
    return [
        {
            "name": client.name,
            "url": reverse("clients:detail", args=[client.pk]),
            "grade": client.grade,
            "type_code": type_code(client.relationship_type),
            "type": type_word(client.relationship_type),
            "responsible": client.responsible.display_name,
            "late_days": (today - client.quiet_from).days + 1,
        }
        for client in clients
    ]


def satisfaction_lines(figures: dict) -> dict:
    """Figures with the weakest dimension named first."""
    dimensions = [
        {"label": dimension_word(code), "score": f"{score:.1f}", "share": round(100 * (score - 1) / 4)}
        for code, score in sorted(figures["dimensions"].items(), key=lambda pair: pair[1] or 6)
        if score is not None
    ]
    return {
        "answers": figures["answers"],
        "score": f"{figures['score']:.1f}" if figures["score"] is not None else "–",
        "nps": "–" if figures["nps"] is None else f"{figures['nps']:+d}",
        "dimensions": dimensions,
    }


def _count(cells, key) -> Counter:
    counts = Counter()
    for cell in cells:
        counts[key(cell)] += cell.clients
    return counts
