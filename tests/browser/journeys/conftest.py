"""Each journey is walked in every language, by the words a person of that language sees."""

import pytest

LOCALES = {"en": "en-GB", "zh-hans": "zh-CN"}


@pytest.fixture(params=sorted(LOCALES))
def language(request) -> str:
    return request.param


@pytest.fixture
def locale(language) -> str:
    """What the browser says its language is."""
    return LOCALES[language]
