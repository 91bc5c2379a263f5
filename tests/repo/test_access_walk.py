"""Nobody sees what is not theirs: every address, by every method, as everybody.

The addresses come from the live resolver and the secrets from the models, so whatever is added is walked too.
Where this fails: the message names the person, the address and the words that leaked.
"""

import uuid
from collections import defaultdict

import pytest
from django.contrib.auth.models import AnonymousUser

from lawcrm.firm.access_table import PUBLIC, access_table, known_methods
from lawcrm.firm.roles import may
from tests.repo.reads import has_read, note_reads
from tests.repo.walk import METHODS, addresses, ask, client_of, no_writes, plain, rolled_back
from tests.repo.world import MARK, SECRETS, WORD, World, walled_models

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:.*unordered object_list"),
]
PEOPLE = (
    "anonymous", "disabled", "walled", "admin", "partner", "manager", "specialist", "lawyer", "lawyer2", "auditor",
)  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_every_address_stands_in_the_table_and_every_rule_has_its_address():
    names = {address.name for address in addresses()}
    assert names - access_table().keys() == set(), "not listed in any access_rules.py"
    assert access_table().keys() - names == set(), "listed, but no such address"


def test_every_address_that_takes_a_key_names_its_door():
    firm_wide = {"firm:user_edit", "firm:user_invite", "firm:user_sign_out", "firm:department_edit"}
    for address in addresses():
        if (
            any(converter == "uuid" for _name, converter in address.arguments)
            and address.name not in firm_wide
        ):
            assert address.doors, f"{address.name} takes a key: its rule must say door="


def test_the_table_and_the_views_agree_on_who_need_not_sign_in():
    """LoginRequiredMiddleware goes by the view, the table by the rule: neither opens a page alone."""
    from django.urls import resolve

    for address in addresses():
        view = resolve(address.url()).func
        assert (getattr(view, "login_required", True) is False) == (address.rule.roles == PUBLIC), (
            address.name
        )


def test_a_method_no_address_knows_is_refused_before_anything_is_read(client, django_assert_num_queries):
    """Alike for every address, and for one that is not there."""
    assert known_methods() == {"GET", "HEAD", "POST"}
    urls = [address.url() for address in addresses()] + ["/no/such/address/"]
    with django_assert_num_queries(0):
        answers = {
            plain_of(client.generic(method, url)) for url in urls for method in ("PUT", "TRACE", "OPTIONS")
        }
    assert len(answers) == 1


def plain_of(answer) -> tuple:
    """All of an answer but what is made anew each time."""
    return answer.status_code, answer.content, tuple(sorted(answer.headers.items()))


@pytest.fixture(scope="module")
def open_world(django_db_setup, django_db_blocker):
    """Planted once for the tests of this module, which run in savepoints inside this transaction."""
    with django_db_blocker.unblock(), rolled_back():
        yield World()


@pytest.fixture
def bare_world(open_world):
    """Without secrets, as it was planted."""
    yield open_world
    open_world.secrets.clear()


@pytest.fixture
def world(bare_world):
    bare_world.plant_secrets()
    return bare_world


@pytest.fixture(autouse=True)
def _faults_are_raised(settings, caplog, monkeypatch):
    settings.DEBUG_PROPAGATE_EXCEPTIONS = True
    caplog.set_level("CRITICAL", logger="django.request")
    note_reads(monkeypatch)


def visitor(world, name):
    return client_of(world.people.get(name)), world.people.get(name) or AnonymousUser()


def check_headers(answer, where):
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy and "unsafe" not in policy, f"{where}: {policy}"
    for header, value in HEADERS.items():
        assert answer.headers.get(header) == value, f"{where}: {header}"
    assert "no-store" in answer.headers.get("Cache-Control", ""), f"{where}: Cache-Control"
    assert answer.headers.get("Referrer-Policy") in {"same-origin", "no-referrer"}, where
    assert "Permissions-Policy" in answer.headers, where


# Answers to a POST that hand out sealed words in full: a list to mend and import again, everything held on somebody.
HANDED_OUT = {"clients:import_refused", "clients:privacy_pack", "clients:privacy_pack_person"}


def check_words(world, name, address, answer, where):
    """No word of a secret, and none that is sealed but where it was asked for by POST."""
    asked = address.name.endswith(":reveal") or address.name in HANDED_OUT
    reveals = asked and answer.wsgi_request.method == "POST"
    forbidden = world.hidden_words(name) if reveals else world.forbidden_words(name)
    leaked = forbidden.intersection(WORD.findall(answer.text_sent))
    assert not leaked, f"{where} ({answer.status_code}) leaks {leaked}"


def check_refusal(answer, address, person, method, fragment, where):
    """Who is not on the list gets 404; nobody in particular is sent to the sign-in page."""
    if method not in known_methods():
        assert answer.status_code == 405, where
    elif not person.is_authenticated or not person.is_active:
        assert answer.status_code == (401 if fragment else 302), where
    elif not address.rule.allows_person(person):
        assert answer.status_code == 404, where
    elif method not in address.rule.methods.split():
        assert answer.status_code == 405, where
    else:
        assert answer.status_code < 500 and answer.status_code != 405, where


@pytest.mark.parametrize("name", PEOPLE)
def test_every_address_by_every_method(world, name):
    client, person = visitor(world, name)
    for address in addresses():
        for method in METHODS:
            for fragment in (False, True) if method in {"GET", "POST"} else (False,):
                where = f"{name} {method} {address.name}{' as fragment' if fragment else ''}"
                answer = ask(client, method, address.url(), fragment=fragment)
                if address.rule.roles != PUBLIC:
                    check_refusal(answer, address, person, method, fragment, where)
                check_headers(answer, where)
                check_words(world, name, address, answer, where)


@pytest.mark.parametrize("name", PEOPLE)
def test_rows_behind_doors(world, name):
    """A row that is not yours answers exactly as one that is not there; a row that is yours tells nothing else."""
    client, person = visitor(world, name)
    nothing = Nothing(world, client)
    for address in addresses():
        for secret, planter in {"open": world.open, **world.secrets}.items() if address.doors else ():
            keys = address.keys_in(planter.rows)
            if keys is None or (secret != "open" and keys == address.keys_in(world.open.rows)):
                continue
            for method in address.rule.methods.split():
                where = f"{name} {method} {address.name} of secret {secret!r}"
                answer = ask(client, method, address.url(**keys))
                check_words(world, name, address, answer, where)
                if secret != "open" and world.is_blind(name, secret):
                    nothing.check_like(method, address, keys, answer, where)
                elif len(keys) == 1 and address.rule.allows_person(person) and method == "GET":
                    model, key = next(iter(address.doors.values())), next(iter(keys.values()))
                    seen = model.objects.visible_to(person).filter(pk=key).exists()
                    assert (answer.status_code != 404) == seen, where


class Nothing:
    """What one visitor is told of rows that are not there: asked once for each address and method."""

    def __init__(self, world, client):
        self.world, self.client, self.answers = world, client, {}

    def check_like(self, method, address, keys, answer, where):
        """The same answer for keys of nothing; and for a secret row named beside one that may be seen."""
        assert plain(answer, *keys.values()) == self.plain(method, address, {}, *keys), where
        for argument in keys if len(keys) > 1 else ():
            shown = address.keys_in(self.world.open.rows)
            mixed = ask(self.client, method, address.url(**shown | {argument: keys[argument]}))
            told = plain(mixed, keys[argument])
            assert told == self.plain(method, address, shown, argument), f"{where}, {argument} alone"

    def plain(self, method, address, shown, *arguments) -> str:
        asked = method, address, *arguments
        if asked not in self.answers:
            keys = {argument: uuid.uuid4() for argument in arguments}
            answer = ask(self.client, method, address.url(**shown | keys))
            self.answers[asked] = plain(answer, *keys.values())
        return self.answers[asked]


# Whoever a wall names is told that it stands, and reads its notice: never a word of what stands behind it.
TOLD = {"firm:own_walls"}


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in {"anonymous", "disabled"}])
def test_secrets_make_no_difference(bare_world, name):
    """Before and after secrets are planted, the blind get the same pages: no name, no count, no gap."""
    world = bare_world
    client, person = visitor(world, name)
    before = every_page(world, client)
    world.plant_secrets(*(secret for secret in SECRETS if world.is_blind(name, secret)))
    after = every_page(world, client)
    assert before.keys() == after.keys(), f"{name}: reads what is searched for only once a secret is there"
    for key, answer in after.items():
        assert key[0] in TOLD or plain(before[key]) == plain(answer), (
            f"{name} {key}: differs once a secret is there"
        )


def every_page(world, client) -> dict:
    """Each page: plain, as a fragment, and, where it reads what is searched for, asked for the secrets' mark."""
    answers = {}
    for address in addresses():
        if address.rule.roles == PUBLIC or "GET" not in address.rule.methods.split():
            continue
        shown = address.keys_in(world.open.rows) or {}
        for words, fragment in (({}, False), ({}, True), ({"q": MARK}, False)):
            if words and not has_read(answers[address.name, False], words.keys()):
                continue
            with no_writes():
                answer = ask(client, "GET", address.url(**shown), words, fragment=fragment)
            answers[address.name, *words, fragment] = answer
    return answers


@pytest.mark.parametrize("name", [name for name in PEOPLE if name != "disabled"])
def test_asking_lists_searches_and_forms_about_secret_rows(world, name):
    """With secret rows' keys as parameters an answer is the same as with keys of nothing."""
    client, person = visitor(world, name)
    asked = list(parameters(world, name))
    names = {parameter for secret, _nothing in asked for parameter in secret}
    for address in addresses():
        shown = address.keys_in(world.open.rows) or {}
        for method in address.rule.methods.split() if address.rule.allows_person(person) else ():
            where = f"{name} {method} {address.name}"
            for secret, nothing in asked:
                told = ask(client, method, address.url(**shown), secret)
                check_words(world, name, address, told, where)
                if address.name not in TOLD and has_read(told, secret.keys()):
                    untold = ask(client, method, address.url(**shown), nothing)
                    assert plain(told, *secret.values()) == plain(untold, *nothing.values()), (
                        f"{where}: tells keys of secret rows from keys of nothing"
                    )
                if not has_read(told, names):
                    break  # whatever is sent in their place, this page looks at none of it


def parameters(world, name):
    """Pairs of parameters: keys of rows this person may not see, and as many keys of nothing."""
    shown = {model: row.pk for model, row in world.open.rows.items()}
    for secret, planter in world.secrets.items():
        if not world.is_blind(name, secret):
            continue
        keys = {
            m: row.pk
            for m, row in planter.rows.items()
            if isinstance(row.pk, uuid.UUID) and row.pk != shown.get(m)
        }
        yield _asking(keys), _asking({model: uuid.uuid4() for model in keys})


def _asking(keys) -> dict:
    names = {model._meta.model_name: key for model, key in keys.items()}
    about = {f"{name}{ending}": key for name, key in names.items() for ending in ("", "_id", "s")}
    return about | {"id": next(iter(keys.values())), "pk": next(iter(keys.values()))}


@pytest.mark.parametrize("name", ["walled", "lawyer2"])
def test_searching_for_secret_words(world, name):
    client, person = visitor(world, name)
    for address in addresses():
        shown = address.keys_in(world.open.rows) or {}
        if address.rule.allows_person(person) and "GET" in address.rule.methods.split():
            answer = ask(client, "GET", address.url(**shown), {"q": MARK, "name": MARK})
            check_words(world, name, address, answer, f"{name} {address.name} ?q={MARK}")


def test_the_world_has_something_of_every_model(world):
    for secret in world.secrets.values():
        assert secret.canaries
        assert all(WORD.findall(word) == [word] for word in secret.canaries | secret.sealed)
    assert set(world.open.rows) >= set(walled_models())
    planted = defaultdict(list)  # model: (secret, who works on it, key of its row)
    for secret, planter in world.secrets.items():
        for model, row in planter.rows.items():
            if _has_a_door(model) and row is not world.open.rows.get(model):
                planted[model].append((secret, planter.owner, row.pk))
    for name, person in world.people.items():
        for model, rows in planted.items():
            keys = [key for _secret, _owner, key in rows]
            seen = set(model.objects.visible_to(person).filter(pk__in=keys).values_list("pk", flat=True))
            for secret, owner, key in rows:
                blind = world.is_blind(name, secret) or not _is_meant_for(model, person, owner)
                assert (key in seen) != blind, f"{name} and {model._meta.label} of {secret!r}"


# A person's own tools, and nobody else's, whoever sees the client.
OF_ONE_PERSON = {
    "clients.BulkEdit",
    "clients.BulkChange",
    "clients.RecentView",
    "clients.SavedView",
    "interactions.ContactDraft",
    "interactions.InboundMail",
}
# For those who answer people's requests only.
OF_STEWARDS = {"clients.LegalHold", "clients.ErasureRequest"}


def _is_meant_for(model, person, owner) -> bool:
    if model._meta.label in OF_STEWARDS:
        return may(person, "privacy.manage")
    return model._meta.label not in OF_ONE_PERSON or person == owner


def _has_a_door(model) -> bool:
    return getattr(model.objects.all(), "has_a_door", False)
