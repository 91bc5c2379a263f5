"""Who a list means by a lawyer's name."""

from collections.abc import Iterable

from clients.rules.names import normal_form
from lawcrm.firm.queries.people import lawyer_choices


class PeopleByName:
    """People of the firm by every way a list may write them: user name, email, either name order, Chinese name."""

    def __init__(self, people: Iterable):
        self._by_name: dict[str, set[str]] = {}
        for person in people:
            for name in _names_of(person):
                if key := normal_form(name):
                    self._by_name.setdefault(key, set()).add(str(person.pk))

    def find(self, name: str) -> frozenset[str]:
        """The keys of those who may be meant: none, one, or several of the same name."""
        return frozenset(self._by_name.get(normal_form(name), ()))


def _names_of(person) -> Iterable[str]:
    yield person.username
    yield person.email
    yield person.name_zh
    yield f"{person.given_name} {person.family_name}"
    yield f"{person.family_name} {person.given_name}"
    yield f"{person.family_name}, {person.given_name}"
    # as our exports tell namesakes apart
    yield f"{person.name_zh} ({person.username})"
    yield f"{person.given_name} {person.family_name} ({person.username})"
    yield f"{person.family_name} {person.given_name} ({person.username})"


def colleague_names() -> dict[str, str]:
    """Key -> name of everybody who can be responsible; read once a request and language."""
    return dict(lawyer_choices())
