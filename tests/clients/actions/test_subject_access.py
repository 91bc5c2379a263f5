"""Everything held, found: the pack has every word planted around somebody; privileged things stand apart."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from clients.actions.subject_access import as_json, make_pack
from clients.models import Client, Person
from clients.queries.subject_pack import count_by_table, gather
from clients.subjects import Subject
from interactions.models import Contact
from lawcrm.firm.actions.walls import raise_wall
from lawcrm.firm.inventory import FieldClass, class_of, own_models
from lawcrm.firm.models import AuditEntry, Wall
from matters.actions.matters import open_matter, record_progress
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person
from tests.repo.world import Planter, canary

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def partner():
    return make_person("partner")


def about(row) -> Subject:
    return Subject("client" if isinstance(row, Client) else "person", row.pk, row.name)


def text_of(tables, *, for_review=None) -> str:
    return json.dumps(
        [r.values for t in tables for r in t.records if for_review is None or bool(r.review) == for_review],
        ensure_ascii=False,
    )


def words_of_people(name: str, planter) -> set[str]:
    """What was planted in columns that tell of people, sealed ones too."""
    told = {
        canary(name, model._meta.label, field.name)
        for model in own_models()
        for field in model._meta.concrete_fields
        if class_of(model, field) in (FieldClass.PERSONAL, FieldClass.SEALED) and field.name != "sort_key"
    }
    return told & (planter.canaries | planter.sealed)


def test_every_word_planted_around_a_client_is_in_its_pack(lawyer):
    planter = Planter("subject", lawyer).plant_all()
    Planter("other", lawyer).plant_all()
    row = planter.rows[Client]
    text = text_of(gather(about(row)))
    models = [
        apps.get_model("clients", name) for name in ("Person", "PersonFact", "PersonPair", "PersonMerge")
    ]
    of_person = {canary("subject", m._meta.label, f.name) for m in models for f in m._meta.concrete_fields}
    missing = {word for word in words_of_people("subject", planter) if word not in text} - of_person
    assert missing == set()
    person = text_of(gather(about(planter.rows[Person])))
    assert {word for word in of_person & words_of_people("subject", planter) if word not in person} == set()


def test_privileged_things_stand_apart(lawyer, partner):
    client = make_client(lawyer, note="Difficult.", background="Grew up in Dalian.", phone="13800001111")
    matter = open_matter(
        by=lawyer,
        client=client,
        title="Lease",
        kind="civil",
        service_type="advice",
        accepted_on=client.created_at.date(),
    )
    record_progress(matter, by=lawyer, text="Our weak point is the date.", on=client.created_at.date())
    make_contact(client, lawyer, note="An ordinary call.")
    make_contact(client, lawyer, note="Do not tell them.", confidentiality="confidential")
    tables = make_pack(about(client), client, by=None)
    handed_out, kept_back = text_of(tables, for_review=False), text_of(tables, for_review=True)
    for word in ("13800001111", "An ordinary call.", "Lease"):
        assert word in handed_out
    for word in ("Difficult.", "Grew up in Dalian.", "Our weak point", "Do not tell them."):
        assert word in kept_back and word not in handed_out
    made = AuditEntry.objects.get(verb="subject.pack_made")
    assert (made.object_id, made.detail["rows"]) == (client.pk, sum(len(table.records) for table in tables))
    data = as_json(about(client), tables)
    assert {row["why"] for table in data["for_review"] for row in table["rows"]} <= {"privileged", "others"}
    json.dumps(data)
    theirs = make_pack(about(client), client, by=partner)
    read = text_of(theirs, for_review=False) + text_of(theirs, for_review=True)
    assert "An ordinary call." in read
    assert "Do not tell them." not in read, "confidential to those who work on the client"
    seen, held = (dict(count_by_table(about(client), who))["interactions.Contact"] for who in (partner, None))
    assert (seen, held) == (1, 2)


def test_a_persons_pack_has_the_contacts_they_took_part_in(lawyer):
    client = make_client(lawyer)
    person = make_client_person(client, name="Anna Bell")
    make_contact(client, lawyer, note="She wants an answer by Friday.", people=[person])
    make_contact(client, lawyer, note="Somebody else.")
    text = text_of(gather(about(person)))
    assert "She wants an answer" in text and "Somebody else" not in text
    assert "Anna Bell" in text


def test_the_pack_stays_on_its_side_of_the_wall(lawyer, partner):
    client = make_client(lawyer)
    matter = open_matter(
        by=lawyer,
        client=client,
        title="Secret",
        kind="civil",
        service_type="advice",
        accepted_on=client.created_at.date(),
    )
    Contact.objects.filter(pk=make_contact(client, lawyer, note="About the secret.").pk).update(matter=matter)
    raise_wall(
        matter, kind=Wall.Kind.MATTER, mode=Wall.Mode.EXCLUDES, people=[partner], reason="Apart.", by=lawyer
    )
    assert "secret" not in text_of(gather(about(client), partner)).lower()
    assert "About the secret." in text_of(gather(about(client)))
    assert dict(count_by_table(about(client), partner)).get("matters.Matter") is None
    assert dict(count_by_table(about(client)))["matters.Matter"] == 1


def test_not_for_everybody(lawyer):
    client = make_client(lawyer)
    with pytest.raises(PermissionError):
        make_pack(about(client), client, by=lawyer)


def test_from_the_shell(lawyer):
    client = make_client(lawyer, name="Steady Works", note="Difficult.")
    out = StringIO()
    call_command("subject_access", client=client.pk, as_json=True, stdout=out)
    data = json.loads(out.getvalue())
    assert data["subject"]["name"] == "Steady Works"
    assert "clients.Client" in {table["table"] for table in data["held"]}
    readable = StringIO()
    call_command("subject_access", client=client.pk, stdout=readable)
    assert "Name: Steady Works" in readable.getvalue()
    assert readable.getvalue().index("For review") < readable.getvalue().index("Difficult.")
    with pytest.raises(CommandError):
        call_command("subject_access", person=client.pk)
