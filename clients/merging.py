"""What a merge of two clients, or of two people, does with everything that points at one of them.

Every foreign key to a client says it where it stands, in its model's `on_client_merge`, every one to a person in
`on_person_merge`:

* move: its rows belong to the kept one from then on;
* unite: the same, but what the kept one has already (the same tag, a place at the same client) is there once, and takes
  over what its twin says besides: the model's `unite_with` says what;
* keep: its rows are about that one alone and stay with it (its past judgements, its merges).

Keys without a foreign key stand in LOOSE below. A test enumerates all of both and fails on what is undeclared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

MOVE, UNITE, KEEP = "move", "unite", "keep"


class Undeclared(Exception):
    """Something points at clients and does not say what a merge does with it: nothing is merged then."""


@dataclass(frozen=True)
class Relation:
    model: type[models.Model]
    field: models.ForeignKey
    policy: str

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.field.name}"


@dataclass(frozen=True)
class Told:
    """How a merge speaks of a relation's rows: all of them, and each. `words` None: they are counted only."""

    label: str
    place: int
    words: Callable[[models.Model], str] | None
    beside: tuple[str, ...]  # what the words read of other rows


_TOLD: dict[str, Told | None] = {}


def tell(relation: str, label, *, place: int, words=str, beside: tuple[str, ...] = ()) -> None:
    """`relation`: "app.Model.field". Each app tells of its own (`<app>/merge_words.py`); `place` orders them."""
    _TOLD[relation] = Told(label, place, words, beside)


def leave_untold(*relations: str) -> None:
    """They move as well, but are nothing a person would count."""
    _TOLD.update(dict.fromkeys(relations))


def told(relation: str) -> Told | None:
    """None where nobody is told. Raises Undeclared where it was forgotten."""
    if relation not in _TOLD:
        raise Undeclared(f"{relation} does not say how a merge speaks of it")
    return _TOLD[relation]


def moving_relations(target: type[models.Model]) -> list[Relation]:
    """The relations whose rows a merge takes along."""
    return [relation for relation in relations_to(target) if relation.policy != KEEP]


def relations_to(target: type[models.Model]) -> list[Relation]:
    """Every foreign key to `target`, a client or a person, with its policy. Raises Undeclared."""
    found, declared_as = [], f"on_{target._meta.model_name}_merge"
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if (
                isinstance(field, models.ForeignKey)
                and field.related_model is target
                and not model._meta.proxy
            ):
                found.append(Relation(model, field, _policy(model, field, declared_as)))
    return sorted(found, key=lambda relation: relation.label)


def _policy(model, field, declared_as: str) -> str:
    if model._meta.auto_created:  # the table between two many-to-many sides
        return UNITE
    policy = vars(model).get(declared_as, {}).get(field.name)
    if policy not in (MOVE, UNITE, KEEP):
        raise Undeclared(f"{model._meta.label}.{field.name} does not say what a merge does with it")
    return policy


# Columns that can hold a client's key without a foreign key to it, and what becomes of them.
LOOSE = {
    # the audit trail is never changed: the history of a client asks for the deeds of those merged into it, too
    "firm.AuditEntry.object_id": "history asks for both",
    "firm.AuditEntry.client_id": "history asks for both",
    "firm.AuditEntry.matter_id": "no client",
    "firm.AuditEntry.actor_id": "no client",
    "firm.AuditEntry.changes": "history",
    "firm.AuditEntry.detail": "history",
    "firm.AuditSeal.last_id": "no client",
    # a wall stands around both: what is written about either stays behind it (actions/merging.py)
    "firm.Wall.target_id": "copied to the other",
    # addresses of merged clients lead to the kept one (clients/middleware.py)
    "firm.Notice.object_id": "its address leads on",
    "firm.Notice.context": "words",
    "firm.Outbox.object_id": "moved while it waits",
    "firm.Outbox.context": "words",
    # jobs read their clients anew, through the door
    "firm.Job.params": "read anew through the door",
    "firm.Job.cursor": "read anew through the door",
    "firm.Job.result": "figures",
    "firm.ScheduledRun.cursor": "a place in the order of keys",
    "firm.IdempotencyKey.headers": "its address leads on",
    "firm.PolicyVersion.values": "no client",
    "firm.User.shortcuts": "no client",
    # what the database keeps itself
    "clients.Client.team_ids": "a trigger follows ClientTeam",
    "clients.Client.tag_ids": "a trigger follows the tags",
    # an import speaks of the clients as they were; undoing it asks where they are now
    "clients.ImportRun.mapping": "no client",
    "clients.ImportRun.warnings": "words",
    "clients.ImportRun.counts": "figures",
    "clients.ImportRun.made_tags": "no client",
    "clients.ImportRun.problem": "words",
    "clients.ImportRow.client_id": "its address leads on",
    "clients.ImportRow.candidates": "judged anew before it is written",
    "clients.ImportRow.problems": "words",
    "clients.ImportRow.notes": "words",
    "clients.ImportRow.reasons": "words",
    "clients.ImportRow.changes": "words",
    "clients.ImportRow.object_id": "people and contacts, which move",
    "clients.ImportRow.why": "words",
    "clients.ImportMapping.columns": "no client",
    # a bulk edit is taken back through BulkChange, which is united; a saved list asks anew each time
    "clients.BulkEdit.params": "no client",
    "clients.BulkEdit.selection": "resolved anew through the door",
    "clients.BulkChange.before": "no client",
    "clients.BulkChange.after": "no client",
    "clients.SavedView.state": "asked anew through the door",
    "clients.ClientGrading.figures": "figures",
    "clients.Need.service_plan_id": "no client",
    "clients.RelationshipAssessment.criteria": "keys of contacts and matters, which move",
    # a hold on either stands against erasing both, and an erasure takes both (clients/queries/legal_holds.py)
    "clients.LegalHold.subject_id": "asked for under both keys",
    "clients.ErasureRequest.subject_id": "of this request alone",
    "clients.ErasureRequest.holds": "words",
    "clients.ErasureRequest.counts": "figures",
    "firm.Export.told": "words",
    "firm.Export.cursor": "a place in the order of the list",
    "firm.AuditRedaction.erasure_id": "no client",
    # the merge's own records
    "clients.DuplicatePair.found_in": "no client",
    "clients.MergeRecord.moved": "of this merge alone",
    "clients.MergeRecord.made": "of this merge alone",
    "clients.MergeRecord.left": "of this merge alone",
    "interactions.Contact.colleague_ids": "no client",
    "interactions.Contact.act": "no client",
    "interactions.FollowUp.watcher_ids": "no client",
    "firm.NoticeChoices.choices": "no client",
    "firm.AccessPast.row_id": "who saw the client under that key",
    "firm.AccessPast.values": "no client",
    "interactions.FollowUp.cause_facts": "figures and words",
    "matters.ConflictCheck.subjects": "names as they were asked",
    "clients.PersonPair.found_in": "no client",
    "clients.PersonMerge.moved": "of this merge alone",
    "clients.PersonMerge.made": "of this merge alone",
    "clients.PersonMerge.left": "of this merge alone",
    "matters.MatterProgress.contact_id": "no client",
    "surveys.SurveyAnswer.marks": "no client",
    "surveys.SurveyAnswer.dimension_scores": "no client",
}


def loose_columns() -> Iterator[str]:
    """Every column of ours that could hold a client's key without saying so: UUIDs, arrays of them, JSON."""
    from lawcrm.firm.inventory import own_models

    for model in own_models():
        for field in model._meta.local_concrete_fields:
            if not field.primary_key and not field.is_relation and _could_hold_a_key(field):
                yield f"{model._meta.label}.{field.name}"


def _could_hold_a_key(field) -> bool:
    inner = getattr(field, "base_field", field)
    return isinstance(inner, models.UUIDField | models.JSONField)
