"""Which client a row means: candidates are looked up for many rows at once, then the one matching rule judges."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from clients.enums import ClientKind
from clients.importing.columns import COLUMNS, SECRET
from clients.importing.further import KIND_OF, held_by, missing_from
from clients.importing.plan import CREATE_ONLY, UPDATE_ONLY, Plan
from clients.models import Client, ImportRow
from clients.queries.further_facts import attach_further
from clients.queries.matching import clients_by_key, keys_by, keys_visible_to, outlines_of
from clients.rules.matching import NEW, SAME, UNSURE, Candidate, Comparison, LookupKeys, lookup_keys, match
from clients.rules.matching import Verdict as MatchVerdict
from clients.rules.names import after_renaming, normal_form, split_legal_form
from lawcrm.firm.partial_dates import exact_day
from lawcrm.firm.sealed import MASK, blind_index
from lawcrm.firm.spreadsheets.reader import Cell

Verdict = ImportRow.Verdict
TAKEN = ("identity_number", "registration_number")
BY_KEY = ("responsible", "department")
MOST_OFFERED = 5
MOST_KEPT = 20_000  # known clients whose names stay taken apart
MOST_SHARING = 25  # clients with one phone or address; what more of them share is nobody's own


@dataclass(slots=True)
class Found:
    """What a row is taken for, and what follows."""

    verdict: str = Verdict.CREATE
    client_id: UUID | None = None
    reasons: list[dict] = field(default_factory=list)
    candidates: list[UUID] = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    problems: list[dict] = field(default_factory=list)
    object_id: UUID | None = None  # what is written, where it is not the client itself

    def refuse(self, code: str, *, field: str = "") -> None:
        self.verdict, self.client_id, self.reasons, self.candidates, self.changes = (
            Verdict.REFUSE,
            None,
            [],
            [],
            {},
        )
        self.problems = [{"field": field, "column": None, "code": code, "params": {}}]

    @property
    def number_is_taken(self) -> bool:
        """Another client carries this row's identity or registration number: it cannot be a new client."""
        return any(reason["code"] in TAKEN for reason in self.reasons)


class Finder:
    """Matches rows against all clients of the firm but `besides`; only those `by` may see are ever named to them.

    What was made of a known client (its normal names, its readings) is kept from batch to batch.
    """

    def __init__(self, *, by, plan: Plan | None = None, besides: frozenset | set = frozenset()):
        self.by, self.plan, self.besides = by, plan or Plan(), besides
        self.kept: dict[UUID, Candidate] = {}

    def find(self, rows: Sequence[dict]) -> list[Found]:
        ours = [_candidate(number, values) for number, values in enumerate(rows)]
        keys = [lookup_keys(one) for one in ours]
        if len(self.kept) > MOST_KEPT:
            self.kept.clear()
        known = _Known(keys, self.besides, self.kept, chosen=self.plan.match)
        referred = self._referred(rows)
        judged = [
            _by_reference(referred, values) or self._judge(values, one, known.like(key))
            for values, one, key in zip(rows, ours, keys, strict=True)
        ]
        named = {
            comparison.other.key
            for verdict in judged
            for comparison in verdict.possible
            if comparison.kind != NEW
        }
        visible = keys_visible_to(self.by, named) if named else set()
        likely = [_worth_reading(one, verdict) for one, verdict in zip(ours, judged, strict=True)]
        clients = clients_by_key({pk for pks in likely for pk in pks} & visible)
        if any(name in values for values in rows for name in KIND_OF):
            attach_further(clients.values())
        return [
            self._within_plan(self._found(values, verdict, visible, clients))
            for values, verdict in zip(rows, judged, strict=True)
        ]

    def _referred(self, rows: Sequence[dict]) -> dict[str, Candidate]:
        """The clients that rows name by reference. A reference to nobody (of another firm's list) is forgotten."""
        named = [values for values in rows if "reference" in values]
        found = outlines_of(UUID(values["reference"]) for values in named) if named else ()
        known = {str(client.key): client for client in found if client.key not in self.besides}
        for values in named:
            if values["reference"] not in known:
                del values["reference"]
        return known

    def _judge(self, values: dict, one: Candidate, like: list[Candidate]) -> MatchVerdict:
        if not like:
            return NOBODY
        verdict = match(one, like)
        if (
            "kind" not in values and verdict.kind != SAME
        ):  # the list does not say which it is: as the other, perhaps
            other = match(replace(one, is_person=not one.is_person), like)
            verdict = max(verdict, other, key=lambda judged: _SURENESS[judged.kind])
        return _by_chosen_key(self.plan.match, one, like, verdict) if self.plan.match else verdict

    def _found(self, values: dict, verdict, visible: set[UUID], clients: dict[UUID, Client]) -> Found:
        found = Found()
        if verdict.kind == NEW:
            return found
        possible = _possible(verdict)
        found.reasons = [{"code": code, "params": {}} for code in verdict.reasons]
        if any(pk not in visible for pk in possible):
            found.refuse("hidden_match")
        elif verdict.kind == SAME:
            self._take(found, values, clients[verdict.match.key])
        elif unchanged := next(
            (pk for pk in possible if pk in clients and not differences(values, clients[pk])), None
        ):
            self._take(found, values, clients[unchanged])
        else:
            found.verdict, found.candidates = Verdict.ASK, possible[:MOST_OFFERED]
        return found

    def _take(self, found: Found, values: dict, client: Client) -> None:
        found.client_id = client.pk
        found.changes = differences(values, client, self.plan.blanks)
        found.verdict = Verdict.UPDATE if found.changes else Verdict.SAME

    def _within_plan(self, found: Found) -> Found:
        if found.verdict == Verdict.UPDATE and self.plan.mode == CREATE_ONLY:
            found.verdict, found.changes = Verdict.SAME, {}
            found.reasons = [*found.reasons, {"code": "only_adds", "params": {}}]
        elif found.verdict == Verdict.CREATE and self.plan.mode == UPDATE_ONLY:
            found.refuse("only_updates")
        return found


def asked_of(rows: Sequence, values: dict[int, dict]) -> tuple[dict[str, set], dict[int, set]]:
    """What rows are looked up by: column -> values for all of them, and row number -> (column, value) of each."""
    each, wanted = {}, {column: set() for column in ("pk", *_KEYS)}
    for row in rows:
        key = lookup_keys(_candidate(0, values[row.number]))
        asked = {("pk", pk) for pk in (row.client_id, *row.candidates) if pk}
        asked.update(
            (column, value)
            for column, take in _KEYS.items()
            for value in take(key)
            if value not in (None, "")
        )
        each[row.number] = asked
        for column, value in asked:
            wanted[column].add(value)
    return wanted, each


_KEYS = {
    "identity_index": lambda key: (key.identity,),
    "registration_index": lambda key: (key.registration,),
    "phone": lambda key: key.phones,
    "email": lambda key: key.emails,
    "sort_key": lambda key: key.sort_keys,
}


def keys_held(written: Sequence[tuple[Candidate, str]]) -> set[tuple[str, object]]:
    """The (column, value) pairs by which these clients would be found."""
    return {
        pair
        for one, sort_key in written
        for pair in (
            ("pk", one.key),
            ("identity_index", one.identity),
            ("registration_index", one.registration),
            ("phone", one.phone),
            ("email", one.email),
            ("sort_key", sort_key),
        )
    }


def _candidate(number: int, values: dict) -> Candidate:
    """A row as matching sees it; numbers as their blind indexes, as the clients' own are stored."""
    return Candidate(
        key=number,
        is_person=_is_person(values),
        name=values["name"],
        latin_name=values.get("latin_name", ""),
        identity=_index("identity_number", values),
        registration=_index("registration_number", values),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        birth_date=exact_day(values.get("birth_date")),
        address=values.get("address", ""),
    )


def _is_person(values: dict) -> bool:
    """What the row says; where it does not say (it may only update), what its fields are like."""
    if kind := values.get("kind"):
        return kind == ClientKind.PERSON
    return not values.get("registration_number") and not split_legal_form(values["name"])[1]


def _index(name: str, values: dict) -> bytes | None:
    number = values.get(name)
    return blind_index("clients.client", name, number) if number else None


class _Known:
    """The clients that any of the rows could be, by each of the keys."""

    def __init__(
        self, keys: list[LookupKeys], besides: frozenset | set, kept: dict[UUID, Candidate], chosen: str
    ):
        self.by_key: dict[tuple[str, object], list[UUID]] = {}
        self.besides, self.chosen = besides, chosen
        self._look_up("identity_index", {key.identity for key in keys})
        self._look_up("registration_index", {key.registration for key in keys})
        self._look_up("phone", set().union(*(key.phones for key in keys)))
        self._look_up("email", set().union(*(key.emails for key in keys)))
        self._look_up("sort_key", set().union(*(key.sort_keys for key in keys)))
        pks = {pk for key in keys for pk in self._alike(key)}
        for client in outlines_of(pks - kept.keys()):
            kept[client.key] = client
        self.candidates = kept

    def _look_up(self, column: str, wanted: set) -> None:
        for value, pk in keys_by(column, wanted - {None, ""}):
            if pk not in self.besides:
                self.by_key.setdefault((column, _bytes(value)), []).append(pk)

    def like(self, key: LookupKeys) -> list[Candidate]:
        return [self.candidates[pk] for pk in self._alike(key) if pk in self.candidates]

    def _alike(self, key: LookupKeys) -> dict[UUID, None]:
        """Those who share a key. An address or number that very many share tells nothing of any one of them."""
        asked = [("identity_index", key.identity), ("registration_index", key.registration)]
        asked += [("sort_key", one) for one in key.sort_keys]
        shared = [("phone", one) for one in key.phones] + [("email", one) for one in key.emails]
        blocks = [self.by_key[one] for one in asked if one in self.by_key]
        blocks += [
            block
            for one in shared
            if (block := self.by_key.get(one)) and (len(block) <= MOST_SHARING or one[0] == self.chosen)
        ]
        return dict.fromkeys(pk for block in blocks for pk in block)


def _bytes(value):
    return bytes(value) if isinstance(value, memoryview) else value


def _possible(verdict) -> list[UUID]:
    return [comparison.other.key for comparison in verdict.possible if comparison.kind != NEW]


def _worth_reading(one: Candidate, verdict) -> list[UUID]:
    """The clients whose whole profile is compared with the row: the one it is, or those it may repeat word for word."""
    if verdict.kind == NEW:
        return []
    if verdict.kind == SAME:
        return [verdict.match.key]
    return [
        comparison.other.key
        for comparison in verdict.possible
        if comparison.kind != NEW and _may_repeat(one, comparison.other)
    ]


def _may_repeat(one: Candidate, other: Candidate) -> bool:
    """Nothing the row says differs from the client, as far as the outline shows."""
    pairs = (
        (one.name, other.name),
        (one.latin_name, other.latin_name),
        (one.phone, other.phone),
        (one.email, other.email),
        (one.birth_date, other.birth_date),
        (one.address, other.address),
        (one.identity, other.identity),
        (one.registration, other.registration),
    )
    return one.is_person == other.is_person and all(said == known for said, known in pairs if said)


def _by_reference(referred: dict[str, Candidate], values: dict) -> MatchVerdict | None:
    """The client whom our own export named: nothing else need agree."""
    client = referred.get(values.get("reference", ""))
    if client is None:
        return None
    return MatchVerdict(SAME, client, ("reference",), (Comparison(SAME, ("reference",), client),))


_SURENESS = {NEW: 0, UNSURE: 1, SAME: 2}
NOBODY = MatchVerdict(NEW, None, (), ())


def _by_chosen_key(name: str, one: Candidate, like: list[Candidate], verdict: MatchVerdict) -> MatchVerdict:
    """The importer has said what a client is known by: that field alone decides, where the row has it.

    A number of identity that belongs to another client is not overruled: no second client may bear it.
    """
    if not (said := _key_of(name, one)):
        return verdict
    agreeing = [other for other in like if said & _key_of(name, other)]
    if not agreeing:
        return verdict if any(reason in TAKEN for reason in verdict.reasons) else NOBODY
    possible = tuple(Comparison(SAME, (name,), other) for other in agreeing)
    if len(agreeing) > 1:
        return MatchVerdict(UNSURE, None, ("several_match", name), possible)
    return MatchVerdict(SAME, agreeing[0], (name,), possible)


def _key_of(name: str, one: Candidate) -> frozenset:
    if name == "name":
        return one.normal_names
    value = {
        "identity_number": one.identity,
        "registration_number": one.registration,
        "phone": one.phone_digits,
        "email": one.email.casefold(),
    }[name]
    return frozenset({value} - {None, ""})


def prints_of(values: dict) -> list[str]:
    """What no second row of the file may bear; keyed, so that they tell nothing."""
    if reference := values.get("reference"):
        return [_print("reference", reference)]
    name, phone, email = normal_form(values["name"]), values.get("phone"), values.get("email")
    pairs = [
        ("identity", values.get("identity_number")),
        ("registration", values.get("registration_number")),
        ("name and phone", phone and f"{name}\0{phone}"),
        ("name and email", email and f"{name}\0{email}"),
    ]
    if not _is_person(values) or not any(value for _what, value in pairs):
        pairs.append(("name", name))
    return [_print(what, value) for what, value in pairs if value]


def _print(what: str, value: str) -> str:
    return blind_index("clients.importrow", what, value).hex()[:32]


def may_be_new(row: ImportRow, plan: Plan) -> bool:
    """Not where its number belongs to a client, nor where the import only updates."""
    return plan.mode != UPDATE_ONLY and not any(reason["code"] in TAKEN for reason in row.reasons)


def differences(values: dict, client: Client, blanks: Collection[str] = ()) -> dict:
    """What writing `values` over a client would change: {field: [old, new]}; secrets masked, people by key.

    `blanks`: fields that are written only where the profile has nothing.
    """
    changes = {}
    for name, new in values.items():
        if name == "reference":
            continue
        old = value_of(client, name)
        if name in KIND_OF:
            main = values.get(KIND_OF[name]) or getattr(client, KIND_OF[name])
            missing = missing_from(client, name, new, main)
            new = [*old, *missing] if missing else old
        if new != old and not (old and name in blanks) and not _reads_as(name, old, new):
            changes[name] = _told(name, old, new)
    return changes | _former_names(client, changes)


def _former_names(client: Client, changes: dict) -> dict:
    """With a new name the old one becomes a former name, as in the form."""
    if "name" not in changes:
        return {}
    stood = list(client.former_names)
    former = after_renaming(changes.get("former_names", (stood, stood))[1], *changes["name"])
    return {} if former is None or former == stood else {"former_names": [stood, former]}


def written_by(row, values: dict) -> dict:
    """What an update writes: what the row says, and the former names that follow from a new name."""
    said = {name: values[name] for name in row.changes if name in values}
    return said | {"former_names": row.changes["former_names"][1]} if "former_names" in row.changes else said


def _reads_as(name: str, old, new) -> bool:
    """Whether what the profile holds would itself be read as the new value: a blank or a sign of width is no change."""
    if not isinstance(old, str) or not old or name in BY_KEY or name in SECRET:
        return False  # what is sealed was read strictly and is compared as it stands
    return COLUMNS[name].widget.clean(Cell(old, "text")).value == new


def value_of(client: Client, name: str):
    """What the profile holds, in the form in which rows hold it."""
    if name in KIND_OF:
        if not hasattr(client, "further"):
            attach_further([client])
        return held_by(client, name)
    old = getattr(client, COLUMNS[name].attribute or name)
    if name == "tags":
        return sorted(map(str, old))
    return str(old or "") if name in BY_KEY else old


def _told(name: str, old, new) -> list:
    if name in SECRET:
        return [MASK if old else "", MASK]
    return [plain(old), plain(new)]


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value if value is not None else ""
