"""Who wrote to whom: the two sides of a mail, told from its addresses."""

from dataclasses import dataclass

FIRM, CLIENT = "firm", "client"


@dataclass(frozen=True, slots=True)
class Sides:
    """Who began, and the addresses of the other side."""

    initiator: str
    others: tuple[str, ...]


def sides_of(sender: str, to, *, firm: set[str], own) -> Sides:
    """`firm`: addresses of people of the firm; `own(address)`: whether it is an address of LawCRM itself.

    Written by us: the other side are those written to. Written by others: they are the writer and whoever else of them
    was written to.
    """
    outside = tuple(address for address in to if address not in firm and not own(address))
    if not sender or sender in firm:
        return Sides(FIRM, outside)
    return Sides(CLIENT, tuple(dict.fromkeys((sender, *outside))))


def token_in(address: str, base: str) -> str:
    """The token of a private address made from `base` (crm@firm.example -> crm+TOKEN@firm.example); "" for others."""
    local, _, domain = base.lower().partition("@")
    name, _, host = address.lower().partition("@")
    head, plus, token = name.partition("+")
    return token if plus and head == local and host == domain else ""
