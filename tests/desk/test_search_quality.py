"""What the search box finds among two thousand names: at least 99 of 100 in the first ten lines.

A question several names answer equally counts as answered by the share of them in the first ten (all ten, where more
than ten do). Typed with one letter wrong, the name itself must be there.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from random import Random

import pytest
from django.db import connection

from clients.enums import ClientKind
from clients.models import Client
from clients.rules.names import has_han, normal_form, parts, readings_of, split_legal_form
from clients.search import refresh_search
from lawcrm.desk.queries.search import clients_found, nearly_found
from lawcrm.firm.bulk import copy_in
from tests.clients.corpus import TRADITIONAL, Known, corpus
from tests.people import make_person

TEN = 10
ASKED = 80  # of each way of asking
LEAST = 0.99


def addresses(names) -> list[str]:
    """In houses that bear the names of others, as they do: none of them may stand before who is called so."""
    lots = Random(5)
    roads = [f"{a}{b}路" for a in "浦虹徐静长普闵宝" for b in "明兴华宁泰安康庆"]
    return [
        f"上海市{lots.choice(roads)}{lots.randint(1, 999)}号{lots.choice(names).name}大厦{lots.randint(2, 30)}楼"
        for _ in names
    ]


@pytest.fixture(scope="module")
def firm(django_db_setup, django_db_blocker):
    """The corpus in the database for the whole module, and gone afterwards."""
    with django_db_blocker.unblock():
        partner = make_person("searcher", role="partner", scope="firm")
        names = corpus()
        rows = []
        for known, address in zip(names, addresses(names), strict=True):
            is_company = known.kind in ("company", "latin_company")
            row = Client(
                name=known.name,
                latin_name=known.latin_name,
                former_names=[known.former] if known.former else [],
                kind=ClientKind.PRIVATE if is_company else ClientKind.PERSON,
                phone=known.phone,
                address=address,
                responsible=partner,
            )
            refresh_search(row)
            rows.append(row)
        copy_in(Client, rows)
        with connection.cursor() as cursor:  # as the database does by itself, a little later
            cursor.execute("SELECT gin_clean_pending_list('client_search')")
            cursor.execute("ANALYZE clients_client")
        yield partner, names
        Client.objects.all().delete()
        partner.delete()


@pytest.fixture
def ask(firm, db):
    partner, _names = firm

    def found(words: str) -> list[str]:
        found = clients_found(words, partner, TEN) or nearly_found(words, partner, TEN)[0]
        return [client.name for client in found]

    return found


def recall(ask, questions: dict[str, set[str]]) -> tuple[float, list]:
    """The mean share of those who answer a question in its first ten lines, and the questions that fell short."""
    total, short = 0.0, []
    for words, right in questions.items():
        found = ask(words)
        share = len(right & set(found)) / min(TEN, len(right))
        total += share
        if share < 1:
            short.append((words, sorted(right)[:3], found[:3]))
    return total / len(questions), short


def some(questions: dict, seed: int = 3) -> dict:
    keys = sorted(questions)
    chosen = Random(seed).sample(keys, min(ASKED, len(keys)))
    return {key: questions[key] for key in chosen}


def by_key(names, keys_of) -> dict[str, set[str]]:
    """{question: the names that answer it}"""
    questions = defaultdict(set)
    for known in names:
        for key in keys_of(known):
            questions[key].add(known.name)
    return questions


def chinese_of(known: Known) -> list[str]:
    return [part for text in (known.name, known.former) for part in parts(normal_form(text)) if has_han(part)]


def pairs(known):
    return {run[i : i + 2] for run in chinese_of(known) for i in range(len(run) - 1)}


def read(known) -> list[list[str]]:
    if not has_han(known.name):
        return []
    is_person = known.kind not in ("company", "latin_company")
    stem = known.name if is_person else split_legal_form(known.name)[0]
    return readings_of(stem, is_person=is_person)


def full_pinyin(known):
    return {"".join(syllables) for syllables in read(known) if all(map(str.isascii, syllables))}


def initials(known):
    return {"".join(one[0] for one in syllables) for syllables in read(known) if len(syllables) < 6}


def latin_words(known) -> set[str]:
    text = " ".join((known.name, known.latin_name))
    return {part for part in parts(normal_form(text)) if part.isascii() and part.isalpha() and len(part) > 2}


def check(ask, questions):
    rate, short = recall(ask, questions)
    assert rate >= LEAST, f"{rate:.3f} of {len(questions)}: {short[:8]}"


def test_the_corpus_is_what_it_says(firm):
    _partner, names = firm
    kinds = {known.kind for known in names}
    assert len(names) == 2_000 and len(kinds) == 6
    assert sum(1 for known in names if known.former) > 50


def test_two_characters(firm, ask):
    check(ask, some(by_key(firm[1], pairs)))


def test_whole_names(firm, ask):
    check(ask, some(by_key(firm[1], lambda known: {known.name})))


def test_full_pinyin(firm, ask):
    check(ask, some(by_key(firm[1], full_pinyin)))


def test_pinyin_with_spaces(firm, ask):
    spaced = by_key(
        firm[1], lambda known: {" ".join(one) for one in read(known) if all(map(str.isascii, one))}
    )
    check(ask, some(spaced))


def test_initials(firm, ask):
    check(ask, some(by_key(firm[1], initials)))


def begun_by(length: int):
    """The beginnings of all that a name is read as and of its words: 'lin' begins 林 as well as Lindgren."""

    return lambda known: {token[:length] for token in tokens_of(known) if len(token) >= length}


def tokens_of(known) -> set[str]:
    """All words and readings, each from every syllable on."""
    tokens = {
        part for text in (known.name, known.latin_name) for part in parts(normal_form(text)) if part.isascii()
    }
    for text in filter(None, (known.name, known.former)):
        for syllables in read(Known(text, known.kind)):
            tokens |= {"".join(syllables[i:])[:40] for i in range(len(syllables))}
            tokens |= {"".join(one[0] for one in syllables[i:]) for i in range(len(syllables) - 1)}
    return tokens


@pytest.mark.parametrize("length", [3, 5])
def test_latin_beginnings_with_and_without_accents(firm, ask, length):
    right = by_key(firm[1], begun_by(length))
    plain = {word[:length] for known in firm[1] for word in latin_words(known) if len(word) >= length}
    accented = {
        word[:length]
        for known in firm[1]
        for word in unicodedata.normalize("NFC", f"{known.name} {known.latin_name}").split()
        if word.isalpha() and not word.isascii() and not has_han(word) and len(word) >= length
    }
    check(ask, some({word: right[word] for word in plain}))
    exact = {
        word: right.get(normal_form(word)[:length]) for word in accented if len(normal_form(word)) == length
    }
    check(ask, some({word: names for word, names in exact.items() if names}))


def test_umlauts_written_out(ask):
    assert any("Müller" in name for name in ask("mueller"))
    assert any("Jørgensen" in name for name in ask("joergensen"))


def test_traditional_characters(firm, ask):
    questions = {}
    for known in firm[1]:
        written = known.name.translate(TRADITIONAL)
        if known.kind in ("person", "company") and written != known.name:
            questions[written] = {known.name}
    assert len(questions) > 300
    check(ask, some(questions))


@pytest.mark.parametrize(("start", "end"), [(-4, None), (-6, None), (0, 7), (0, 11)])
def test_parts_of_a_phone(firm, ask, start, end):
    check(ask, some(by_key(firm[1], lambda known: {known.phone[start:end]})))


def test_a_phone_as_people_write_it(firm, ask):
    written = lambda phone: f"+86 {phone[:3]}-{phone[3:7]}-{phone[7:]}"  # noqa: E731
    check(ask, some(by_key(firm[1], lambda known: {written(known.phone)})))


def test_former_names(firm, ask):
    check(ask, {known.former: {known.name} for known in firm[1] if known.former})


SLIPS = {
    "missing": lambda word, at, letter: word[:at] + word[at + 1 :],
    "too much": lambda word, at, letter: word[:at] + letter + word[at:],
    "wrong": lambda word, at, letter: word[:at] + letter + word[at + 1 :],
    "exchanged": lambda word, at, letter: word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
}


def apart(one: str, other: str) -> bool:
    """Whether one letter, or two neighbours exchanged, is all that lies between two words."""
    if one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, its = one[start:], other[start:]
    swapped = len(rest) > 1 and rest[:2] == its[:2][::-1] and rest[2:] == its[2:]
    return swapped or rest[1:] == its[1:] or rest[1:] == its or rest == its[1:]


@pytest.mark.parametrize("slip", SLIPS)
@pytest.mark.parametrize("way", ["pinyin", "latin"])
def test_one_letter_is_forgiven(firm, ask, slip, way):
    """A slip that is itself the beginning of something known is no slip; as near as the word meant may be others."""
    random, questions = Random(5), {}
    keys = full_pinyin if way == "pinyin" else latin_words
    tokens = by_key(firm[1], tokens_of)
    begun = {token[:length] for token in tokens for length in range(2, len(token) + 1)}
    for known in firm[1]:
        for word in keys(known):
            if 5 <= len(word) <= 40:
                at = random.randrange(1, len(word) - 1)
                typed = SLIPS[slip](word, at, random.choice("abcdefghijklmnopqrstuvwxyz"))
                if typed not in begun:
                    questions[typed] = word
    check(
        ask,
        {
            typed: set().union(*(names for token, names in tokens.items() if apart(typed, token)))
            for typed in some(questions)
        },
    )


def test_addresses(firm, ask):
    """By road and number, behind whoever is called so."""
    names = firm[1]
    questions = defaultdict(set)
    for known, address in zip(names, addresses(names), strict=True):
        questions[address[3 : address.index("号") + 1]].add(known.name)
    check(ask, some({words: right for words, right in questions.items() if len(right) < TEN}))


def test_what_else_a_profile_says_is_found(db):
    """Position, employer, group, listing, website, WeChat and e-mail: each by what somebody would type of it."""
    partner = make_person("partner")
    row = Client(
        name="Ulmer",
        kind=ClientKind.PERSON,
        responsible=partner,
        position="财务总监",
        employer="Brighthelm Foundry",
        group_name="蓝鲸集团",
        listing="HKEX 01810",
        website="https://www.ulmer-werke.example/about",
        wechat="blue_ulm",
        email="q.ulmer@werke.example",
        address="南京西路1266号",
    )
    refresh_search(row)
    copy_in(Client, [row])
    for words in (
        "财务总监", "总监", "brighthelm", "蓝鲸", "01810", "ulmer-werke", "blue_ulm", "q.ulmer@werke.example", "南京西路",
        "1266", "南京西路 ulmer", "南京西路1266号",
    ):  # fmt: skip
        assert [client.name for client in clients_found(words, partner, TEN)] == ["Ulmer"], words
