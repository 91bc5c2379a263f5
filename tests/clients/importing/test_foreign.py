"""Files of other programs become clients without anybody assigning a column."""

import io

import pytest
from django.urls import reverse

from clients.actions.importing.reading import stage_import
from clients.importing.judging import values_of
from clients.models import Client, ClientPerson, ImportRun
from tests.clients.importing.build import commit, make_firm
from tests.data import make_foreign

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_firm()


def stage(by, name: str, data: bytes | None = None) -> ImportRun:
    data = data or (make_foreign.HERE / name).read_bytes()
    return stage_import(by=by, file=io.BytesIO(data), file_name=name)


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("google.csv", ["陈伟", "Nadia J. Okafor KC", "Harbour Light Logistics Ltd", "苏州晴川食品有限公司"]),
        ("outlook.csv", ["Daniel Brooks", "Silver Birch Foods plc", "Omar Haddad"]),
        ("outlook_zh.csv", ["杭州远帆科技有限公司", "李静"]),
        ("hubspot_contacts.csv", ["Northgate Textiles Co., Ltd", "Grace Onwu"]),
        ("hubspot_companies.csv", ["Bluecrane Medical Devices", "华东政法研究协会"]),
        ("zoho_contacts.csv", ["Jadeview Semiconductor", "赵敏"]),
        ("salesforce_accounts.csv", ["Eastern Rivers Shipping Group", "Riverside Primary School"]),
        ("clio.csv", ["Helen Achebe", "Lumen Studio LLC"]),
        ("cards_21.vcf", ["陈伟", "南京秦淮置业有限公司"]),
        ("cards_30.vcf", ["Nadia Jane Okafor", "苏州晴川食品有限公司", "北京蓝天律师协会"]),
        ("cards_40.vcf", ["Kenji Mori", "Harbour Light Logistics Ltd"]),
    ],
)
def test_without_assigning_a_column(admin, name, names):
    run = commit(stage(admin, name), admin)
    for part in run.parts.all():
        assert commit(part, admin).counts["refuse"] == 0
    assert run.counts["created"] == len(names) == run.counts["rows"] - run.counts["refuse"]
    assert set(Client.objects.values_list("name", flat=True)) == set(names)
    again = stage(admin, name)
    assert again.counts["same"] == len(names)
    assert all(part.counts["same"] == part.counts["rows"] for part in again.parts.all())


def test_who_and_how_to_reach_them(admin):
    commit(stage(admin, "google.csv"), admin)
    chen = Client.objects.get(name="陈伟")
    assert (chen.kind, chen.sex, chen.phone) == ("person", "male", "13800138000")
    assert (chen.latin_name, chen.email, str(chen.birth_date)) == (
        "Chen Wei",
        "wei.chen@example.com",
        "1980-05-03",
    )
    assert chen.responsible == admin
    assert "010-65051234" in set(chen.facts.filter(kind="phone").values_list("value", flat=True))
    assert Client.objects.matching("65051234").get() == chen


def test_people_at_a_company(admin):
    run = commit(stage(admin, "google.csv"), admin)
    commit(run.parts.get(), admin)
    harbour = Client.objects.get(name="Harbour Light Logistics Ltd")
    assert (harbour.kind, harbour.phone) == ("private", "+441174960000")
    place = harbour.places.get()
    assert (place.person.name, place.position) == ("Tom Reeve", "General Counsel")
    assert (place.person.phone, place.person.email) == ("+447700900456", "tom@harbourlight.example")
    assert ClientPerson.objects.get(client__name="苏州晴川食品有限公司").person.name == "欧阳静怡"


def test_the_preview_says_what_was_made_of_the_file(admin, client):
    client.force_login(admin)
    file = io.BytesIO(make_foreign.cards_40())
    file.name = "cards.vcf"
    shown = client.post(reverse("clients:import_upload"), {"file": file}, follow=True).content.decode()
    assert "Read as a file of vCard" in shown
    assert "supposed: the file does not say" in shown
    assert "“group” is not one of the choices" in shown
    run = ImportRun.objects.get()
    columns = client.get(reverse("clients:import_columns", args=[run.pk])).content.decode()
    assert "Harbour Light Logistics Ltd" in columns


def test_in_chinese_for_those_who_read_chinese(admin):
    admin.language = "zh-hans"
    admin.save()
    run = stage(admin, "outlook_zh.csv")
    assert "名" in run.headings[0]
    first = values_of(run.rows.get(number=2))
    assert first["kind"] == "private"
    part = run.parts.get()
    person = values_of(part.rows.get(number=2))
    assert (person["name"], person["other_phones"]) == ("司马文", [["0571-87654321", "商务电话"]])
    assert part.headings[0] == "客户"


def test_large_files_are_read_by_a_worker_chunk_by_chunk(admin, monkeypatch):
    from clients.actions.importing import judging, reading
    from lawcrm.firm.actions.jobs import run_next_chunk

    monkeypatch.setattr(reading, "READ_AT_ONCE", 100)
    monkeypatch.setattr(reading, "SECONDS", 0)
    monkeypatch.setattr(judging, "BATCH", 2)
    run = stage(admin, "google.csv")
    assert run.state == ImportRun.State.READING
    chunks = 1
    while run_next_chunk(run.job_id):
        chunks += 1
    run.refresh_from_db()
    assert (run.state, run.counts["rows"], chunks) == (ImportRun.State.PREVIEW, 4, 5)
