"""Walking the live resolver: what addresses there are, asking them, and comparing answers."""

import re
import uuid
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lawcrm.firm.access_table import Rule, access_table, known_methods

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Arguments of an address beside its door, where any value will not do.
SAMPLES: dict[str, dict] = {
    "clients:import_template": {"language": "en"},
    "firm:export_new": {"listing": "clients"},
    "clients:panel": {"name": "history"},
    "clients:reveal": {"field": "identity_number"},
    "clients:cell": {"column": "grade"},
}
_ANY = {
    "uuid": uuid.UUID(int=0x7000 << 64 | 0x8 << 60 | 1),
    "int": 1,
    "str": "x" * 43,
    "slug": "x",
    "path": "x",
}


@dataclass(frozen=True)
class Address:
    """One named pattern of the resolver, with its row in the access table (None where it stands in none)."""

    name: str
    arguments: tuple[tuple[str, str], ...]  # (argument, converter)
    rule: Rule | None

    @property
    def doors(self) -> dict:
        """{argument: model} of the rows the address shows; empty where it shows no particular row."""
        pairs = (part.partition(":") for part in (self.rule.door or "").split()) if self.rule else ()
        return {argument: apps.get_model(label) for label, _, argument in pairs}

    def url(self, **keys) -> str:
        values = {name: _ANY[converter] for name, converter in self.arguments}
        values |= SAMPLES.get(self.name, {}) | {argument: uuid.uuid4() for argument in self.doors}
        return reverse(self.name, kwargs=values | keys)

    def keys_in(self, rows: dict) -> dict | None:
        """The arguments that lead to these rows ({model: row}); None where one of them is missing."""
        found = {argument: rows[model].pk for argument, model in self.doors.items() if rows.get(model)}
        return found if len(found) == len(self.doors) else None


def addresses() -> list[Address]:
    return sorted(_addresses(get_resolver(), "", ()), key=lambda address: address.name)


def _addresses(resolver, namespace, above):
    for entry in resolver.url_patterns:
        arguments = above + tuple(
            (name, type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"))
            for name, converter in entry.pattern.converters.items()
        )
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry, inner, arguments)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name}"
            yield Address(name, arguments, access_table().get(name))


@contextmanager
def rolled_back():
    """Whatever is written inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Visitor(Client):
    """Django's test client without its notes on templates and contexts, which cost more than most pages."""

    def request(self, **request):
        answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


def client_of(person=None) -> Client:
    client = Visitor()
    if person is not None:
        client.force_login(person)
    return client


def ask(client: Client, method: str, url: str, data=None, *, fragment=False):
    """One request whose effects are undone (what no address knows has none: tests/repo/test_access_walk.py)."""
    headers = {"hx-request": "true"} if fragment else None
    cookies = client.cookies.copy()
    with rolled_back() if method in known_methods() else nullcontext():
        if method in {"GET", "POST"}:
            answer = (
                client.get(url, data, headers=headers)
                if method == "GET"
                else client.post(url, data or {}, headers=headers)
            )
        else:
            answer = client.generic(method, url, headers=headers)
        answer.text_sent = _body(answer)
    client.cookies = cookies
    return answer


def _body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        content = _unzipped(content)
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{headers}\n{answer.cookies.output()}\n{content.decode('utf-8', 'replace')}"


def _unzipped(content: bytes) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        return b"\n".join(workbook.read(name) for name in workbook.namelist())


_CHANGING = [
    (r'name="csrfmiddlewaretoken" value="[^"]*"', "csrf"),
    (r'name="csrf-token" content="[^"]*"', "csrf"),
    (r"X-CSRFToken[^}]*", "csrf"),
    (r"csrftoken=[^;]*;[^\n]*", "csrf"),
    (r'name="idempotency_key" value="[^"]*"', "key"),
    (r'value="[\w-]{60,}"', "opaque"),
    (r"sessionid=[^;]*;[^\n]*", "session"),
    (r"Content-Length: \d+", "length"),
    (r"\d\d:\d\d:\d\d(\.\d+)?", "time"),
    (r"\b(after|before|s)=[\w-]{40,}", "cursor"),
    (r'name="(opened_with|s)" value="[\w-]{40,}"', "hidden"),
]


def plain(answer, *ids) -> str:
    """What was sent, bar tokens made anew each time and the ids that were asked for."""
    text = answer.text_sent
    for one in ids:
        text = text.replace(str(one), "ID").replace(uuid.UUID(str(one)).hex, "ID")
    for pattern, word in _CHANGING:
        text = re.sub(pattern, word, text)
    return f"{answer.status_code}\n{text}"


@contextmanager
def no_writes():
    """Fails on any statement that is not a question, bar the bookkeeping of sessions and denied tries."""
    allowed = re.compile(r'"firm_usersession"|INSERT INTO "firm_auditentry"')
    verbs = (
        "SELECT",
        "SAVEPOINT",
        "RELEASE",
        "ROLLBACK",
        "WITH",
        "SET",
        "DECLARE",
        "FETCH",
        "CLOSE",
        "(SELECT",
    )
    written = []

    def watch(execute, sql, params, many, context):
        if not sql.lstrip().upper().startswith(verbs) and not allowed.search(sql):
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert not written, f"a GET wrote: {written[0][:300]}"
