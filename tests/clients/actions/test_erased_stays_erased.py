"""What was erased and comes back by a restore goes again; the list of erasures outside the database keeps that."""

import pytest
from django.core.management import call_command

from clients import suppressions, well
from clients.models import Client, ErasureRequest, Suppression
from tests.clients.actions.test_erasure import erased, hits
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    """The list outside the database, apart from everybody's."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def partner():
    return make_person("partner")


@pytest.fixture
def lawyer():
    return make_person("lawyer")


def test_a_restored_record_is_erased_again(partner, lawyer, django_capture_on_commit_callbacks, capsys):
    client = make_client(lawyer, name="Quixotic Zephyr Holdings")
    erased(client, partner, django_capture_on_commit_callbacks)
    assert bytes(Suppression.objects.get().digest) in suppressions.digests()
    Suppression.objects.all().delete()  # an older database knows nothing of it
    ErasureRequest.objects.all().delete()
    restored = Client(
        pk=client.pk, name="Quixotic Zephyr Holdings", kind="private", responsible=lawyer, sort_key="q"
    )
    restored.save(force_insert=True)
    bystander = make_client(lawyer)
    call_command("reapply_erasures", dry_run=True)
    assert Client.objects.filter(pk=client.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reapply_erasures")
    assert not Client.objects.filter(pk=client.pk).exists()
    assert Client.objects.filter(pk=bystander.pk).exists()
    assert hits(["Quixotic"]) == []
    assert Suppression.objects.count() == 1
    call_command("reapply_erasures")
    assert "Nothing to erase again" in capsys.readouterr().out


def test_the_doctor_sees_what_came_back(partner, lawyer, django_capture_on_commit_callbacks):
    client = make_client(lawyer)
    erased(client, partner, django_capture_on_commit_callbacks)
    assert set(findings().values()) == {True}
    Client(pk=client.pk, name="Back", kind="private", responsible=lawyer, sort_key="b").save(
        force_insert=True
    )
    assert findings()["nothing that was erased has come back by a restore"] is False
    with django_capture_on_commit_callbacks(execute=True):
        call_command("reapply_erasures")
    assert set(findings().values()) == {True}
    suppressions.path().unlink()
    assert findings()["the list of erasures holds all that were made"] is False


LISTED = "the list of erasures holds all that were made"


def lines() -> list[str]:
    return suppressions.path().read_text().splitlines(keepends=True)


def lose_lines(keep: list[str]) -> None:
    suppressions.path().write_text("".join(keep))


def test_a_line_lost_in_a_crash_is_written_by_the_doctor(
    partner, lawyer, django_capture_on_commit_callbacks, capsys
):
    for name in ("First Lost Line Ltd", "Second Lost Line Ltd"):
        erased(make_client(lawyer, name=name), partner, django_capture_on_commit_callbacks)
    whole = lines()
    lose_lines([*whole[:2], whole[2][:30]])  # killed in the middle of the line
    finding = next(one for one in well.erasures() if one.what == LISTED)
    assert not finding.is_well
    assert "doctor --repair" in finding.remedy
    with pytest.raises(SystemExit):  # other things are not well here
        call_command("doctor", "--repair")
    assert f"DONE  {LISTED}" in capsys.readouterr().out
    assert findings()[LISTED] is True
    assert lines()[-1] == whole[2]


def test_the_first_line_of_all_can_be_written_again_too(partner, lawyer, django_capture_on_commit_callbacks):
    client = make_client(lawyer)
    erased(client, partner, django_capture_on_commit_callbacks)
    lose_lines(lines()[:1])
    next(one for one in well.erasures() if one.what == LISTED).repair()
    assert findings()[LISTED] is True


def test_a_lost_list_is_not_repaired_by_another(partner, lawyer, django_capture_on_commit_callbacks):
    """Its key is gone with it: lines under another key would match nothing, and hide that."""
    erased(make_client(lawyer), partner, django_capture_on_commit_callbacks)
    suppressions.path().unlink()
    erased(make_client(lawyer, name="Another"), partner, django_capture_on_commit_callbacks)
    finding = next(one for one in well.erasures() if one.what == LISTED)
    assert (finding.is_well, finding.repair) == (False, None)
    assert "from its copy" in finding.remedy


def findings() -> dict[str, bool]:
    return {finding.what: finding.is_well for finding in well.erasures()}


def test_the_list_names_nobody(partner, lawyer, django_capture_on_commit_callbacks):
    client = make_client(lawyer, name="Quixotic Zephyr Holdings")
    erased(client, partner, django_capture_on_commit_callbacks)
    text = suppressions.path().read_text()
    assert "Quixotic" not in text and str(client.pk) not in text
    assert suppressions.path().stat().st_mode & 0o077 == 0
