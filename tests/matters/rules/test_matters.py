"""When a matter may be closed, which stages it passes, and when its client is owed a report."""

from datetime import date

import pytest

from clients.enums import ServiceType
from matters.enums import Stage
from matters.rules.matters import MatterState, close_problem, report_owed_since
from matters.rules.stages import PATHS, stage_problem, stages_of

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("accepted", "closed", "on", "problem"),
    [
        (date(2026, 1, 1), None, date(2026, 11, 21), None),
        (date(2026, 1, 1), None, date(2026, 1, 1), None),
        (date(2026, 1, 1), None, date(2025, 12, 31), "closed_before_accepted"),
        (date(2026, 1, 1), None, date(2026, 11, 22), "closed_in_future"),
        (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), "already_closed"),
    ],
)
def test_when_a_matter_may_be_closed(accepted, closed, on, problem):
    assert close_problem(MatterState(accepted, closed), on, TODAY) == problem


@pytest.mark.parametrize(
    ("accepted", "told", "owed_since"),
    [
        (date(2026, 10, 22), None, None),  # the thirtieth day is still in time
        (date(2026, 10, 21), None, date(2026, 11, 21)),
        (date(2026, 1, 1), date(2026, 10, 22), None),
        (date(2026, 1, 1), date(2026, 10, 1), date(2026, 11, 1)),
        (
            date(2026, 10, 1),
            date(2026, 9, 1),
            date(2026, 11, 1),
        ),  # told before acceptance: counts from acceptance
    ],
)
def test_when_a_report_is_owed(accepted, told, owed_since):
    assert report_owed_since(accepted, told, TODAY, progress_days=30) == owed_since


def test_every_service_type_has_a_path_of_known_stages():
    assert set(PATHS) >= set(ServiceType.values)
    assert all(stage in Stage.values for path in PATHS.values() for stage in path)
    assert all(path[0] == Stage.INTAKE for path in PATHS.values())


def test_a_stage_off_the_path_is_refused():
    assert stage_problem("retainer", "hearing") == "stage_not_on_path"
    assert all(stage_problem("litigation", stage) is None for stage in stages_of("litigation"))
