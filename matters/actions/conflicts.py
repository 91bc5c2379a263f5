"""Conflict checks: run, run again when a name joins the matter, and decided by somebody."""

from collections.abc import Iterable

from django.db import transaction

from clients.models import Client
from lawcrm.firm import clock
from lawcrm.firm.actions.audit import record
from lawcrm.firm.actions.notify import notify
from lawcrm.firm.queries.people import people_with
from matters.enums import Decision
from matters.models import ConflictCheck, ConflictHit, Matter
from matters.queries.conflicts import Found, Subject, refusal_for, search, sees_check, surely

CLIENT = "client"  # the part of the client itself among the names asked


class Refused(Exception):
    """An instruction was refused, and nobody has waived that: what was to be done is not done. `check`: the refusal."""

    def __init__(self, check: ConflictCheck):
        super().__init__(check.reference)
        self.check = check


def refuse_what_was_refused(client: Client, names: Iterable[str], matter: Matter | None = None) -> None:
    """Raises Refused where a refusal stands against acting for the client where these names have a part."""
    if check := refusal_for(client, names, matter):
        raise Refused(check)


@transaction.atomic
def run_check(
    subjects: Iterable[Subject],
    *,
    by,
    client=None,
    matter: Matter | None = None,
    purpose: str = "",
    instead: ConflictCheck | None = None,
    tell: bool = True,
) -> ConflictCheck:
    """Asks every name of the firm and keeps what was found. Without any hit the check is clear by itself.

    `instead`: a check nobody has decided yet, which is run anew in its own row. With `tell` the conflicts desk hears
    of what waits for a decision.
    """
    subjects = list(subjects)
    found = [
        (place, one)
        for place, subject in enumerate(subjects)
        for one in search(subject, matter_id=_key(matter))
    ]
    known = _who(instead) if instead else set()
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
    if tell and found and _who(check) - known:
        tell_the_desk(check, again=bool(known))
    return check


def check_matter(matter: Matter, *, by, tell: bool = True) -> ConflictCheck:
    """Checks the client and every party of a matter."""
    return run_check(subjects_of(matter), by=by, client=matter.client, matter=matter, tell=tell)


def tell_the_desk(check: ConflictCheck, *, again: bool) -> None:
    """A check waits for a decision; or one run again has found somebody new. Who asked knows already."""
    told = [
        one for one in people_with("conflicts.desk") if one.pk != check.asked_by_id and sees_check(one, check)
    ]
    event = "conflict.found_more" if again else "conflict.waits"
    notify(to=told, event=event, key=f"{event}:{check.pk}:{check.run_at:%Y%m%d%H%M%S%f}", obj=check)


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
        tell=not before.decision,
    )
    if before.decision and new.matter_id is None:
        ConflictCheck.objects.filter(pk=before.pk).update(is_current=False)
    holds = before.decision == Decision.REFUSED or (not new.decision and _who(new) <= _who(before))
    if before.decision and holds:
        new.decision, new.reason = before.decision, before.reason
        new.decided_by, new.decided_at, new.follows = before.decided_by, before.decided_at, before
        new.save(update_fields=["decision", "reason", "decided_by", "decided_at", "follows", "updated_at"])
        record(by=by, verb="conflict.holds_on", obj=new, label=new.reference)
    elif before.decision and not new.decision:
        tell_the_desk(new, again=True)
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
        "asked_name", "client_id", "person_id", "matter_id", "colleague_id", "known_name", "adverse"
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
        colleague_id=one.colleague_id,
        known_name=one.agreement.known[:200],
        known_role=one.known_role,
        link_kind=one.link_kind,
        reasons=list(one.reasons),
        strength=one.strength,
        adverse=one.adverse,
    )


def _key(matter: Matter | None):
    return matter.pk if matter else None
