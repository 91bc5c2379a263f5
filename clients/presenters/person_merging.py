"""Two people that may be one, in words."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Person, PersonMerge, PersonPair
from clients.presenters import merging as of_clients
from clients.presenters.matching import REASONS
from clients.presenters.merging import Moving, PairRow, Who
from clients.queries import merges
from clients.queries import person_merging as queries

RELATIONS = {
    "clients.ClientPerson.person": _("Places at clients"),
    "interactions.Contact_people.person": _("Contacts they took part in"),
    "interactions.FollowUp.person": _("Follow-ups"),
    "clients.PersonFact.person": _("Addresses, phones and the like, present and past"),
    "clients.Need.person": _("Needs"),
    "clients.Client.referrer_person": _("Clients they referred"),
    "clients.Link.from_person": _("Links to others"),
    "clients.Link.to_person": _("Links from others"),
    "surveys.SurveyInvitation.person": _("Survey invitations"),
}
VERDICTS = {"same": _("The same person"), "unsure": _("Perhaps the same person")}
REFUSALS = {
    "itself": _("Nobody can be merged with themselves."),
    "merged_since": _("The person that was kept has since been merged with another. Undo that merge first."),
    "across_a_wall": pgettext_lazy(
        "people", "A wall stands between the clients of the two. Whoever keeps the walls decides first."
    ),
}


def refusal_words(refused) -> str:
    return str(REFUSALS.get(refused.code) or of_clients.REFUSALS[refused.code])


def pair_rows(pairs: list[PersonPair], user) -> list[PairRow]:
    places = queries.places_seen({pk for pair in pairs for pk in (pair.one_id, pair.other_id)}, user)
    return [_pair_row(pair, places) for pair in pairs]


def _pair_row(pair: PersonPair, places: dict) -> PairRow:
    reasons = [(code, capfirst(str(REASONS[code]))) for code in pair.reasons if code in REASONS]
    return PairRow(
        pk=pair.pk,
        one=who(pair.one, places),
        other=who(pair.other, places),
        verdict=pair.verdict,
        verdict_label=str(VERDICTS[pair.verdict]),
        for_it=[text for code, text in reasons if not code.endswith("_differs")],
        against=[text for code, text in reasons if code.endswith("_differs")],
        state=pair.state,
        decided=of_clients._decided(pair),
        merge_url=reverse("clients:person_merge", args=[pair.one_id, pair.other_id]),
        different_url=reverse("clients:person_pair_different", args=[pair.pk]),
        again_url=reverse("clients:person_pair_again", args=[pair.pk]),
    )


def who(person: Person, places: dict) -> Who:
    at = [
        " · ".join(filter(None, (place.client.name, place.position))) for place in places.get(person.pk, [])
    ]
    reached = " · ".join(part for part in (person.phone, person.email) if part)
    return Who(
        person.pk,
        person.name,
        reverse("clients:person", args=[person.pk]),
        [*at[:3], *filter(None, [reached])],
    )


def moving(kept: Person, absorbed: Person, user) -> list[Moving]:
    """What stands around the two, as far as this reader sees it."""
    found = {}
    for relation in queries.moving_relations():
        counts = merges.counts_of(relation, [kept.pk, absorbed.pk], user)
        if counts:
            found[relation.label] = Moving(
                relation_label(relation.label), counts.get(kept.pk, 0), counts.get(absorbed.pk, 0)
            )
    return [found[label] for label in sorted(found, key=_place)]


def relation_label(label: str) -> str:
    return str(RELATIONS.get(label, label))


def _place(label: str) -> int:
    return list(RELATIONS).index(label) if label in RELATIONS else len(RELATIONS)


def moved_rows(record: PersonMerge, user) -> list[tuple[str, int]]:
    found = {}
    for relation in queries.moving_relations():
        keys = record.moved.get(relation.label)
        if keys and (number := merges.number_seen(relation, keys, user)):
            found[relation.label] = number
    return [(relation_label(label), found[label]) for label in sorted(found, key=_place)]


def left_words(record: PersonMerge) -> list[str]:
    left = record.left or {}
    lines = [f"{relation_label(label)}: {number}" for label, number in left.get("rows", {}).items()]
    if left.get("fields"):
        fields = ", ".join(of_clients.label_of(name, Person) for name in left["fields"])
        lines.append(of_clients._("Changed since and left as they are: %(fields)s") % {"fields": fields})
    return lines
