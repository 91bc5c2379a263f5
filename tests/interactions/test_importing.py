"""Contacts logged elsewhere come in with their true author and time."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from clients.actions.importing.undoing import start_undo
from clients.actions.people import add_person
from clients.models import Client, RelationshipAssessment
from interactions.actions.contacts import edit_contact
from interactions.models import Contact, FollowUp
from lawcrm.firm import clock
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.models import AuditEntry, User
from tests.clients.importing.build import commit, make_firm, person_row, stage, verdicts

pytestmark = pytest.mark.django_db
HEADINGS = ["客户", "日期", "时间", "渠道", "沟通目的", "发起方", "联系人", "律师", "沟通内容", "时长"]
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    admin = make_firm()
    commit(stage(admin, [person_row("张伟", "13800000101")]), admin)
    return admin


def row(at="2024-03-05 14:30", **more) -> list:
    told = {"渠道": "电话", "沟通目的": "进展汇报、投诉", "律师": "lawyer2", "沟通内容": "谈了进展", **more}
    return [told.get(name, {"客户": "张伟", "日期": at}.get(name, "")) for name in HEADINGS]


def stage_contacts(admin, rows):
    return stage(admin, rows, HEADINGS)


def test_a_log_comes_in_with_author_and_time(admin):
    add_person(by=admin, client=Client.objects.get(), name="王芳", role="other")
    run = stage_contacts(
        admin, [row(发起方="来电", 联系人="王芳、李先生", 时长="25分钟"), row("2024年4月1日", 渠道="微信")]
    )
    assert (run.kind, verdicts(run)) == ("contacts", {2: "create", 3: "create"})
    assert run.rows.get(number=3).notes[-1]["code"] == "noon"
    assert not Contact.objects.exists()
    run = commit(run, admin)
    assert run.counts["created"] == 2
    wechat, call = Contact.objects.order_by("-at")
    lawyer2 = User.objects.get(username="lawyer2")
    assert (call.logged_by, call.with_lawyer, call.initiator, call.minutes) == (
        lawyer2,
        lawyer2,
        "client",
        25,
    )
    assert call.at == datetime(2024, 3, 5, 14, 30, tzinfo=clock.zone_of(admin))
    assert (call.purposes, call.note) == (["progress_report", "complaint"], "谈了进展 [李先生]")
    assert [person.name for person in call.people.all()] == ["王芳"]
    assert (wechat.channel, clock.local(wechat.at, admin).hour) == ("instant_message", 12)
    assert not FollowUp.objects.exists()  # the complaint of 2024 is nobody's work today
    assert AuditEntry.objects.filter(verb="contact.imported", actor_id=admin.pk).count() == 2
    assert RelationshipAssessment.objects.exists() or Client.objects.get().last_contact_at


def test_the_same_log_again_adds_nothing(admin):
    rows = [row(联系人="李先生"), row("2024-04-01")]
    commit(stage_contacts(admin, rows), admin)
    assert verdicts(stage_contacts(admin, rows)) == {2: "same", 3: "same"}


def test_what_cannot_be_is_refused(admin):
    rows = [
        row("2100-01-01"),
        row(客户="没有此人"),
        row(律师="谁也不是"),
        row(时间="午后"),
        row(时长="很久"),
        row(""),
    ]
    run = stage_contacts(admin, rows)
    codes = {one.number: [problem["code"] for problem in one.problems] for one in run.rows.all()}
    assert codes == {
        2: ["date_in_future"], 3: ["client_unknown"], 4: ["person_unknown"], 5: ["not_a_time"], 6: ["not_a_count"],
        7: ["missing"],
    }  # fmt: skip


def test_a_confidential_note_is_sealed(admin):
    headings = [*HEADINGS, "密级"]
    commit(stage(admin, [[*row(), "保密"]], headings), admin)
    contact = Contact.objects.get()
    assert (contact.note, contact.sealed_note) == ("", "谈了进展")


def test_taken_back_but_for_what_was_edited(admin):
    run = commit(stage_contacts(admin, [row(), row("2024-04-01")]), admin)
    edited = Contact.objects.order_by("at").first()
    edit_contact(edited, by=edited.logged_by, version=1, changes={"note": "by hand"})
    run = start_undo(run, by=admin)
    while run_next_chunk(run.job_id):
        pass
    assert {one.number: one.outcome for one in run.rows.all()} == {2: "kept", 3: "reversed"}
    assert Contact.objects.get() == edited
