"""The relationship network in words and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import cos, pi, sin
from unicodedata import east_asian_width

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clients.enums import LinkKind, OutsideKind
from clients.presenters.profile import Deed
from clients.rules.acquaintance import Acquaintance, Closeness, Hanging
from lawcrm.firm.templatetags.look import ago

# What the second end is to the first, where that is another word.
TURNED = {
    LinkKind.REFERRER: gettext_lazy("Referred by them"),
    LinkKind.SHAREHOLDER: gettext_lazy("Holding"),
}
SENTENCES = {
    LinkKind.FAMILY: gettext_lazy("%(one)s is family of %(other)s"),
    LinkKind.COLLEAGUE: gettext_lazy("%(one)s is a colleague of %(other)s"),
    LinkKind.BUSINESS_PARTNER: gettext_lazy("%(one)s is a business partner of %(other)s"),
    LinkKind.REFERRER: gettext_lazy("%(one)s referred %(other)s"),
    LinkKind.SHAREHOLDER: gettext_lazy("%(one)s is a shareholder of %(other)s"),
    LinkKind.GROUP_COMPANY: gettext_lazy("%(one)s is in one group with %(other)s"),
    LinkKind.OPPOSING_PARTY: gettext_lazy("%(one)s is an opposing party of %(other)s"),
}


def kind_words(kind: str, turned: bool) -> str:
    return str(TURNED.get(kind, LinkKind(kind).label) if turned else LinkKind(kind).label)


# -- the table --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class End:
    """One end of a link. `kind`: client, person, organisation (outside) or outside (a person outside)."""

    key: str
    name: str
    kind: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class LinkRow:
    one: End  # of the network's own: the client, or somebody there
    what: str  # what the other is to it
    other: End
    sentence: str
    note: str
    span: str
    former: bool
    deeds: tuple[Deed, ...]
    edit_url: str = ""


def end_of(link, side: str) -> End:
    if client := getattr(link, f"{side}_client"):
        return End(f"c{client.pk}", client.name, "client", reverse("clients:network", args=[client.pk]))
    if person := getattr(link, f"{side}_person"):
        return End(f"p{person.pk}", person.name, "person", reverse("clients:person", args=[person.pk]))
    name = getattr(link, f"{side}_name")
    kind = "outside" if link.outside_kind == OutsideKind.PERSON else "organisation"
    return End(f"n{name.casefold()}", name, kind)


def link_rows(
    links, own_keys: set[str], deeds_for=lambda link: (), edit_url=lambda link: ""
) -> list[LinkRow]:
    """Each link read from the side of the network's own people."""
    rows = []
    for link in links:
        first, second = end_of(link, "from"), end_of(link, "to")
        turned = first.key in own_keys  # the other end is the second one
        one, other = (first, second) if turned else (second, first)
        rows.append(
            LinkRow(
                one=one,
                what=kind_words(link.kind, turned),
                other=other,
                sentence=str(SENTENCES[link.kind]) % {"one": first.name, "other": second.name},
                note=link.note,
                span=_span(link.since, link.until),
                former=link.until is not None,
                deeds=deeds_for(link),
                edit_url=edit_url(link),
            )
        )
    return rows


def _span(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{date_format(since, 'YEAR_MONTH_FORMAT')} – {date_format(until, 'YEAR_MONTH_FORMAT')}"
    if until:
        return _("until %s") % date_format(until, "YEAR_MONTH_FORMAT")
    return _("since %s") % date_format(since, "YEAR_MONTH_FORMAT") if since else ""


# -- who of us knows them -----------------------------------------------------------------------------------------

CLOSENESS = {
    Closeness.CLOSE: gettext_lazy("knows well"),
    Closeness.REGULAR: gettext_lazy("knows"),
    Closeness.SLIGHT: gettext_lazy("has met"),
}


@dataclass(frozen=True, slots=True)
class KnowsRow:
    of_us: str
    person: str
    person_url: str
    words: str
    strength: int  # of 100, the strongest being 100
    contacts: str
    last: str


def knows_rows(found: list[Acquaintance], colleagues: dict, people: dict, shown: int = 12) -> list[KnowsRow]:
    """`people`: names by id; somebody not among them is not the reader's to see and left out."""
    known = [one for one in found if one.person is None or one.person in people]
    strongest = known[0].strength if known else 1
    return [
        KnowsRow(
            of_us=colleagues[one.of_us].display_name,
            person=people[one.person] if one.person else _("nobody by name"),
            person_url=reverse("clients:person", args=[one.person]) if one.person else "",
            words=str(CLOSENESS[one.closeness]),
            strength=max(round(100 * one.strength / strongest), 1),
            contacts=ngettext("%d contact", "%d contacts", one.contacts) % one.contacts,
            last=ago(one.last_on),
        )
        for one in known[:shown]
        if one.of_us in colleagues
    ]


def hanging_words(warning: Hanging, colleagues: dict, people: dict) -> str:
    share = f"{round(100 * warning.share)} %"
    if warning.side == "ours":
        return _("On our side this key client hangs on %(name)s: %(share)s of all contact. Who else should know them?") % {
            "name": colleagues[warning.who].display_name, "share": share,
        }  # fmt: skip
    if not people:
        return _("Nobody is named at this key client. Who decides, who pays, who picks up the phone?")
    if warning.who in people and warning.share < 1:
        return _("On their side this key client hangs on %(name)s: %(share)s of all contact. Whom else should we know?") % {
            "name": people[warning.who], "share": share,
        }  # fmt: skip
    name = people.get(warning.who) or next(iter(people.values()))
    return _("On their side we know only %(name)s. Whom else should we know at this key client?") % {
        "name": name
    }


def nobody_beside(lawyer) -> str:
    return _("Of us only %(name)s works for this key client. Who else should know them?") % {
        "name": lawyer.display_name
    }


# -- the picture --------------------------------------------------------------------------------------------------

WIDTH, HEIGHT = 960, 600
MOST_NODES = 30
_INNER, _OUTER = (190, 135), (350, 240)


@dataclass(frozen=True, slots=True)
class Node:
    x: int
    y: int
    name: str
    kind: str
    url: str
    label_y: int
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    x1: int
    y1: int
    x2: int
    y2: int
    label: str
    label_x: int
    label_y: int
    sentence: str
    former: bool
    place: bool = False  # somebody's place at the client rather than a link


@dataclass(frozen=True, slots=True)
class Picture:
    nodes: list[Node]
    edges: list[Edge]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT


def picture(centre: End, around: list[tuple[End, str]], rows: list[LinkRow]) -> Picture:
    """The centre, those who belong to it in a ring (with their role), and the other ends of links outside."""
    inner = [end for end, _role in around][:MOST_NODES]
    own = {centre.key, *(end.key for end in inner)}
    outer: dict[str, End] = {}
    for row in rows:
        for end in (row.one, row.other):
            if end.key not in own:
                outer.setdefault(end.key, end)
    shown = list(outer.values())[: MOST_NODES - len(inner)]
    angles = _spread(inner)
    angles |= _outer_angles(shown, rows, angles)
    spots = {centre.key: (WIDTH // 2, HEIGHT // 2)}
    spots |= {end.key: _spot(angles[end.key], _INNER) for end in inner}
    spots |= {end.key: _spot(angles[end.key], _OUTER) for end in shown}
    nodes = [_node(centre, spots, centre=True), *(_node(end, spots) for end in (*inner, *shown))]
    edges = [_place_edge(centre, end, role, spots) for end, role in around if end.key in spots]
    edges += [_edge(row, spots) for row in rows if row.one.key in spots and row.other.key in spots]
    return Picture(nodes, edges, len(outer) - len(shown))


def _spread(ends: list[End]) -> dict[str, float]:
    return {end.key: -pi / 2 + 2 * pi * at / len(ends) for at, end in enumerate(ends)}


def _outer_angles(ends: list[End], rows: list[LinkRow], inner: dict[str, float]) -> dict[str, float]:
    """Evenly around, in the order of those they are tied to, so that few lines cross."""
    wished = {}
    for at, end in enumerate(ends):
        near = [inner[row.one.key] for row in rows if row.other.key == end.key and row.one.key in inner]
        wished[end.key] = near[0] if near else -pi / 2 + 2 * pi * (at + 0.5) / len(ends)
    order = sorted(ends, key=lambda end: wished[end.key])
    shift = pi / len(ends) if ends else 0
    return {end.key: -pi / 2 + shift + 2 * pi * at / len(order) for at, end in enumerate(order)}


def _spot(angle: float, radius: tuple[int, int]) -> tuple[int, int]:
    return round(WIDTH / 2 + radius[0] * cos(angle)), round(HEIGHT / 2 + radius[1] * sin(angle))


def _node(end: End, spots: dict, centre: bool = False) -> Node:
    x, y = spots[end.key]
    above = y < HEIGHT / 2 and not centre
    return Node(x, y, shortened(end.name), end.kind, end.url, y - 18 if above else y + 30, centre)


def _place_edge(centre: End, end: End, role: str, spots: dict) -> Edge:
    sentence = _("%(one)s is at %(other)s") % {"one": end.name, "other": centre.name}
    return _between(spots[centre.key], spots[end.key], role, sentence, former=False, place=True)


def _edge(row: LinkRow, spots: dict) -> Edge:
    return _between(spots[row.one.key], spots[row.other.key], row.what, row.sentence, former=row.former)


def _between(start, end, label: str, sentence: str, *, former: bool, place: bool = False) -> Edge:
    (x1, y1), (x2, y2) = start, end
    return Edge(
        x1, y1, x2, y2, shortened(label, 16), round(x1 + 0.58 * (x2 - x1)), round(y1 + 0.58 * (y2 - y1)) - 4,
        sentence, former, place,
    )  # fmt: skip


def shortened(text: str, widest: int = 26) -> str:
    """Cut to a width in which a Chinese character counts double."""
    used, kept = 0, ""
    for sign in text:
        used += 2 if east_asian_width(sign) in "WF" else 1
        if used > widest:
            return f"{kept.rstrip()}…"
        kept += sign
    return kept
