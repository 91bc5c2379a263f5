"""What the ids in a list stand for, each kind read once, and only where the list holds such ids."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from clients.models import Tag
from clients.queries.column_kinds import Column, Kind
from clients.queries.columns import COLUMNS
from clients.rules.filters import Condition
from lawcrm.firm.queries.people import departments, names_of


@dataclass(frozen=True)
class Words:
    """{id: name} of what rows and conditions name by id; `today` is the reader's."""

    today: date
    departments: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    tags: dict = field(default_factory=dict)


def words_for(
    columns: Iterable[Column], conditions: Iterable[Condition], rows: list, *, today: date
) -> Words:
    """Names of the departments, people and tags that these rows show and these conditions name."""
    columns, asked = {column.code for column in columns}, list(conditions)
    people = [value for one in asked if _kind(one) == Kind.PERSON for value in one.values if len(value) > 30]
    if "team" in columns:
        people += [pk for row in rows for pk in row.team_ids]
    tags = [value for one in asked if _kind(one) == Kind.TAGS for value in one.values if len(value) > 30]
    tagged = any(row.tag_ids for row in rows)
    needs_departments = "department" in columns or any(_kind(one) == Kind.DEPARTMENT for one in asked)
    return Words(
        today,
        departments={one.pk: str(one) for one in departments()} if needs_departments else {},
        people=names_of(people) if people else {},
        tags=dict(Tag.objects.values_list("pk", "name")) if tags or tagged else {},
    )


def _kind(condition: Condition) -> Kind:
    return COLUMNS[condition.column].kind
