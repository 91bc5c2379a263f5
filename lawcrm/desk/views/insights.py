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
MOVES_OF_DAYS = 90
ANSWERS_OF_DAYS = 365


def insights(request):
    user, today = request.user, clock.today(request.user)
    cells = figures.standing(user, today)
    lawyers = words.coverage(
        cells, figures.people_named({cell.responsible_id for cell in cells}), by="responsible"
    )
    quiet = sum(cell.clients for cell in cells if cell.is_quiet)
    total = sum(cell.clients for cell in cells)
    context = {
        "total": total,
        "quiet": quiet,
        "kept_share": round(100 * (total - quiet) / total) if total else None,
        "distribution": words.distribution(cells),
        "grid": words.grid(cells),
        "trend": words.trend_chart(figures.trend(user, last_months(today, MONTHS_SHOWN)), cells),
        "moves": words.move_lines(figures.moves(user, today - timedelta(days=MOVES_OF_DAYS))),
        "moves_days": MOVES_OF_DAYS,
        "departments": words.coverage(cells, figures.departments(), by="department"),
        "lawyers": lawyers[:LAWYERS_SHOWN],
        "lawyers_more": lawyers[LAWYERS_SHOWN:],
        "quiet_clients": words.quiet_lines(figures.gone_quiet(user, today, QUIET_SHOWN), today),
        "quiet_url": words.clients_url(quiet="yes"),
        "satisfaction": words.satisfaction_lines(
            figures.satisfaction(user, today - timedelta(days=ANSWERS_OF_DAYS))
        ),
    }
    return render(request, "desk/insights.html", context)
