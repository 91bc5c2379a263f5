"""Whose data stands where: for every table, by which ties its rows belong to a client or a person, and what an erasure does.

Each app states it in `<app>/subject_data.py` (HELD = {"app.Model": Held(...)}); the foundation's tables stand with the
clients', since the foundation knows no client. A test goes through every model and every relation and fails on one that
nobody has declared (tests/repo/test_subject_data.py).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from lawcrm.firm.inventory import OWN_APPS

# What an erasure does with the rows at the end of a tie.
DELETE, DETACH, KEEP = (
    "delete",
    "detach",
    "keep",
)  # KEEP: another's record; what it says of the subject is struck out
# Why something is listed for review and not handed out with the rest.
PRIVILEGED, OTHERS = "privileged", "others"

REASONS = {
    PRIVILEGED: _("may be privileged: legal advice, or the firm's own thoughts"),
    OTHERS: _("tells of other people too"),
}


class By(StrEnum):
    """How rows are found."""

    TIES = "ties"  # by the lookups in `client` and `person`
    OBJECT = "object"  # by the id of an erased row, in `object_column`
    TEXT = "text"  # only where they name the subject
    NOTHING = "nothing"  # they hold nothing of clients


@dataclass(frozen=True)
class Held:
    """One table. `client`, `person`: {lookup to the id: what erasure does}; a DETACH lookup is a nullable column."""

    by: By = By.TIES
    client: dict[str, str] = field(default_factory=dict)
    person: dict[str, str] = field(default_factory=dict)
    object_column: str = ""
    review: Callable | str = ""  # why a row is for review, or a function of the row that says so
    review_fields: dict[str, str] = field(default_factory=dict)  # the same for single fields
    wordless: bool = False  # figures and keys: no text of it names anybody
    readable: Callable | None = (
        None  # readable(rows, user): those a person may read, where walls are not all there is
    )

    def ties(self, kind: str) -> dict[str, str]:
        return self.client if kind == "client" else self.person

    def why_review(self, row) -> str:
        return self.review(row) if callable(self.review) else self.review


def tied(**ties) -> Held:
    return Held(**ties)


def of_client(path: str = "client_id", **rest) -> Held:
    """Rows of one client: they go with it."""
    return Held(client={path: DELETE}, **rest)


def nothing() -> Held:
    return Held(by=By.NOTHING)


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a request is about."""

    kind: str  # "client" or "person"
    pk: UUID
    label: str = ""


@cache
def declared() -> dict[str, Held]:
    """{"clients.Client": Held(...), ...} of all rooms."""
    found: dict[str, Held] = {}
    for label in OWN_APPS:
        name = f"{apps.get_app_config(label).name}.subject_data"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        found |= module.HELD
    return found


def why_review(held: Held, row, then: str) -> str:
    """Why a row is for review and not handed out; empty where it is handed out. Another's record always is."""
    return held.why_review(row) or ("" if then == DELETE else OTHERS)


def holders(kind: str) -> Iterator[tuple[type, Held]]:
    """The models with ties to subjects of this kind."""
    for label, held in declared().items():
        if held.ties(kind):
            yield model_of(label), held


def model_of(label: str):
    """The model behind "app.Model"; "app.Model.field" is the table between the two sides of a relation."""
    app, name, *relation = label.split(".")
    model = apps.get_model(app, name)
    return model._meta.get_field(relation[0]).remote_field.through if relation else model
