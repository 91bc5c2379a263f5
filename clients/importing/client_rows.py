"""Rows that are clients, as a kind of list."""

from clients.importing.columns import COLUMNS, DEFAULTED, ClientResource
from clients.importing.finding import Finder, prints_of
from clients.importing.kinds import Kind, RowKind, register
from clients.importing.words import FIELD_OF_HEADING


def finder(*, by, plan, run) -> Finder:
    return Finder(by=by, plan=plan)


def told_as(values: dict) -> tuple[str, str]:
    kind = values.get("kind")
    parts = [COLUMNS["kind"].widget.render(kind) if kind else "", values.get("phone"), values.get("email")]
    return values.get("name", ""), " · ".join(str(part) for part in parts if part)


register(
    RowKind(
        code=Kind.CLIENTS,
        columns=COLUMNS,
        headings=FIELD_OF_HEADING,
        resource=ClientResource,
        finder=finder,
        prints=prints_of,
        told_as=told_as,
        defaulted=DEFAULTED,
    )
)
