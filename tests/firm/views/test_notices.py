"""The bell."""

import pytest
from django.test import Client
from django.urls import reverse

from lawcrm.firm import notices
from lawcrm.firm.models import Department, Notice
from lawcrm.firm.notices import NoticeText
from tests.people import make_department, make_person

pytestmark = pytest.mark.django_db


def load_many(user, ids):
    return Department.objects.filter(people=user).in_bulk(ids)


@pytest.fixture(autouse=True)
def event(monkeypatch):
    text = NoticeText(
        title=lambda department, context: f"{department} moved",
        body=lambda department, context: "To the third floor",
        url=lambda department, context: "/third-floor/",
        load=lambda user, pk: load_many(user, [pk]).get(pk),
        mail_subject="",
        load_many=load_many,
    )
    monkeypatch.setitem(notices._TEXTS, "test.event", text)


@pytest.fixture
def reader():
    return make_person("lawyer", department=make_department())


@pytest.fixture
def browser(reader):
    client = Client()
    client.force_login(reader)
    return client


def tell(reader, **changes):
    return Notice.objects.create(
        **{"person": reader, "event": "test.event", "object_id": reader.department_id, **changes}
    )


def test_told_in_words_and_opened(browser, reader):
    notice = tell(reader)
    page = browser.get(reverse("firm:notices")).content.decode()
    assert "Litigation moved" in page
    assert "To the third floor" in page
    answer = browser.post(reverse("firm:notice_open", args=[notice.pk]))
    assert answer["Location"] == "/third-floor/"
    notice.refresh_from_db()
    assert notice.read_at


def test_the_same_number_of_statements_however_many(browser, reader, django_assert_max_num_queries):
    tell(reader)
    browser.get(reverse("firm:notices"))
    for _ in range(29):
        tell(reader)
    with django_assert_max_num_queries(9):
        browser.get(reverse("firm:notices"))


@pytest.mark.parametrize("event", ["test.event", "an.event.of.an.older.version"])
def test_what_is_no_longer_theirs_is_not_told(browser, reader, event):
    notice = tell(reader, event=event)
    reader.department = None
    reader.save()
    page = browser.get(reverse("firm:notices")).content.decode()
    assert "Litigation" not in page
    assert "no longer yours" in page
    assert browser.post(reverse("firm:notice_open", args=[notice.pk]))["Location"] == reverse("firm:notices")


def test_other_peoples_notices_do_not_exist(browser):
    other = make_person("lawyer2", department=make_department("Tax"))
    notice = tell(other)
    assert "Tax" not in browser.get(reverse("firm:notices")).content.decode()
    assert browser.post(reverse("firm:notice_open", args=[notice.pk])).status_code == 404


def test_all_read_at_once(browser, reader):
    tell(reader), tell(reader)
    browser.post(reverse("firm:notices_read"))
    assert not Notice.objects.filter(read_at__isnull=True).exists()


def test_nothing_yet(browser):
    assert "Nothing has happened yet" in browser.get(reverse("firm:notices")).content.decode()
