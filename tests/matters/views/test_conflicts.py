"""Conflict checks over the web: from the search box, before a matter is opened, decided, printed."""

import pytest

from lawcrm.firm import clock
from matters.actions.conflicts import run_check
from matters.models import ConflictCheck, Matter
from matters.queries.conflicts import Subject
from tests.clients.build import make_client
from tests.matters.build import make_matter
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def signed_in(client, lawyer):
    client.force_login(lawyer)
    return client


def test_names_are_checked_from_the_search_box_in_one_step(signed_in, lawyer):
    known = make_client(lawyer, name="Kestrel plc")
    answer = signed_in.post("/matters/conflicts/new/", {"names": "Kestrel Ltd"}, follow=True)
    page = answer.content.decode()
    assert known.name in page
    assert "legal form" in page


def test_the_asker_is_sent_to_the_desk_and_reads_no_name(signed_in, lawyer):
    desk = make_person("manager")
    make_client(make_person("lawyer2"), name="Secret Harbour Ltd")
    answer = signed_in.post("/matters/conflicts/new/", {"names": "Secret Harbor"}, follow=True)
    page = answer.content.decode()
    assert "Ask the conflicts desk" in page
    assert "Secret Harbour" not in page
    assert desk.display_name in page
    check = ConflictCheck.objects.get()
    refused = signed_in.post(f"/matters/conflicts/{check.pk}/decide/", {"decision": "clear", "reason": "x"})
    assert "conflicts desk decides" in refused.content.decode()
    certificate = signed_in.get(f"/matters/conflicts/{check.pk}/certificate/").content.decode()
    assert "Secret Harbour" not in certificate


def test_a_lawyer_does_not_decide_on_a_hit_and_a_partner_gives_the_reason(client, lawyer):
    make_client(lawyer, name="Kestrel plc")
    check = run_check([Subject("Kestrel")], by=lawyer, client=make_client(lawyer))
    url = f"/matters/conflicts/{check.pk}/decide/"
    client.force_login(lawyer)
    client.post(url, {"decision": "waived", "reason": "I say so"})
    client.force_login(make_person("partner"))
    assert "Say why" in client.post(url, {"decision": "waived"}).content.decode()
    client.post(url, {"decision": "waived", "reason": "Both agreed."})
    check.refresh_from_db()
    assert (check.decision, check.decided_by.username) == ("waived", "partner")
    page = client.get(f"/matters/conflicts/{check.pk}/certificate/").content.decode()
    assert check.reference in page
    assert "Both agreed." in page


def test_a_prospects_check_is_for_who_asked_and_the_desk(client, lawyer):
    check = run_check([Subject("Prospect Ltd")], by=lawyer)
    for name, status in (("lawyer2", 404), ("partner", 404), ("manager", 200)):
        client.force_login(make_person(name))
        assert client.get(f"/matters/conflicts/{check.pk}/").status_code == status


def test_before_a_matter_is_opened_its_conflicts_are_shown_once(signed_in, lawyer):
    make_client(lawyer, name="Kestrel plc")
    ours = make_client(lawyer)
    values = {
        "title": "New", "kind": "civil", "service_type": "litigation", "responsible": lawyer.pk,
        "accepted_on": clock.today().isoformat(), "stage": "intake", "opposing": "Kestrel Ltd\n王小明",
    }  # fmt: skip
    url = f"/matters/new/?client={ours.pk}"
    answer = signed_in.post(url, values)
    assert "Kestrel plc" in answer.content.decode()
    assert not Matter.objects.exists()
    seen = answer.context["form"].warning_codes
    signed_in.post(url, values | {"seen_warnings": seen})
    matter = Matter.objects.get()
    assert [(one.name, one.kind) for one in matter.parties.all()] == [
        ("Kestrel Ltd", "organisation"),
        ("王小明", "person"),
    ]
    page = signed_in.get(f"/matters/{matter.pk}/").content.decode()
    assert "waits for a decision" in page


def test_parties_and_team_on_the_page(signed_in, lawyer):
    matter = make_matter(make_client(lawyer))
    helper = make_person("lawyer2")
    signed_in.post(f"/matters/{matter.pk}/parties/new/", {"name": "Court No. 2", "role": "authority"})
    signed_in.post(f"/matters/{matter.pk}/team/", {"user": helper.pk, "role": "assistant"})
    page = signed_in.get(f"/matters/{matter.pk}/").content.decode()
    assert "Court No. 2" in page
    assert helper.display_name in page
    party = matter.parties.get()
    values = {
        "version": 1,
        "name": "Court No. 3",
        "role": "authority",
        "kind": "organisation",
        "other_names": "CN3",
    }
    signed_in.post(f"/matters/{matter.pk}/parties/{party.pk}/", values)
    party.refresh_from_db()
    assert (party.name, party.other_names) == ("Court No. 3", ["CN3"])
    signed_in.post(f"/matters/{matter.pk}/team/", {"user": helper.pk})
    assert not matter.team.exists()


def test_the_list_shows_what_waits(client, lawyer):
    make_client(lawyer, name="Kestrel plc")
    run_check([Subject("Kestrel")], by=lawyer)
    run_check([Subject("Unheard Of")], by=lawyer)
    client.force_login(lawyer)
    page = client.get("/matters/conflicts/").content.decode()
    assert "Kestrel" in page
    assert "Unheard" not in page
    assert "Unheard" in client.get("/matters/conflicts/?state=all").content.decode()


def test_the_names_that_were_asked_stand_in_the_form_of_the_matter(signed_in, lawyer):
    ours = make_client(lawyer)
    asked = f"/matters/conflicts/new/?client={ours.pk}"
    assert asked in signed_in.get(f"/matters/new/?client={ours.pk}").content.decode()
    page = signed_in.post(asked, {"names": "Kestrel Ltd\nWei Chen"}, follow=True).content.decode()
    check = ConflictCheck.objects.get()
    form = f"/matters/new/?client={ours.pk}&amp;check={check.pk}"
    assert form in page
    assert "Kestrel Ltd\nWei Chen</textarea>" in signed_in.get(form.replace("&amp;", "&")).content.decode()


def test_a_check_one_may_not_see_gives_no_names(signed_in, lawyer):
    check = run_check([Subject("Secret Harbour")], by=make_person("lawyer2"))
    assert signed_in.get(f"/matters/new/?client={make_client(lawyer).pk}&check={check.pk}").status_code == 404
