"""Values as people and spreadsheets write them: one clean form, what was changed, or why not."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients import enums
from clients.rules import labels
from clients.rules.normalise import (
    Choices,
    read_choice,
    read_choices,
    read_date,
    read_email,
    read_name,
    read_note,
    read_phone,
    read_text,
)

TODAY = date(2026, 6, 1)


def told(reading):
    return [change.code for change in reading.changes]


def refusal(reading):
    return reading.problem.code if reading.problem else None


class TestTexts:
    @pytest.mark.parametrize(
        ("raw", "value", "changes"),
        [
            ("张三", "张三", []),
            (" 张三 ", "张三", ["blanks"]),
            (" 李　静\u200b ", "李静", ["invisible_removed", "blanks"]),
            ("ＡＢＣ（北京）有限公司", "ABC（北京）有限公司", ["width"]),
            ("Peter  O'Donnell", "Peter O'Donnell", ["blanks"]),
            ("Müller & Co., Ltd.", "Müller & Co., Ltd.", []),
        ],
    )
    def test_names(self, raw, value, changes):
        reading = read_name(raw)
        assert (reading.value, told(reading), refusal(reading)) == (value, changes, None)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("", "name_missing"),
            (None, "name_missing"),
            (" \u200b ", "name_missing"),
            ("无", "name_missing"),
            ("N/A", "name_missing"),
            ("#REF!", "formula_error"),
            ("合计", "total_row"),
            ("合 计：", "total_row"),
            ("Grand Total", "total_row"),
            ("12345", "name_without_letters"),
            (360.0, "name_without_letters"),
            ("=1+1", "name_without_letters"),
            ("!!!", "name_without_letters"),
            ("x" * 201, "too_long"),
        ],
    )
    def test_names_refused(self, raw, code):
        assert refusal(read_name(raw)) == code

    def test_texts_keep_their_signs(self):
        assert read_text("北京市，朝阳区　１号").value == "北京市，朝阳区 １号"
        assert read_text("x" * 301).problem.params == {"longest": 300, "length": 301}
        assert read_text(100020.0).value == "100020"
        assert read_text("#VALUE!").problem.code == "formula_error"

    def test_notes_keep_their_lines(self):
        assert read_note("\n a \r\n\u200bb\n\nc  d\n\n").value == "a\nb\n\nc d"
        assert read_note(None).value == ""


class TestPhones:
    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            ("13800138000", "13800138000"),
            (13800138000, "13800138000"),
            (13800138000.0, "13800138000"),
            ("13800138000.0", "13800138000"),
            ("１３８００１３８０００", "13800138000"),
            ("138 0013 8000", "13800138000"),
            ("138-0013-8000", "13800138000"),
            ("+86 138-0013-8000", "13800138000"),
            ("+86-13800138000", "13800138000"),
            ("0086 13800138000", "13800138000"),
            ("8613800138000", "13800138000"),
            ("013800138000", "13800138000"),
            ("\u202d13800138000\u202c", "13800138000"),
            ("电话：13800138000", "13800138000"),
            ("010-88886666", "010-88886666"),
            ("(010) 8888 6666", "010-88886666"),
            ("（010）88886666", "010-88886666"),
            ("01088886666", "010-88886666"),
            ("010—88886666", "010-88886666"),
            ("+86 10 8888 6666", "010-88886666"),
            ("+86 (0)10 8888 6666", "010-88886666"),
            ("0755-26780000", "0755-26780000"),
            ("0311-8888666", "0311-8888666"),
            ("010-88886666-801", "010-88886666-801"),
            ("010-88886666转801", "010-88886666-801"),
            ("010-88886666 ext. 801", "010-88886666-801"),
            ("010-88886666#801", "010-88886666-801"),
            ("400-820-8820", "4008208820"),
            ("95588", "95588"),
            ("88886666", "88886666"),
            ("+44 20 7123 4567", "+442071234567"),
            ("0044 20 7123 4567", "+442071234567"),
            ("+1 (212) 555-0123", "+12125550123"),
            ("+852 2123 4567", "+85221234567"),
            ("", ""),
            (None, ""),
            ("无", ""),
            ("/", ""),
        ],
    )
    def test_read(self, raw, value):
        reading = read_phone(raw)
        assert (reading.value, refusal(reading)) == (value, None)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("1380013800", "mobile_length"),
            ("138001380001", "mobile_length"),
            ("12000138000", "mobile_length"),
            ("+86 1380013800", "mobile_length"),
            ("1.38001E+10", "phone_damaged"),
            ("(212) 555-0123", "phone_without_country"),
            ("+12", "phone_length"),
            ("+1234567890123456", "phone_length"),
            ("abc", "phone_unknown"),
            ("13800138000a", "phone_unknown"),
            (13800138000.5, "phone_unknown"),
            (-5, "phone_unknown"),
            ("#N/A", "formula_error"),
        ],
    )
    def test_refused(self, raw, code):
        assert refusal(read_phone(raw)) == code

    def test_several_numbers_are_not_lost_silently(self):
        reading = read_phone("13800138000 / 010-88886666、13900139000")
        assert reading.value == "13800138000"
        assert reading.changes[-1].params == {"others": "010-88886666 / 13900139000"}

    def test_tells_what_it_did(self):
        assert told(read_phone("13800138000")) == []
        assert told(read_phone(13800138000.0)) == ["number_as_text"]
        assert told(read_phone("13800138000.0")) == ["number_as_text"]
        assert told(read_phone("138 0013 8000")) == ["rewritten"]
        assert told(read_phone("１３８００１３８０００")) == ["width"]

    @given(
        st.text("0123456789+-() 转ext.#/E", max_size=20) | st.integers() | st.floats() | st.text(max_size=20)
    )
    def test_what_is_read_reads_the_same_again(self, raw):
        reading = read_phone(raw)
        if reading.ok:
            again = read_phone(reading.value)
            assert (again.value, again.problem) == (reading.value, None)
            assert len(reading.value) <= 40


class TestEmails:
    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            ("a@example.com", "a@example.com"),
            ("Li.Jing@Mail.Example ", "li.jing@mail.example"),
            ("ａ＠example．com", "a@example.com"),
            ("mailto:a@example.com", "a@example.com"),
            ("Li Jing <li@example.com>", "li@example.com"),
            ("a+b@sub.example.co.uk", "a+b@sub.example.co.uk"),
            ("a@example.com\u200b", "a@example.com"),
            ("a@b.xn--p1ai", "a@b.xn--p1ai"),
            ("", ""),
            ("无", ""),
        ],
    )
    def test_read(self, raw, value):
        reading = read_email(raw)
        assert (reading.value, refusal(reading)) == (value, None)

    @pytest.mark.parametrize(
        "raw",
        [
            "zheng#mail.example",
            "a@b",
            "@example.com",
            "a@",
            "a b@example.com",
            "a..b@example.com",
            ".a@example.com",
        ]
        + ["a@-b.com", "a@b..com", "x" * 250 + "@example.com", "a@例子.com", "<>", 5],
    )
    def test_refused(self, raw):
        assert refusal(read_email(raw)) == "email_unknown"

    def test_several(self):
        reading = read_email("a@example.com; b@example.com")
        assert reading.value == "a@example.com"
        assert reading.changes[-1].params == {"others": "b@example.com"}


class TestDates:
    MARCH = date(2024, 3, 5)

    @pytest.mark.parametrize(
        "raw",
        [
            "2024-03-05", "2024-3-5", "2024/3/5", "2024/03/05", "2024.3.5", "2024. 3. 5", "2024年3月5日", "2024年03月05号",
            "2024 年 3 月 5 日", "20240305", "２０２４／３／５", "二〇二四年三月五日", "2024年3月5日 星期二",
            "2024-03-05 00:00:00", "2024-03-05T00:00:00Z", "2024-03-05T09:30:00+08:00", "5 March 2024", "5th Mar 2024",
            "March 5, 2024", "Mar 5 2024", "5-Mar-2024", " 2024-03-05\u200b", date(2024, 3, 5),
            datetime(2024, 3, 5), datetime(2024, 3, 5, 9, 30), 45356, 45356.0, 45356.4, 20240305,
        ],
    )  # fmt: skip
    def test_read(self, raw):
        reading = read_date(raw)
        assert (reading.value, refusal(reading)) == (self.MARCH, None)

    @pytest.mark.parametrize(
        ("raw", "value"),
        [
            ("25/12/2024", date(2024, 12, 25)),
            ("12/25/2024", date(2024, 12, 25)),
            ("5.5.2024", date(2024, 5, 5)),
        ]
        + [("二〇二三年十一月三十日", date(2023, 11, 30)), ("2023年十月二十一日", date(2023, 10, 21))]
        + [("29 Feb 2024", date(2024, 2, 29)), ("", None), (None, None), ("不详", None), ("-", None)],
    )
    def test_read_more(self, raw, value):
        reading = read_date(raw)
        assert (reading.value, refusal(reading)) == (value, None)

    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("03/05/2024", "day_or_month_first"),
            ("3.5.2024", "day_or_month_first"),
            ("1991-02-30", "no_such_day"),
            ("2023-02-29", "no_such_day"),
            ("2024年13月1日", "no_such_day"),
            ("13/13/2024", "no_such_day"),
            ("20241301", "no_such_day"),
            ("0000-01-01", "no_such_day"),
            ("24-03-05", "year_of_two_digits"),
            ("5/3/24", "year_of_two_digits"),
            ("5-Mar-24", "year_of_two_digits"),
            ("2024", "day_missing"),
            (2024, "day_missing"),
            (2024.0, "day_missing"),
            ("2024年", "day_missing"),
            ("2024年3月", "day_missing"),
            ("2024-03", "day_missing"),
            ("45356", "day_number_as_text"),
            ("45356.0", "day_number_as_text"),
            ("去年", "not_a_date"),
            ("tomorrow", "not_a_date"),
            ("5 Foo 2024", "not_a_date"),
            (0, "not_a_date"),
            (1.5e300, "not_a_date"),
            (float("inf"), "not_a_date"),
            (True, "not_a_date"),
            ("#REF!", "formula_error"),
            ("1700-01-01", "date_too_early"),
        ],
    )
    def test_refused(self, raw, code):
        reading = read_date(raw)
        assert (reading.value, refusal(reading)) == (None, code)

    def test_both_readings_are_named(self):
        assert read_date("03/05/2024").problem.params == {"first": "2024-03-05", "second": "2024-05-03"}

    def test_the_latest_day_that_makes_sense(self):
        assert read_date("2026-06-01", latest=TODAY).ok
        assert refusal(read_date("2026-06-02", latest=TODAY)) == "date_in_future"

    @pytest.mark.parametrize(
        ("raw", "changes"),
        [("2024-03-05", []), ("2024/3/5", ["rewritten"]), (45356, ["day_number"]), (date(2024, 3, 5), [])]
        + [("2024-03-05 09:30", ["time_left_out"]), (datetime(2024, 3, 5, 1), ["time_left_out"])],
    )
    def test_tells_what_it_did(self, raw, changes):
        assert told(read_date(raw)) == changes

    @given(st.dates(date(1900, 3, 1), date(2100, 1, 1)))
    def test_every_day_in_every_form(self, day):
        forms = [
            day.isoformat(),
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
        ]
        forms += [f"{day:%Y%m%d}", f"{day:%d %B %Y}"]
        number = (day - date(1899, 12, 30)).days
        if number > 2200:
            forms.append(number)
        assert {read_date(form).value for form in forms} == {day}

    @given(
        st.text("0123456789年月日/-. :Tabmar", max_size=16)
        | st.text(max_size=20)
        | st.integers()
        | st.floats()
    )
    def test_anything_is_read_or_refused(self, raw):
        reading = read_date(raw)
        assert reading.ok or reading.value is None


class TestChoices:
    @pytest.mark.parametrize(
        ("raw", "code"),
        [
            ("Private enterprise", "private"),
            ("private  ENTERPRISE", "private"),
            ("民营", "private"),
            (" 民 营 ", "private"),
            ("自然人 ", "person"),
            ("个体工商户", "sole_trader"),
            ("state_owned", "state_owned"),
            ("State-Owned", "state_owned"),
            ("", ""),
            ("-", ""),
        ],
    )
    def test_kinds(self, raw, code):
        reading = read_choice(raw, labels.KINDS)
        assert (reading.value, refusal(reading)) == (code, None)

    @pytest.mark.parametrize("raw", ["企业", "Enterprise", "未知类型", "company", 7])
    def test_what_could_be_several_is_refused_with_the_choices(self, raw):
        problem = read_choice(raw, labels.KINDS).problem
        assert problem.code == "unknown_choice"
        assert problem.params["choices"][0] == "state_owned"

    @pytest.mark.parametrize(
        ("raw", "codes"),
        [
            ("民事、行政", ("civil", "administrative")),
            ("Commercial; Civil", ("commercial", "civil")),
            ("Civil and Criminal", ("civil", "criminal")),
            ("民事，民事", ("civil",)),
            ("刑事/行政", ("criminal", "administrative")),
            ("", ()),
        ],
    )
    def test_several(self, raw, codes):
        assert read_choices(raw, labels.BUSINESS_FIELDS).value == codes

    def test_one_unknown_among_several_is_refused(self):
        assert refusal(read_choices("民事、海事", labels.BUSINESS_FIELDS)) == "unknown_choice"

    @pytest.mark.parametrize("raw", ["A", "a", "ａ", "A级", "重点客户", "Key client"])
    def test_grades(self, raw):
        assert read_choice(raw, labels.GRADES).value == "A"

    def test_a_word_cannot_name_two_choices(self):
        with pytest.raises(ValueError, match="two choices"):
            Choices.of({"a": ["same"], "b": ["Same "]})

    @pytest.mark.parametrize(
        ("enum", "choices"),
        [
            (enums.ClientKind, labels.KINDS),
            (enums.BusinessField, labels.BUSINESS_FIELDS),
            (enums.ServiceType, labels.SERVICE_TYPES),
            (enums.Source, labels.SOURCES),
            (enums.Grade, labels.GRADES),
            (enums.Sex, labels.SEXES),
        ],
    )
    def test_every_code_of_the_profile_can_be_written(self, enum, choices):
        assert list(choices.codes) == enum.values
        for code, label in enum.choices:
            assert read_choice(code, choices).value == code
            assert read_choice(str(label), choices).value == code
