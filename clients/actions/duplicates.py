"""The nightly finder of duplicates among clients and among people, and what a person says to what it found."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clients.models import DuplicatePair
from clients.queries import duplicates
from clients.queries.duplicates import CLIENTS, PEOPLE, Whom
from clients.queries.people import clients_by_person
from clients.rules.matching import NEW, SAME, UNSURE, Comparison, block_keys, compare
from lawcrm.firm import clock, jobs
from lawcrm.firm.actions import audit
from lawcrm.firm.actions.jobs import start_job
from lawcrm.firm.ids import first_id_at, new_id
from lawcrm.firm.memory import without_collection
from lawcrm.firm.models import Job
from lawcrm.firm.presenters import jobs as job_words

KIND = "clients.find_duplicates"
job_words.label(KIND, _("Duplicates are looked for"))
ROWS, PAIRS = 5_000, 5_000  # of one part
FEW_BEARERS = 3
_NUMBERS_DIFFER = {"identity_differs", "registration_differs"}
_BARE_NAME = {"name", "similar_name", "near_name", "kind_differs", "form_differs", *_NUMBERS_DIFFER}


def find_all_next(cursor: dict) -> bool:
    """One part of a run over all clients, then over all people; True: more is left."""
    if not cursor.get("people"):
        if find_next(cursor):
            return True
        cursor["people"] = {}
    return find_next(cursor["people"], PEOPLE)


def find_next(cursor: dict, whom: Whom = CLIENTS) -> bool:
    """One part of a run over all of them; `cursor` remembers how far it came. True: more is left.

    First the keys of all are written down, then whoever shares one is paired, then the rule judges each pair.
    """
    if "run" not in cursor:
        cursor |= {"run": str(new_id()), "part": "keys", "clients": 0, "pairs": 0, "judged": 0, "proposed": 0}
        duplicates.forget_runs(first_id_at(clock.now().replace(hour=0, minute=0)))
    run = UUID(cursor["run"])
    with without_collection():
        return _PARTS[cursor["part"]](run, cursor, whom)


def _write_keys(run: UUID, cursor: dict, whom: Whom) -> bool:
    after = UUID(cursor["after"]) if "after" in cursor else None
    found = whom.candidates_after(after, ROWS)
    duplicates.keep_keys(run, ((one.key, block_keys(one)) for one in found))
    if found:
        cursor["after"] = str(found[-1].key)
        cursor["clients"] += len(found)
    else:
        cursor["part"] = "pairs"
    return True


def _pair_up(run: UUID, cursor: dict, whom: Whom) -> bool:
    cursor["pairs"] = duplicates.pair_up(run, whom)
    cursor |= {"part": "judge", "number": 0}
    return True


def _judge(run: UUID, cursor: dict, whom: Whom) -> bool:
    pairs = duplicates.pairs_after(run, cursor["number"], PAIRS)
    known = whom.candidates_with({pk for pair in pairs for pk in (pair.one, pair.other)})
    at = clients_by_person(known) if whom is PEOPLE else {}
    found = []
    for pair in pairs:
        if pair.one in known and pair.other in known:
            comparison = compare(known[pair.one], known[pair.other])
            met = whom is CLIENTS or bool(at.get(pair.one, set()) & at.get(pair.other, set()))
            if _is_worth_a_look(comparison, pair.bearers, met):
                found.append((pair.one, pair.other, comparison.kind, comparison.reasons, _weight(comparison)))
    duplicates.propose(run, whom, found)
    if pairs:
        cursor["number"] = pairs[-1].number
        cursor["judged"] += len(pairs)
        cursor["proposed"] += len(found)
        return True
    duplicates.forget_open_pairs_besides(run, whom)
    duplicates.forget_run(run)
    return False


_PARTS = {"keys": _write_keys, "pairs": _pair_up, "judge": _judge}


def _is_worth_a_look(comparison: Comparison, bearers: int, met: bool) -> bool:
    """A bare name that several bear is no reason to ask, and one of two with numbers of their own is hardly one.

    `met`: two people were at one client; of those who never were, a bare name says nothing.
    """
    if comparison.kind != UNSURE or set(comparison.reasons) - _BARE_NAME:
        return comparison.kind != NEW
    if not met:
        return False
    return bearers <= (2 if set(comparison.reasons) & _NUMBERS_DIFFER else FEW_BEARERS)


def _weight(comparison: Comparison) -> int:
    """The surest first: what agrees counts for it, what differs against."""
    against = sum(reason.endswith("_differs") for reason in comparison.reasons)
    return max(0, 100 * (comparison.kind == SAME) + 10 * (len(comparison.reasons) - 2 * against) + 20)


def start_looking(*, by) -> Job:
    """Looks for duplicates now, not at night."""
    return start_job(kind=KIND, by=by, params={"result_url": "/clients/duplicates/"})


@jobs.register(KIND)
def _run_chunk(job: Job) -> bool:
    more = find_all_next(job.cursor)
    job.done = sum(
        one.get("clients", 0) + one.get("judged", 0) for one in (job.cursor, job.cursor.get("people", {}))
    )
    job.result = {name: job.cursor[name] for name in ("clients", "pairs", "proposed")}
    return more


@transaction.atomic
def say_different(pair: DuplicatePair, *, by) -> DuplicatePair:
    """Two clients: the pair is not proposed again. Whoever decided first, decided."""
    pair = (
        DuplicatePair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
    )
    if pair.state != DuplicatePair.State.OPEN:
        return pair
    pair.state, pair.decided_by, pair.decided_at = DuplicatePair.State.DIFFERENT, by, clock.now()
    pair.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
    for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
        audit.record(by=by, verb="client.not_the_same", obj=one, detail={"other": other.name})
    return pair


@transaction.atomic
def ask_again(pair: DuplicatePair, *, by) -> DuplicatePair:
    """Takes back that two clients are two."""
    pair = (
        DuplicatePair.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=pair.pk)
    )
    if pair.state == DuplicatePair.State.DIFFERENT:
        pair.state, pair.decided_by, pair.decided_at = DuplicatePair.State.OPEN, None, None
        pair.save(update_fields=["state", "decided_by", "decided_at", "updated_at"])
        audit.record(by=by, verb="client.perhaps_the_same", obj=pair.one, detail={"other": pair.other.name})
    return pair
