"""Every problem and every change a rule can report has words."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from clients.presenters.problems import CHANGES, PROBLEMS, change_words, problem_words
from clients.rules import identity

RULES = Path(identity.__file__).parent
PARAMS = {
    "error": "#N/A", "length": 5, "longest": 9, "name": "x", "date": "2024-01-01", "first": "a", "second": "b",
    "number": 45356, "value": "v", "choices": ["person"], "area": "990101", "digits": "1", "letter": "O",
    "by_number": "2024-01-01", "word": "-", "others": "x", "year": 2024, "month": 4, "id": "hai_qiao",
}  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def codes_in_rules():
    source = "".join(
        (RULES / f"{name}.py").read_text()
        for name in (
            "identity",
            "normalise",
            "cells",
            "birth_dates",
            "../importing/widgets",
            "../importing/columns",
        )
    )
    quoted = set(re.findall(r'"([a-z]+(?:_[a-z]+)+|blanks|width|rewritten|supposed)"', source))
    return quoted & (set(PROBLEMS) | set(CHANGES)), re.findall(
        r'(?:refused|_no_date|Problem|Change)\(\s*"([a-z_]+)"', source
    )


def test_every_code_has_words():
    used, reported = codes_in_rules()
    of_the_firm = {
        "person_ambiguous",
        "person_unknown",
        "department_unknown",
        "tag_unknown",
    }  # clients/presenters/importing.py
    assert set(reported) - of_the_firm <= set(PROBLEMS) | set(CHANGES)
    assert used == set(PROBLEMS) | set(CHANGES)


@pytest.mark.parametrize("code", PROBLEMS)
def test_problems(code):
    words = problem_words(code, PARAMS, {"person": "Natural person"})
    assert words.endswith(".")
    assert "%" not in words


@pytest.mark.parametrize("code", CHANGES)
def test_changes(code):
    assert "%" not in change_words(code, PARAMS)


def test_choices_are_named():
    words = problem_words(
        "unknown_choice", {"value": "企业", "choices": ["person"]}, {"person": "Natural person"}
    )
    assert words == "“企业” is not one of the choices. Choose one of: Natural person."


def test_choices_are_words_however_they_were_staged():
    labels = {"private": "Private enterprise", "person": "Natural person"}
    for choices in (["private", "person"], "private, person"):
        told = problem_words("unknown_choice", {"value": "x", "choices": choices}, labels=labels)
        assert "Private enterprise, Natural person" in str(told)
