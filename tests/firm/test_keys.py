"""The life of keys: made, rotated while people work, retired; a wrong one refuses to start."""

import io
from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connection

from clients.actions.importing.reading import choose_encoding, stage_import
from clients.models import Client
from lawcrm.firm import keyring
from lawcrm.firm.actions import keys
from lawcrm.firm.models import DataKey
from lawcrm.firm.sealed import key_number
from tests.clients.build import make_client
from tests.clients.importing.build import commit, make_firm, person_row, stage
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(settings, tmp_path):
    """A key file of this test's own, with data keys wrapped by it."""
    settings.LAWCRM_KEY_FILE = tmp_path / "keys" / "kek"
    DataKey.objects.all().delete()
    keyring.forget_keys()
    keyring.ensure_data_keys(make_kek=True)
    yield settings.LAWCRM_KEY_FILE
    keyring.forget_keys()


def command(*arguments, **options) -> str:
    out = StringIO()
    call_command("keys", *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def clients(number=5):
    owner = make_person("lawyer")
    return [
        make_client(owner, background=f"background {n}", identity_number=f"11010519500101{n:04d}")
        for n in range(number)
    ]


def test_the_key_file_is_its_owners_alone_and_256_bits(key_file):
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert key_file.parent.stat().st_mode & 0o777 == 0o700
    assert len(keyring.kek()) == 32


def test_init_never_overwrites_and_never_makes_a_second_key_for_a_sealed_database(key_file):
    before = key_file.read_text()
    command("init")
    assert key_file.read_text() == before
    key_file.unlink()
    with pytest.raises(CommandError):
        command("init")
    assert not key_file.exists()


def test_a_new_data_key_seals_everything_anew_and_the_old_one_can_go(key_file, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    rows = clients()
    number = keys.new_data_key()
    keyring.forget_keys()
    assert number == 2
    assert keys.use_of_keys() == {1: 10}
    with pytest.raises(keys.KeyInUse):
        keys.retire(1)
    assert keys.reseal() == 10
    assert keys.use_of_keys() == {2: 10}
    keys.retire(1)
    assert [Client.objects.get(pk=row.pk).background for row in rows] == [f"background {n}" for n in range(5)]
    assert list(keys.broken_values()) == []
    keyring.forget_keys()
    keyring.check_keys()
    assert "retired" in command("status")


def test_sealing_anew_goes_on_where_it_was_killed(key_file, monkeypatch):
    monkeypatch.setattr(keys, "BATCH", 2)
    rows = clients()
    keys.new_data_key()

    class Killed(BaseException):
        pass

    def kill(name, count):
        raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            keys.reseal(kill)
    assert keys.use_of_keys() == {1: 6, 2: 4}
    command("rotate", "--resume")
    assert keys.use_of_keys() == {2: 10}
    assert all(Client.objects.get(pk=row.pk).background for row in rows)


def test_the_newest_key_cannot_be_retired(key_file):
    with pytest.raises(keys.KeyInUse):
        keys.retire(1)


def test_a_new_key_encryption_key_takes_over_and_the_old_one_is_kept(key_file):
    row = clients(1)[0]
    old = key_file.read_text()
    command("rewrap")
    assert key_file.read_text() != old
    assert {path.read_text() for path in key_file.parent.iterdir()} == {old, key_file.read_text()}
    keyring.forget_keys()
    assert Client.objects.get(pk=row.pk).background == "background 0"
    assert "everything opens" in command("verify")


@pytest.mark.parametrize("crash_at", ["before the rows", "after the rows"])
def test_a_crash_while_rewrapping_leaves_a_state_that_opens(key_file, monkeypatch, crash_at):
    row = clients(1)[0]
    if crash_at == "before the rows":
        monkeypatch.setattr(keyring, "wrap", lambda *a: 1 / 0)
    else:
        monkeypatch.setattr(keys, "finish_rewrap", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keys.rewrap()
    monkeypatch.undo()
    keyring.forget_keys()
    keyring.check_keys()
    assert Client.objects.get(pk=row.pk).background == "background 0"
    keys.rewrap()
    keyring.forget_keys()
    assert Client.objects.get(pk=row.pk).background == "background 0"
    assert not key_file.with_name("kek.next").exists()


def test_a_key_of_ones_own_is_taken(key_file, tmp_path):
    row = clients(1)[0]
    mine = tmp_path / "mine"
    keyring.make_key_file(mine)
    command("rewrap", new_key_file=mine)
    mine.replace(key_file)
    keyring.forget_keys()
    keyring.check_keys()
    assert Client.objects.get(pk=row.pk).background == "background 0"


def test_a_wrong_key_refuses_to_start(key_file):
    clients(1)
    key_file.unlink()
    keyring.make_key_file(key_file)
    keyring.forget_keys()
    with pytest.raises(keyring.WrongKey):
        keyring.refuse_wrong_key()
    assert [found.id for found in run_checks(databases=["default"]) if found.id == "firm.C001"]
    with pytest.raises(keyring.WrongKey):
        _ = Client.objects.get().background
    with pytest.raises(CommandError):
        command("verify")


@pytest.mark.parametrize("text", ["", "zz", "00" * 16, "00" * 33])
def test_what_is_no_key_is_refused(key_file, text):
    key_file.write_text(text)
    with pytest.raises(keyring.WrongKey):
        keyring.kek()


def test_verify_names_what_is_broken_and_not_what_it_says(key_file):
    row = clients(1)[0]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clients_client SET background = identity_number, identity_index = NULL")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("keys", "verify", stdout=out, stderr=out)
    assert f"clients.client.background of {row.pk}" in out.getvalue()
    assert f"clients.client.identity_index of {row.pk}" in out.getvalue()
    assert "1101051950" not in out.getvalue()


def test_a_new_index_key_finds_everything_again(key_file):
    row = clients(2)[1]
    before = Client.objects.get(pk=row.pk).identity_index
    command("rotate", "--index")
    keyring.forget_keys()
    found = Client.objects.get(pk=row.pk)
    assert bytes(found.identity_index) != bytes(before)
    assert list(keys.broken_values()) == []


def test_another_process_learns_of_a_new_key_within_seconds(key_file, monkeypatch):
    row = clients(1)[0]
    assert keyring.sealing_key_number() == 1
    keyring.make_data_key("seal", 2)  # as another process would
    now = keyring.time.monotonic()
    monkeypatch.setattr(keyring.time, "monotonic", lambda: now + keyring.FRESH_SECONDS + 1)
    row.background = "newer"
    row.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT background FROM clients_client")
        assert key_number(cursor.fetchone()[0]) == 2


def test_files_that_wait_to_be_read_change_over_too(
    key_file, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA_DIR = tmp_path
    admin = make_firm()
    text = "客戶名稱,客戶性質,負責律師\r\n張偉,自然人,lawyer\r\n".encode("big5")
    waiting = stage_import(by=admin, file=io.BytesIO(text), file_name="list.csv")
    staged = stage(admin, [person_row("李静", "13800000102")])
    assert keys.use_of_keys() == {1: 3}  # the file; cells and values of the row
    with django_capture_on_commit_callbacks(execute=True):
        keys.new_data_key()
    with pytest.raises(keys.KeyInUse):
        keys.retire(1)
    command("rotate", "--resume")
    assert keys.use_of_keys() == {2: 3}
    keys.retire(1)
    keyring.forget_keys()
    assert list(keys.broken_values()) == []
    assert choose_encoding(waiting, by=admin, encoding="big5").counts["create"] == 1
    assert commit(staged, admin).counts["created"] == 1


def test_the_index_key_stays_while_an_import_waits(key_file):
    """Rows that wait carry prints made with it: under another they would no longer be seen to repeat."""
    run = stage(make_firm(), [person_row("王芳")])
    with pytest.raises(CommandError, match="imports wait"):
        command("rotate", "--index")
    assert keyring.newest_number(DataKey.Purpose.INDEX) == 1
    run.delete()
    command("rotate", "--index")
    assert keyring.newest_number(DataKey.Purpose.INDEX) == 2
