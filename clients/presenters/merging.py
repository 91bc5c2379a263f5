"""Duplicates and merges in words: the pairs to decide, two profiles side by side, and what became of them."""

from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from clients.merging import relations_to
from clients.models import Client, DuplicatePair, MergeRecord, Person
from clients.presenters.matching import REASONS, reason_words
from clients.queries import merges
from clients.rules import merging as rules
from lawcrm.firm.partial_dates import PartialDate
from lawcrm.firm.presenters.partial_dates import partial_date_words
from lawcrm.firm.roles import may
from lawcrm.firm.sealed import MASK, SealedTextField
from lawcrm.firm.words import listed

# What a merge takes along, in the order in which a reader asks for it. What is missing here goes by its model's name.
RELATIONS = {
    "interactions.Contact.client": gettext_lazy("Contacts"),
    "matters.Matter.client": gettext_lazy("Matters"),
    "interactions.FollowUp.client": gettext_lazy("Follow-ups"),
    "clients.ClientPerson.client": pgettext_lazy("at the client", "People"),
    "clients.ClientTeam.client": gettext_lazy("Team"),
    "surveys.SurveyAnswer.client": gettext_lazy("Survey answers"),
    "surveys.SurveyInvitation.client": gettext_lazy("Survey invitations"),
    "clients.Need.client": gettext_lazy("Needs"),
    "clients.GrowthPlan.client": gettext_lazy("Growth plans"),
    "clients.Link.from_client": gettext_lazy("Links to others"),
    "clients.Link.to_client": gettext_lazy("Links from others"),
    "clients.Client.referrer_client": gettext_lazy("Clients they referred"),
    "clients.OtherCounsel.client": gettext_lazy("Other counsel"),
    "clients.ClientFact.client": gettext_lazy("Earlier addresses, phones and employers"),
    "clients.Disclosure.client": gettext_lazy("Disclosures"),
    "clients.ClientTag.client": gettext_lazy("Tags"),
    "clients.GradeDecision.client": gettext_lazy("Grades decided"),
    "clients.RelationshipOverride.client": gettext_lazy("Relationship types set by hand"),
}
# Moved as well, but nothing a person would count.
_UNTOLD = {
    "clients.BulkChange.client", "clients.RecentView.client", "clients.ClientGrading.client",
    "clients.GradeChange.client",
}  # fmt: skip
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


def refusal_words(refused) -> str:
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


def pair_rows(pairs) -> list[PairRow]:
    return [_pair_row(pair) for pair in pairs]


def _pair_row(pair: DuplicatePair) -> PairRow:
    reasons = [(code, capfirst(str(REASONS[code]))) for code in pair.reasons if code in REASONS]
    return PairRow(
        pk=pair.pk,
        one=who(pair.one),
        other=who(pair.other),
        verdict=pair.verdict,
        verdict_label=pair.get_verdict_display(),
        for_it=[text for code, text in reasons if not code.endswith("_differs")],
        against=[text for code, text in reasons if code.endswith("_differs")],
        state=pair.state,
        decided=_decided(pair),
        merge_url=reverse("clients:merge", args=[pair.one_id, pair.other_id]),
        different_url=reverse("clients:pair_different", args=[pair.pk]),
        again_url=reverse("clients:pair_again", args=[pair.pk]),
    )


def _decided(pair: DuplicatePair) -> str:
    if not pair.decided_by:
        return ""
    day = date_format(pair.decided_at, "DATE_FORMAT")
    return _("%(who)s, %(day)s") % {"who": pair.decided_by.display_name, "day": day}


def who(client: Client) -> Who:
    lines = [
        client.get_kind_display(),
        " · ".join(part for part in (client.phone, client.email) if part),
        client.address,
        client.responsible.display_name,
    ]
    return Who(
        client.pk, client.name, reverse("clients:detail", args=[client.pk]), [line for line in lines if line]
    )


def pair_reasons(pair: DuplicatePair | None) -> str:
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
    sealed = _is_sealed(name, type(client)) and bool(getattr(client, name))
    url = reverse("clients:reveal", args=[client.pk, name]) if sealed and may(user, "sealed.reveal") else ""
    hidden = sealed or not _is_seen(name, getattr(client, name), user)
    text = MASK if hidden else value_words(name, getattr(client, name), type(client))
    return Option(value, text, chosen == value, name in rules.JOINED, url)


def _is_seen(name: str, value, user) -> bool:
    """Who referred a client may be somebody whom not everybody sees."""
    if name not in ("referrer_client", "referrer_person") or value is None:
        return True
    return merges.is_seen(value, user)


def same_rows(form, user) -> list[tuple[str, str]]:
    """The fields both say the same of: (label, value)."""
    same = [name for name in form.names if name not in form.differing and getattr(form.kept, name)]
    model = type(form.kept)
    return [
        (
            label_of(name, model),
            MASK if _is_sealed(name, model) else value_words(name, getattr(form.kept, name), model),
        )
        for name in same
    ]


def _is_sealed(name: str, model=Client) -> bool:
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
class Moving:
    label: str
    kept: int
    absorbed: int


def moving(kept: Client, absorbed: Client, user) -> list[Moving]:
    """What stands around the two, as far as this person sees it."""
    found = {}
    for relation in merges.moving_relations():
        if relation.label not in _UNTOLD:
            counts = merges.counts_of(relation, [kept.pk, absorbed.pk], user)
            if counts:
                row = Moving(
                    relation_label(relation.label), counts.get(kept.pk, 0), counts.get(absorbed.pk, 0)
                )
                found[relation.label] = row
    return [found[label] for label in sorted(found, key=_place)]


def _place(label: str) -> tuple:
    known = list(RELATIONS)
    return (known.index(label) if label in known else len(known), label)


def relation_label(label: str) -> str:
    if label in RELATIONS:
        return str(RELATIONS[label])
    return capfirst(str(apps.get_model(label.rpartition(".")[0])._meta.verbose_name_plural))


# -- a merge that was made ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    label: str
    before: str
    after: str


def taken(values: dict, model=Client) -> list[Taken]:
    """What the merge changed in the kept profile."""
    return [
        Taken(label_of(name, model), _stored_words(name, before, model), _stored_words(name, after, model))
        for name, (before, after) in values["set"].items()
    ]


def _stored_words(name: str, stored, model=Client) -> str:
    if _is_sealed(name, model):
        return MASK if stored else "–"
    field = model._meta.get_field(name)
    if field.is_relation:
        names = (
            "responsible",
            "department",
            "referrer_user",
        )  # of the firm; who else referred them is not told here
        return str(merges.row_of(field, stored)) if stored and name in names else MASK if stored else "–"
    return value_words(name, field.to_python(stored), model)


def moved_rows(record: MergeRecord, user) -> list[tuple[str, int]]:
    """What moved along, as far as this person sees it."""
    found = {}
    for relation in relations_to(Client):
        keys = record.moved.get(relation.label)
        if keys and relation.label not in _UNTOLD:
            number = merges.number_seen(relation, keys, user)
            if number:
                found[relation.label] = number
    return [(relation_label(label), found[label]) for label in sorted(found, key=_place)]


def left_words(record: MergeRecord) -> list[str]:
    """What stayed with the kept client when the merge was undone."""
    left = record.left or {}
    lines = [
        f"{relation_label(label)}: {number}"
        for label, number in sorted(left.get("rows", {}).items(), key=lambda row: _place(row[0]))
        if label not in _UNTOLD
    ]
    if left.get("fields"):
        fields = listed(label_of(name) for name in left["fields"])
        lines.append(_("Changed since and left as they are: %(fields)s") % {"fields": fields})
    if left.get("walls"):
        lines.append(_("A wall raised since stands around both."))
    return lines
