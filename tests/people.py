"""The cast: the same few people in every test."""

from lawcrm.firm.models import Department, User
from lawcrm.firm.roles import Role

PASSWORD = "lawcrm-demo-firm"
_CAST = {
    "admin": ("Grace", "Lin", "林悦", Role.ADMINISTRATOR),
    "partner": ("Jianguo", "Zhao", "赵建国", Role.PARTNER),
    "manager": ("Min", "Sun", "孙敏", Role.MANAGER),
    "specialist": ("Yu", "He", "何雨", Role.SPECIALIST),
    "lawyer": ("Wei", "Chen", "陈伟", Role.LAWYER),
    "lawyer2": ("Na", "Li", "李娜", Role.LAWYER),
    "auditor": ("Qiang", "Wu", "吴强", Role.AUDITOR),
}


def make_person(username: str, **changes) -> User:
    """One of the cast by user name (or somebody new, given names and role), in the database."""
    given, family, zh, role = _CAST.get(username, ("Some", "Body", "某人", Role.LAWYER))
    values = dict(
        username=username,
        email=f"{username}@firm.example",
        given_name=given,
        family_name=family,
        name_zh=zh,
        role=role,
        time_zone="Asia/Shanghai",
        language="en",
    )
    user = User(**{**values, **changes})
    user.set_password(PASSWORD)
    user.save()
    return user


def make_department(name: str = "Litigation", parent: Department | None = None) -> Department:
    department = Department(name=name, parent=parent)
    department.save()
    return department
