"""Pairs of people and merges of people, through the door; what a merge of two people reads."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from clients.merging import KEEP, Relation, relations_to
from lawcrm.firm.models.audit import AuditEntry
from lawcrm.firm.models.base import ScopedQuerySet


def _people_of(user):
    return apps.get_model("clients", "Person").objects.visible_to(user).order_by().values("pk")


class PersonPairQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        """Pairs of which the person may see both."""
        return self.filter(one__in=_people_of(user), other__in=_people_of(user))

    def with_people(self):
        return self.select_related("one", "other", "decided_by")

    def to_decide(self):
        return self.filter(state="open")


class PersonMergeQuerySet(ScopedQuerySet):
    def visible_to(self, user):
        return self.filter(kept__in=_people_of(user))

    def standing(self):
        return self.filter(undone_at__isnull=True)


def moving_relations() -> list[Relation]:
    """The relations whose rows a merge of two people takes along."""
    found = relations_to(apps.get_model("clients", "Person"), "on_person_merge")
    return [relation for relation in found if relation.policy != KEEP]


def rows_of(relation: Relation, person_id: UUID) -> QuerySet:
    return relation.model._base_manager.filter(**{relation.field.attname: person_id})


def rows_in_the_way(relation: Relation, kept_id: UUID, absorbed_id: UUID) -> QuerySet:
    """What the kept person has already (a part in the same contact, a place at the same client), and what would lead
    from a person to itself: it is taken out, and put back when they are parted."""
    from clients.queries.merges import _uniques

    rows = rows_of(relation, absorbed_id)
    out = Q(pk__in=[])
    for others, condition in _uniques(relation):
        theirs = rows_of(relation, kept_id).filter(condition, **{name: OuterRef(name) for name in others})
        out |= condition & Q(Exists(theirs)) if condition else Q(Exists(theirs))
    for field in relation.model._meta.local_concrete_fields:
        if (
            field.is_relation
            and field.related_model is relation.field.related_model
            and field != relation.field
        ):
            out |= Q(**{field.attname: kept_id})
    return rows.filter(out)


def clients_of(person_ids: Iterable[UUID]) -> set[UUID]:
    """The clients these people have or had a place at."""
    places = (
        apps.get_model("clients", "ClientPerson").objects.unscoped().filter(person_id__in=list(person_ids))
    )
    return set(places.order_by().values_list("client_id", flat=True))


def clients_by_person(person_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    places = (
        apps.get_model("clients", "ClientPerson").objects.unscoped().filter(person_id__in=list(person_ids))
    )
    found: dict[UUID, set[UUID]] = {}
    for person_id, client_id in places.order_by().values_list("person_id", "client_id"):
        found.setdefault(person_id, set()).add(client_id)
    return found


def places_shared(kept_id: UUID, absorbed_id: UUID) -> list[tuple]:
    """(kept place, absorbed place) where both have one at the same client now."""
    places = apps.get_model("clients", "ClientPerson").objects.unscoped().present()
    ours = {place.client_id: place for place in places.filter(person_id=kept_id).select_for_update()}
    return [
        (ours[one.client_id], one) for one in places.filter(person_id=absorbed_id) if one.client_id in ours
    ]


def pair_of(one_id: UUID, other_id: UUID):
    one, other = sorted((one_id, other_id))
    return apps.get_model("clients", "PersonPair").objects.filter(one=one, other=other).first()


def places_seen(person_ids: Iterable[UUID], user) -> dict[UUID, list]:
    """The present places of each that the user may see, with their clients."""
    places = (
        apps.get_model("clients", "ClientPerson").objects.visible_to(user).present().select_related("client")
    )
    found: dict[UUID, list] = {}
    for place in places.filter(person_id__in=list(person_ids)).order_by("created_at"):
        found.setdefault(place.person_id, []).append(place)
    return found


def last_deed_on(person) -> AuditEntry | None:
    """Who changed the person last, and when: deeds on people are told of their places."""
    places = apps.get_model("clients", "ClientPerson").objects.unscoped().filter(person=person).values("pk")
    return AuditEntry.objects.filter(object_id__in=places).order_by("-id").first()


def with_merged_people(person_ids: Iterable[UUID]) -> list[UUID]:
    """These people and all that were merged into them, however long ago."""
    people = apps.get_model("clients", "Person").objects.unscoped()
    found = newer = list(person_ids)
    while newer:
        newer = list(people.filter(merged_into_id__in=newer).values_list("pk", flat=True))
        found = [*found, *newer]
    return found


def kept_person_instead(pk: UUID) -> UUID | None:
    """The person that this one was merged into, and that one in turn."""
    people, last = apps.get_model("clients", "Person").objects.unscoped(), None
    for _step in range(20):
        into = people.filter(pk=last or pk).values_list("merged_into_id", flat=True).first()
        if into is None:
            return last
        last = into
    return last
