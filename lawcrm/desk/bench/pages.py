"""What is measured: each page as a person asks for it, beside its bare statement and its minimal view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from types import SimpleNamespace
from urllib.parse import quote
from uuid import uuid4

import psycopg
from django.http import QueryDict
from psycopg.types.json import Jsonb

from clients.forms.client_list import SEARCH, ClientListForm
from clients.models import SavedView
from clients.rules.names import initials_of
from clients.rules.search_tokens import tsquery_for
from interactions.models import Contact
from lawcrm.desk.bench import duties
from lawcrm.desk.bench.web import Answer, Visitor
from lawcrm.desk.demo.loading import Table
from lawcrm.firm import clock, opaque
from lawcrm.firm.models import AuditEntry
from lawcrm.firm.paging import cursor_at

ORDER = ("sort_key", "id")
LONG_STORY = 5_000
FULL_AGENDA, PLANNER = 2_000, "lawyer2"
_CLIENTS = """SELECT c.id, c.name, c.kind, c.grade, c.relationship_type, c.last_contact_at, u.given_name, u.family_name
              FROM clients_client c JOIN firm_user u ON u.id = c.responsible_id {where}
             ORDER BY c.sort_key, c.id LIMIT 50"""
_FOUND = """SELECT c.id, c.name, c.kind, c.grade, c.relationship_type, c.last_contact_at, u.given_name, u.family_name
              FROM clients_client c JOIN firm_user u ON u.id = c.responsible_id WHERE c.search @@ %s::tsquery
             ORDER BY c.sort_key, c.id LIMIT 50"""
_CONTACTS = """SELECT k.id, k.at, k.channel, k.purposes, k.note, k.initiator, u.given_name, u.family_name
              FROM interactions_contact k JOIN firm_user u ON u.id = k.with_lawyer_id
             WHERE k.client_id = %s AND k.withdrawn_at IS NULL ORDER BY k.at DESC, k.id DESC LIMIT 50"""
_SAID = """SELECT k.id, k.at, k.channel, k.purposes, k.note FROM interactions_contact k
             WHERE k.client_id = %s AND k.withdrawn_at IS NULL AND k.note ILIKE %s ORDER BY k.at DESC, k.id DESC LIMIT 50"""
_DUE = """SELECT f.id, f.title, f.due_at, c.name FROM interactions_followup f JOIN clients_client c ON c.id = f.client_id
             WHERE f.owner_id = %s AND f.state IN ('open', 'snoozed') AND f.due_at < now() + interval '1 day'
             ORDER BY f.due_at, f.id LIMIT 50"""
_PLANNED = """SELECT f.id, f.title, f.due_at, c.name FROM interactions_followup f JOIN clients_client c ON c.id = f.client_id
             WHERE f.owner_id = %s AND f.state IN ('open', 'snoozed') ORDER BY f.due_at, f.id LIMIT 50"""
_STANDING = """SELECT grade, relationship_type, responsible_id, department_id, quiet_from <= current_date, count(*)
              FROM clients_client GROUP BY 1, 2, 3, 4, 5"""
_STAND = "UPDATE clients_client SET last_contact_at = now() WHERE id = %(client)s"


@dataclass(frozen=True)
class Page:
    """One line of the table."""

    name: str
    ask: Callable[[], Answer]
    minimal: Callable[[], Answer] | None
    bare: Callable[[], None]
    most_statements: int
    most_times: float | None = None  # the minimal view
    most_kib: float | None = None
    most_p95: float | None = None
    grows: bool = False  # measured in a smaller firm too
    expects: bytes = b""


@dataclass
class World:
    """Whom and what the pages are about: chosen from the database, the same each time."""

    held: psycopg.Connection
    partner: Visitor
    lawyer: Visitor
    floor: Visitor
    planner: Visitor  # somebody with 2,000 follow-ups
    numbers: count = field(default_factory=count)

    def __post_init__(self):
        self.lawyer_id = self._one("SELECT id FROM firm_user WHERE username = 'lawyer'")
        self.middle = self._one(
            "SELECT sort_key FROM clients_client ORDER BY sort_key OFFSET (SELECT count(*) / 2 FROM clients_client) LIMIT 1"
        )
        self.middle_id = self._one(
            "SELECT id FROM clients_client WHERE sort_key = %s ORDER BY id LIMIT 1", self.middle
        )
        self.own = self._column(
            "SELECT id FROM clients_client WHERE responsible_id = %s ORDER BY id", self.lawyer_id
        )
        self.busy = self._one(
            """SELECT client_id FROM interactions_contact WHERE client_id = ANY(%s) GROUP BY client_id
               ORDER BY abs(count(*) - 50), client_id LIMIT 1""",
            self.own,
        )
        self.long = next(pk for pk in self.own if pk != self.busy)
        self._give_a_long_story()
        self._fill_an_agenda()

    def _give_a_long_story(self) -> None:
        """5,000 contacts more for one client: the likeness of one there is, three hours from one to the next."""
        columns = [column.column for column in Contact._meta.concrete_fields]
        other = {
            "id": "gen_random_uuid()", "client_id": "%(client)s", "at": "now() - n * interval '3 hours'",
            "note": "'Rang about item ' || n || ' of the lease.'", "matter_id": "NULL", "sealed_note": "NULL",
            "confidentiality": "'ordinary'",
        }  # fmt: skip
        values = ", ".join(other.get(column, f'k."{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        statement = f"""INSERT INTO interactions_contact ({names}) SELECT {values} FROM generate_series(1, %(many)s) n,
            (SELECT * FROM interactions_contact WHERE withdrawn_at IS NULL AND act IS NULL ORDER BY id LIMIT 1) k"""  # noqa: S608
        self.held.execute(statement, {"client": self.long, "many": LONG_STORY})
        self.held.execute("ANALYZE interactions_contact")

    def _fill_an_agenda(self) -> None:
        """2,000 follow-ups more for one person, six hours apart and the first of them long late."""
        self.planner_id = self._one("SELECT id FROM firm_user WHERE username = %s", PLANNER)
        first = "c.id = (SELECT id FROM clients_client WHERE responsible_id = %(owner)s ORDER BY id LIMIT 1)"
        due_at = "now() - interval '20 days' + n * interval '6 hours'"
        duties.add(self.held, of=first, each=FULL_AGENDA, due_at=due_at, owner=self.planner_id)

    def _column(self, statement: str, *params) -> list:
        return [row[0] for row in self.held.execute(statement, params)]

    def _one(self, statement: str, *params):
        return self._column(statement, *params)[0]

    def view(self) -> str:
        """A list the partner keeps: narrowed by three columns, in an order of its own."""
        state = ClientListForm(QueryDict("grade=A,B&kind=not:person&contact=over:30&sort=responsible")).state
        owner = self._one("SELECT id FROM firm_user WHERE username = 'partner'")
        view = {
            "id": uuid4(), "name": "Not heard of lately", "audience": "private", "owner_id": owner, "state": Jsonb(state)
        }  # fmt: skip
        _Insert(SavedView)(self.held, view)
        return str(view["id"])

    # -- what to search for ----------------------------------------------------------------------------------

    def searches(self) -> dict[str, str]:
        """Two characters that few names hold and two that very many hold, initials, a Latin word's beginning, digits."""
        name = self._one(
            """SELECT name FROM clients_client WHERE kind = 'private' AND latin_name = '' ORDER BY id OFFSET 5 LIMIT 1"""
        )
        phone = self._one(
            "SELECT phone FROM clients_client WHERE phone LIKE '16%%' ORDER BY id OFFSET 9 LIMIT 1"
        )
        return {
            "rare": name[2:4],
            "common": "科技",
            "initials": initials_of(name[2:6], is_person=False),
            "latin": "kest",
            "phone": phone[-6:],
        }


# Every order of the list, and what it can be narrowed by: each kind of column, where many and where few or none agree.
NARROWED = (
    *((f"list by {name}", f"sort={code}") for name, code in (
        ("grade", "grade"), ("lawyer", "responsible"), ("client since", "-since"), ("last verified", "verified"),
        ("relationship", "type"), ("last contact", "-contact"), ("newest", "created"),
    )),
    ("list, a rare code", "company_size=large&kind=person"),
    ("list, a text few have", "website=has:zzqx"),
    ("list, a text that none has", "industry=has:zzqx"),
    ("list, a text many have", "name=has:%E7%A7%91%E6%8A%80"),
    ("list, a text lacking", "note=lacks:a"),
    ("list, a beginning", "name=starts:%E5%BC%A0"),
    ("list, referred by", "referred_by=has:zzqx"),
    ("list, formerly called", "former_names=has:zzqx"),
    ("list, all of two services", "service=all:advice,litigation"),
    ("list, any of a list", "service=retainer,litigation&source=alliance,referred"),
    ("list, a span of days", "since=2020-01-01..2020-01-05"),
    ("list, all of three", "grade=A&kind=not:person&quiet=yes"),
    ("list, two or-groups", "g1.grade=A&g1.type=partner&g2.kind=private&g2.source=referral"),
    ("list, any of two groups", "match=any&g1.grade=A&g1.quiet=yes&g2.type=none&g2.kind=private"),
)  # fmt: skip


def pages(world: World) -> list[Page]:
    """Every page of the table, in its order."""
    listed = {"most_statements": 10, "most_kib": 60.0, "grows": True, "expects": b"/clients/"}
    rows = [
        _list_page(world, "client list", "", "", {}, most_times=4, **listed),
        _middle_page(world, listed),
        _list_page(
            world, "list of one lawyer", f"responsible={world.lawyer_id}", f"lawyer={world.lawyer_id}",
            {"where": "WHERE c.responsible_id = %s", "params": [world.lawyer_id]}, most_times=4, **listed,
        ),
    ]  # fmt: skip
    rows += [_search_page(world, kind, words, listed) for kind, words in world.searches().items()]
    rows += [_narrowed_page(world, *asked) for asked in NARROWED]
    rows.append(_narrowed_page(world, "a saved view", f"view={world.view()}"))
    return [
        *rows,
        _client_page(world),
        *_tab_pages(world),
        *_timeline_pages(world),
        *_agenda_pages(world),
        _log_page(world),
        _today_page(world),
        _insights_page(world),
    ]


def _list_page(world: World, name: str, query: str, floor: str, bare: dict, **targets) -> Page:
    statement, params = _CLIENTS.format(where=bare.get("where", "")), bare.get("params", [])
    return Page(
        name,
        ask=lambda: world.partner.get(f"/clients/?{query}"),
        minimal=lambda: world.floor.get(f"/clients/?{floor}"),
        bare=lambda: _fetch(world, statement, params),
        **targets,
    )


def _middle_page(world: World, listed: dict) -> Page:
    place = cursor_at(SimpleNamespace(sort_key=world.middle, id=world.middle_id), ORDER)
    return _list_page(
        world, "middle of the list", f"after={quote(place)}", f"after={quote(world.middle)}",
        {"where": "WHERE (c.sort_key, c.id) > (%s, %s)", "params": [world.middle, world.middle_id]}, **listed,
    )  # fmt: skip


def _search_page(world: World, kind: str, words: str, listed: dict) -> Page:
    asked = tsquery_for(words)
    return Page(
        f"search, {kind} ({words})",
        ask=lambda: world.partner.get(f"/clients/?s={quote(opaque.hide(words, SEARCH))}"),
        minimal=lambda: world.floor.get(f"/clients/?found={quote(asked)}"),
        bare=lambda: _fetch(world, _FOUND, [asked]),
        most_times=4,
        **listed,
    )


def _narrowed_page(world: World, name: str, query: str) -> Page:
    """Beside the whole list bare: what narrowing and sorting cost more is what is looked for."""
    return _list_page(
        world, name, query, "", {}, most_statements=10, most_kib=60.0, most_p95=200.0, expects=b"/clients/"
    )


def _tab_pages(world: World) -> list[Page]:
    """The tabs of the client page."""
    return [
        Page(
            f"client page, {tab}",
            ask=lambda tab=tab: world.lawyer.get(f"/clients/{world.busy}/{tab}/"),
            minimal=lambda: world.floor.get(f"/clients/{world.busy}/"),
            bare=lambda: _fetch(world, "SELECT * FROM clients_client WHERE id = %s", [world.busy]),
            most_statements=20,
            most_p95=200.0,
            expects=b"/clients/",
        )
        for tab in ("profile", "network", "needs", "grade")
    ]


def _client_page(world: World) -> Page:
    return Page(
        "client page, 50 contacts",
        ask=lambda: world.lawyer.get(f"/clients/{world.busy}/"),
        minimal=lambda: world.floor.get(f"/clients/{world.busy}/"),
        bare=lambda: _fetch(world, _CONTACTS, [world.busy]),
        most_statements=15,
        most_times=4,
        most_kib=90.0,
        expects=b"timeline",
    )


def _timeline_pages(world: World) -> list[Page]:
    """The timeline of a client with 5,000 items: its newest page, and what a word finds in all of it."""
    url = f"/interactions/client/{world.long}/timeline/"
    common = {
        "minimal": lambda: world.floor.get(f"/clients/{world.long}/"), "most_statements": 10, "most_p95": 300.0,
        "expects": b"story-item",
    }  # fmt: skip
    htmx = {"HX-Request": "true"}
    return [
        Page(
            "timeline of 5,000",
            ask=lambda: world.lawyer.get(url),
            bare=lambda: _fetch(world, _CONTACTS, [world.long]),
            **common,
        ),
        Page(
            "search in a timeline of 5,000",
            ask=lambda: world.lawyer.post(url, {"q": "item 4999"}, **htmx),
            bare=lambda: _fetch(world, _SAID, [world.long, "%item 4999%"]),
            **common,
        ),
    ]


def _agenda_pages(world: World) -> list[Page]:
    """The agenda of somebody with 2,000 follow-ups, the week, and the list of them."""
    asked = {
        "agenda of 2,000": "/follow-ups/calendar/?view=agenda",
        "week of 2,000": "/follow-ups/calendar/?view=week",
        "follow-ups of 2,000": "/follow-ups/",
    }
    return [
        Page(
            name,
            ask=lambda url=url: world.planner.get(url),
            minimal=lambda: world.floor.get("/today/"),
            bare=lambda: _fetch(world, _PLANNED, [world.planner_id]),
            most_statements=12,
            most_p95=200.0,
            expects=b"/follow-ups/",
        )
        for name, url in asked.items()
    ]


def _log_page(world: World) -> Page:
    """The quick log on a client page, over all of the lawyer's clients in turn."""
    insert_contact, insert_entry = _Insert(Contact), _Insert(AuditEntry)

    def client():
        return world.own[next(world.numbers) % len(world.own)]

    def ask() -> Answer:
        fields = {
            "client": client(), "shape": "inline", "channel": "phone", "purposes": ["progress_report"], "initiator": "firm",
            "answered": "on", "note": "Rang about the next hearing.", "next": "none", "idempotency_key": uuid4().hex,
        }  # fmt: skip
        return world.lawyer.post("/interactions/log/", fields, **{"HX-Request": "true"})

    def bare() -> None:
        by, chosen = world.lawyer_id, client()
        contact = {
            "id": uuid4(), "client_id": chosen, "at": clock.now(), "channel": "phone", "purposes": ["progress_report"],
            "note": "Rang about the next hearing.", "logged_by_id": by, "with_lawyer_id": by,
        }  # fmt: skip
        entry = {
            "id": uuid4(),
            "verb": "contact.logged",
            "actor_id": by,
            "object_id": contact["id"],
            "client_id": chosen,
        }
        with world.held.transaction():
            insert_contact(world.held, contact)
            insert_entry(world.held, entry)
            world.held.execute(_STAND, {"client": chosen})

    return Page(
        "log a contact",
        ask,
        lambda: world.floor.get("/clients/"),
        bare,
        most_statements=20,
        most_times=6,
        expects=b"form",
    )


class _Insert:
    """One row into the table of a model, as bare as it gets."""

    def __init__(self, model):
        self.defaults = Table(model).defaults
        columns = ", ".join(f'"{column}"' for column in self.defaults)
        values = ", ".join(f"%({column})s" for column in self.defaults)
        self.statement = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({values})"  # noqa: S608
        self.stamps = {column for column in ("at", "created_at", "updated_at") if column in self.defaults}

    def __call__(self, held: psycopg.Connection, values: dict) -> None:
        now = clock.now()
        held.execute(self.statement, {**self.defaults, **dict.fromkeys(self.stamps, now), **values})


def _today_page(world: World) -> Page:
    return Page(
        "Today",
        ask=lambda: world.lawyer.get("/"),
        minimal=lambda: world.floor.get("/today/"),
        bare=lambda: _fetch(world, _DUE, [world.lawyer_id]),
        most_statements=15,
        most_p95=300.0,
        expects=b"/clients/",
    )


def _insights_page(world: World) -> Page:
    return Page(
        "partner dashboard",
        ask=lambda: world.partner.get("/insights/"),
        minimal=lambda: world.floor.get("/clients/"),
        bare=lambda: _fetch(world, _STANDING, []),
        most_statements=15,
        most_p95=300.0,
        expects=b"/clients/",
    )


def _fetch(world: World, statement: str, params: list) -> None:
    world.held.execute(statement, params).fetchall()
