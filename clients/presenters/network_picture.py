"""The relationship network as a picture: who belongs to the client in a ring around it, the others outside."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, pi, sin
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from clients.presenters.network import End, LinkRow

MIDDLE = (480, 300)
MOST_NODES = 30
_INNER, _OUTER = (190, 135), (350, 240)
_LETTER = 7.5  # how wide half a Chinese character is drawn, at most
_MARGIN = 16
_CLOSE = 60.0  # a line that passes somebody nearer than that is hard to read
_TURNS = 24  # ways to turn the outer ring that are tried


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
    left: int
    top: int
    width: int
    height: int

    @property
    def is_wide(self) -> bool:
        """Too wide for a phone: there one moves about in it."""
        return self.width > 400


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
    spots = {centre.key: MIDDLE}
    spots |= {end.key: _spot(angles[end.key], _INNER) for end in inner}
    spots |= {end.key: _spot(angles[end.key], _OUTER) for end in shown}
    nodes = [_node(centre, spots, centre=True), *(_node(end, spots) for end in (*inner, *shown))]
    edges = [_place_edge(centre, end, role, spots) for end, role in around if end.key in spots]
    edges += [_edge(row, spots) for row in rows if row.one.key in spots and row.other.key in spots]
    return Picture(nodes, edges, len(outer) - len(shown), *_frame(nodes, edges))


def _frame(nodes: list[Node], edges: list[Edge]) -> tuple[int, int, int, int]:
    """Left, top, width and height of all that is drawn, the client in the middle of it."""
    texts = [(node.x, node.label_y, node.name) for node in nodes]
    texts += [(edge.label_x, edge.label_y, edge.label) for edge in edges]
    across = max(abs(x - MIDDLE[0]) + _LETTER * _width(name) / 2 for x, _y, name in texts)
    across = max(across, 13, *(abs(node.x - MIDDLE[0]) + 13 for node in nodes))
    tops = [min(node.y - 12, node.label_y - 16) for node in nodes]
    bottoms = [max(node.y + 12, node.label_y + 6) for node in nodes]
    left, top = round(MIDDLE[0] - across) - _MARGIN, min(tops) - _MARGIN
    return left, top, 2 * (MIDDLE[0] - left), max(bottoms) + _MARGIN - top


def _spread(ends: list[End]) -> dict[str, float]:
    return {end.key: -pi / 2 + 2 * pi * at / len(ends) for at, end in enumerate(ends)}


def _outer_angles(ends: list[End], rows: list[LinkRow], inner: dict[str, float]) -> dict[str, float]:
    """Evenly around, in the order of those they are tied to, and turned so that no line runs through somebody."""
    if not ends:
        return {}
    tied = {end.key: [row.one.key for row in rows if row.other.key == end.key] for end in ends}
    wished = {}
    for at, end in enumerate(ends):
        near = [inner[key] for key in tied[end.key] if key in inner]
        wished[end.key] = near[0] if near else -pi / 2 + 2 * pi * (at + 0.5) / len(ends)
    order = sorted(ends, key=lambda end: wished[end.key])
    step = 2 * pi / len(order)
    turned = [
        {end.key: -pi / 2 + step * (at + 0.5 + turn / _TURNS) for at, end in enumerate(order)}
        for turn in range(_TURNS)
    ]
    return min(turned, key=lambda angles: _hardship(angles, tied, inner))


def _hardship(angles: dict[str, float], tied: dict[str, list[str]], inner: dict[str, float]) -> float:
    """How hard a picture is to read: lines that pass somebody closely, and long lines."""
    ring = {key: _spot(angle, _INNER) for key, angle in inner.items()}
    total = 0.0
    for key, angle in angles.items():
        end = _spot(angle, _OUTER)
        for one in tied[key]:
            start = ring.get(one, MIDDLE)
            passed = min(
                (_from_line(spot, start, end) for at, spot in ring.items() if at != one), default=_CLOSE
            )
            total += 12 * max(_CLOSE - passed, 0) / _CLOSE + hypot(end[0] - start[0], end[1] - start[1]) / 500
    return round(total, 6)


def _from_line(spot: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> float:
    """How far a spot is from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = spot, start, end
    along, down = x2 - x1, y2 - y1
    part = ((x - x1) * along + (y - y1) * down) / ((along * along + down * down) or 1)
    part = min(max(part, 0.0), 1.0)
    return hypot(x - x1 - part * along, y - y1 - part * down)


def _spot(angle: float, radius: tuple[int, int]) -> tuple[int, int]:
    return round(MIDDLE[0] + radius[0] * cos(angle)), round(MIDDLE[1] + radius[1] * sin(angle))


def _node(end: End, spots: dict, centre: bool = False) -> Node:
    x, y = spots[end.key]
    above = y < MIDDLE[1] and not centre
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
        used += _width(sign)
        if used > widest:
            return f"{kept.rstrip()}…"
        kept += sign
    return kept


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)
