"""Tags and departments of a list: found by name, made, mapped or refused, written, exported, and taken back."""

import io

import pytest

from clients.actions.importing.judging import explain_words
from clients.actions.importing.reading import stage_import
from clients.actions.importing.undoing import start_undo
from clients.actions.tags import make_tag, set_tags
from clients.forms.importing import WordsForm
from clients.importing.judging import values_of
from clients.models import Client, Tag
from clients.queries.importing import strange_words
from lawcrm.firm.actions.exports import fetch_export, start_export
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.exporting import listing_of
from tests.clients.build import make_client
from tests.clients.importing.build import commit, stage, verdicts
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db
HEADINGS = ["Name", "Kind", "Responsible lawyer", "Tags", "Department"]


@pytest.fixture
def admin():
    make_person("lawyer", department=make_department("Litigation"))
    return make_person("admin")


def row(name: str, tags: str = "", department: str = "") -> list[str]:
    return [name, "Private enterprise", "lawyer", tags, department]


def tags_of(name: str) -> set[str]:
    return set(Tag.objects.filter(placed__client__name=name).values_list("name", flat=True))


def answered(run, by, **data) -> None:
    for field, words in WordsForm(data, words=strange_words(run)).words().items():
        explain_words(run, by=by, name=field, words=words)
    run.refresh_from_db()


def test_known_tags_are_put_on_and_come_off_with_the_import(admin):
    vip, alumni = make_tag(by=admin, name="VIP"), make_tag(by=admin, name="Alumni, 2020")
    held = make_client(admin, name="Old Harbour Ltd", phone="021 6234 0001")
    set_tags(held, by=admin, tags=[alumni])
    run = stage(
        admin,
        [
            row("New Port Ltd", "vip； Alumni, 2020"),
            ["Old Harbour Ltd", "Private enterprise", "admin", "VIP", ""],
        ],
        HEADINGS,
    )
    assert verdicts(run) == {2: "create", 3: "update"}
    commit(run, admin)
    assert tags_of("New Port Ltd") == {"VIP", "Alumni, 2020"}
    assert tags_of("Old Harbour Ltd") == {"VIP"}
    assert Client.objects.get(name="New Port Ltd").version == 1
    start_undo(run, by=admin)
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    assert not Client.objects.filter(name="New Port Ltd").exists()
    assert tags_of("Old Harbour Ltd") == {"Alumni, 2020"}
    assert vip.placed.count() == 0


def test_an_unknown_tag_is_made_mapped_left_out_or_refused(admin):
    make_tag(by=admin, name="VIP")
    rows = [
        row("One Ltd", "VIP; listing soon"),
        row("Two Ltd", "very important, trash"),
        row("Three Ltd", "typo"),
    ]
    run = stage(admin, rows, HEADINGS)
    assert set(verdicts(run).values()) == {"refuse"}
    words = [word for _field, word, _rows in strange_words(run)]
    assert set(words) == {"listing soon", "very important", "trash", "typo"}
    data, vip = {}, str(Tag.objects.get().pk)
    means = {"listing soon": "+", "very important": vip, "trash": "-", "typo": "nonsense"}
    for number, word in enumerate(words):
        data |= {f"field_{number}": "tags", f"word_{number}": word, f"means_{number}": means[word]}
    answered(run, admin, **data)
    assert verdicts(run) == {2: "create", 3: "create", 4: "refuse"}
    assert Tag.objects.count() == 1  # nothing is written before it is confirmed
    assert f"+{'listing soon'}" in values_of(run.rows.get(number=2))["tags"]
    commit(run, admin)
    assert (tags_of("One Ltd"), tags_of("Two Ltd")) == ({"VIP", "listing soon"}, {"VIP"})


def test_all_other_tags_are_made_at_once(admin):
    run = stage(admin, [row("One Ltd", "a; b"), row("Two Ltd", "c")], HEADINGS)
    data = {"rest": "1"}
    for number, (field, word, _rows) in enumerate(strange_words(run)):
        data |= {f"field_{number}": field, f"word_{number}": word, f"means_{number}": ""}
    answered(run, admin, **data)
    commit(run, admin)
    assert (tags_of("One Ltd"), tags_of("Two Ltd")) == ({"a", "b"}, {"c"})
    again = stage(admin, [row("One Ltd", "b; a"), row("Two Ltd", "c")], HEADINGS)
    assert verdicts(again) == {2: "same", 3: "same"}


def test_a_department_is_found_by_name_or_mapped_and_never_made(admin):
    tax = make_department("Tax")
    run = stage(admin, [row("One Ltd", "", "tax"), row("Two Ltd", "", "Steuern"), row("Three Ltd")], HEADINGS)
    assert verdicts(run) == {2: "create", 3: "refuse", 4: "create"}
    sent = {"field_0": "department", "word_0": "Steuern", "rest": "1"}
    assert not WordsForm(sent | {"means_0": "+"}, words=strange_words(run)).is_valid()
    answered(run, admin, **sent, means_0=str(tax.pk))
    commit(run, admin)
    found = dict(Client.objects.values_list("name", "department__name"))
    assert found == {"One Ltd": "Tax", "Two Ltd": "Tax", "Three Ltd": "Litigation"}


def test_what_is_exported_is_read_again_as_the_same(admin):
    client = make_client(admin, name="Harbour Ltd", department=make_department("Tax"))
    names = ("VIP", "Listed soon", "Bonn; Berlin", 'the "old" ones', '"quoted"', "北京；上海", "a, b", "x、y")
    set_tags(client, by=admin, tags=[make_tag(by=admin, name=name) for name in names])
    listing = listing_of("clients")
    columns = ["name", "kind", "responsible", "department", "tags", "reference"]
    export = start_export(by=admin, listing=listing, query="", columns=columns, format="csv")
    body = b"".join(fetch_export(export, by=admin))
    run = stage_import(by=admin, file=io.BytesIO(body), file_name="out.csv")
    assert verdicts(run) == {2: "same"}
    assert len(values_of(run.rows.get())["tags"]) == len(names)
