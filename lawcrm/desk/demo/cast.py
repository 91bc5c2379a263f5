"""The demo firm's people and departments, added through the actions."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from lawcrm.desk.demo.people import CAST, DEPARTMENTS, HEADS, PASSWORD, PersonPlan, lawyers
from lawcrm.firm.actions.departments import create_department
from lawcrm.firm.actions.people import create_person
from lawcrm.firm.models import Department, User


@dataclass(frozen=True, slots=True)
class Cast:
    people: dict[str, User]  # by user name
    lawyers: list[User]  # in the order the stories count them
    departments: dict[str, Department]

    def __getitem__(self, username: str) -> User:
        return self.people[username]


def assemble(*, number: int, seed: int) -> Cast:
    """Everybody: the cast, the heads of departments and so many lawyers, all with the one password of the demo."""
    departments = {}
    for name, name_zh, parent in DEPARTMENTS:
        departments[name] = create_department(
            by=None, name=name, name_zh=name_zh, parent=departments.get(parent)
        )
    people: dict[str, User] = {}
    password = make_password(PASSWORD)  # one for all: making each by itself would take seconds
    plans = lawyers(number, seed)
    for plan in (*CAST, *HEADS, *plans):
        people[plan.username] = _add(plan, people, departments)
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(password=password)
    return Cast(people, [people[plan.username] for plan in plans], departments)


def _add(plan: PersonPlan, people: dict[str, User], departments: dict[str, Department]) -> User:
    return create_person(
        by=people.get("admin"),
        username=plan.username,
        email=plan.email,
        given_name=plan.given_name,
        family_name=plan.family_name,
        name_zh=plan.name_zh,
        role=plan.role,
        scope=plan.scope,
        department=departments[plan.department],
        supervisor=people.get(plan.supervisor),
        language=plan.language,
        time_zone="Asia/Shanghai",
    )


def recall(*, number: int, seed: int) -> Cast:
    """The same people, read from the database."""
    people = {person.username: person for person in User.objects.select_related("department")}
    departments = {department.name: department for department in Department.objects.all()}
    return Cast(people, [people[plan.username] for plan in lawyers(number, seed)], departments)
