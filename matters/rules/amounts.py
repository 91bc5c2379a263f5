"""Sums of money as lists write them: 12,000.00, ¥12000, 1.2万元, RMB 3,000."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from clients.rules.cells import as_text, is_error, plain, says_nothing
from clients.rules.reading import Change, Reading, refused

MOST = Decimal("999999999999.99")
_OURS = re.compile(r"(?i)^(?:人民币|cny|rmb|¥|￥)\s*|\s*(?:元整|元|圆|cny|rmb|人民币)$")
_FOREIGN = re.compile(r"(?i)[$€£]|usd|eur|gbp|hkd|jpy|美元|欧元|英镑|港币|港元|日元")
_UNITS = {"千": 1_000, "万": 10_000, "萬": 10_000, "百万": 1_000_000, "亿": 100_000_000, "億": 100_000_000}
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)\s*(百万|[千万萬亿億])?")


def read_amount(raw: object) -> Reading[str]:
    """A sum in the firm's own currency, not negative, with at most two decimals; as text: "12000.00"."""
    text = plain(as_text(raw))
    if says_nothing(text):
        return Reading("", (Change("empty_word", {"word": text}),) if text else ())
    if is_error(text):
        return refused("formula_error", error=text)
    if _FOREIGN.search(text):
        return refused("other_currency")
    bare = _OURS.sub("", _OURS.sub("", text)).strip()
    if not re.fullmatch(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?\s*\D*|[^,]+", bare):
        return refused("not_an_amount")
    found = _NUMBER.fullmatch(bare.replace(",", ""))
    if not found:
        return refused("not_an_amount")
    return _checked(found, text)


def _checked(found: re.Match, text: str) -> Reading[str]:
    try:
        value = Decimal(found[1]) * _UNITS.get(found[2] or "", 1)
    except InvalidOperation:
        return refused("not_an_amount")
    if value < 0 or value > MOST:
        return refused("amount_out_of_range")
    whole = value.quantize(Decimal("0.01"))
    if whole != value:
        return refused("amount_too_fine")
    told = str(whole)
    return Reading(told, () if Decimal(text) == whole else (Change("rewritten"),)) if _is_plain(text) else Reading(
        told, (Change("rewritten"),)
    )  # fmt: skip


def _is_plain(text: str) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", text) is not None
