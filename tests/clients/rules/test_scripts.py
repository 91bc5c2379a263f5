"""One writing for names in traditional and simplified characters."""

import pytest

from clients.rules.scripts import _SIMPLIFIED, _TRADITIONAL, simplified


@pytest.mark.parametrize(
    ("written", "simple"),
    [
        ("張偉", "张伟"),
        ("廣東華為技術有限公司", "广东华为技术有限公司"),
        ("歐陽娜娜", "欧阳娜娜"),
        ("张伟", "张伟"),
        ("Müller", "Müller"),
        ("", ""),
    ],
)
def test_simplified(written, simple):
    assert simplified(written) == simple


def test_each_character_has_one_simplified_form():
    assert len(_TRADITIONAL) == len(_SIMPLIFIED) == len(set(_TRADITIONAL))
