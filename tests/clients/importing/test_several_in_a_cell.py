"""Several phones or addresses in one cell: the first is the main one, none is lost, and the preview says so."""

import pytest

from clients.importing.judging import values_of
from clients.models import Client
from clients.rules.normalise import read_phone
from tests.clients.importing.build import commit, make_firm, stage, verdicts

pytestmark = pytest.mark.django_db
HEADINGS = ["客户名称", "客户性质", "负责律师", "联系电话", "其他电话", "邮箱"]


@pytest.fixture
def admin():
    return make_firm()


def test_the_rest_become_further_ones(admin):
    row = ["海桥", "民营", "lawyer", "021-62345678 / 13900139000（秘书）、１３７００１３７０００", "13700137000；13600136000",
           "a@b.example;c@d.example"]  # fmt: skip
    run = stage(admin, [row], HEADINGS)
    values = values_of(run.rows.get())
    assert (values["phone"], values["email"]) == ("021-62345678", "a@b.example")
    assert [one[0] for one in values["other_phones"]] == ["13900139000", "13700137000", "13600136000"]
    assert values["other_emails"] == [["c@d.example", ""]]
    assert {"others_kept"} <= {note["code"] for note in run.rows.get().notes}
    commit(run, admin)
    kept = set(Client.objects.get().facts.filter(kind="phone").values_list("value", "label"))
    assert kept == {("13900139000", "秘书"), ("13700137000", ""), ("13600136000", "")}
    assert verdicts(stage(admin, [row], HEADINGS)) == {2: "same"}


@pytest.mark.parametrize("between", ["\n", "\r\n", ";", "；", "、", "/", " / ", "，", "|"])
def test_whatever_stands_between_them(admin, between):
    phones = between.join(["021-62345678", "１３９００１３９０００（秘书）", "13700137000"])
    emails = between.join(["a@b.example", "C@D.example (invoices)", "e@f.example"])
    run = stage(admin, [["海桥", "民营", "lawyer", phones, "", emails]], HEADINGS)
    row = run.rows.get()
    values = values_of(row)
    assert (row.verdict, values["phone"], values["email"]) == ("create", "021-62345678", "a@b.example")
    assert values["other_phones"] == [["13900139000", "秘书"], ["13700137000", ""]]
    assert values["other_emails"] == [["c@d.example", "invoices"], ["e@f.example", ""]]
    told = {(note["field"], note["code"]) for note in row.notes}
    assert {("phone", "others_kept"), ("email", "others_kept")} <= told


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("13800138000\n（秘书）\n13900139000", ["13800138000", "13900139000"]),
        ("021-\n62340001", ["021-62340001"]),
        ("(021) 6234 0001\n(010) 6234 0002", ["021-62340001", "010-62340002"]),
        ("手机：13800138000\n办公：021-62340001", ["13800138000", "021-62340001"]),
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        ("+86 13800138000", ["13800138000"]),
        ("138 0013 8000", ["13800138000"]),
        ("13800138000\n\n", ["13800138000"]),
    ],
)
def test_a_line_end_parts_numbers_and_not_one_number(admin, cell, numbers):
    values = values_of(stage(admin, [["海桥", "民营", "lawyer", cell, "", ""]], HEADINGS).rows.get())
    assert [values["phone"], *(one[0] for one in values.get("other_phones", []))] == numbers


def test_named_addresses_are_all_kept(admin):
    cell = "Bell, Anna <a@b.example>; Ben Fox <c@d.example>"
    values = values_of(stage(admin, [["海桥", "民营", "lawyer", "", "", cell]], HEADINGS).rows.get())
    assert (values["email"], values["other_emails"]) == ("a@b.example", [["c@d.example", ""]])


def test_the_column_of_further_ones_parts_them_alike(admin):
    row = ["海桥", "民营", "lawyer", "021-62345678", "13900139000 / 13700137000（家）\n13600136000", ""]
    values = values_of(stage(admin, [row], HEADINGS).rows.get())
    assert values["other_phones"] == [["13900139000", ""], ["13700137000", "家"], ["13600136000", ""]]


def test_what_cannot_be_read_is_told(admin):
    run = stage(admin, [["海桥", "民营", "lawyer", "021-62345678 / 无人接", "", ""]], HEADINGS)
    row = run.rows.get()
    assert (row.verdict, "other_phones" in values_of(row)) == ("create", False)
    assert [note["code"] for note in row.notes if note["code"].startswith("others")] == ["others_left_out"]
    run = stage(admin, [["海桥", "民营", "lawyer", "021-62345678 / 无人接 / 13900139000", "", ""]], HEADINGS)
    row = run.rows.get()
    assert values_of(row)["other_phones"] == [["13900139000", ""]]
    told = {note["code"]: note["params"] for note in row.notes if note["code"].startswith("others")}
    assert told == {"others_kept": {"others": "13900139000"}, "others_left_out": {"others": "无人接"}}


def test_what_a_number_is_for_does_not_refuse_it():
    assert read_phone("13500135000（秘书）").value == "13500135000"
    assert read_phone("（秘书）").problem is not None
