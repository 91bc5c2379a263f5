"""`make test` itself: what it counts, what it answers, what it needs."""

import contextlib
import os

import pytest

from lawcrm.embedded import testing
from lawcrm.embedded.problems import Problem
from tests.conftest import HERE, may_have

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


class Ended:
    """A pytest that came to its end."""

    def __init__(self, code: int):
        self.code = code

    def wait(self) -> int:
        return self.code


@pytest.fixture
def commands(monkeypatch):
    """The pytests that would be started, and what each of them answers (zero where nothing is set)."""
    started, codes = [], {}

    @contextlib.contextmanager
    def beside(command, environment, output=None):
        started.append(command)
        yield Ended(codes.get(command[command.index("-m", 1) + 1], codes.get("others", 0)))

    monkeypatch.setattr(testing, "beside", beside)
    return started, codes


MEASURING = "alone"
FAULTS = "faults and not alone"


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, 0),
        ({FAULTS: 5}, 0),
        ({"others": 5}, 5),
        ({MEASURING: 1}, 1),
        ({FAULTS: 1}, 1),
        ({FAULTS: 5, MEASURING: 2}, 2),
    ],
)
def test_the_exit_code_is_pytests(commands, tmp_path, answers, code):
    """An empty round is fine, an empty run is not; whoever ran beside the others counts as they do."""
    started, codes = commands
    codes |= answers
    told, _tally = testing.rounds(["-k", "name"], {"LAWCRM_DATA_DIR": str(tmp_path)})
    assert told == code
    assert len(started) == 4
    assert all(command[-2:] == ["-k", "name"] for command in started)
    assert len({next(filter(lambda part: "xml" in part, command)) for command in started}) == 4


def test_what_runs_beside_others_is_told_in_one_piece(capfd, tmp_path):
    with testing.in_background("slow ones", ["-c", "print('all good')"], dict(os.environ)) as process:
        print("meanwhile", flush=True)
        assert process.wait() == 0
    assert capfd.readouterr().out == "meanwhile\n-- slow ones\nall good\n\n"


def test_each_test_belongs_to_one_round():
    names = ("browser", "faults", "alone")
    rounds = [one for together in testing.ROUNDS for one in together]
    for number in range(8):
        marks = {name: bool(number >> place & 1) for place, name in enumerate(names)}
        chosen = [name for name, expression, _spread in rounds if eval(expression, {}, marks)]
        assert len(chosen) == 1, marks


def test_databases_are_made_on_our_own_servers_alone(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert testing.databases_command()[-1] == "lawcrm.embedded.test_databases"
    monkeypatch.setenv("DATABASE_URL", "postgres://somebody@elsewhere/theirs")
    assert testing.databases_command() == ["-c", "pass"]


def test_without_chromium_a_user_is_told_what_root_should_do(monkeypatch):
    monkeypatch.setattr(testing.shutil, "which", lambda name: None)
    monkeypatch.setattr(testing.os, "geteuid", lambda: 1000)
    with pytest.raises(Problem, match="apt-get install -y chromium fonts-noto-cjk") as problem:
        testing.install_chromium()
    assert "\n" not in str(problem.value)
    monkeypatch.setenv("CHROMIUM", "none")
    testing.install_chromium()


@pytest.mark.parametrize(
    ("file", "expression", "read"),
    [
        ("browser/test_keyboard.py", "not browser and not faults and not alone", False),
        ("browser/test_keyboard.py", "browser and not faults and not alone", True),
        ("faults/test_schedule.py", "alone", True),
        ("faults/test_jobs.py", "alone", False),
        ("embedded/test_run.py", "faults and not alone", True),
        ("embedded/test_run.py", "not browser and not faults and not alone", True),
        ("embedded/test_requirements.py", "faults and not alone", False),
        ("embedded/test_requirements.py", "", True),
        ("embedded/test_requirements.py", "not browser and not faults and not alone", True),
        ("embedded/test_requirements.py", "browser or faults", True),
    ],
)
def test_a_round_reads_the_files_that_may_have_tests_of_its_own(file, expression, read):
    assert may_have(HERE / file, expression) is read
