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


def test_what_cannot_be_read_is_told(admin):
    run = stage(admin, [["海桥", "民营", "lawyer", "021-62345678 / 无人接", "", ""]], HEADINGS)
    row = run.rows.get()
    assert (row.verdict, "other_phones" in values_of(row)) == ("create", False)
    assert [note["code"] for note in row.notes if note["code"].startswith("others")] == ["others_left_out"]


def test_what_a_number_is_for_does_not_refuse_it():
    assert read_phone("13500135000（秘书）").value == "13500135000"
    assert read_phone("（秘书）").problem is not None
