"""The names behind the keys that the revisions of a contact hold."""

from clients.models import Person
from lawcrm.firm.models import User
from matters.models import Matter


def names_in(states: list[dict], user) -> dict[str, str]:
    """{key: name} of the colleagues, people and matters in these states; each kind in one statement.

    A matter behind a wall stays without a name.
    """
    colleagues = {state["with_lawyer_id"] for state in states}
    colleagues |= {pk for state in states for pk in state.get("colleague_ids") or ()}
    people = {pk for state in states for pk in state["people"]}
    matters = {state["matter_id"] for state in states} - {None}
    names = {str(one.pk): one.display_name for one in User.objects.filter(pk__in=colleagues)}
    if people:
        names |= {str(one.pk): one.name for one in Person.objects.filter(pk__in=people)}
    if matters:
        visible = Matter.objects.visible_to(user).filter(pk__in=matters)
        names |= {str(one.pk): one.title for one in visible}
    return names
