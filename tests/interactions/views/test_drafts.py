"""Nothing typed is lost: drafts on the server, undo, the timer, and what a form starts with."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from interactions.actions.drafts import MOST, keep_draft
from interactions.actions.follow_ups import create_follow_up
from interactions.models import Contact, ContactDraft, FollowUp, Promise
from interactions.queries.drafts import old_drafts
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.interactions.views.test_logging import HTMX, LOG, send, trigger
from tests.people import make_person

pytestmark = pytest.mark.django_db
SAVE = "/interactions/log/drafts/"


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods", grade="A")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def keep(desk, harbour, **fields):
    answer = desk.post(SAVE, {"client": harbour.pk, **fields})
    assert answer.status_code == 200
    return json.loads(answer.content)


def test_what_is_typed_is_kept_sealed_and_comes_back_whole(desk, harbour):
    anna = make_client_person(harbour, name="Anna Bell")
    kept = keep(
        desk, harbour, note="Told them\n\nthe blue heron", channel="email", purposes=["billing", "greeting"],
        people=[anna.pk], mood="worried", promise_text=["Send it", ""], promise_who=["client", ""],
        promise_on=["2030-01-10", ""], password="no field of the form",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT fields FROM interactions_contactdraft")
        assert b"heron" not in bytes(cursor.fetchone()[0])
    assert "password" not in ContactDraft.objects.get().fields
    page = desk.get(f"{LOG}?draft={kept['draft']}", headers=HTMX).content.decode()
    for words in (
        "the blue heron", 'value="email" checked', 'value="billing" checked', 'value="worried" checked',
        f'value="{anna.pk}" checked', 'value="Send it"', 'value="2030-01-10"', f'name="draft" value="{kept["draft"]}"',
    ):  # fmt: skip
        assert words in page, words


def test_it_stands_on_the_page_of_its_client_until_it_is_logged(desk, harbour):
    kept = keep(desk, harbour, note="Begun and left")
    url = f"/clients/{harbour.pk}/"
    assert "Go on with “Begun and left”" in desk.get(url).content.decode()
    assert send(desk, harbour, draft=kept["draft"]).status_code == 204
    assert not ContactDraft.objects.exists()
    assert "Go on with" not in desk.get(url).content.decode()


def test_two_tabs_never_write_over_each_other(desk, harbour):
    first = keep(desk, harbour, note="One")
    second = keep(desk, harbour, note="Two")  # another tab, another form
    assert first["draft"] != second["draft"]
    again = keep(desk, harbour, note="One more", draft=first["draft"], draft_version=first["version"])
    assert again == {"draft": first["draft"], "version": 2}
    # the second tab took up the first draft too, and is behind: its words begin a draft of their own
    apart = keep(desk, harbour, note="Else", draft=first["draft"], draft_version=first["version"])
    assert apart["draft"] not in (first["draft"], second["draft"])
    notes = {json.loads(row.fields)["note"][0] for row in ContactDraft.objects.all()}
    assert notes == {"One more", "Two", "Else"}


def test_a_draft_is_its_writers_alone(desk, harbour):
    kept = keep(desk, harbour, note="Mine")
    desk.force_login(make_person("partner"))
    assert desk.get(f"{LOG}?draft={kept['draft']}").status_code == 404
    assert desk.post(f"{SAVE}{kept['draft']}/drop/").status_code == 404
    assert "Mine" not in desk.get(f"/clients/{harbour.pk}/").content.decode()
    theirs = keep(desk, harbour, note="Theirs", draft=kept["draft"], draft_version=1)
    assert theirs["draft"] != kept["draft"]
    assert send(desk, harbour, draft=kept["draft"]).status_code == 204
    assert ContactDraft.objects.filter(pk=kept["draft"]).exists()


def test_thrown_away_it_is_gone(desk, harbour):
    kept = keep(desk, harbour, note="No")
    assert desk.post(f"{SAVE}{kept['draft']}/drop/", headers=HTMX).status_code == 200
    assert not ContactDraft.objects.exists()


def test_the_oldest_give_way_and_old_ones_go(lawyer, harbour):
    for number in range(MOST + 2):
        keep_draft(
            by=lawyer,
            client=harbour,
            fields={"note": [str(number)]},
            pk=None,
            version=0,
            call_started_at=None,
        )
    assert ContactDraft.objects.count() == MOST
    assert not old_drafts(clock.now() - timedelta(days=1)).exists()
    assert old_drafts(clock.now()).count() == MOST


def test_too_long_a_draft_is_not_kept(desk, harbour):
    assert desk.post(SAVE, {"client": harbour.pk, "note": "x" * 70_000}).status_code == 413


def test_who_does_not_see_the_client_keeps_nothing(desk):
    other = make_client(make_person("lawyer2"))
    assert desk.post(SAVE, {"client": other.pk, "note": "x"}).status_code == 404


# -- undo ----------------------------------------------------------------------------------------------------


def test_undo_takes_back_all_that_came_of_it_and_gives_the_words_back(desk, harbour, lawyer):
    row = create_follow_up(by=lawyer, client=harbour, title="Call", due_at=clock.now())
    told = trigger(
        send(
            desk, harbour, does=row.pk, next="week", promise_text=["Send it"], promise_who=[""], promise_on=[""],
            confidentiality="confidential",
        )
    )  # fmt: skip
    answer = desk.post(told["lawcrm:toast"]["undo"], headers=HTMX)
    again = trigger(answer)["lawcrm:toast"]["url"]
    assert Contact.objects.get().withdrawn_at
    row.refresh_from_db()
    assert row.state == "open"
    assert set(FollowUp.objects.exclude(pk=row.pk).values_list("state", flat=True)) == {"cancelled"}
    page = desk.get(again).content.decode()
    assert "Told them the hearing is on Monday." in page
    assert 'value="Send it"' in page


def test_later_or_by_somebody_else_it_is_withdrawn_for_a_reason_instead(desk, harbour):
    contact = make_contact(harbour)
    Contact.objects.filter(pk=contact.pk).update(created_at=clock.now() - timedelta(minutes=5))
    url = reverse("interactions:undo", args=[contact.pk])
    assert "too long ago" in trigger(desk.post(url, headers=HTMX))["lawcrm:toast"]["text"]
    assert desk.post(url).url == f"/interactions/{contact.pk}/withdraw/"
    fresh = make_contact(harbour)
    desk.force_login(make_person("partner"))
    desk.post(reverse("interactions:undo", args=[fresh.pk]), headers=HTMX)
    fresh.refresh_from_db()
    assert fresh.withdrawn_at is None


# -- the timer -----------------------------------------------------------------------------------------------


def test_the_timer_gives_time_and_minutes(desk, harbour):
    started = clock.now() - timedelta(minutes=24, seconds=30)
    send(
        desk,
        harbour,
        call_started=started.isoformat(),
        call_ended=(started + timedelta(minutes=11)).isoformat(),
    )
    contact = Contact.objects.get()
    assert (contact.at, contact.minutes) == (started, 11)
    send(desk, harbour, call_started=started.isoformat(), call_ended="", idempotency_key="k2")
    assert Contact.objects.exclude(pk=contact.pk).get().minutes == 25


def test_what_is_typed_counts_more_than_the_timer(desk, harbour):
    started = clock.now() - timedelta(minutes=24)
    send(desk, harbour, call_started=started.isoformat(), minutes="5")
    assert Contact.objects.get().minutes == 5


def test_a_running_call_is_remembered_with_its_draft(desk, harbour):
    kept = keep(desk, harbour, note="", call_started=clock.now().isoformat())
    assert ContactDraft.objects.get().call_started_at is not None
    assert "A call is running" in desk.get(f"/clients/{harbour.pk}/").content.decode()
    keep(
        desk, harbour, draft=kept["draft"], draft_version=1, call_started=clock.now().isoformat(),
        call_ended=clock.now().isoformat(),
    )  # fmt: skip
    assert ContactDraft.objects.get().call_started_at is None


# -- what a form starts with -----------------------------------------------------------------------------------


def chosen_channel(page: str) -> str:
    return re.search(r'name="channel" value="(\w+)" checked', page)[1]


def test_the_channel_is_the_last_one_else_the_one_they_prefer(desk, lawyer, harbour):
    url = f"{LOG}?client={harbour.pk}"
    assert chosen_channel(desk.get(url, headers=HTMX).content.decode()) == "phone"
    liked = make_client(lawyer, name="Liked", preferred_channel="email")
    assert chosen_channel(desk.get(f"{LOG}?client={liked.pk}", headers=HTMX).content.decode()) == "email"
    make_contact(harbour, channel="video")
    assert chosen_channel(desk.get(url, headers=HTMX).content.decode()) == "video"
    assert chosen_channel(desk.get(f"/clients/{harbour.pk}/").content.decode()) == "video"
    assert chosen_channel(desk.get(f"{url}&channel=letter", headers=HTMX).content.decode()) == "letter"


def test_what_was_planned_for_this_hour_is_what_one_is_doing(desk, lawyer, harbour):
    create_follow_up(by=lawyer, client=harbour, title="Later", due_at=clock.now() + timedelta(days=2))
    now = create_follow_up(
        by=lawyer,
        client=harbour,
        title="Now",
        due_at=clock.now() + timedelta(minutes=20),
        purpose="needs_review",
    )
    for url in (f"{LOG}?client={harbour.pk}", f"/clients/{harbour.pk}/"):
        page = desk.get(url, headers=HTMX if "log" in url else {}).content.decode()
        assert f'name="does" value="{now.pk}" checked' in page
        assert 'value="needs_review" checked' in page


def test_clients_planned_for_this_hour_are_offered_first(desk, lawyer, harbour):
    make_contact(make_client(lawyer, name="Recent"))
    create_follow_up(by=lawyer, client=harbour, title="Now", due_at=clock.now())
    page = desk.get(LOG, headers=HTMX).content.decode()
    assert page.index("Harbour Foods") < page.index("Recent")


# -- promises ---------------------------------------------------------------------------------------------------


def test_a_promise_of_ours_is_the_duty_of_whoever_made_it(desk, lawyer, harbour):
    colleague = make_person("lawyer2")
    answer = send(
        desk, harbour, promise_text=["Send the draft", "Ring the court"], promise_who=[str(colleague.pk), ""],
        promise_on=["", ""], colleagues=[str(colleague.pk), str(lawyer.pk)],
    )  # fmt: skip
    assert answer.status_code == 204
    owners = {row.title: row.owner for row in FollowUp.objects.all()}
    assert owners == {"Send the draft": colleague, "Ring the court": lawyer}
    assert Promise.objects.get(text="Send the draft").owner == colleague
    assert Contact.objects.get().colleague_ids == [colleague.pk]


def test_nobody_outside_the_firm_promises_for_us(desk, harbour):
    stranger = "01920000-0000-7000-8000-000000000000"
    answer = send(desk, harbour, promise_text=["x"], promise_who=[stranger], promise_on=[""])
    assert answer.status_code == 422
    assert "choose who promised." in answer.content.decode()
    assert send(desk, harbour, colleagues=[stranger]).status_code == 422


def test_logged_for_somebody_both_names_are_kept_and_shown(desk, lawyer, harbour):
    partner = make_person("partner", given_name="Anna", family_name="Bell")
    send(desk, harbour, with_lawyer=partner.pk)
    contact = Contact.objects.get()
    assert (contact.with_lawyer, contact.logged_by) == (partner, lawyer)
    assert AuditEntry.objects.get(verb="contact.logged").on_behalf_of == str(partner)
    for url in (f"/interactions/{contact.pk}/", f"/clients/{harbour.pk}/", "/interactions/"):
        page = desk.get(url).content.decode()
        assert "Anna Bell" in page
        assert "Wei Chen" in page
    assert "Wei Chen, on behalf of Anna Bell" in desk.get(f"/interactions/{contact.pk}/").content.decode()
