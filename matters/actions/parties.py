"""Parties and the team of a matter; each new name sends the conflict check round again."""

from datetime import date

from django.db import transaction

from clients.rules.names import has_han, normal_form, split_legal_form
from lawcrm.firm.actions.audit import record
from lawcrm.firm.conflicts import StaleVersion
from matters.actions.conflicts import check_matter_again, refuse_what_was_refused
from matters.enums import PartyKind, PartyRole
from matters.models import Matter, MatterTeam, Party
from matters.rules.company_names import core_of, stem_of

_LONGEST_PERSON = 4


@transaction.atomic
def add_party(
    matter: Matter, *, by, role: str, name: str, kind: str = "", other_names=(), note: str = "", check=True
) -> Party:
    """Adds a party and checks the matter for conflicts anew. Adding the same name in the same role twice is harmless."""
    held = _locked(matter)
    refuse_what_was_refused(held.client, (name, *other_names), held)
    for party in held.parties.all():
        if party.role == role and normal_form(party.name) == normal_form(name) and not party.left_on:
            return party
    party = Party.objects.create(
        matter=held,
        role=role,
        name=name.strip(),
        kind=kind or kind_of(name),
        other_names=_clean(other_names, name),
        note=note,
        made_by=by,
    )
    _retell(held)
    record(by=by, verb="matter.party_added", obj=party, label=held.title, detail={"role": role})
    if check:
        check_matter_again(held, by=by)
    return party


@transaction.atomic
def change_party(party: Party, *, by, version: int, changes: dict) -> Party:
    """Corrects a party; a changed name is checked anew. Raises StaleVersion when somebody saved in between."""
    matter = _locked(party.matter)
    held = Party.objects.select_for_update().get(pk=party.pk)
    if held.version != version:
        raise StaleVersion(held)
    if "other_names" in changes:
        changes = {**changes, "other_names": _clean(changes["other_names"], changes.get("name", held.name))}
    told = {
        name: [_told(getattr(held, name)), _told(value)]
        for name, value in changes.items()
        if getattr(held, name) != value
    }
    if not told:
        return held
    for name in told:
        setattr(held, name, changes[name])
    if {"name", "other_names"} & told.keys():
        refuse_what_was_refused(matter.client, held.all_names, matter)
    held.version += 1
    held.save()
    _retell(matter)
    record(by=by, verb="matter.party_changed", obj=held, label=matter.title, changes=told)
    if {"name", "other_names", "role", "kind"} & told.keys():
        check_matter_again(matter, by=by)
    return held


def part_with(party: Party, *, by, on: date) -> Party:
    """The party has no part in the matter any more; its name stays on record and keeps being checked."""
    return change_party(party, by=by, version=party.version, changes={"left_on": on})


@transaction.atomic
def forget_party(party: Party, *, by) -> None:
    """Takes a party off the record that was put there by mistake, as when an import is taken back."""
    matter = _locked(party.matter)
    record(by=by, verb="matter.party_removed", obj=party, label=matter.title)
    Party.objects.unscoped().filter(pk=party.pk).delete()
    _retell(matter)


@transaction.atomic
def put_on_team(matter: Matter, *, by, user, role: str) -> bool:
    """Gives somebody of the firm a role in the matter; False where they have it already."""
    held = _locked(matter)
    place = MatterTeam.objects.filter(matter=held, user=user).first()
    if place and place.role == role:
        return False
    MatterTeam.objects.update_or_create(matter=held, user=user, defaults={"role": role})
    record(by=by, verb="matter.team_joined", obj=held, detail={"person": str(user), "role": str(role)})
    return True


@transaction.atomic
def take_off_team(matter: Matter, *, by, user) -> bool:
    held = _locked(matter)
    gone, _ = MatterTeam.objects.filter(matter=held, user=user).delete()
    if gone:
        record(by=by, verb="matter.team_left", obj=held, detail={"person": str(user)})
    return bool(gone)


def kind_of(name: str) -> PartyKind:
    """What a bare name most likely is: short Chinese names and two or three Latin words without a form are people."""
    if split_legal_form(name)[1]:
        return PartyKind.ORGANISATION
    if core_of(name) != stem_of(name):
        return PartyKind.ORGANISATION
    normal = normal_form(name)
    is_person = len(normal) <= _LONGEST_PERSON if has_han(normal) else 2 <= len(normal.split()) <= 3
    return PartyKind.PERSON if is_person else PartyKind.ORGANISATION


def _retell(matter: Matter) -> None:
    """The matter itself says who is on the other side, and is found by every party's name."""
    parties = list(matter.parties.order_by("created_at", "id"))
    opposing = [one.name for one in parties if one.role == PartyRole.OPPOSING and not one.left_on]
    matter.opposing_party = ", ".join(opposing)[:200]
    matter.party_names = list(dict.fromkeys(name for one in parties for name in one.all_names))
    matter.save(update_fields=["opposing_party", "party_names", "search", "updated_at"])


def _clean(names, name: str) -> list[str]:
    return [one for one in dict.fromkeys(text.strip() for text in names) if one and one != name][:20]


def _told(value):
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(value) if isinstance(value, list | tuple) else str(value or "")


def _locked(matter: Matter) -> Matter:
    return Matter.objects.select_related("client").select_for_update(of=("self",)).get(pk=matter.pk)
