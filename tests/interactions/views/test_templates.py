"""Message templates in the browser: checked at save, previewed with a real client, the firm's own before the built-in."""

import pytest
from django.urls import reverse

from interactions.models import MessageTemplate
from tests.clients.build import make_client
from tests.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    person = make_person("manager")
    client.force_login(person)
    return person


def posted(**changes):
    return {
        "name": "Our birthday mail",
        "occasion": "birthday",
        "channel": "email",
        "language": "en",
        "subject": "Happy birthday",
        "body": "{salutation}, all the best. {sender}",
    } | changes


def test_a_template_is_made_and_used_before_the_built_in(client, manager):
    client.post(reverse("care:template_new"), posted())
    made = MessageTemplate.objects.get()
    assert (made.name, made.made_by) == ("Our birthday mail", manager)
    page = client.get(reverse("care:templates"))
    lines = {code: lines for code, _label, lines in page.context["occasions"]}["birthday"]
    english = [line for line in lines if line.channel == "Email" and line.language == "English"]
    assert [(line.is_own, line.holds) for line in english] == [(True, True), (False, False)]


def test_an_unknown_placeholder_is_refused_by_name(client, manager):
    page = client.post(reverse("care:template_new"), posted(body="Dear {nickname}"))
    assert "There is no placeholder {nickname}." in page.context["form"].errors["body"]
    assert not MessageTemplate.objects.exists()


def test_a_preview_shows_a_real_client_and_saves_nothing(client, manager):
    harbour = make_client(manager, name="Harbour Ltd", language="en")
    page = client.post(reverse("care:template_new"), posted(preview="1", client=str(harbour.pk)))
    assert page.context["preview"].body == "Dear Harbour Ltd, all the best. Min Sun"
    assert not MessageTemplate.objects.exists()


def test_a_client_behind_the_door_is_no_preview(client):
    hidden = make_client(make_person("lawyer2"), name="Hidden Ltd")
    lawyer = make_person("lawyer")
    make_client(lawyer, name="Own Ltd")
    client.force_login(lawyer)
    page = client.get(reverse("care:text", args=["birthday.email.en"]), {"client": str(hidden.pk)})
    assert "Own Ltd" in page.content.decode()
    assert "Hidden Ltd" not in page.content.decode()


def test_what_somebody_else_saved_meanwhile_is_shown(client, manager):
    client.post(reverse("care:template_new"), posted())
    made = MessageTemplate.objects.get()
    address = reverse("care:template", args=[made.pk])
    client.post(address, posted(version=1, body="Yours, {sender}"))
    page = client.post(address, posted(version=1, body="Mine, {sender}"))
    assert page.status_code == 409
    made.refresh_from_db()
    assert made.body == "Yours, {sender}"


def test_out_of_use_gives_way_to_the_built_in(client, manager):
    client.post(reverse("care:template_new"), posted())
    made = MessageTemplate.objects.get()
    client.post(reverse("care:template_retire", args=[made.pk]))
    assert client.get(reverse("care:template", args=[made.pk])).status_code == 404
