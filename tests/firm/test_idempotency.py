"""A form sent twice has one effect and the same answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import include, path

from lawcrm.firm import middleware
from lawcrm.firm.access_table import PUBLIC, Rule
from lawcrm.firm.actions import idempotency
from lawcrm.firm.models import IdempotencyKey, Notice
from tests.people import make_person


def note(request):
    """Writes a notice for the sender; answers as told."""
    if request.POST.get("mistake"):
        return HttpResponse("please correct")
    person = make_person("nobody") if request.user.is_anonymous else request.user
    Notice.objects.create(person=person, event=request.POST.get("text", ""))
    if request.POST.get("fail"):
        raise ZeroDivisionError
    if status := request.POST.get("status"):
        return HttpResponse("no", status=int(status))
    if request.POST.get("page"):
        return HttpResponse(
            f"Done: {Notice.objects.count()}", headers={"HX-Trigger": "saved", "X-Other": "1"}
        )
    return HttpResponseRedirect("/done/")


note.login_required = False
app_name = "test"
urlpatterns = [
    path("", include(([path("note/", note, name="note"), path("other/", note, name="other")], "test")))
]
handler404 = handler500 = lambda request, *args, **kwargs: HttpResponse(status=404 if args or kwargs else 500)
RULES = {name: Rule(name, "POST", PUBLIC) for name in ("test:note", "test:other")}


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    settings.ROOT_URLCONF = __name__
    monkeypatch.setattr(middleware, "access_table", lambda: RULES)


@pytest.fixture
def sender(db):
    client = Client(raise_request_exception=False)
    client.force_login(make_person("lawyer"))
    return client


def send(client, key="k1", path="/note/", **fields):
    return client.post(path, {"idempotency_key": key, "text": "hello", **fields})


def test_the_second_time_gets_the_first_answer(sender):
    first, second = send(sender, page="1"), send(sender, page="1")
    assert Notice.objects.count() == 1
    assert first.content == second.content == b"Done: 1"
    assert (second["HX-Trigger"], second["Content-Type"]) == ("saved", first["Content-Type"])
    assert second["Idempotency-Replayed"] == "true"
    assert "X-Other" not in second.headers


def test_a_redirect_is_replayed(sender):
    assert [send(sender)["Location"] for _ in range(2)] == ["/done/", "/done/"]
    assert Notice.objects.count() == 1


def test_without_a_key_nothing_is_remembered(sender):
    for _ in range(2):
        sender.post("/note/", {"text": "hello"})
    assert Notice.objects.count() == 2
    assert not IdempotencyKey.objects.exists()


def test_a_header_does_as_well(sender):
    for _ in range(2):
        sender.post("/note/", {"text": "hello"}, headers={"Idempotency-Key": "k1"})
    assert Notice.objects.count() == 1


def test_something_else_under_the_same_key_is_refused(sender):
    send(sender)
    assert send(sender, text="goodbye").status_code == 409
    assert Notice.objects.get().event == "hello"


def test_keys_of_other_people_and_other_forms_are_others(sender):
    send(sender)
    other = Client()
    other.force_login(make_person("lawyer2"))
    send(other)
    send(sender, path="/other/")
    assert Notice.objects.count() == 3


def test_a_form_with_mistakes_may_be_corrected(sender):
    assert send(sender, mistake="1").content == b"please correct"
    assert send(sender).status_code == 302
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("status", [400, 404, 409])
def test_a_refusal_is_not_remembered(sender, status):
    assert send(sender, status=status).status_code == status
    assert not IdempotencyKey.objects.exists()


@pytest.mark.parametrize("trouble", [{"fail": "1"}, {"status": 500}])
def test_a_failure_leaves_nothing(sender, trouble):
    assert send(sender, **trouble).status_code == 500
    assert not Notice.objects.exists()
    assert not IdempotencyKey.objects.exists()
    assert send(sender).status_code == 302


def test_files_count(sender):
    def upload(content):
        return send(sender, file=SimpleUploadedFile("a.csv", content))

    assert [upload(b"a,b").status_code, upload(b"a,b").status_code, upload(b"a,c").status_code] == [
        302,
        302,
        409,
    ]
    assert Notice.objects.count() == 1


def test_a_key_of_unlikely_length_is_refused(sender):
    assert send(sender, key="k" * 65).status_code == 400


def test_nobody_signed_in(db):
    client = Client()
    assert [send(client).status_code, send(Client()).status_code] == [302, 302]
    assert Notice.objects.count() == 1
    assert send(client, text="other").status_code == 409


def test_what_is_kept_is_sealed_and_forgotten_after_a_day(sender):
    send(sender, page="1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM firm_idempotencykey")
        assert b"Done" not in bytes(cursor.fetchone()[0])
    assert idempotency.purge() == 0
    row = IdempotencyKey.objects.get()
    IdempotencyKey.objects.update(created_at=row.created_at - timedelta(hours=25))
    assert idempotency.purge() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one():
    person = make_person("lawyer")
    clients = [Client() for _ in range(50)]
    for client in clients:
        client.force_login(person)

    def press(client):
        try:
            return send(client, page="1").content
        finally:
            connection.close()

    with ThreadPoolExecutor(25) as pool:
        answers = list(pool.map(press, clients))
    assert answers == [b"Done: 1"] * 50
    assert Notice.objects.count() == 1
