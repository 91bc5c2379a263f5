"""manage.py import_clients: exit codes and JSON that scripts rely on."""

import io
import json

import pytest
from django.core.management import call_command

from clients.importing.columns import signature
from clients.models import Client, ClientPerson, ImportMapping, ImportRun
from tests.clients.importing.build import HEADINGS, csv_file, make_firm, person_row
from tests.clients.importing.test_parts import workbook
from tests.data import make_samples
from tests.firm.spreadsheets import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def admin(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return make_firm()


def run(path, *options, by="admin") -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_clients", str(path), "--by", by, *options, stdout=out, stderr=out)
    return ended.value.code, out.getvalue()


def test_a_clean_file_goes_in_once():
    path = make_samples.HERE / "clients_zh.xlsx"
    code, out = run(path, "--json")
    assert code == 0
    assert json.loads(out) == {
        "rows": 40, "created": 40, "updated": 0, "same": 0, "ask": 0, "refused": 0, "problems": [],
    }  # fmt: skip
    code, out = run(path, "--json")
    report = json.loads(out)
    assert (code, report["created"], report["same"], Client.objects.count()) == (0, 0, 40, 40)


def test_an_ugly_file_goes_in_in_part():
    code, out = run(make_samples.HERE / "clients_ugly.csv", "--json")
    report = json.loads(out)
    assert code == 3
    assert (report["rows"], report["created"], report["refused"]) == (16, 5, 11)
    assert report["rows"] == sum(report[name] for name in ("created", "updated", "same", "ask", "refused"))
    damaged = next(one for one in report["problems"] if one["row"] == 8)
    assert (damaged["column"], damaged["value"]) == ("身份证号", "1.10101E+17")
    assert damaged["problem"].startswith("The number was damaged by a spreadsheet")
    assert set(damaged) == {"row", "column", "value", "problem"}


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path):
    path = make_samples.HERE / "clients_ugly.xlsx"
    code, dry = run(path, "--json", "--dry-run")
    assert (code, Client.objects.count(), ImportRun.objects.count()) == (3, 0, 0)
    assert not [one for one in tmp_path.rglob("uploads/*")]
    _code, wet = run(path, "--json")
    assert json.loads(dry) == json.loads(wet)


def test_words_for_people():
    code, out = run(make_samples.HERE / "clients_ugly.csv")
    assert code == 3
    assert out.splitlines()[0] == "16 rows: 5 created, 0 updated, 0 same, 0 to decide, 11 refused."
    assert "Row 8, 身份证号: The number was damaged" in out


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (files.laughs, "declarations"),
        (lambda: files.big_string(140), "unpack"),
        (files.two_cells, "columns"),
        (lambda: b"", "empty"),
        (lambda: "Müller,Kind\r\nJosé,x\r\n".encode("cp1252"), "encoding"),
    ],
)
def test_an_unusable_file(build, says, tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(build())
    code, out = run(path)
    assert (code, len(out.strip().splitlines())) == (2, 1)
    assert says in out
    code, out = run(path, "--json")
    assert (code, list(json.loads(out))) == (2, ["error"])


def test_unusable_orders(tmp_path):
    path = make_samples.HERE / "clients_en.xlsx"
    assert run(tmp_path / "none.csv") == (
        2,
        f"{tmp_path}/none.csv cannot be opened: No such file or directory.\n",
    )
    assert run(path, by="nobody")[0] == 2
    assert run(path, by="lawyer") == (2, "lawyer may not import clients.\n")
    assert run(path, "--mapping", "None such") == (
        2,
        "There is no saved assignment of columns named None such.\n",
    )


def test_a_saved_mapping_and_an_encoding(admin, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("Müller,kind\r\nJosé,person\r\n".encode("cp1252"))
    ImportMapping.objects.create(
        name="old system",
        signature=signature(["Müller", "kind"]),
        columns={"columns": {"0": "name", "1": "kind"}, "defaults": {"responsible": str(admin.pk)}},
        made_by=admin,
    )
    assert run(path, "--mapping", "old system", "--encoding", "cp1252")[0] == 0
    assert Client.objects.get().name == "José"


def test_rows_to_decide_are_not_all_in(tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes(csv_file([person_row("张伟", "13800000101")], HEADINGS).getvalue())
    assert run(path)[0] == 0
    path.write_bytes(csv_file([person_row("张伟", "13800000102")], HEADINGS).getvalue())
    code, out = run(path, "--json")
    report = json.loads(out)
    assert (code, report["ask"], report["problems"][0]["problem"]) == (
        3,
        1,
        "Not decided: it may be a client you already have. Same name.",
    )


def test_a_workbook_of_clients_and_people_goes_in_whole(tmp_path):
    company = ["华安科技有限公司", "Private", "lawyer"]
    book = workbook(
        Clients=[["Name", "Kind", "Responsible lawyer"], company],
        People=[
            ["Client", "Name", "Role"],
            ["华安科技有限公司", "王芳", "Payer"],
            ["Nobody known", "李强", ""],
        ],
    )
    path = tmp_path / "book.xlsx"
    path.write_bytes(book.getvalue())
    code, out = run(path, "--json")
    report = json.loads(out)
    (sheet,) = report["sheets"]
    assert (report["created"], sheet["sheet"], sheet["kind"], sheet["created"], sheet["refused"]) == (
        1, "People", "people", 1, 1,
    )  # fmt: skip
    assert ClientPerson.objects.get().person.name == "王芳"
