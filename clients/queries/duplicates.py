"""Finding duplicates among all clients: whoever shares a key is brought together in the database, set by set.

A run fills two tables of its own: the keys of every client, then the pairs that share one. Keys that many clients bear
(a switchboard, above all a common name) bring nobody together: who is the same shares a rarer one too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Model

from clients.models import Client, DuplicatePair, Person, PersonPair
from clients.queries.matching import OUTLINE, outline
from clients.queries.merged import gone_ids
from clients.rules.matching import Candidate
from lawcrm.firm.ids import new_id
from lawcrm.firm.partial_dates import exact_day

MOST_BEARERS, MOST_NAMESAKES = 40, 6
_OF_NAMES = ("n:", "s:", "r:", "d:")


class SharedKey(NamedTuple):
    """Two clients that share a key, and how many bear the rarest of those they share."""

    number: int
    one: UUID
    other: UUID
    bearers: int


def living_clients():
    """The clients that somebody can see at all."""
    return Client.objects.unscoped().exclude(pk__in=gone_ids())


def living_people():
    return Person.objects.unscoped().filter(merged_into__isnull=True)


OUTLINE_OF_PERSON = ("pk", "name", "latin_name", "phone", "email", "birth_date")


def outline_of_person(pk, name, latin_name, phone, email, birth_date) -> Candidate:
    return Candidate(
        key=pk,
        is_person=True,
        name=name,
        latin_name=latin_name,
        phone=phone,
        email=email,
        birth_date=exact_day(birth_date),
    )


@dataclass(frozen=True)
class Whom:
    """Among whom duplicates are looked for."""

    living: Callable
    columns: tuple[str, ...]
    outline: Callable[..., Candidate]
    pairs: type[Model]

    @property
    def table(self) -> str:
        return self.pairs._meta.db_table

    def candidates_after(self, after: UUID | None, limit: int) -> list[Candidate]:
        """The next ones in the order of their keys, as matching sees them."""
        rows = self.living().order_by("pk")
        rows = rows.filter(pk__gt=after) if after else rows
        return [
            self.outline(*row) for row in rows.values_list(*self.columns)[:limit].iterator(chunk_size=2_000)
        ]

    def candidates_with(self, keys: Iterable[UUID]) -> dict[UUID, Candidate]:
        rows = self.living().filter(pk__any_of=list(keys)).order_by()
        return {row[0]: self.outline(*row) for row in rows.values_list(*self.columns)}


CLIENTS = Whom(living_clients, OUTLINE, outline, DuplicatePair)
PEOPLE = Whom(living_people, OUTLINE_OF_PERSON, outline_of_person, PersonPair)


def number_of(key: str) -> int:
    """A key as 64 bits, odd where it is of a name: two different keys that meet there cost one comparison more."""
    number = int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
    return number | 1 if key.startswith(_OF_NAMES) else number & ~1


def forget_runs(before: UUID) -> None:
    """Drops what earlier runs left in the work tables."""
    with connection.cursor() as cursor:
        for table in ("clients_match_key", "clients_match_pair"):
            cursor.execute(f"DELETE FROM {table} WHERE run < %s", [before])  # noqa: S608 (two names of our own)


def forget_run(run: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM clients_match_key WHERE run = %s", [run])
        cursor.execute("DELETE FROM clients_match_pair WHERE run = %s", [run])


def keep_keys(run: UUID, keyed: Iterable[tuple[UUID, Iterable[str]]]) -> None:
    """Stores the keys of clients or people: (their own key, keys)."""
    rows = [(run, number_of(key), pk) for pk, keys in keyed for key in keys]
    command = "COPY clients_match_key (run, key, client_id) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for row in rows:
            copy.write_row(row)


_PAIR = """
INSERT INTO clients_match_pair (run, number, one_id, other_id, bearers)
SELECT %(run)s, row_number() OVER (), one_id, other_id, bearers
  FROM (SELECT a.client_id AS one_id, b.client_id AS other_id, min(shared.bearers) AS bearers
          FROM (SELECT key, count(*) AS bearers FROM clients_match_key WHERE run = %(run)s
                 GROUP BY key HAVING count(*) BETWEEN 2 AND CASE WHEN key & 1 = 1 THEN %(namesakes)s ELSE %(most)s END) shared
          JOIN clients_match_key a ON a.key = shared.key AND a.run = %(run)s
          JOIN clients_match_key b ON b.key = shared.key AND b.run = %(run)s AND a.client_id < b.client_id
         GROUP BY 1, 2) paired
 WHERE NOT EXISTS (SELECT FROM {table} known
                    WHERE known.one_id = paired.one_id AND known.other_id = paired.other_id AND known.state <> 'open')
"""


def pair_up(run: UUID, whom: Whom) -> int:
    """Brings together whoever shares a key, but for pairs somebody has decided. Returns how many pairs."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute("ANALYZE clients_match_key")
        cursor.execute(
            _PAIR.format(table=whom.table), {"run": run, "most": MOST_BEARERS, "namesakes": MOST_NAMESAKES}
        )
        return cursor.rowcount


def pairs_after(run: UUID, number: int, limit: int) -> list[SharedKey]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, one_id, other_id, bearers FROM clients_match_pair"
            " WHERE run = %s AND number > %s ORDER BY number LIMIT %s",
            [run, number, limit],
        )
        return [SharedKey(*row) for row in cursor.fetchall()]


_PROPOSE = """
INSERT INTO {table}
       (id, created_at, updated_at, one_id, other_id, verdict, reasons, weight, state, found_in)
SELECT id, now(), now(), one_id, other_id, verdict, string_to_array(reasons, ' '), weight, 'open', %s
  FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::smallint[])
       AS found (id, one_id, other_id, verdict, reasons, weight)
    ON CONFLICT (one_id, other_id) DO UPDATE
   SET verdict = excluded.verdict, reasons = excluded.reasons, weight = excluded.weight, updated_at = now(),
       found_in = excluded.found_in
 WHERE {table}.state = 'open'
"""


def propose(run: UUID, whom: Whom, found: Sequence[tuple]) -> None:
    """Stores pairs to decide: (one, other, verdict, reasons, weight). Decided ones stay as they are."""
    if not found:
        return
    rows = [
        (new_id(), one, other, kind, " ".join(reasons), weight) for one, other, kind, reasons, weight in found
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _PROPOSE.format(table=whom.table), [run, *(list(column) for column in zip(*rows, strict=True))]
        )


def forget_open_pairs_besides(run: UUID, whom: Whom) -> int:
    """Drops the undecided pairs that this run no longer takes for one."""
    return whom.pairs.objects.unscoped().to_decide().exclude(found_in=run).delete()[0]
