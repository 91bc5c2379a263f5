"""The timeline narrowed by kind and by words; what is pinned above it; the brief."""

import pytest
from django.urls import reverse

from clients.models import GradeChange
from interactions.actions.contacts import PromiseMade
from interactions.actions.follow_ups import create_follow_up
from interactions.actions.must_know import MOST, TooMany, pin_contact, take_down, write_must_know
from interactions.models import MustKnow
from interactions.timeline import Wanted, timeline_page
from lawcrm.firm import clock
from lawcrm.firm.models import AuditEntry
from matters.actions.matters import open_matter
from surveys.actions.surveys import answer_survey, send_survey
from tests.clients.build import make_client, make_client_person
from tests.interactions.build import make_contact
from tests.people import make_person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def lawyer():
    return make_person("lawyer")


@pytest.fixture
def harbour(lawyer):
    return make_client(lawyer, name="Harbour Foods")


@pytest.fixture
def desk(client, lawyer):
    client.force_login(lawyer)
    return client


def titles(user, client, kinds=(), words=""):
    page = timeline_page(user, client, wanted=Wanted.of(kinds, words))
    return [line.item.title for line in page.lines if not line.item.title.startswith("Relationship")]


@pytest.fixture
def full(lawyer, harbour):
    """One of each kind."""
    open_matter(
        by=lawyer, client=harbour, title="Lease of the warehouse", kind="civil", service_type="advice",
        accepted_on=clock.today(),
    )  # fmt: skip
    GradeChange.objects.create(
        client=harbour, on=clock.today(), old="B", new="A", origin="hand", reason="They doubled the fees"
    )
    _invitation, token = send_survey(by=lawyer, client=harbour, occasion="regular", language="en")
    answer_survey(token, marks={}, nps=9, text="Quick and clear")
    done = create_follow_up(by=lawyer, client=harbour, title="Ring about rent", due_at=clock.now())
    make_contact(harbour, note="The rent goes up", does_follow_up=done)
    make_contact(harbour, channel="email", purposes=["complaint"], initiator="client", note="Late answer")
    make_contact(harbour, channel="event", purposes=["greeting"], note="Dinner")
    return harbour


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ({"matter"}, {"Matter accepted: Lease of the warehouse"}),
        ({"survey"}, {"Survey sent", "Survey answered"}),
        ({"standing"}, {"Grade changed from B to A"}),
        ({"complaint"}, {"Email"}),
        ({"care"}, {"Event"}),
        ({"follow_up"}, {"Follow-up done: Ring about rent"}),
        ({"contact"}, {"Phone", "Email", "Event"}),
        ({"complaint", "survey"}, {"Email", "Survey sent", "Survey answered"}),
    ],
)
def test_chips_show_one_kind_or_several(lawyer, full, kinds, expected):
    assert set(titles(lawyer, full, kinds)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rent", {"Phone", "Follow-up done: Ring about rent"}),
        ("RENT goes", {"Phone"}),
        ("warehouse", {"Matter accepted: Lease of the warehouse"}),
        ("doubled", {"Grade changed from B to A"}),
        ("quick", {"Survey answered"}),
        ("greeting", {"Event"}),  # the name of a purpose, not stored in words
        ("100%", set()),
        ("nowhere", set()),
    ],
)
def test_words_are_looked_for_in_everything_that_is_shown(lawyer, full, words, expected):
    assert set(titles(lawyer, full, words=words)) == expected


def test_people_and_promises_are_found_too(lawyer, harbour):
    anna = make_client_person(harbour, name="Anna Bell")
    make_contact(harbour, people=[anna], promises=[PromiseMade(text="Send the accounts", by_firm=False)])
    assert titles(lawyer, harbour, words="bell") == ["Phone"]
    page = timeline_page(lawyer, harbour, wanted=Wanted.of((), "accounts"))
    assert page.lines[0].item.promised == ("The client promised: Send the accounts",)
    assert "<mark>accounts</mark>" in page.drawn


def test_a_sealed_note_is_not_looked_into(lawyer, harbour):
    make_contact(harbour, note="blue heron", confidentiality="confidential")
    assert titles(lawyer, harbour, words="heron") == []


def test_marks_never_open_a_tag(lawyer, harbour):
    make_contact(harbour, note="<b>a&amp;b</b>")
    drawn = timeline_page(lawyer, harbour, wanted=Wanted.of((), "b")).drawn
    assert "<b>" not in drawn
    assert "&lt;<mark>b</mark>&gt;" in drawn


def test_what_is_looked_for_is_posted_and_never_readable_in_an_address(desk, full):
    url = reverse("interactions:client_timeline", args=[full.pk])
    answer = desk.post(url, {"q": "rent", "show": ["contact"]})
    assert answer.status_code == 302
    assert "rent" not in answer.url
    page = desk.get(answer.url).content.decode()
    assert "The <mark>rent</mark> goes up" in page
    assert "Late answer" not in page
    part = desk.post(url, {"q": "rent"}, headers=HTMX).content.decode()
    assert "<html" not in part
    assert "<mark>rent</mark>" in part


def test_older_pages_stay_narrowed(desk, harbour):
    for number in range(60):
        make_contact(harbour, note=f"rent {number}")
    make_contact(harbour, note="else", channel="email")
    url = reverse("interactions:client_timeline", args=[harbour.pk])
    first = desk.post(url, {"q": "rent"}, headers=HTMX).content.decode()
    older = first.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    rest = desk.get(older, headers=HTMX).content.decode()
    assert first.count("story-item") == 50
    assert rest.count("story-item") == 10


@pytest.mark.parametrize("number", [3, 30])
def test_a_narrowed_page_is_one_statement_however_long(django_assert_num_queries, lawyer, harbour, number):
    for _ in range(number):
        make_contact(harbour, note="rent")
    with django_assert_num_queries(1):
        assert len(timeline_page(lawyer, harbour, wanted=Wanted.of((), "rent")).lines) == number


# -- what must be known --------------------------------------------------------------------------------------


def test_pinned_words_stand_on_the_page_and_on_the_card_until_taken_down(desk, lawyer, harbour):
    desk.post(reverse("interactions:must_know", args=[harbour.pk]), {"text": "Not before noon"})
    for url in (f"/clients/{harbour.pk}/", f"/interactions/client/{harbour.pk}/card/"):
        assert "Not before noon" in desk.get(url).content.decode()
    row = MustKnow.objects.get()
    assert AuditEntry.objects.filter(verb="client.must_know_pinned", actor_id=lawyer.pk).exists()
    desk.post(reverse("interactions:take_down", args=[row.pk]))
    assert "Not before noon" not in desk.get(f"/clients/{harbour.pk}/").content.decode()


def test_a_contact_is_pinned_once_and_read_by_those_who_may_read_it(desk, lawyer, harbour):
    contact = make_contact(harbour, note="She has cancer", confidentiality="team")
    for _twice in range(2):
        assert desk.post(reverse("interactions:pin", args=[contact.pk])).status_code == 302
    assert MustKnow.objects.count() == 1
    assert "She has cancer" in desk.get(f"/clients/{harbour.pk}/").content.decode()
    desk.force_login(make_person("partner"))
    assert "cancer" not in desk.get(f"/clients/{harbour.pk}/").content.decode()


def test_a_pinned_confidential_contact_keeps_its_words(desk, harbour):
    contact = make_contact(harbour, note="blue heron", confidentiality="confidential")
    desk.post(reverse("interactions:pin", args=[contact.pk]))
    page = desk.get(f"/clients/{harbour.pk}/").content.decode()
    assert "The note is sealed." in page
    assert "heron" not in page


def test_only_so_much_is_pinned(lawyer, harbour):
    rows = [write_must_know(harbour, by=lawyer, text=f"Word {number}") for number in range(MOST)]
    with pytest.raises(TooMany):
        pin_contact(make_contact(harbour), by=lawyer)
    take_down(rows[0], by=lawyer)
    pin_contact(make_contact(harbour), by=lawyer)
    with pytest.raises(ValueError, match="must be known"):
        write_must_know(harbour, by=lawyer, text="  ")


def test_the_brief_holds_what_one_takes_along(desk, lawyer, full):
    write_must_know(full, by=lawyer, text="Not before noon")
    page = desk.get(reverse("interactions:brief", args=[full.pk])).content.decode()
    for words in (
        "Harbour Foods",
        "Not before noon",
        "Lease of the warehouse",
        "The rent goes up",
        "data-print",
    ):
        assert words in page
