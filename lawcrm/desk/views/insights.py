"""The partner's dashboard: how the firm stands with its clients, each number opening its list."""

from datetime import timedelta

from django.shortcuts import render

from lawcrm.desk.presenters import insights as words
from lawcrm.desk.queries import insights as figures
from lawcrm.desk.rules.months import last_months
from lawcrm.firm import clock

MONTHS_SHOWN = 12
QUIET_SHOWN = 8
LAWYERS_SHOWN = 12
LAWYERS_FOLDED = 60  # more than these are a page of their own
MOVES_OF_DAYS = 90
ANSWERS_OF_DAYS = 365


def insights(request):
    user, today = request.user, clock.today(request.user)
    standing = figures.standing(user, today)
    lawyers = words.coverage(
        standing.places,
        figures.people_named({place.responsible_id for place in standing.places}),
        by="responsible",
    )
    unfolds = len(lawyers) <= LAWYERS_FOLDED or request.GET.get("lawyers") == "all"
    cells, quiet, total = standing.cells, standing.quiet, standing.clients
    context = {
        "total": total,
        "quiet": quiet,
        "kept_share": round(100 * (total - quiet) / total) if total else None,
        "distribution": words.distribution(cells),
        "grid": words.grid(cells),
        "trend": words.trend_chart(figures.trend(user, last_months(today, MONTHS_SHOWN)), cells),
        "moves": words.move_lines(figures.moves(user, today - timedelta(days=MOVES_OF_DAYS))),
        "moves_days": MOVES_OF_DAYS,
        "departments": words.coverage(standing.places, figures.departments(), by="department"),
        "lawyers": lawyers[:LAWYERS_SHOWN],
        "lawyers_more": lawyers[LAWYERS_SHOWN:] if unfolds else [],
        "lawyers_url": "" if unfolds else "?lawyers=all#by-lawyer",
        "quiet_clients": words.quiet_lines(figures.gone_quiet(user, today, QUIET_SHOWN), today),
        "quiet_url": words.clients_url(quiet="yes"),
        "satisfaction": words.satisfaction_lines(
            figures.satisfaction(user, today - timedelta(days=ANSWERS_OF_DAYS))
        ),
    }
    return render(request, "desk/insights.html", context)
