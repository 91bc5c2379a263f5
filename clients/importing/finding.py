"""Which client a row means: candidates are looked up for many rows at once, then the one matching rule judges."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from clients.enums import ClientKind
from clients.importing.columns import COLUMNS, SECRET
from clients.models import Client, ImportRow
from clients.queries.matching import clients_by_key, keys_by, keys_visible_to
from clients.rules.matching import NEW, SAME, Candidate, LookupKeys, lookup_keys, match
from clients.rules.names import normal_form
from lawcrm.firm.partial_dates import exact_day
from lawcrm.firm.sealed import MASK, blind_index

Verdict = ImportRow.Verdict
TAKEN = ("identity_number", "registration_number")
MOST_OFFERED = 5


@dataclass(slots=True)
class Found:
    """What a row is taken for, and what follows."""

    verdict: str = Verdict.CREATE
    client_id: UUID | None = None
    reasons: list[dict] = field(default_factory=list)
    candidates: list[UUID] = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    problems: list[dict] = field(default_factory=list)

    @property
    def number_is_taken(self) -> bool:
        """Another client carries this row's identity or registration number: it cannot be a new client."""
        return any(reason["code"] in TAKEN for reason in self.reasons)


class Finder:
    """Matches rows against all clients of the firm but `besides`; only those `by` may see are ever named to them."""

    def __init__(self, *, by, besides: frozenset | set = frozenset()):
        self.by, self.besides = by, besides

    def find(self, rows: Sequence[dict]) -> list[Found]:
        ours = [_candidate(number, values) for number, values in enumerate(rows)]
        keys = [lookup_keys(one) for one in ours]
        known = _Known(keys, self.besides)
        visible = keys_visible_to(self.by, known.clients)
        return [
            _found(values, one, known.like(key), known, visible)
            for values, one, key in zip(rows, ours, keys, strict=True)
        ]


def _candidate(number: int, values: dict) -> Candidate:
    """A row as matching sees it; numbers as their blind indexes, as the clients' own are stored."""
    return Candidate(
        key=number,
        is_person=values["kind"] == ClientKind.PERSON,
        name=values["name"],
        latin_name=values.get("latin_name", ""),
        identity=blind_index("clients.client", "identity_number", values.get("identity_number", "")),
        registration=blind_index(
            "clients.client", "registration_number", values.get("registration_number", "")
        ),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        birth_date=exact_day(values.get("birth_date")),
        address=values.get("address", ""),
    )


def candidate_of(client: Client) -> Candidate:
    """A client as matching sees it."""
    return Candidate(
        key=client.pk,
        is_person=client.kind == ClientKind.PERSON,
        name=client.name,
        latin_name=client.latin_name,
        former_names=tuple(client.former_names),
        identity=_bytes(client.identity_index),
        registration=_bytes(client.registration_index),
        phone=client.phone,
        email=client.email,
        birth_date=exact_day(client.birth_date),
        address=client.address,
    )


class _Known:
    """The clients that any of the rows could be, by each of the keys."""

    def __init__(self, keys: list[LookupKeys], besides: frozenset | set):
        self.by_key: dict[tuple[str, object], list[UUID]] = {}
        self._look_up("identity_index", {key.identity for key in keys})
        self._look_up("registration_index", {key.registration for key in keys})
        self._look_up("phone", set().union(*(key.phones for key in keys)))
        self._look_up("email", set().union(*(key.emails for key in keys)))
        self._look_up("sort_key", set().union(*(key.sort_keys for key in keys)))
        pks = {pk for found in self.by_key.values() for pk in found} - besides
        self.clients = clients_by_key(pks)
        self.candidates: dict[UUID, Candidate] = {}

    def _look_up(self, column: str, wanted: set) -> None:
        for value, pk in keys_by(column, wanted - {None, ""}):
            self.by_key.setdefault((column, _bytes(value)), []).append(pk)

    def like(self, key: LookupKeys) -> list[Candidate]:
        asked = [
            ("identity_index", key.identity),
            ("registration_index", key.registration),
            *(("phone", one) for one in key.phones),
            *(("email", one) for one in key.emails),
            *(("sort_key", one) for one in key.sort_keys),
        ]
        pks = dict.fromkeys(pk for one in asked for pk in self.by_key.get(one, ()))
        return [self._candidate(pk) for pk in pks if pk in self.clients]

    def _candidate(self, pk: UUID) -> Candidate:
        if pk not in self.candidates:
            self.candidates[pk] = candidate_of(self.clients[pk])
        return self.candidates[pk]


def _bytes(value):
    return bytes(value) if isinstance(value, memoryview) else value


def _found(values: dict, one: Candidate, like: list[Candidate], known: _Known, visible: set[UUID]) -> Found:
    found = Found()
    verdict = match(one, like)
    if verdict.kind == NEW:
        return found
    possible = [comparison.other.key for comparison in verdict.possible if comparison.kind != NEW]
    found.reasons = [{"code": code, "params": {}} for code in verdict.reasons]
    if any(pk not in visible for pk in possible):
        found.verdict, found.reasons = Verdict.REFUSE, []
        found.problems = [{"field": "", "column": None, "code": "hidden_match", "params": {}}]
    elif verdict.kind == SAME:
        _take(found, values, known.clients[verdict.match.key])
    elif unchanged := next((pk for pk in possible if not differences(values, known.clients[pk])), None):
        _take(found, values, known.clients[unchanged])
    else:
        found.verdict, found.candidates = Verdict.ASK, possible[:MOST_OFFERED]
    return found


def _take(found: Found, values: dict, client: Client) -> None:
    found.client_id = client.pk
    found.changes = differences(values, client)
    found.verdict = Verdict.UPDATE if found.changes else Verdict.SAME


def prints_of(values: dict) -> list[str]:
    """What no second row of the file may bear; keyed, so that they tell nothing."""
    name, phone, email = normal_form(values["name"]), values.get("phone"), values.get("email")
    pairs = [
        ("identity", values.get("identity_number")),
        ("registration", values.get("registration_number")),
        ("name and phone", phone and f"{name}\0{phone}"),
        ("name and email", email and f"{name}\0{email}"),
    ]
    if values["kind"] != ClientKind.PERSON or not any(value for _what, value in pairs):
        pairs.append(("name", name))
    return [blind_index("clients.importrow", what, value).hex()[:32] for what, value in pairs if value]


def differences(values: dict, client: Client) -> dict:
    """What writing `values` over a client would change: {field: [old, new]}; secrets masked, people by name."""
    changes = {}
    for name, new in values.items():
        old = getattr(client, COLUMNS[name].attribute or name)
        if name == "responsible":
            old = str(old)
        if new != old:
            changes[name] = _told(name, old, new)
    return changes


def _told(name: str, old, new) -> list:
    if name in SECRET:
        return [MASK if old else "", MASK]
    return [_plain(old), _plain(new)]


def _plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value if value is not None else ""
