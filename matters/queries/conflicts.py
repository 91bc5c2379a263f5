"""Conflict checks: who sees a check and its hits, and the search over every name the firm knows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Upper
from django.db.models.lookups import In

from clients.enums import ClientKind, LinkKind
from clients.models import Client, ClientPerson, Link, Person
from clients.queries.words import Words
from lawcrm.firm.models import Wall, WallPerson
from lawcrm.firm.models.base import ScopedQuerySet
from lawcrm.firm.roles import may
from matters.queries.conflict_colleagues import colleagues_named
from matters.rules.conflicts import (
    ORGANISATION,
    PERSON,
    REFUSED,
    Agreement,
    Name,
    asked_for,
    best_agreement,
    is_adverse,
)
from matters.rules.refusals import covers, plain_names

MOST_COMPARED = 400  # rows of one source for one name
MOST_STRONG, MOST_WEAK = 100, 40  # hits kept of one name
WEAK = 1
_TIED = (LinkKind.GROUP_COMPANY, LinkKind.SHAREHOLDER, LinkKind.FAMILY)


# -- who sees what ------------------------------------------------------------------------------------------


def at_the_desk(user) -> bool:
    return may(user, "conflicts.desk")


def _named_out(user, kind: str):
    """What a wall closes to this very person by name: that holds at the conflicts desk too."""
    named = WallPerson.objects.filter(wall=OuterRef("pk"), user=user)
    walls = Wall.objects.standing().filter(Exists(named), mode=Wall.Mode.EXCLUDES, kind=kind)
    return walls.values("target_id")


def _not_named_out(rows, user):
    for path, kind in (("client", "client"), ("via_client", "client"), ("matter", "matter")):
        if any(one.name == path for one in rows.model._meta.fields):
            closed = Q(**{f"{path}_id__in": _named_out(user, kind)})
            rows = rows.filter(Q(**{f"{path}__isnull": True}) | ~closed)
    return rows


def _visible(model: str, user):
    return apps.get_model(model).objects.visible_to(user).order_by().values("pk")


class ConflictCheckQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """A check of a client or matter goes with it; a prospect's is for who asked. The desk sees all."""
        if not user.is_active:
            return self.none()
        if at_the_desk(user):
            return _not_named_out(self, user)
        asked = Q(client__isnull=True, matter__isnull=True, asked_by=user)
        of_client = Q(matter__isnull=True, client__in=_visible("clients.Client", user))
        return self.filter(asked | of_client | Q(matter__in=_visible("matters.Matter", user)))


class ConflictHitQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """A hit tells of a client, a person, a matter: seen by those who see all of them, and at the desk."""
        if not user.is_active:
            return self.none()
        if at_the_desk(user):
            return _not_named_out(self, user)
        rows = self
        for name, model in (
            ("client", "clients.Client"),
            ("via_client", "clients.Client"),
            ("person", "clients.Person"),
            ("matter", "matters.Matter"),
        ):
            rows = rows.filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": _visible(model, user)}))
        return rows


# -- the search ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Subject:
    """One of the names asked: somebody with every name they are known by, and their part in the matter."""

    name: str
    other_names: tuple[str, ...] = ()
    kind: str = ""  # person, organisation, or not known
    role: str = ""
    clients: frozenset[UUID] = frozenset()  # who this is on record, where that is known: no hit on itself

    @property
    def names(self) -> list[Name]:
        return [
            Name(text, self.kind) for text in dict.fromkeys((self.name, *self.other_names)) if text.strip()
        ]


@dataclass(frozen=True)
class Found:
    """A hit before it is stored. `key` says who was found, whatever the reason."""

    key: tuple
    source: str
    agreement: Agreement
    reasons: tuple[str, ...]
    client_id: UUID | None = None
    via_client_id: UUID | None = None
    person_id: UUID | None = None
    matter_id: UUID | None = None
    party_id: UUID | None = None
    colleague_id: UUID | None = None
    known_role: str = ""
    link_kind: str = ""
    adverse: bool = False
    strength: int = field(default=0)


@contextmanager
def _by_index() -> Iterator[None]:
    """Hundreds of words at once are milliseconds for the index and seconds for a look at every row, which the planner
    would choose."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def search(subject: Subject, *, matter_id: UUID | None = None) -> list[Found]:
    """Everybody on record who may be the subject, gravest first; the matter's own parties are no hits.

    A handful of statements, whoever asks: scope and walls do not narrow a conflict check, only what is told of it.
    """
    names = subject.names
    written = " | ".join(filter(None, map(asked_for, names)))
    if not written:
        return []
    asked = Words(written)
    with _by_index():
        found = _found(subject, names, asked, matter_id)
    judged = [_judged(one, subject) for one in _once(found)]
    judged.sort(key=lambda one: (not one.adverse, -one.strength, one.agreement.known, str(one.key)))
    strong = [one for one in judged if one.strength > WEAK][:MOST_STRONG]
    return strong + [one for one in judged if one.strength <= WEAK][:MOST_WEAK]


def _found(subject: Subject, names: list[Name], asked: Words, matter_id: UUID | None) -> list[Found]:
    found = [*_parties(names, asked, matter_id), *_link_ends(names, asked), *_colleagues(names)]
    if subject.clients:  # who comes to us: is the client, or its group, on another side somewhere?
        always = ("party", "colleague")
        found = [one for one in found if one.source in always or one.client_id not in subject.clients]
        found += _parties_tied(subject, matter_id)
    else:
        clients, people = _clients(names, asked, subject), _people(names, asked)
        found += [*clients, *people, *_tied(clients, people)]
    return found


def _judged(one: Found, subject: Subject) -> Found:
    ours = ("client", "person", "network", "colleague")
    known_role = one.known_role or ("client" if one.source in ours else "")
    strength = one.agreement.strength - (1 if {"group", "linked"} & set(one.reasons) else 0)
    grave = strength > WEAK and is_adverse(subject.role, known_role)
    return replace(one, adverse=grave, strength=max(strength, 0))


def _once(found: Iterable[Found]) -> list[Found]:
    """Each record once, with the reason that says most."""
    best: dict[tuple, Found] = {}
    for one in found:
        held = best.get(one.key)
        if (
            held is None
            or len(held.reasons) > len(one.reasons)
            or held.agreement.strength < one.agreement.strength
        ):
            best[one.key] = one
    return list(best.values())


def _clients(names, asked, subject: Subject) -> list[Found]:
    rows = _standing(Client.objects.unscoped(), asked, _typed(subject))
    found = []
    for pk, kind, name, latin, former, group, merged in rows.values_list(
        "pk", "kind", "name", "latin_name", "former_names", "group_name", "merged_into_id"
    )[:MOST_COMPARED]:
        kind = PERSON if kind == ClientKind.PERSON else ORGANISATION
        whose = merged or pk
        key = ("client", whose)
        if agreement := best_agreement(names, _names(kind, name, latin)):
            found.append(Found(key, "client", agreement, (agreement.reason,), client_id=whose))
        elif agreement := best_agreement(names, _names(kind, *former)):
            found.append(Found(key, "client", agreement, (agreement.reason, "former"), client_id=whose))
        elif group and (agreement := best_agreement(names, _names(ORGANISATION, group))):
            found.append(Found(key, "client", agreement, (agreement.reason, "group"), client_id=whose))
    return found


def _standing(rows, asked, typed):
    found = Q(search=asked)
    if typed:
        found |= ~Q(group_name="") & Q(In(Upper("group_name"), typed))
    return rows.filter(found).order_by()


def _typed(subject: Subject) -> list[str]:
    """How the group of a company may be written in its profile: as the names asked, or what is their own."""
    written = {text for name in subject.names for text in (name.text, name.plain, name.stem, name.core)}
    return sorted({one.upper() for one in written if len(one) > 1})


def _people(names, asked) -> list[Found]:
    rows = Person.objects.unscoped().filter(search=asked).order_by()
    found = []
    for pk, name, latin in rows.values_list("pk", "name", "latin_name")[:MOST_COMPARED]:
        if agreement := best_agreement(names, _names(PERSON, name, latin)):
            found.append(Found(("person", pk), "person", agreement, (agreement.reason,), person_id=pk))
    return found


def _parties(names, asked, matter_id) -> list[Found]:
    rows = apps.get_model("matters", "Party").objects.unscoped().filter(search=asked).order_by()
    if matter_id:
        rows = rows.exclude(matter_id=matter_id)
    agreeing = []
    for row in rows.values_list("pk", "kind", "role", "name", "other_names", "matter_id")[:MOST_COMPARED]:
        _pk, kind, _role, name, others, _matter = row
        if agreement := best_agreement(names, _names(surely(kind), name, *others)):
            agreeing.append((row, agreement))
    matters = (
        apps.get_model("matters", "Matter").objects.unscoped().filter(pk__in=[row[5] for row, _a in agreeing])
    )
    clients = dict(matters.order_by().values_list("pk", "client_id")) if agreeing else {}
    return [
        Found(
            ("party", pk),
            "party",
            agreement,
            (agreement.reason,),
            client_id=clients[of_matter],
            matter_id=of_matter,
            party_id=pk,
            known_role=role,
        )
        for (pk, _kind, role, _name, _others, of_matter), agreement in agreeing
    ]


def _colleagues(names) -> list[Found]:
    return [
        Found(("colleague", pk), "colleague", agreement, (agreement.reason,), colleague_id=pk)
        for pk, agreement in colleagues_named(names)
    ]


def _link_ends(names, asked) -> list[Found]:
    """Names that stand in the relationship network only: the tie leads to a client or a person."""
    rows = Link.objects.unscoped().filter(search=asked).order_by()
    found = []
    for pk, kind, outside, from_name, to_name, *ends in rows.values_list(
        "pk", "kind", "outside_kind", "from_name", "to_name",
        "from_client_id", "to_client_id", "from_person_id", "to_person_id",
    )[:MOST_COMPARED]:  # fmt: skip
        agreement = best_agreement(names, _names(surely(outside), from_name or to_name))
        if agreement:
            client, person = ends[0] or ends[1], ends[2] or ends[3]
            found.append(
                Found(("link", pk), "network", agreement, (agreement.reason, "linked"), client_id=client,
                      person_id=person, link_kind=kind)
            )  # fmt: skip
    return found


def _parties_tied(subject: Subject, matter_id) -> list[Found]:
    """Parties of other matters who are of the client's own group, shareholders or family."""
    links = Link.objects.unscoped().touching(clients=list(subject.clients)).filter(kind__in=_TIED)
    rows = links.values_list(
        "kind", "outside_kind", "from_name", "to_name", "from_client__name", "to_client__name",
        "from_person__name", "to_person__name", "from_client_id", "to_client_id",
    ).order_by()[:MOST_COMPARED]  # fmt: skip
    found = []
    for kind, _outside, *texts, from_client, to_client in rows:
        near = from_client if from_client in subject.clients else to_client
        names = [Name(text) for text in texts if text and text not in (subject.name, *subject.other_names)]
        if written := " | ".join(filter(None, map(asked_for, names))):
            found += [
                replace(one, reasons=(*one.reasons, "linked"), via_client_id=near, link_kind=kind)
                for one in _parties(names, Words(written), matter_id)
                if one.agreement.strength > WEAK
            ]
    return found


def _tied(clients: list[Found], people: list[Found]) -> list[Found]:
    """The group, the shareholders and the family of who was found: one step along the network."""
    sure = {one.client_id: one for one in clients if one.agreement.strength > WEAK}
    known = {one.person_id: one for one in people if one.agreement.strength > WEAK}
    if not sure and not known:
        return []
    rows = (
        Link.objects.unscoped()
        .touching(clients=list(sure), people=list(known))
        .filter(kind__in=_TIED)
        .select_related("from_client", "to_client", "from_person", "to_person")
        .only("kind", "from_client__name", "to_client__name", "from_person__name", "to_person__name")
        .order_by()[:MOST_COMPARED]
    )
    found = []
    for link in rows:
        for near, far in (("from", "to"), ("to", "from")):
            root = sure.get(getattr(link, f"{near}_client_id")) or known.get(
                getattr(link, f"{near}_person_id")
            )
            client, person = getattr(link, f"{far}_client"), getattr(link, f"{far}_person")
            other = client or person
            if root is None or other is None or (client and client.pk in sure):
                continue
            agreement = Agreement(root.agreement.reason, root.agreement.asked, other.name)
            key = ("client", client.pk) if client else ("person", person.pk)
            found.append(
                Found(key, "network", agreement, (root.agreement.reason, "linked"),
                      client_id=client.pk if client else None, person_id=person.pk if person else root.person_id,
                      via_client_id=getattr(link, f"{near}_client_id"), link_kind=link.kind)
            )  # fmt: skip
    return found


def surely(kind: str) -> str:
    """The kind of a bare name as far as it is sure: 腾达 noted as a person may be a company all the same."""
    return ORGANISATION if kind == ORGANISATION else ""


def _names(kind: str, *texts: str) -> list[Name]:
    return [Name(text, kind) for text in texts if text]


def seen_by(found: Iterable[Found], user) -> set[tuple]:
    """The keys of those hits whose client, person and matter the person may all see."""
    found = list(found)
    kinds = (
        ("clients.Client", lambda one: (one.client_id, one.via_client_id)),
        ("clients.Person", lambda one: (one.person_id,)),
        ("matters.Matter", lambda one: (one.matter_id,)),
    )
    hidden = set()
    for model, ids_of in kinds:
        asked = {pk for one in found for pk in ids_of(one) if pk}
        rows = apps.get_model(model).objects.visible_to(user).filter(pk__in=asked) if asked else ()
        seen = set(rows.order_by().values_list("pk", flat=True)) if asked else set()
        hidden |= {one.key for one in found if any(pk and pk not in seen for pk in ids_of(one))}
    return {one.key for one in found} - hidden


# -- reading ------------------------------------------------------------------------------------------------


def hits_of(check, user) -> tuple[list, int]:
    """The hits of a check that came through the door as far as the person sees them, and how many they do not."""
    hits = apps.get_model("matters", "ConflictHit").objects
    seen = list(
        hits.visible_to(user)
        .filter(check_run=check)
        .select_related("client", "via_client", "person", "matter__responsible", "client__responsible")
        .defer(
            "client__search", "client__note", "client__background", "via_client__search", "via_client__note",
            "person__search", "matter__search", "matter__note",
        )
    )  # fmt: skip
    return seen, check.hit_count - len(seen)


def clients_of_people(people: Iterable[UUID], user) -> dict[UUID, list]:
    """The clients the person may see where these people are or were."""
    found = defaultdict(list)
    places = ClientPerson.objects.visible_to(user).filter(person_id__in=list(people)).select_related("client")
    for place in places.only("person_id", "client__name").order_by("created_at"):
        found[place.person_id].append(place.client)
    return found


def sees_check(user, check) -> bool:
    return apps.get_model("matters", "ConflictCheck").objects.visible_to(user).filter(pk=check.pk).exists()


def refusal_for(client, names: Iterable[str], matter=None):
    """The refused check that stands against acting for the client where these names have a part; None where none does.

    `matter`: its own refused check stands against whatever is to be done in it.
    """
    checks = apps.get_model("matters", "ConflictCheck").objects.unscoped()
    refused = checks.filter(Q(client=client) | Q(client__isnull=True), decision=REFUSED, is_current=True)
    if matter and (own := refused.filter(matter=matter).first()):
        return own
    ours = plain_names((client.name, client.latin_name, *client.former_names))
    others = plain_names(names)
    for check in refused.order_by("-created_at").only("subjects", "client_id", "created_at"):
        asked = [
            ours
            if check.client_id == client.pk and one["role"] == "client"
            else (one["name"], *one["other_names"])
            for one in check.subjects
        ]
        if covers(asked, ours, others):
            return check
    return None


def current_check(matter):
    """The newest conflict check of a matter that came through the door."""
    checks = apps.get_model("matters", "ConflictCheck").objects.filter(matter=matter)
    return checks.select_related("decided_by").order_by("-created_at", "-id").first()
