"""People of the firm, departments as a tree, sessions."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, Q

from lawcrm.firm.models import Department, User, UserSession
from lawcrm.firm.models.user import ordered_name
from lawcrm.firm.roles import PERMISSIONS, Role


def working_people():
    """Those who can be responsible for a client or a matter, or own a follow-up."""
    return User.objects.filter(is_active=True).exclude(role=Role.AUDITOR)


def people_with(permission: str):
    """The active people whose role carries the permission, by name."""
    roles = [role for role, held in PERMISSIONS.items() if permission in held]
    return User.objects.filter(is_active=True, role__in=roles).order_by("family_name", "given_name", "pk")


def names_of_everybody() -> list[tuple]:
    """(key, every way the name is written) of all people of the firm, those who left too."""
    rows = User.objects.order_by("pk").values_list("pk", "given_name", "family_name", "name_zh")
    found = []
    for pk, given, family, chinese in rows:
        texts = [chinese, f"{given} {family}".strip()]
        found.append((pk, [text for text in texts if text]))
    return found


def department_ids_of(user) -> list[UUID]:
    """The person's department and all below it; asked once per request (kept with the person in hand)."""
    if not hasattr(user, "_department_ids"):
        own = Department.objects.filter(pk=user.department_id).values("path")
        user._department_ids = list(
            Department.objects.filter(path__startswith=own).values_list("pk", flat=True)
        )
    return user._department_ids


def person_named(username: str) -> User | None:
    return User.objects.filter(username__iexact=username or "").first()


def an_administrator() -> User | None:
    """In whose name the firm's own upkeep is done where nobody is named."""
    return User.objects.filter(is_active=True, role=Role.ADMINISTRATOR).order_by("pk").first()


def everybody(words: str = ""):
    """All people, the active ones first; `words` narrows by name, user name or email."""
    people = User.objects.select_related("department", "supervisor").order_by(
        "-is_active", "family_name", "given_name"
    )
    for word in words.split()[:5]:
        people = people.filter(
            Q(family_name__icontains=word)
            | Q(given_name__icontains=word)
            | Q(name_zh__icontains=word)
            | Q(username__icontains=word)
            | Q(email__icontains=word)
        )
    return people


def is_taken(field: str, value: str, *, but: User | None = None) -> bool:
    """Whether somebody else has this user name or email, in whatever capitals."""
    return User.objects.filter(**{f"{field}__iexact": value}).exclude(pk=but and but.pk).exists()


def nobody():
    return User.objects.none()


def active_people():
    return User.objects.filter(is_active=True)


def departments():
    return Department.objects.all()


def department_named(name: str, *, but: Department | None = None) -> bool:
    return Department.objects.filter(name__iexact=name).exclude(pk=but and but.pk).exists()


def department_tree() -> list[Department]:
    """Every department after its parent, with `depth` and how many active people it has."""
    departments = Department.objects.annotate(size=Count("people", filter=Q(people__is_active=True)))
    below: dict = {}
    for department in departments.order_by("name"):
        below.setdefault(department.parent_id, []).append(department)
    return list(_walk(below, None, 0))


def _walk(below, parent_id, depth):
    for department in below.get(parent_id, []):
        department.depth, department.indent = depth, range(depth)
        yield department
        yield from _walk(below, department.pk, depth + 1)


def sessions_of(user):
    return UserSession.objects.visible_to(user)


def lawyer_choices(limit: int | None = None) -> list[tuple[str, str]]:
    """(id, name) of everybody who may be responsible for something, as the reader's language orders names."""
    people = working_people().values_list("pk", "given_name", "family_name", "name_zh")[:limit]
    return [(str(pk), ordered_name(*names)) for pk, *names in people]


def department_name(pk) -> str:
    """The department's name as the reader's language has it; "" for none."""
    department = Department.objects.filter(pk=pk).first() if pk else None
    return str(department or "")


def people_by_id(ids) -> dict:
    """People with their supervising partners at hand."""
    return User.objects.select_related("supervisor").in_bulk(ids)


def names_of(ids) -> dict:
    """{id: name as the reader's language orders it} of those who are there."""
    return {
        person.pk: person.display_name for person in User.objects.filter(pk__in={one for one in ids if one})
    }


def unmistakable_names(ids) -> dict:
    """{id: name in the reader's language}, with the user name behind it where others of the firm are called the same."""
    ids = {one for one in ids if one}
    people = {person.pk: person for person in User.objects.all()}
    bearers = Counter(person.display_name for person in people.values())
    return {
        pk: name if bearers[name := person.display_name] == 1 else f"{name} ({person.username})"
        for pk, person in people.items()
        if pk in ids
    }
