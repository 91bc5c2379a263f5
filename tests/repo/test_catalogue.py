"""The catalogues: every text of the sources is found, translated, and keeps its placeholders."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings

from lawcrm.embedded.messages import (
    CATALOGUES,
    CHECKOUT,
    NotAConstant,
    messages,
    texts_of_module,
    texts_of_template,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)[-0-9.]*([a-zA-Z])|%([sdf%])|\{(\w*)(?:![rsa])?(?::[^{}]*)?\}")
HAN = "[\u3400-\u9fff]"
HALF_WIDTH = re.compile(f"{HAN}[,;:?!]|{HAN}\\.(?![\\w/])|{HAN} ?\\(|\\) ?{HAN}")
TEMPLATES = [path for path in (CHECKOUT / "templates").rglob("*.html") if path.parent.name != "ui"]
SAME_EVERYWHERE = {"LawCRM", "NPS", "English", "中文", "emsp", "nbsp", "kbd", "XLSX", "CSV", "KiB"}
CATALOGUE_FILES = sorted(CATALOGUES.rglob("*.po"))


@pytest.fixture(scope="module")
def found():
    return messages()


def catalogue(path: Path) -> dict:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def placeholders(text: str) -> set[str]:
    return {"".join(filter(None, parts)) for parts in PLACEHOLDER.findall(text)} - {"%"}


def translations(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_language_but_english_has_a_catalogue():
    folders = {path.parent.parent.name for path in CATALOGUE_FILES}
    assert folders == {"zh_Hans"}
    assert {code for code, _name in settings.LANGUAGES} == {"en", "zh-hans"}


@pytest.mark.parametrize("path", CATALOGUE_FILES, ids=lambda path: path.parent.parent.name)
def test_every_text_is_translated(path, found):
    known = catalogue(path)
    missing = [key for key in found if key not in known or not all(translations(known[key]))]
    fuzzy = [key for key, entry in known.items() if "fuzzy" in entry.flags]
    assert not missing, "`make messages`, then translate: " + repr(missing[:20])
    assert not fuzzy


@pytest.mark.parametrize("path", CATALOGUE_FILES, ids=lambda path: path.parent.parent.name)
def test_translations_keep_the_placeholders(path, found):
    wrong = []
    for key, entry in catalogue(path).items():
        wanted = placeholders(entry.msgid)
        allowed = wanted | placeholders(entry.msgid_plural or "")
        for text in translations(entry):
            given = placeholders(text)
            if not given <= allowed or (not entry.msgid_plural and given != wanted):
                wrong.append((key, text))
    assert not wrong


def test_chinese_sentences_have_chinese_punctuation():
    entries = catalogue(CATALOGUES / "zh_Hans/LC_MESSAGES/django.po").values()
    wrong = [text for entry in entries for text in translations(entry) if HALF_WIDTH.search(text)]
    assert not wrong


def test_no_template_holds_a_text_of_one_language():
    wrong = {}
    for path in TEMPLATES:
        words = set(re.findall(r"[^\W\d_]{2,}", visible(path.read_text(encoding="utf-8"))))
        if words - SAME_EVERYWHERE:
            wrong[path.name] = sorted(words - SAME_EVERYWHERE)
    assert not wrong


def visible(source: str) -> str:
    """What a template shows of itself: text between tags and the attributes that are read out or seen."""
    source = re.sub(r"{% *comment.*?endcomment *%}|{#.*?#}", "", source, flags=re.DOTALL)
    source = re.sub(r"{% *blocktrans.*?endblocktrans(?:late)? *%}", "", source, flags=re.DOTALL)
    source = re.sub(r"{% *block (?:content|public)_class *%}.*?{% *endblock *%}", "", source)
    source = re.sub(r"{%.*?%}|{{.*?}}", "", source, flags=re.DOTALL)
    source = re.sub(r"<(script|style|kbd)\b.*?</\1>|<!--.*?-->", "", source, flags=re.DOTALL)
    attributes = re.findall(r'\b(?:title|placeholder|alt|aria-label|data-confirm[-\w]*)="([^"]*)"', source)
    return " ".join([re.sub(r"<[^>]*>", " ", source), *attributes])


def test_texts_are_found_in_templates():
    source = (
        """{% translate "One" %}{% translate 'Two' context "number" %}{{ x|default:_("Three (3)") }}"""
        """{% blocktranslate count n=n %}{{ n }} lawyer{% plural %}{{ n }} lawyers{% endblocktranslate %}"""
        """{% include "a.html" with title=_("It's") %}"""
    )
    assert [(m.context, m.text, m.plural) for m in texts_of_template(source)] == [
        (None, "One", None),
        ("number", "Two", None),
        (None, "Three (3)", None),
        (None, "%(n)s lawyer", "%(n)s lawyers"),
        (None, "It's", None),
    ]


def test_texts_are_found_in_modules():
    source = (
        "from django.utils.translation import gettext as _, npgettext, pgettext_lazy as p\n"
        "_('One' ' and a half'); p('number', 'Two'); npgettext('c', 'a day', 'days', 3); _(text)\n"
    )
    assert [(m.context, m.text, m.plural) for m in texts_of_module(source)] == [
        (None, "One and a half", None),
        ("number", "Two", None),
        ("c", "a day", "days"),
    ]


def test_a_text_put_together_is_refused():
    source = "from django.utils.translation import gettext as _\n_(f'Hello {name}')"
    with pytest.raises(NotAConstant):
        list(texts_of_module(source))
