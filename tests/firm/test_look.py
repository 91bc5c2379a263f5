"""The look's helpers: initials, dates as people say them, small drawings, the sprite."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from lawcrm.firm.look import initials_of
from lawcrm.firm.templatetags import look

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("王小明", "小明"), ("欧阳", "欧阳"), ("Anna Maria Bell", "AB"), ("Cher", "C"), ("", ""), ("(?)", "(")],
)
def test_initials(name, expected):
    assert initials_of(name) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, "today"),
        (1, "yesterday"),
        (-1, "tomorrow"),
        (5, "5 days ago"),
        (-5, "in 5 days"),
        (90, "3 months ago"),
        (800, "2 years ago"),
    ],
)
def test_ago(days, expected):
    with translation.override("en"):
        assert look.ago(timezone.localdate() - timedelta(days=days)) == expected


def test_due_names_lateness_in_days():
    today = timezone.localdate()
    with translation.override("en"):
        assert [look.due(today - timedelta(days=n)) for n in (3, 1, 0, -1)] == [
            "3 days late",
            "1 day late",
            "today",
            "tomorrow",
        ]


def test_a_day_shows_its_year_only_when_it_is_another_one():
    this_year = timezone.localdate().year
    with translation.override("en"):
        assert str(this_year) not in look.day(date(this_year, 3, 12))
        assert "2019" in look.day(date(2019, 3, 12))


def test_a_time_is_read_in_the_readers_zone():
    with timezone.override("Asia/Shanghai"):
        assert look.clock_time(datetime(2026, 3, 1, 22, 30, tzinfo=UTC)) == "06:30"


def test_a_stacked_bar_leaves_empty_steps_out():
    drawn = look.stacked_bar([{"code": "basic", "count": 1}, {"code": "passive", "count": 0}], "Types")
    assert drawn.count("<rect") == 1
    assert "style=" not in drawn


def test_a_sparkline_of_one_figure_is_no_line():
    assert look.sparkline([4]) == ""
    assert "polyline" in look.sparkline([4, 4])


def test_every_icon_named_in_a_template_is_in_the_sprite():
    known = set((ROOT / "static/vendor/icons/icons.txt").read_text().split())
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/vendor/icons/icons.svg").read_text()))
    assert drawn == known
    used = set()
    for page in (ROOT / "templates").rglob("*.html"):
        text = page.read_text()
        used |= set(re.findall(r'{% icon "([a-z0-9-]+)"', text))
        used |= set(re.findall(r'components/icon.html" with name="([a-z0-9-]+)"', text))
    assert used | {place.icon for place in look.PLACES} <= known


def test_text_from_people_is_escaped_in_drawings():
    page = Template('{% load look %}{% icon "check" label=words %}')
    assert "<b>" not in page.render(Context({"words": "<b>"}))
