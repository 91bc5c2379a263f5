"""Identity and registration numbers: right ones in, damaged ones never, and always a reason."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rules.identity import (
    birth_date_conflict,
    check_digit,
    credit_code_check,
    identity_details,
    looks_like_number_search,
    read_identity_number,
    read_registration_number,
)
from lawcrm.firm.partial_dates import PartialDate

TODAY = date(2026, 6, 1)


def resident(area="110101", born=date(1990, 3, 7), order=901):
    body = f"{area}{born:%Y%m%d}{order:03d}"
    return body + check_digit(body)


def credit_code(body="91110101000008010"):
    return body + credit_code_check(body)


GOOD = resident()


class TestResidentIdentityNumbers:
    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            ("110101199003079016", "110101199003079016"),
            ("11010119900307901６", "110101199003079016"),
            (" 110101 19900307 9016\u200b", "110101199003079016"),
            ("'110101199003079016", "110101199003079016"),
            ("110101-19900307-9016", "110101199003079016"),
            ("11010519491231002x", "11010519491231002X"),
            ("", ""),
            (None, ""),
            ("无", ""),
            ("-", ""),
        ],
    )
    def test_read(self, raw, value):
        reading = read_identity_number(raw, TODAY)
        assert (reading.value, reading.problem) == (value, None)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("110101199003079017", "identity_check_digit"),
            ("110101199003079061", "identity_check_digit"),
            ("990101199003079016", "identity_area"),
            ("110101199002309016", "identity_birth_date"),
            ("110101209903079016", "identity_birth_date"),
            ("110101180003079016", "identity_birth_date"),
            ("110101900307901", "identity_fifteen_digits"),
            ("11010119900307901", "identity_length"),
            ("1101011990030790166", "identity_length"),
            ("张三", "identity_unknown"),
            ("abcdefgh", "identity_unknown"),
            ("12", "identity_unknown"),
            ("1.10101E+17", "number_damaged"),
            ("1.10101199003079e+17", "number_damaged"),
            ("１.10101Ｅ+17", "number_damaged"),
            ("1E+17", "number_damaged"),
            ("110101199003079016.0", "number_damaged"),
            (110101199003079016, "number_damaged"),
            (float(110101199003079016), "number_damaged"),
            (1.10101e17, "number_damaged"),
            (1101011990030790, "number_damaged"),
            (110101900307901, "identity_fifteen_digits"),
            (12345.5, "number_damaged"),
            (float("inf"), "number_damaged"),
            ("#N/A", "formula_error"),
            ("#REF!", "formula_error"),
        ],
    )
    def test_refused(self, raw, code):
        reading = read_identity_number(raw, TODAY)
        assert (reading.value, reading.problem and reading.problem.code) == ("", code)

    def test_a_number_ending_in_000_is_believed_from_a_person_but_not_from_a_sheet(self):
        body = next(b for day in range(1, 29) if check_digit(b := f"110101199003{day:02d}900") == "0")
        assert read_identity_number(body + "0", TODAY).ok
        assert (
            read_identity_number(body + "0", TODAY, from_spreadsheet=True).problem.code == "number_maybe_cut"
        )

    @pytest.mark.parametrize(
        ("raw", "value"),
        [("E12345678", "E12345678"), ("e 1234-5678", "E12345678"), ("A123456(7)", "A1234567")]
        + [(12345678, "12345678"), (12345678.0, "12345678"), ("H12345678", "H12345678")],
    )
    def test_other_documents_pass_as_they_stand(self, raw, value):
        assert read_identity_number(raw, TODAY).value == value

    def test_a_foreign_permanent_resident(self):
        body = "91115619810312001"
        assert read_identity_number(body + check_digit(body), TODAY).ok

    def test_tells_birth_date_and_sex(self):
        assert identity_details(GOOD).birth_date == date(1990, 3, 7)
        assert identity_details(GOOD).sex == "male"
        assert identity_details(resident(order=902)).sex == "female"
        assert identity_details("E12345678") is None

    def test_a_birth_date_beside_it_must_agree(self):
        assert birth_date_conflict(GOOD, PartialDate(1990, 3, 7)) is None
        assert birth_date_conflict(GOOD, PartialDate(month=3, day=7)) is None
        assert birth_date_conflict(GOOD, None) is None
        assert birth_date_conflict("E12345678", PartialDate(1990, 3, 8)) is None
        assert birth_date_conflict(GOOD, PartialDate(1990, 3, 8)).params == {"by_number": "1990-03-07"}

    def test_says_what_was_changed(self):
        assert [c.code for c in read_identity_number("１10101199003079016 ", TODAY).changes] == [
            "blanks",
            "width",
        ]
        assert [c.code for c in read_identity_number(12345678, TODAY).changes] == ["number_as_text"]
        assert read_identity_number(GOOD, TODAY).changes == ()


def random_residents(count, seed=1):
    chance = random.Random(seed)
    for _ in range(count):
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(34_000))
        yield resident(chance.choice(["110101", "310104", "440305", "650102"]), born, chance.randrange(1000))


def test_no_damaged_number_is_ever_taken_for_a_true_one():
    """As a number, as text of that number, cut to 15 digits, or written with an exponent."""
    for number in random_residents(4000):
        if number[-1] == "X":
            continue
        cut = number[:15] + "000"
        damaged = [
            int(number),
            float(number),
            int(cut),
            f"{float(number):.5E}",
            f"{float(number)}",
            cut,
            f"{number}.0",
        ]
        for raw in damaged:
            assert not read_identity_number(raw, TODAY, from_spreadsheet=True).ok, raw


def test_every_true_number_is_read_except_those_a_sheet_may_have_cut():
    for number in random_residents(2000, seed=2):
        assert read_identity_number(number, TODAY).value == number
        sheet = read_identity_number(number, TODAY, from_spreadsheet=True)
        assert sheet.ok is not number.endswith("000")


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_any_single_wrong_digit_is_noticed(place, digit):
    changed = GOOD[:place] + digit + GOOD[place + 1 :]
    assert read_identity_number(changed, TODAY).ok is (changed == GOOD)


class TestRegistrationNumbers:
    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            ("91110101000008010W", "91110101000008010W"),
            ("91350211M000100Y43"[:17] + credit_code_check("91350211M000100Y4"), None),
            ("９1110101000008010w ", "91110101000008010W"),
            ("9111 0101 0000 08010W", "91110101000008010W"),
            ("HRB 12345", "HRB12345"),
            ("01234567", "01234567"),
            ("110108012345678", "110108012345678"),
            ("", ""),
        ],
    )
    def test_read(self, raw, value):
        reading = read_registration_number(raw)
        assert reading.problem is None
        assert reading.value == (raw if value is None else value)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("91110101000008010X", "registration_check"),
            ("91110101O00008010W", "registration_letter"),
            ("9111O101000008010W", "registration_letter"),
            ("91A10101000008010W", "registration_check"),
            ("91110101000008010", "registration_length"),
            ("91110101000008010W1", "registration_length"),
            ("9.11101E+17", "number_damaged"),
            (911101010000080105, "number_damaged"),
            (9.111e17, "number_damaged"),
            ("北京", "registration_unknown"),
            ("ABC", "registration_unknown"),
        ],
    )
    def test_refused(self, raw, code):
        assert read_registration_number(raw).problem.code == code

    def test_an_all_digit_code_ending_in_000_is_not_believed_from_a_sheet(self):
        body = next(
            f"9111010100000{n:04d}"
            for n in range(0, 10_000, 100)
            if credit_code_check(f"9111010100000{n:04d}") == "0"
        )
        assert read_registration_number(body + "0").ok
        assert read_registration_number(body + "0", from_spreadsheet=True).problem.code == "number_maybe_cut"

    @given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
    def test_any_single_wrong_character_is_noticed(self, place, character):
        code = credit_code()
        changed = code[:place] + character + code[place + 1 :]
        assert read_registration_number(changed).ok is (changed == code)


@given(st.one_of(st.text(max_size=30), st.integers(), st.floats(), st.none(), st.dates(), st.booleans()))
def test_anything_is_read_or_refused_with_a_reason(raw):
    for reading in (read_identity_number(raw, TODAY), read_registration_number(raw)):
        assert reading.ok or not reading.value


@pytest.mark.parametrize(
    ("text", "number"),
    [(GOOD, GOOD), (" 110101 1990 0307 9016", GOOD), ("91110101000008010w", "91110101000008010W")]
    + [("13800138000", ""), ("张三", ""), ("", "")],
)
def test_a_number_in_the_search_box(text, number):
    assert looks_like_number_search(text) == number
