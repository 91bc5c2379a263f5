"""What the pages keep, the side doors keep too: notices, mails, imports looked at by another, work under way."""

import io

import pytest
from django.core import mail
from django.test import Client as Browser

from clients.actions.importing.reading import stage_import
from clients.actions.importing.writing import start_commit
from clients.models import Client, ImportRun
from lawcrm.firm import notices
from lawcrm.firm.actions.jobs import run_next_chunk
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.actions.outbox import send_due
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.models import Notice, Outbox
from tests.clients.build import make_client
from tests.people import make_person
from tests.repo.world import WORD, World

pytestmark = pytest.mark.django_db
SHEET = "name,kind,phone,responsible lawyer,address\nAurora Mining Group,Private enterprise,13900000001,lawyer,New Street 9\n"


@pytest.mark.parametrize("name", ["walled", "lawyer2", "lawyer"])
def test_notices_and_mails_about_what_one_may_no_longer_see(name):
    """Queued before the door shut and sent after: each event about the secret rows it tells of, one about all of them."""
    world = World()
    world.plant_secrets()
    person = world.people[name]
    hidden = [p for secret, p in world.secrets.items() if world.is_blind(name, secret)]
    rows = [found for planter in hidden for found in secret_rows(world, planter)]
    for event, text in notices._TEXTS.items():
        tells_of = [row for row, seer in rows if text.fetch(seer, [row.pk])]
        for row in tells_of or [rows[0][0]]:
            notify(to=person, event=event, key=f"{event}:{row.pk}", obj=row)
    for row, _seer in rows:
        notify(to=person, event="follow_up.due", key=f"follow_up.due:{row.pk}", obj=row)
    queued = Outbox.objects.filter(person=person)
    assert set(queued.values_list("event", flat=True)) == set(notices._TEXTS)
    assert set(queued.values_list("object_id", flat=True)) == {row.pk for row, _seer in rows}
    while send_due():
        pass
    browser = Browser()
    browser.force_login(person)
    sent = [f"{one.subject}\n{one.body}\n{getattr(one, 'alternatives', '')}" for one in mail.outbox]
    pages = [browser.get(url).content.decode() for url in ("/notices/", "/")]
    for notice in Notice.objects.filter(person=person)[:200]:
        pages.append(browser.post(f"/notices/{notice.pk}/open/", follow=True).content.decode())
    assert not world.hidden_words(name) & {word for text in (*sent, *pages) for word in WORD.findall(text)}


def secret_rows(world, planter):
    """The rows that are in this secret only, each with somebody who may see them."""
    for model, row in planter.rows.items():
        if row.pk != getattr(world.open.rows.get(model), "pk", None) and len(str(row.pk)) == 36:
            yield row, planter.owner


@pytest.fixture
def firm(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    admin, colleague = make_person("admin"), make_person("admin2", role="administrator")
    owner = make_person("lawyer")
    client = make_client(owner, name="Aurora Mining Group", phone="13900000001", address="Secret Lane 7")
    return admin, colleague, owner, client


def stage(by) -> ImportRun:
    run = stage_import(by=by, file=io.BytesIO(SHEET.encode()), file_name="list.csv")
    while run.state == ImportRun.State.READING and run.job_id and run_next_chunk(run.job_id):
        pass
    run.refresh_from_db()
    return run


def test_an_import_looked_at_by_an_administrator_outside_the_wall(firm):
    """What another's import would change of a client does not show its values to whom a wall keeps out."""
    admin, colleague, owner, client = firm
    run = stage(admin)
    assert run.rows.get().client_id == client.pk or client.pk in run.rows.get().candidates
    raise_wall(client, kind="client", mode="excludes", people=[colleague], reason="conflict", by=owner)
    browser = Browser()
    browser.force_login(colleague)
    page = browser.get(f"/clients/import/{run.pk}/").content.decode()
    assert "Secret Lane" not in page
    assert str(client.pk) not in page


def test_an_import_by_an_administrator_outside_the_wall(firm):
    admin, _colleague, owner, client = firm
    raise_wall(client, kind="client", mode="excludes", people=[admin], reason="conflict", by=owner)
    run = stage(admin)
    browser = Browser()
    browser.force_login(admin)
    page = browser.get(f"/clients/import/{run.pk}/").content.decode()
    assert "Secret Lane" not in page
    assert str(client.pk) not in page


def test_a_wall_raised_between_the_start_of_an_import_and_its_work_bites(firm):
    """The job goes by the rights its requester has when it runs: the client behind the wall is not touched."""
    admin, _colleague, owner, client = firm
    run = stage(admin)
    row = run.rows.get()
    row.decision = "update"
    row.save()
    start_commit(run, by=admin)
    raise_wall(client, kind="client", mode="excludes", people=[admin], reason="conflict", by=owner)
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    assert Client.objects.get(pk=client.pk).address == "Secret Lane 7"


def test_a_role_taken_away_stops_the_work_under_way(firm):
    admin, _colleague, _owner, client = firm
    run = stage(admin)
    start_commit(run, by=admin)
    admin.role = "lawyer"
    admin.scope = "own"
    admin.save()
    run.refresh_from_db()
    while run_next_chunk(run.job_id):
        pass
    assert Client.objects.count() == 1
    assert Client.objects.get(pk=client.pk).address == "Secret Lane 7"
