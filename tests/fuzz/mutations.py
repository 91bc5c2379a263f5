"""The n-th spoilt file of a seed: always the same one."""

from dataclasses import dataclass
from random import Random

from tests.data import make_foreign
from tests.data.make_samples import HERE
from tests.fuzz import hostile, texts, workbooks

SAMPLES = ("clients_en.xlsx", "clients_zh.xlsx", "clients_ugly.xlsx", "clients_ugly.csv")


@dataclass(frozen=True, slots=True)
class Spoilt:
    number: int
    kind: str
    name: str
    data: bytes


def spoilt(seed: int, number: int) -> Spoilt:
    random = Random(f"{seed}:{number}")
    kind = random.choices(tuple(KINDS), weights=[weight for weight, _make in KINDS.values()])[0]
    name = random.choice(hostile.FILE_NAMES) if random.random() < 0.2 else f"list.{kind.split()[0]}"
    return Spoilt(number, kind, name, KINDS[kind][1](random))


def _small_workbook(random: Random) -> bytes:
    return workbooks.mutated(random, workbooks.base(random))


def _odd_workbook(random: Random) -> bytes:
    """Sound as an archive, odd in its cells alone."""
    return workbooks.base(random)


def _sample_workbook(random: Random) -> bytes:
    return workbooks.mutated(random, (HERE / random.choice(SAMPLES[:3])).read_bytes())


def _sample_table(random: Random) -> bytes:
    names = [name for name in make_foreign.FILES if name.endswith(".csv")]
    data = random.choice([(HERE / SAMPLES[3]).read_bytes(), *(make_foreign.FILES[name]() for name in names)])
    return workbooks.spoil_bytes(random, data)


def _nonsense(random: Random) -> bytes:
    head = random.choice(
        (
            b"",
            b"PK\x03\x04",
            b"BEGIN:VCARD\n",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b"\xd0\xcf\x11\xe0",
            b"%PDF",
            b"<html>",
        )
    )
    return head + random.randbytes(random.choice((0, 1, 7, 300, 5_000)))


# kind -> how often, how it is made
KINDS = {
    "xlsx": (35, _small_workbook),
    "xlsx of odd cells": (15, _odd_workbook),
    "xlsx of a sample": (8, _sample_workbook),
    "csv": (16, texts.table),
    "csv of another program": (8, texts.foreign),
    "csv of a sample": (5, _sample_table),
    "vcf": (10, texts.cards),
    "nonsense": (3, _nonsense),
}
