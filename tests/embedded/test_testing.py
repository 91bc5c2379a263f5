"""`make test` itself: what it counts, what it answers, what it needs."""

import pytest

from lawcrm.embedded import testing
from lawcrm.embedded.problems import Problem

REPORT = """<testsuites><testsuite>
<testcase classname="tests.a" name="good"/>
<testcase classname="tests.a" name="bad"><failure/></testcase>
<testcase classname="tests.a" name="broken"><error/></testcase>
<testcase classname="tests.a" name="left"><skipped/></testcase>
</testsuite></testsuites>"""


def test_the_last_line_adds_the_rounds_up(tmp_path):
    tally = testing.Tally()
    (tmp_path / "report.xml").write_text(REPORT)
    for _ in range(2):
        tally.add(tmp_path / "report.xml")
    tally.add(tmp_path / "nothing.xml")
    assert str(tally) == "2 passed, 4 failed, 2 skipped"
    assert tally.failed[:2] == ["FAILED tests.a::bad", "FAILED tests.a::broken"]


@pytest.mark.parametrize(
    ("codes", "answer"),
    [((0, 0, 0), 0), ((0, 5, 0), 0), ((5, 5, 5), 5), ((1, 0, 0), 1), ((0, 5, 2), 2)],
)
def test_the_exit_code_is_pytests(monkeypatch, tmp_path, codes, answer):
    """An empty round is fine, an empty run is not."""
    left = list(codes)
    commands = []
    monkeypatch.setattr(testing, "call", lambda command, environment: commands.append(command) or left.pop(0))
    code, _tally = testing.rounds(["-k", "name"], {"LAWCRM_DATA_DIR": str(tmp_path)})
    assert code == answer
    assert all(command[-2:] == ["-k", "name"] for command in commands)


def test_each_test_belongs_to_one_round():
    names = ("browser", "faults", "alone")
    for number in range(8):
        marks = {name: bool(number >> place & 1) for place, name in enumerate(names)}
        chosen = [name for name, expression, _spread in testing.ROUNDS if eval(expression, {}, marks)]
        assert len(chosen) == 1, marks


def test_without_chromium_a_user_is_told_what_root_should_do(monkeypatch):
    monkeypatch.setattr(testing.shutil, "which", lambda name: None)
    monkeypatch.setattr(testing.os, "geteuid", lambda: 1000)
    with pytest.raises(Problem, match="apt-get install -y chromium fonts-noto-cjk") as problem:
        testing.install_chromium()
    assert "\n" not in str(problem.value)
    monkeypatch.setenv("CHROMIUM", "none")
    testing.install_chromium()
