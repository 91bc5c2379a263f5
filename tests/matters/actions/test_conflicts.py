"""Conflict checks: what is found, what whom is told, who decides, and when a decision holds on."""

import pytest

from clients.actions.links import add_link
from lawcrm.firm.models import AuditEntry, Outbox
from matters.actions.conflicts import (
    Refused,
    check_again,
    check_matter,
    check_matter_again,
    decide_check,
    run_check,
    subjects_of_names,
)
from matters.actions.matters import update_matter
from matters.actions.parties import add_party, change_party
from matters.models import ConflictCheck
from matters.queries.conflicts import Subject, hits_of, search
from tests.clients.build import make_client, make_client_person
from tests.matters.build import make_matter
from tests.people import make_person
from tests.repo.world import wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def partner():
    return make_person("partner")


def keys(name: str, **fields) -> set[tuple]:
    return {found.key for found in search(Subject(name, **fields))}


def test_an_opposing_party_who_is_a_client_is_on_the_other_side(lawyer):
    client = make_client(lawyer, name="北京远洋科技有限公司")
    found = search(Subject("遠洋科技（北京）股份有限公司", role="opposing"))
    hit = next(one for one in found if one.key == ("client", client.pk))
    assert hit.adverse
    assert not next(iter(search(Subject("北京远洋科技有限公司", role="witness")))).adverse


def test_a_client_who_was_opposed_elsewhere_is_found_at_their_own_matter(lawyer):
    other = make_matter(make_client(lawyer), title="Against them", parties=[("opposing", "Tengda Ltd")])
    client = make_client(lawyer, name="腾达有限公司")
    check = check_matter(make_matter(client), by=lawyer)
    hit = check.hits.get()
    assert (hit.matter, hit.adverse) == (other, True)


def test_the_group_of_an_opposing_party_is_found_through_the_network(lawyer):
    mother, daughter = make_client(lawyer, name="Kestrel plc"), make_client(lawyer, name="Wren Ltd")
    add_link(by=lawyer, kind="group_company", from_client=mother, to_client=daughter)
    assert {("client", mother.pk), ("client", daughter.pk)} <= keys("Kestrel")


def test_the_clients_own_group_is_found_among_opposing_parties(lawyer):
    client = make_client(lawyer, name="Wren Ltd")
    add_link(
        by=lawyer, kind="shareholder", from_name="Kestrel plc", outside_kind="organisation", to_client=client
    )
    make_matter(make_client(lawyer), parties=[("opposing", "Kestrel Holdings")])
    hit = check_matter(make_matter(client), by=lawyer).hits.get()
    assert hit.via_client == client
    assert "linked" in hit.reasons


def test_a_company_of_the_same_group_by_its_profile_is_found(lawyer):
    client = make_client(lawyer, name="Something else Ltd", group_name="Kestrel")
    assert ("client", client.pk) in keys("Kestrel plc")


def test_former_names_and_people_are_found_and_say_so(lawyer):
    client = make_client(lawyer, name="New Name Ltd", former_names=["Oldbury Mills Ltd"])
    person = make_client_person(client, "张伟强")
    former = next(one for one in search(Subject("Oldbury Mills")) if one.key == ("client", client.pk))
    assert former.reasons == ("legal_form", "former")
    assert ("person", person.pk) in keys("Zhang Weiqiang")


def test_what_stands_behind_a_wall_is_only_to_be_asked_about(lawyer, partner):
    other = make_person("lawyer2")
    walled = make_client(other, name="Secret Harbour Ltd")
    wall_off("client", walled, partner, raised_by=other)
    for asker in (lawyer, partner):  # out of scope and behind a wall tell the same
        check = run_check([Subject("Secret Harbour")], by=asker)
        seen, hidden = hits_of(check, asker)
        assert (seen, hidden) == ([], 1)
    desk = make_person("manager")
    assert [hit.client for hit in hits_of(check, desk)[0]] == [walled]


def test_whom_a_wall_names_learns_nothing_at_the_desk_either(lawyer):
    desk = make_person("manager")
    walled = make_client(lawyer, name="Secret Harbour Ltd")
    wall_off("client", walled, desk, raised_by=lawyer)
    check = run_check([Subject("Secret Harbour")], by=desk)
    assert hits_of(check, desk) == ([], 1)


def test_nothing_found_is_clear_at_once(lawyer):
    check = run_check([Subject("Nobody Anybody Knows Ltd")], by=lawyer)
    assert (check.decision, check.decided_by) == ("clear", lawyer)


def test_a_new_party_sends_the_check_round_and_a_decision_holds_where_nobody_is_new(lawyer, partner):
    make_client(lawyer, name="Kestrel plc")
    make_client(lawyer, name="Wren Ltd")
    matter = make_matter(make_client(lawyer, name="Our Client Ltd"), parties=[("opposing", "Kestrel")])
    first = ConflictCheck.objects.get(matter=matter)
    assert first.decision == ""
    decide_check(first, by=partner, decision="waived", reason="Both agreed in writing.")
    add_party(matter, by=lawyer, role="witness", name="Unknown Person")
    second = ConflictCheck.objects.get(matter=matter, is_current=True)
    assert (second.decision, second.follows, second.decided_by) == ("waived", first, partner)
    add_party(matter, by=lawyer, role="opposing", name="Wren")
    third = ConflictCheck.objects.get(matter=matter, is_current=True)
    assert third.decision == ""
    assert AuditEntry.objects.filter(verb="conflict.checked", matter_id=matter.pk).count() == 3


def test_a_changed_name_is_checked_and_a_changed_note_is_not(lawyer):
    matter = make_matter(make_client(lawyer), parties=[("opposing", "Kestrel")])
    party = matter.parties.get()
    before = ConflictCheck.objects.filter(matter=matter).count()
    change_party(party, by=lawyer, version=party.version, changes={"note": "Sits in Leeds"})
    assert ConflictCheck.objects.filter(matter=matter).count() == before
    party.refresh_from_db()
    change_party(party, by=lawyer, version=party.version, changes={"name": "Kestrel Air plc"})
    assert ConflictCheck.objects.filter(matter=matter).count() == before + 1
    matter.refresh_from_db()
    assert matter.opposing_party == "Kestrel Air plc"
    assert matter.party_names == ["Kestrel Air plc"]


def test_a_matter_is_found_by_its_parties_in_every_writing(lawyer):
    matter = make_matter(make_client(lawyer), parties=[("related", "腾达有限公司")])
    for words in ("騰達", "tengda", "td"):
        assert list(type(matter).objects.matching(words)) == [matter]


def refused_check(client, name: str, partner) -> ConflictCheck:
    check = run_check(subjects_of_names(client, {"opposing": [name]}), by=client.responsible, client=client)
    return decide_check(check, by=partner, decision="refused", reason="We advise them")


def test_what_was_refused_is_not_opened_until_it_is_waived(lawyer, partner):
    make_client(lawyer, name="Kestrel plc")
    client = make_client(lawyer, name="Wren Ltd")
    check = refused_check(client, "Kestrel", partner)
    with pytest.raises(Refused):
        make_matter(client, parties=[("opposing", "KESTREL")])
    assert not client.matters.exists()
    other = make_matter(client, title="Something else")
    with pytest.raises(Refused):
        add_party(other, by=lawyer, role="opposing", name="Kestrel")
    decide_check(check, by=partner, decision="waived", reason="Both agreed")
    assert add_party(other, by=lawyer, role="opposing", name="Kestrel")


def test_a_refusal_of_one_side_says_nothing_of_the_other(lawyer, partner):
    opposed = make_client(lawyer, name="Kestrel plc")
    refused_check(make_client(lawyer, name="Wren Ltd"), "Kestrel plc", partner)
    assert make_matter(opposed, parties=[("opposing", "Wren Ltd")])


def test_a_refused_matter_stands_still(lawyer, partner):
    make_client(lawyer, name="Kestrel plc")
    matter = make_matter(make_client(lawyer, name="Wren Ltd"), parties=[("opposing", "Kestrel plc")])
    decide_check(matter.conflict_checks.get(), by=partner, decision="refused", reason="We advise them")
    with pytest.raises(Refused):
        update_matter(matter, by=lawyer, version=matter.version, changes={"stage": "preparation"})
    with pytest.raises(Refused):
        add_party(matter, by=lawyer, role="witness", name="Somebody")


def test_a_refusal_holds_when_its_check_is_run_again(lawyer, partner):
    client = make_client(lawyer, name="Wren Ltd")
    check = refused_check(client, "Kestrel plc", partner)
    again = check_again(check, by=lawyer, subjects=subjects_of_names(client, {"opposing": ["Kestrel plc"]}))
    assert (again.decision, again.follows, again.hit_count) == ("refused", check, 0)
    decide_check(again, by=partner, decision="waived", reason="They are gone")
    assert make_matter(client, parties=[("opposing", "Kestrel plc")])


def test_one_of_us_is_found(lawyer):
    colleague = make_person("lawyer2", given_name="Margaret", family_name="Thornton", name_zh="张伟强")
    for name in ("Thornton Margaret", "張偉強", "Zhang Weiqiang"):
        hits = [one for one in search(Subject(name, role="opposing")) if one.source == "colleague"]
        assert [one.colleague_id for one in hits] == [colleague.pk], name
        assert hits[0].adverse
    assert not [one for one in search(Subject("章薇强", role="opposing")) if one.source == "colleague"]


def told(person) -> list[str]:
    rows = Outbox.objects.filter(person=person, channel="app", event__startswith="conflict.")
    return list(rows.order_by("created_at", "pk").values_list("event", flat=True))


def test_the_desk_hears_of_what_waits_and_of_somebody_new(lawyer):
    desk = make_person("manager")
    make_client(make_person("lawyer2"), name="Kestrel plc")
    client = make_client(lawyer, name="Wren Ltd")
    clear = run_check(subjects_of_names(client, {"opposing": ["Nobody"]}), by=lawyer, client=client)
    assert (clear.decision, told(desk)) == ("clear", [])
    matter = make_matter(client, parties=[("opposing", "Kestrel plc")])
    assert told(desk) == ["conflict.waits"]
    assert told(lawyer) == []
    check_matter_again(matter, by=lawyer)
    assert told(desk) == ["conflict.waits"]
    make_client(lawyer, name="Kestrel Ltd")
    check_matter_again(matter, by=lawyer)
    assert told(desk) == ["conflict.waits", "conflict.found_more"]
