"""The first administrator comes in from the shell."""

import pytest
from django.core.management import CommandError, call_command

from lawcrm.firm.models import AuditEntry, User

pytestmark = pytest.mark.django_db


def test_the_printed_link_lets_the_first_administrator_in(client, capsys):
    call_command("add_person", "ada", "ada@firm.example", given_name="Ada", family_name="Lin")
    person = User.objects.get()
    assert (person.role, person.is_active, person.has_usable_password()) == ("administrator", True, False)
    link = capsys.readouterr().out.split()[-1]
    page = "/" + link.split("/", 3)[-1]
    assert client.get(page).status_code == 200
    assert AuditEntry.objects.filter(verb="user.created").exists()


@pytest.mark.parametrize("values", [("ada", "no address"), ("", "ada@firm.example")])
def test_what_cannot_be_a_person_is_refused_in_one_line(values):
    with pytest.raises(CommandError):
        call_command("add_person", *values)
    assert not User.objects.exists()


def test_a_name_taken_is_refused():
    call_command("add_person", "ada", "ada@firm.example")
    with pytest.raises(CommandError):
        call_command("add_person", "ada", "other@firm.example")
    assert User.objects.count() == 1
