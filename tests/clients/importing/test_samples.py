"""The sample lists, from the file to clients."""

import pytest

from clients.models import Client, ImportRun
from lawcrm.firm.models import AuditEntry
from tests.clients.importing.build import commit, make_firm, stage_sample, verdicts
from tests.data import make_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_firm()


@pytest.mark.parametrize("name", ["clients_en.xlsx", "clients_zh.xlsx"])
def test_a_clean_list_comes_in_whole_and_only_once(admin, name):
    run = stage_sample(admin, name)
    assert run.counts == {"rows": 40, "create": 40, "update": 0, "same": 0, "ask": 0, "refuse": 0}
    assert Client.objects.count() == 0
    run = commit(run, admin)
    assert (run.state, run.counts["created"], run.counts["updated"]) == (ImportRun.State.DONE, 40, 0)
    assert Client.objects.count() == 40
    assert AuditEntry.objects.filter(verb="client.created").count() == 40
    again = stage_sample(admin, name)
    assert again.counts == {"rows": 40, "create": 0, "update": 0, "same": 40, "ask": 0, "refuse": 0}
    assert commit(again, admin).counts["created"] == 0
    assert Client.objects.count() == 40


@pytest.mark.parametrize("name", ["clients_ugly.csv", "clients_ugly.xlsx"])
def test_an_ugly_list_is_sorted_out_row_by_row(admin, name):
    run = stage_sample(admin, name)
    expected = {
        number: {"duplicate": "refuse"}.get(row[1], row[1])
        for number, row in enumerate(make_samples.UGLY_ROWS, 5)
        if row
    }
    assert verdicts(run) == expected
    codes = {row.number: [one["code"] for one in row.problems] for row in run.rows.exclude(problems=[])}
    assert codes == {
        8: ["number_damaged"],
        11: ["no_such_day"],
        12: ["not_a_date"],
        13: ["repeats_row"],
        14: ["person_unknown"],
        15: ["identity_check_digit"],
        16: ["unknown_choice"],
        17: ["missing"],
        19: ["email_unknown"],
        20: ["repeats_row"],
        21: ["total_row"],
    }
    assert [one["code"] for one in run.warnings] == [
        "rows_above",
        "blank_headings",
        "repeated_heading",
    ]
    commit(run, admin)
    assert sorted(Client.objects.values_list("name", "phone", "email")) == sorted(
        [
            ("曾国荃", "13800000101", "zeng@mail.example"),
            ("李静", "13800000102", "li.jing@mail.example"),
            ("王建军", "13800000103", ""),
            ("北京晨曦科技有限公司", "010-55501234", "office@chenxi.example"),
            ("吴桐", "13800000111", "wu.tong@mail.example"),
        ]
    )
    assert commit(stage_sample(admin, name), admin).counts["created"] == 0
