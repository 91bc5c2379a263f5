"""CSV and address cards spoilt in their encoding, their quoting and what they say."""

import csv
import io
from random import Random

from clients.importing.words import HEADINGS
from tests.data import make_foreign
from tests.fuzz import hostile
from tests.fuzz.workbooks import HEADINGS as USUAL
from tests.fuzz.workbooks import SOUND, spoil_bytes

ENCODINGS = ("utf-8",) * 16 + (
    "utf-8-sig", "gb18030", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "latin-1",
    "shift_jis", "euc_kr", "cp037",
)  # fmt: skip
_KNOWN = [word.strip() for words in HEADINGS.values() for word in words.split(";")]


def table(random: Random) -> bytes:
    """A list with what it should hold, and among it what it should not."""
    headings = list(USUAL) if random.random() < 0.6 else random.sample(_KNOWN, random.randint(2, 14))
    if random.random() < 0.2:
        headings.insert(random.randrange(len(headings)), random.choice((*hostile.TEXTS[:140], headings[0])))
    rows = [headings, *(_row(random, headings) for _ in range(random.choice((1, 3, 6, 30))))]
    if random.random() < 0.1:
        rows[0:0] = [[random.choice(hostile.TEXTS)] for _ in range(random.randint(1, 4))]
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=random.choice(",,,,;\t|"),
        lineterminator=random.choice(("\r\n", "\r\n", "\n", "\r")),
        quoting=random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    )
    writer.writerows(rows)
    return _encoded(random, buffer.getvalue())


def _row(random: Random, headings: list[str]) -> list[str]:
    sound = dict(zip(USUAL, SOUND, strict=True))
    cells = [
        random.choice(hostile.TEXTS) if random.random() < 0.3 else sound.get(heading, random.choice(SOUND))
        for heading in headings
    ]
    if random.random() < 0.02:
        cells += [random.choice(hostile.TEXTS)] * random.choice((1, 5, 250))
    return cells


def foreign(random: Random) -> bytes:
    """An export of another program, some of its cells replaced."""
    name = random.choice([name for name in make_foreign.FILES if name.endswith(".csv")])
    encoding = "gb18030" if name == "outlook_zh.csv" else "utf-8-sig"
    rows = list(csv.reader(io.StringIO(make_foreign.FILES[name]().decode(encoding))))
    for _ in range(random.choice((1, 5, 30))):
        row = random.choice(rows[1:] * 3 + rows[:1])
        row[random.randrange(len(row))] = random.choice(hostile.TEXTS)
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    return _encoded(random, buffer.getvalue())


def cards(random: Random) -> bytes:
    """Address cards whose lines are shuffled, cut, nested, mislabelled."""
    lines = (
        random.choice((make_foreign.cards_21, make_foreign.cards_30, make_foreign.cards_40))()
        .decode()
        .split("\r\n")
    )
    for _ in range(random.choice((1, 2, 5, 12))):
        at = random.randrange(len(lines))
        random.choice(_LINES)(random, lines, at)
    return _encoded(random, random.choice(("\r\n", "\r\n", "\n", "\r")).join(lines))


def _replace_value(random, lines, at):
    head, colon, _value = lines[at].partition(":")
    if head.upper() not in ("BEGIN", "END"):
        lines[at] = head + (colon or ":") + random.choice(hostile.TEXTS)


def _replace_head(random, lines, at):
    name = random.choice(
        ("N", "FN", "ORG", "TEL", "ADR", "BDAY", "NOTE", "item1.TEL", "AGENT", "PHOTO", "KIND", "X-ABSHOWAS")
    )
    said = random.choice((
        "", ";CHARSET=GBK", ";CHARSET=none", ";ENCODING=QUOTED-PRINTABLE", ";ENCODING=B", ";BASE64", ";TYPE=", ";=", ";;;", ';X="a:b',
        ";TYPE=" + "work," * 500, ";CHARSET=\u00ff", ";CHARSET=idna", ";CHARSET=base64", ";CHARSET=undefined", ";PREF=x",
        ";X-APPLE-OMIT-YEAR=(((", ";CALSCALE=chinese",
    ))  # fmt: skip
    lines[at] = f"{name}{said}:" + random.choice(
        ("=E9=99=88=", "====", "=ZZ", "/9j/4AAQ", "5", ";;;;", "\\;\\,\\n\\", "x" * 900)
    )


def _repeat(random, lines, at):
    lines[at:at] = [lines[at]] * random.choice((1, 3, 1_100))


def _drop(random, lines, at):
    del lines[at : at + random.choice((1, 1, 4))]
    lines.append("")


def _fold(random, lines, at):
    lines[at : at + 1] = [
        lines[at][:5],
        " " + lines[at][5:],
        " ",
        "\t",
        " \t " + "x" * random.choice((1, 80, 40_000)),
    ]


def _insert(random, lines, at):
    lines.insert(
        at,
        random.choice(
            (*hostile.TEXTS, "BEGIN:VCARD", "END:VCARD", "begin:vcard", "BEGIN:VCALENDAR", ":", ";:")
        ),
    )


_LINES = (_replace_value, _replace_value, _replace_head, _replace_head, _repeat, _drop, _fold, _insert)


def _encoded(random: Random, text: str) -> bytes:
    if random.random() < 0.15:
        at = random.randrange(len(text) + 1)
        more = random.choice(('"', '""', "\x00", "\x00" * 400, "\udc80\ud800", "\r", "\n" * 3_000, ",\n" * 3_000, "sep=;\n", "\x1a",
                              '"' + "x" * 40_000, "x" * 300_000, ",x" * 300, "\ufeff"))  # fmt: skip
        text = text[:at] + more + text[at:]
    encoding = random.choice(ENCODINGS)
    lossy = encoding not in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
    data = text.encode(encoding, "replace" if lossy else "surrogatepass")
    if random.random() < 0.1:
        data = data[:-1] or data
    return spoil_bytes(random, data) if random.random() < 0.3 else data
