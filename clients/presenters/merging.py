"""Duplicates and merges in words, of clients and of people: the pairs to decide, and two profiles side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.merging import moving_relations, told
from clients.models import Client, DuplicatePair, Person
from clients.presenters.matching import REASONS, reason_words
from clients.queries import merges
from clients.queries.people import places_seen
from clients.rules import merging as rules
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.roles import may
from lawcrm.firm.sealed import MASK, SealedTextField
from lawcrm.firm.words import listed

FEW = 5  # of what comes along, named one by one
_PERSON_VERDICTS = {
    "same": gettext_lazy("The same person"),
    "unsure": gettext_lazy("Perhaps the same person"),
}
REFUSALS = {
    "itself": gettext_lazy("A client cannot be merged with itself."),
    "merged_before": gettext_lazy("One of the two has been merged already."),
    "not_visible": gettext_lazy("One of the two is not yours to see any more."),
    "undone_before": gettext_lazy("This merge has been undone already."),
    "merged_since": gettext_lazy(
        "The client that was kept has itself been merged since. Undo that merge first."
    ),
    "number_taken": gettext_lazy(
        "A number that would go back belongs to another client by now. Change it there first."
    ),
}
_OF_PEOPLE = {
    "itself": gettext_lazy("Nobody can be merged with themselves."),
    "merged_since": gettext_lazy(
        "The person that was kept has since been merged with another. Undo that merge first."
    ),
    "across_a_wall": pgettext_lazy(
        "people", "A wall stands between the clients of the two. Whoever keeps the walls decides first."
    ),
}


def urls_of(model) -> dict[str, str]:
    """The names of the addresses at which clients, or people, are merged (clients/merge_urls.py)."""
    prefix, page = ("person_", "person") if model is Person else ("", "detail")
    return {
        "page": f"clients:{page}",
        "queue": f"clients:{prefix}duplicates",
        "choose": f"clients:{prefix}merge_choose",
        "merge": f"clients:{prefix}merge",
        "record": f"clients:{prefix}merge_record",
        "undo": f"clients:{prefix}merge_undo",
        "different": f"clients:{prefix}pair_different",
        "again": f"clients:{prefix}pair_again",
    }


def refusal_words(refused, model=Client) -> str:
    if model is Person and refused.code in _OF_PEOPLE:
        return str(_OF_PEOPLE[refused.code])
    if refused.code == "across_a_wall":
        names = listed(person.display_name for person in refused.people)
        return _(
            "A wall keeps %(names)s, who works for one of the two, from the other. Whoever keeps the walls decides "
            "first: then they can be merged."
        ) % {"names": names}
    return str(REFUSALS[refused.code])


# -- the queue ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Who:
    """One of two, in a few lines."""

    pk: object
    name: str
    url: str
    lines: list[str]


@dataclass(frozen=True, slots=True)
class PairRow:
    pk: object
    one: Who
    other: Who
    verdict: str
    verdict_label: str
    for_it: list[str]
    against: list[str]
    state: str
    decided: str
    merge_url: str
    different_url: str
    again_url: str


def pair_rows(pairs, user) -> list[PairRow]:
    known = whos((one for pair in pairs for one in (pair.one, pair.other)), user)
    return [_pair_row(pair, known) for pair in pairs]


def _pair_row(pair, known: dict) -> PairRow:
    urls = urls_of(type(pair.one))
    reasons = [(code, capfirst(str(REASONS[code]))) for code in pair.reasons if code in REASONS]
    label = pair.get_verdict_display() if type(pair) is DuplicatePair else str(_PERSON_VERDICTS[pair.verdict])
    return PairRow(
        pk=pair.pk,
        one=known[pair.one_id],
        other=known[pair.other_id],
        verdict=pair.verdict,
        verdict_label=label,
        for_it=[text for code, text in reasons if not code.endswith("_differs")],
        against=[text for code, text in reasons if code.endswith("_differs")],
        state=pair.state,
        decided=_decided(pair),
        merge_url=reverse(urls["merge"], args=[pair.one_id, pair.other_id]),
        different_url=reverse(urls["different"], args=[pair.pk]),
        again_url=reverse(urls["again"], args=[pair.pk]),
    )


def _decided(pair) -> str:
    if not pair.decided_by:
        return ""
    day = date_format(pair.decided_at, "DATE_FORMAT")
    return _("%(who)s, %(day)s") % {"who": pair.decided_by.display_name, "day": day}


def whos(rows: Iterable, user) -> dict:
    """{key: Who} of clients or of people; of these with the places that the reader may see."""
    rows = {row.pk: row for row in rows}
    if all(isinstance(row, Client) for row in rows.values()):
        return {pk: _client(client) for pk, client in rows.items()}
    places = places_seen(rows, user)
    return {pk: _person(person, places.get(pk, [])) for pk, person in rows.items()}


def _client(client: Client) -> Who:
    lines = [client.get_kind_display(), _reached(client), client.address, client.responsible.display_name]
    url = reverse("clients:detail", args=[client.pk])
    return Who(client.pk, client.name, url, [line for line in lines if line])


def _person(person: Person, places: list) -> Who:
    at = [" · ".join(filter(None, (place.client.name, place.position))) for place in places]
    url = reverse("clients:person", args=[person.pk])
    return Who(person.pk, person.name, url, [line for line in (*at[:3], _reached(person)) if line])


def _reached(row: Client | Person) -> str:
    return " · ".join(part for part in (row.phone, row.email) if part)


def pair_reasons(pair) -> str:
    return capfirst(reason_words(pair.reasons)) if pair and pair.reasons else ""


# -- side by side -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    text: str
    chosen: bool
    lines: bool = False  # several lines of text
    reveal_url: str = ""


@dataclass(frozen=True, slots=True)
class FieldRow:
    name: str
    label: str
    options: list[Option]
    both: Option | None


def choice_rows(form, user) -> tuple[list[FieldRow], list[FieldRow]]:
    """(where both say something and differ, where only one says anything)."""
    conflicting, one_sided = [], []
    for name in form.differing:
        both_filled = getattr(form.kept, name) and getattr(form.absorbed, name)
        (conflicting if both_filled else one_sided).append(_field_row(form, name, user))
    return conflicting, one_sided


def _field_row(form, name: str, user) -> FieldRow:
    chosen = form.value_of(name)
    options = [
        _option(client, name, value, chosen, user)
        for client, value in ((form.kept, rules.KEPT), (form.absorbed, rules.ABSORBED))
    ]
    both = None
    if rules.may_take_both(name, getattr(form.kept, name), getattr(form.absorbed, name)):
        both = Option(rules.BOTH, _("Both"), chosen == rules.BOTH)
    return FieldRow(name, label_of(name, type(form.kept)), options, both)


def _option(client: Client | Person, name: str, value: str, chosen: str, user) -> Option:
    sealed = is_sealed(name, type(client)) and bool(getattr(client, name))
    url = reverse("clients:reveal", args=[client.pk, name]) if sealed and may(user, "sealed.reveal") else ""
    return Option(value, seen_words(client, name, user), chosen == value, name in rules.JOINED, url)


def seen_words(row: Client | Person, name: str, user) -> str:
    """What a field says, as far as this reader may know: sealed values, and who referred somebody, may be masked."""
    value = getattr(row, name)
    if is_sealed(name, type(row)) and value:
        return MASK
    if (
        name in ("referrer_client", "referrer_person")
        and value is not None
        and not merges.is_seen(value, user)
    ):
        return MASK
    return value_words(name, value, type(row))


def same_rows(form, user) -> list[tuple[str, str]]:
    """The fields both say the same of: (label, value)."""
    same = [name for name in form.names if name not in form.differing and getattr(form.kept, name)]
    return [(label_of(name, type(form.kept)), seen_words(form.kept, name, user)) for name in same]


def is_sealed(name: str, model=Client) -> bool:
    return isinstance(model._meta.get_field(name), SealedTextField)


def label_of(name: str, model=Client) -> str:
    names = {"former_names": _("former names")}
    return capfirst(str(names.get(name) or model._meta.get_field(name).verbose_name))


def value_words(name: str, value, model=Client) -> str:
    """A value of the profile in the reader's words."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    field = model._meta.get_field(name)
    choices = dict(getattr(getattr(field, "base_field", field), "flatchoices", None) or ())
    if isinstance(value, list):
        return listed(choices.get(one, one) for one in value)
    if isinstance(value, PartialDate):
        return partial_date_words(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return str(choices.get(value, value))


# -- what moves along ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """How many there are, the first of them by name, and how many more."""

    number: int
    names: list[str]
    more: int


@dataclass(frozen=True, slots=True)
class Moving:
    label: str
    kept: Side
    absorbed: Side


def moving(kept: Client | Person, absorbed: Client | Person, user) -> list[Moving]:
    """What stands around the two, as far as this person sees it."""
    found = []
    for relation in moving_relations(type(kept)):
        if telling := told(relation.label):
            counts = merges.counts_of(relation, [kept.pk, absorbed.pk], user)
            if counts:
                sides = [
                    _side(relation, telling, one, counts.get(one.pk, 0), user) for one in (kept, absorbed)
                ]
                found.append((telling.place, Moving(str(telling.label), *sides)))
    return [row for _place, row in sorted(found, key=lambda row: row[0])]


def _side(relation, telling, one, number: int, user) -> Side:
    if not number or telling.words is None:
        return Side(number, [], 0)
    first = merges.rows_seen(relation, one.pk, user, beside=telling.beside)[:FEW]
    names = [telling.words(row) for row in first]
    return Side(number, names, number - len(names))
