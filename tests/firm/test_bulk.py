"""COPY for models: the same rows that save() would have written."""

import pytest
from django.db import transaction

from clients.enums import BusinessField, ClientKind
from clients.models import Client
from lawcrm.firm.bulk import array_text, copy_in, copy_over
from lawcrm.firm.keyring import forget_keys
from tests.people import make_person

pytestmark = pytest.mark.django_db


def client(lawyer, **changes) -> Client:
    values = dict(
        name='Quote " and \\ back\tslash\nline',
        kind=ClientKind.PRIVATE,
        responsible=lawyer,
        former_names=['a "b" \\c', "NULL", "", "x,y", "{z}", "名称"],
        business_fields=[BusinessField.CIVIL],
        identity_number="110101199003071234",
        sort_key="k",
        search="'quoted''s':1 'plain'",
    )
    return Client(**{**values, **changes})


def test_what_copy_wrote_reads_back():
    one = client(make_person("lawyer"))
    forget_keys()  # sealing must fetch its key before COPY holds the connection
    copy_in(Client, [one])
    found = Client.objects.get()
    assert found.kind == "private"
    assert (found.name, found.former_names, found.business_fields) == (one.name, one.former_names, ["civil"])
    assert found.identity_number == "110101199003071234"
    assert bytes(found.identity_index) == one.identity_index
    assert found.created_at and found.birth_date is None and found.team_ids == []


def test_rows_may_be_made_while_others_are_written():
    lawyer = make_person("lawyer")
    forget_keys()
    copy_in(Client, (client(lawyer, name=name, identity_number="") for name in "abc"), as_made=True)
    assert sorted(Client.objects.values_list("name", flat=True)) == ["a", "b", "c"]


def test_a_question_during_copy_is_refused_and_does_not_wait_for_ever():
    lawyer = make_person("lawyer")
    asking = (client(lawyer, name=str(Client.objects.count())) for _ in range(2))
    with pytest.raises(RuntimeError, match="during COPY"), transaction.atomic():
        copy_in(Client, asking, as_made=True)
    assert not Client.objects.exists()


def test_copy_over_changes_the_named_columns_of_the_given_rows():
    lawyer = make_person("lawyer")
    clients = [client(lawyer, name=name, identity_number="") for name in ("a", "b", "c")]
    copy_in(Client, clients)
    clients[0].name, clients[0].note, clients[0].identity_number = "A", "not named", "X1234567"
    copy_over(Client, clients[:1], ["name", "identity_number"])
    copy_over(Client, [], ["name"])
    assert sorted(Client.objects.values_list("name", "note")) == [("A", ""), ("b", ""), ("c", "")]
    assert Client.objects.get(name="A").identity_number == "X1234567"


def test_array_text():
    assert array_text([]) == "{}"
    assert array_text(None) is None
    assert array_text(["ab1", None, 'q"', "a\\b", "null", " "]) == '{ab1,NULL,"q\\"","a\\\\b","null"," "}'


def test_any_of_finds_what_in_finds():
    lawyer = make_person("lawyer")
    copy_in(Client, [client(lawyer, name=name, identity_number="") for name in ('a,"b', "b\\", "c")])
    wanted = ['a,"b', "b\\", "zzz"]
    assert set(Client.objects.filter(name__any_of=wanted)) == set(Client.objects.filter(name__in=wanted))
    assert not Client.objects.filter(name__any_of=[]).exists()
    keys = list(Client.objects.values_list("pk", flat=True))
    assert Client.objects.filter(pk__any_of=keys[:2]).count() == 2
