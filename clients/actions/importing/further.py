"""Further phones and addresses that rows of a list say of clients and people on record: added beside what is known."""

from collections.abc import Iterable
from uuid import UUID

from clients.importing.further import KIND_OF, missing_from, names_in
from clients.models import Client, ClientFact, Person, PersonFact
from clients.models.facts import DatedFact
from clients.queries.further_facts import attach_further
from clients.search import refresh_person_search, refresh_search
from lawcrm.firm.actions import audit
from lawcrm.firm.bulk import copy_in, copy_over

FACTS = {Client: (ClientFact, "client"), Person: (PersonFact, "person")}
_FOUND_BY = {
    Client: (
        "name", "latin_name", "former_names", "kind", "phone", "email", "wechat", "employer", "address",
        "position", "group_name", "listing", "website",
    ),
    Person: ("name", "latin_name", "phone", "email", "wechat"),
}  # fmt: skip


def add_further(model, rows: Iterable[tuple[UUID, dict]], *, by) -> dict[UUID, list[DatedFact]]:
    """Adds what is not on record, each client or person (`model`) once. Returns the facts added, by whom they are of."""
    said = {pk: {name: values[name] for name in names_in(values)} for pk, values in rows if names_in(values)}
    if not said:
        return {}
    fact, whose = FACTS[model]
    owners = held(model, said)
    added: dict[UUID, list[DatedFact]] = {}
    for owner in owners:
        for name, values in said[owner.pk].items():
            for value, label in missing_from(owner, name, values, getattr(owner, KIND_OF[name], "")):
                kept = {f"{whose}_id": owner.pk, "kind": KIND_OF[name], "value": value, "label": label}
                added.setdefault(owner.pk, []).append(fact(**kept, made_by=by))
    copy_in(fact, [one for some in added.values() for one in some])
    tell(model, "added", owners, added, by)
    find_by_them(model, [owner for owner in owners if owner.pk in added])
    return added


def held(model, wanted: Iterable[UUID]) -> list:
    """With their facts, locked until the transaction ends."""
    rows = model.objects.unscoped().select_for_update(of=("self",), no_key=True).filter(pk__in=list(wanted))
    owners = list(rows.only(*_FOUND_BY[model]).order_by("pk"))
    attach_further(owners)
    return owners


def find_by_them(model, owners: list) -> None:
    """Their search words, from their facts as they are now."""
    attach_further(owners)
    refresh = refresh_search if model is Client else refresh_person_search
    for owner in owners:
        refresh(owner, owner.further)
    copy_over(model, owners, ("search",))


def tell(model, deed: str, owners: list, facts_of: dict[UUID, list[DatedFact]], by) -> None:
    """`deed`: added or removed."""
    deeds = []
    for owner in owners:
        changes: dict[str, list] = {}
        for fact in facts_of.get(owner.pk, ()):
            changes.setdefault(str(fact.kind), [[], []])[deed == "added"].append(fact.value)
        if changes:
            deeds.append((owner, changes))
    audit.record_many(by=by, verb=f"{FACTS[model][1]}.fact_{deed}", deeds=deeds)
