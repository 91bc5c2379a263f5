"""Conflict checks: run, run again when a name joins the matter, and decided by somebody."""

from collections.abc import Iterable

from django.db import transaction

from clients.models import Client
from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from matters.enums import Decision
from matters.models import ConflictCheck, ConflictHit, Matter
from matters.queries.conflicts import Found, Subject, search, surely

CLIENT = "client"  # the part of the client itself among the names asked


@transaction.atomic
def run_check(
    subjects: Iterable[Subject],
    *,
    by,
    client=None,
    matter: Matter | None = None,
    purpose: str = "",
    instead: ConflictCheck | None = None,
) -> ConflictCheck:
    """Asks every name of the firm and keeps what was found. Without any hit the check is clear by itself.

    `instead`: a check nobody has decided yet, which is run anew in its own row.
    """
    subjects = list(subjects)
    found = [
        (place, one)
        for place, subject in enumerate(subjects)
        for one in search(subject, matter_id=_key(matter))
    ]
    if instead:
        instead.hits.all().delete()
    elif matter:
        ConflictCheck.objects.filter(matter=matter, is_current=True).update(is_current=False)
    check = instead or ConflictCheck(client=client, matter=matter, purpose=purpose)
    check.subjects, check.hit_count = [_kept(subject) for subject in subjects], len(found)
    check.asked_by, check.run_at = by, clock.now()
    if not found:
        check.decision, check.decided_by, check.decided_at = Decision.CLEAR, by, clock.now()
    check.save()
    ConflictHit.objects.bulk_create(_hit(check, subjects[place], place, one) for place, one in found)
    record(by=by, verb="conflict.checked", obj=check, label=check.reference, detail={"hits": len(found)})
    return check


def check_matter(matter: Matter, *, by) -> ConflictCheck:
    """Checks the client and every party of a matter."""
    return run_check(subjects_of(matter), by=by, client=matter.client, matter=matter)


@transaction.atomic
def check_again(check: ConflictCheck, *, by, subjects: Iterable[Subject] = ()) -> ConflictCheck:
    """A check once more, with the names of its matter as they are now (else with `subjects`).

    One that nobody has decided is run anew in its place. A decision holds on where nobody new was found; otherwise the
    new check waits for one.
    """
    before = (
        ConflictCheck.objects.select_for_update(of=("self",))
        .select_related("matter__client", "client")
        .get(pk=check.pk)
    )
    names = subjects_of(before.matter) if before.matter else subjects
    new = run_check(
        names,
        by=by,
        client=before.client,
        matter=before.matter,
        purpose=before.purpose,
        instead=None if before.decision else before,
    )
    if before.decision and not new.decision and _who(new) <= _who(before):
        new.decision, new.reason = before.decision, before.reason
        new.decided_by, new.decided_at, new.follows = before.decided_by, before.decided_at, before
        new.save(update_fields=["decision", "reason", "decided_by", "decided_at", "follows", "updated_at"])
        record(by=by, verb="conflict.holds_on", obj=new, label=new.reference)
    return new


def check_matter_again(matter: Matter, *, by) -> ConflictCheck:
    """The matter's check once more; its first where it has none."""
    current = ConflictCheck.objects.filter(matter=matter, is_current=True).first()
    return check_again(current, by=by) if current else check_matter(matter, by=by)


@transaction.atomic
def decide_check(check: ConflictCheck, *, by, decision: str, reason: str = "") -> ConflictCheck:
    """Records what came of a check. The rule that allows it is matters.rules.conflicts.decision_problem."""
    held = ConflictCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    before, held.decision, held.reason = held.decision, decision, reason.strip()
    held.decided_by, held.decided_at, held.follows = by, clock.now(), None
    held.save()
    record(
        by=by,
        verb="conflict.decided",
        obj=held,
        label=held.reference,
        changes={"decision": [str(before), str(decision)]},
    )
    return held


def subjects_of(matter: Matter) -> list[Subject]:
    """The names a matter is checked by: its client's, and those of all its parties, also of who left."""
    parties = matter.parties.order_by("created_at", "id")
    return [
        subject_of_client(matter.client),
        *(Subject(one.name, tuple(one.other_names), surely(one.kind), one.role) for one in parties),
    ]


def subject_of_client(client: Client) -> Subject:
    others = tuple(name for name in (client.latin_name, *client.former_names) if name)
    kind = "person" if client.is_person else "organisation"
    return Subject(client.name, others, kind, CLIENT, clients=frozenset({client.pk}))


def subjects_of_names(client: Client | None, names: dict[str, Iterable[str]]) -> list[Subject]:
    """The names typed for a matter to come: {role: names}."""
    typed = [Subject(name, role=role) for role, given in names.items() for name in given]
    return [subject_of_client(client), *typed] if client else typed


def search_only(subjects: Iterable[Subject]) -> list[tuple[Subject, Found]]:
    """What a check would find, without keeping it."""
    return [(subject, found) for subject in subjects for found in search(subject)]


def _who(check: ConflictCheck) -> set[tuple]:
    hits = check.hits.values_list(
        "asked_name", "client_id", "person_id", "matter_id", "known_name", "adverse"
    )
    return set(hits)


def _kept(subject: Subject) -> dict:
    return {
        "name": subject.name[:200],
        "other_names": list(subject.other_names),
        "kind": str(subject.kind),
        "role": str(subject.role),
    }


def _hit(check: ConflictCheck, subject: Subject, place: int, one: Found) -> ConflictHit:
    return ConflictHit(
        check_run=check,
        subject=place,
        asked_name=one.agreement.asked[:200],
        source=one.source,
        client_id=one.client_id,
        via_client_id=one.via_client_id,
        person_id=one.person_id,
        matter_id=one.matter_id,
        party_id=one.party_id,
        known_name=one.agreement.known[:200],
        known_role=one.known_role,
        link_kind=one.link_kind,
        reasons=list(one.reasons),
        strength=one.strength,
        adverse=one.adverse,
    )


def _key(matter: Matter | None):
    return matter.pk if matter else None
