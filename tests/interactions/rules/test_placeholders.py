"""Message templates: what is wrong with a text, and the text filled in."""

import pytest

from interactions.enums import FestivalName, MessageChannel, Occasion
from interactions.rules.addressing import language_for, salutation
from interactions.rules.festivals import FESTIVALS, FIRST_CHOICE
from interactions.rules.placeholders import Problems, fill, problems_of, used_in
from interactions.rules.texts import BUILT_IN, built_in


def test_an_unknown_placeholder_is_named_once():
    assert problems_of("{client} {nickname} {外号} {nickname}", "birthday") == Problems(
        unknown=("nickname", "外号")
    )


@pytest.mark.parametrize("text", ["{festival}", "{节日}", "{event}", "{answer_link}"])
def test_a_placeholder_of_another_occasion_is_refused(text):
    assert problems_of(text, "birthday").foreign == (text[1:-1],)


@pytest.mark.parametrize("text", ["{client", "client}", "a { b", "{{client}}"])
def test_a_lonely_brace_is_refused(text):
    assert problems_of(text, "birthday").braces


def test_both_languages_name_the_same():
    values = {"client": "Harbour", "sender": "Wei"}
    assert fill("{client}, {客户}: { sender }", values) == "Harbour, Harbour: Wei"


def test_a_value_is_never_read_as_a_placeholder():
    assert fill("{client}", {"client": "{sender}", "sender": "x"}) == "{sender}"


@pytest.mark.parametrize("text", BUILT_IN.values(), ids=lambda text: text.code)
def test_every_built_in_text_is_clean(text):
    assert not problems_of(text.subject, text.occasion)
    assert not problems_of(text.body, text.occasion)
    assert bool(text.subject) == (text.channel == "email")
    if text.occasion == "invitation":
        assert "answer_link" in used_in(text.body)


def test_there_is_a_text_for_every_occasion_channel_and_language():
    assert set(BUILT_IN) == {
        f"{occasion}.{channel}.{language}"
        for occasion in Occasion.values
        for channel in MessageChannel.values
        for language in ("en", "zh-hans")
    }
    assert built_in("birthday", "phone", "zh-hant").code == "birthday.instant_message.zh-hans"


@pytest.mark.parametrize(
    ("name", "language", "sex", "is_person", "expected"),
    [
        ("Anna Bell", "en", "female", True, "Dear Anna Bell"),
        ("王芳", "zh-hans", "female", True, "尊敬的王芳女士"),
        ("王强", "zh-hant", "male", True, "尊敬的王强先生"),
        ("王强", "zh-hans", "", True, "尊敬的王强"),
        ("海港物流有限公司", "zh-hans", "", False, "尊敬的海港物流有限公司"),
        ("Anna Bell", "zh-hans", "female", True, "尊敬的 Anna Bell 女士"),
    ],
)
def test_how_somebody_is_addressed(name, language, sex, is_person, expected):
    assert salutation(name, language, sex=sex, is_person=is_person) == expected


def test_without_a_language_on_record_the_name_tells():
    assert [language_for("", "王芳"), language_for("", "Anna"), language_for("en", "王芳")] == [
        "zh-hans",
        "en",
        "en",
    ]


def test_every_festival_has_a_name():
    assert set(FESTIVALS) == set(FestivalName.values) >= set(FIRST_CHOICE)
