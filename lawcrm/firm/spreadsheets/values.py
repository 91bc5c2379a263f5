"""What a stored number means: number formats, serial dates, and numbers as a person would read them.

Runs in the child process; standard library only.
"""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# ECMA-376 part 1, 18.8.30; 27-36 and 50-58 are the dates and times of East Asian editions.
_BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
    "12": "# ?/?", "13": "# ??/??", "37": "#,##0 ;(#,##0)", "38": "#,##0 ;(#,##0)", "39": "#,##0.00;(#,##0.00)",
    "40": "#,##0.00;(#,##0.00)", "48": "##0.0E+0", "49": "@",
}  # fmt: skip
_DATES = {
    "14",
    "15",
    "16",
    "17",
    "27",
    "28",
    "29",
    "30",
    "31",
    "36",
    "50",
    "51",
    "52",
    "53",
    "54",
    "57",
    "58",
}
_TIMES = {"18", "19", "20", "21", "32", "33", "34", "35", "45", "46", "47", "55", "56"}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_PLAIN_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class CellFormat:
    """`code` as written (empty for General); `kind` is "date", "datetime", "time" or None."""

    code: str
    kind: str | None


def format_of(number: str, code: str | None) -> CellFormat:
    if code is None:
        if number in _DATES:
            return CellFormat("date", "date")
        if number in _TIMES:
            return CellFormat("time", "time")
        if number == "22":
            return CellFormat("date time", "datetime")
        return CellFormat(_BUILT_IN.get(number, ""), None)
    return CellFormat("" if code.lower() == "general" else code, _kind_of(code))


def _kind_of(code: str) -> str | None:
    letters = _LITERAL.sub("", code.partition(";")[0]).lower()
    if "general" in letters or "@" in letters:
        return None
    day = "y" in letters or "d" in letters or ("m" in letters and not ("h" in letters or "s" in letters))
    hour = "h" in letters or "s" in letters
    if day:
        return "datetime" if hour else "date"
    return "time" if hour else None


def date_text(raw: str, kind: str, *, from_1904: bool) -> str:
    """The date a serial number stands for, in ISO form; empty when it stands for none."""
    try:
        serial = float(raw)
    except ValueError:
        return ""
    if not 0 <= serial < 2_958_466:
        return ""
    days, fraction = divmod(serial, 1)
    moment = datetime.timedelta(seconds=round(fraction * 86_400))
    if kind == "time" and days == 0:
        return str((datetime.datetime.min + moment).time())
    if from_1904:
        base = datetime.datetime(1904, 1, 1)
    elif serial < 60:
        base = datetime.datetime(1899, 12, 31)
    elif days == 60:
        return ""  # 29 February 1900, a day that only spreadsheets know
    else:
        base = datetime.datetime(1899, 12, 30)
    try:
        at = base + datetime.timedelta(days=days) + moment
    except OverflowError:
        return ""
    return at.date().isoformat() if at.time() == datetime.time() else at.isoformat()


def number_text(raw: str) -> str:
    """A stored number as a person would read it, where that loses nothing; else exactly as stored.

    13800138000.0 and 1.3800138E10 read 13800138000; 0.30000000000000004 reads 0.3; 1.10101199003071E+17 stays as
    it is: its last digits are gone, and whoever uses the value must see that.
    """
    raw = raw.strip()
    if _PLAIN_INTEGER.fullmatch(raw) or not _NUMBER.fullmatch(raw) or len(raw) > 40:
        return raw
    try:
        size = abs(float(raw))
        if not size:
            return "0"
        if not 1e-7 <= size < 1e15:
            return raw
        exact = Decimal(raw)
        if len(exact.as_tuple().digits) > 15:
            exact = Decimal(f"{float(raw):.15g}")
    except (InvalidOperation, ValueError):
        return raw
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
