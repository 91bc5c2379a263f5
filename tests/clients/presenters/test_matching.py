"""Every reason of the matching function has words."""

import re
from pathlib import Path

from django.utils import translation

from clients.presenters.matching import REASONS, reason_words
from clients.rules import matching


def test_every_reason_has_words():
    source = Path(matching.__file__).read_text()
    named = set(re.findall(r'"(\w+)": (?:one|name)', source)) | set(
        re.findall(r'"(\w*name|\w+_differs)"', source)
    )
    assert named | {"several_match", "reference"} == set(REASONS)


def test_as_a_line():
    with translation.override("en"):
        assert reason_words(["phone", "name_differs"]) == "same phone, but another name"
