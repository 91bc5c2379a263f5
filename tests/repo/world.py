"""A firm with secrets: every client-side model planted with strings that must never reach the wrong eyes.

Rows are made from the models themselves, so that a new model or field is planted without anybody's help. What a model
cannot be given blindly (JSON of a certain shape, paired fields) stands in FILLED.
"""

import hashlib
import json
import re
import secrets
from datetime import timedelta
from functools import cache

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from clients.importing.storing import pack
from clients.models import ImportRow, ImportRun
from clients.queries.importing import VERDICTS
from clients.rules.relationship import assess
from clients.rules.relationship_facts import Facts, RelationshipPolicy
from clients.rules.relationship_stored import to_json
from clients.search import refresh_person_search, refresh_search
from lawcrm.firm.actions.exports import rights_of
from lawcrm.firm.ids import new_id
from lawcrm.firm.models import Export, ExportPart, Job, Notice, User, UserSession, Wall, WallPerson
from lawcrm.firm.queries.exports import SEALED_AS, part_key
from lawcrm.firm.sealed import SealedTextField, seal_bytes
from tests.people import make_department, make_person

SECRETS = ("client", "matter", "confidence", "work", "own", "import", "file")
APPS = ("clients", "matters", "interactions", "surveys", "desk")
MARK = "qzx"
WORD = re.compile(f"(?=({MARK}[0-9a-f]{{11}}))")  # every secret word of a text, see canary()

# What cannot be guessed from the field: {"app.Model": {field: value or function of the planter}}.
FILLED = {
    "clients.Client": {"trashed_at": None, "trashed_by": None},
    "clients.BulkChange": {"before": {}, "after": {}},
    "clients.ClientTag": {"tag": lambda planter: _tag(planter)},  # the firm's word, nobody's secret
    "clients.RelationshipAssessment": {
        "criteria": lambda planter: _judgement(),
        "type": 2,
        "current": True,
        "next_step": "",
    },
    "clients.Link": {"from_person": None, "from_name": "", "to_client": None, "to_person": None},
    "clients.RelationshipOverride": {
        "withdrawn_at": None,
        "withdrawn_by": None,
        "ends_on": lambda planter: timezone.localdate() + timedelta(days=30),
    },
    "clients.GradeDecision": {
        "ended_at": None,
        "ends_on": lambda planter: timezone.localdate() + timedelta(days=30),
    },
    "clients.GrowthPlan": {"closed_on": None},
    "clients.LegalHold": {
        "subject_id": lambda planter: planter.client_id(),
        "lifted_at": None,
        "lifted_by": None,
    },
    "clients.ErasureRequest": {
        "subject_id": lambda planter: planter.client_id(),
        "state": "open",
        "done_at": None,
    },
    "clients.Need": {"ended_on": None, "service_plan_id": None, "status": "identified", "drop_reason": ""},
    "matters.MatterFee": {"withdrawn_at": None},
    "clients.DuplicatePair": {
        "decided_by": None,
        "decided_at": None,
        "reasons": ["name", "phone"],
        "found_in": None,
    },
    "clients.PersonPair": {
        "decided_by": None,
        "decided_at": None,
        "reasons": ["name", "phone"],
        "found_in": None,
    },
    "clients.PersonMerge": {
        "values": '{"set": {}, "places": {}, "removed": {}}',
        "undone_by": lambda planter: planter.owner,
        "undone_at": lambda planter: timezone.now(),
    },
    "clients.MergeRecord": {
        "values": '{"set": {}, "removed": {}}',
        "undone_by": lambda planter: planter.owner,
        "undone_at": lambda planter: timezone.now(),
    },
    "matters.Matter": {"state": "open", "closed_on": None},
    "interactions.Contact": {"withdrawn_at": None, "withdrawn_by": None},
    "interactions.Promise": {"settled_by": None},
    "interactions.Attachment": {"removed_at": None, "digest": "0" * 64},
    "interactions.MustKnow": {"text": ""},  # a contact pinned, with its walls
    "interactions.ContactDraft": {"fields": lambda planter: _begun(planter)},
    "interactions.ContactRevision": {"values": lambda planter: _earlier_contact(planter)},
    "interactions.FollowUp": {
        "finished_at": None,
        "finished_by": None,
        "state": "open",
        "snoozed_until": None,
    },
    "interactions.InboundMail": {"told": lambda planter: _mail(planter)},
    "interactions.CarePlan": {"grade": ""},
    "interactions.CareStep": {"festivals": ["spring"], "template": None},
    "interactions.CareTask": {"state": "waiting", "done_at": None, "done_by": None, "template": None},
    "interactions.EventInvitation": {
        "event": lambda planter: _event(planter),  # the firm's own, nobody's secret
        "answer": "",
        "answered_at": None,
        "attended_at": None,
        "attended_by": None,
    },
    "surveys.SurveyInvitation": {
        "revoked_at": None,
        "expires_at": lambda planter: timezone.now() + timedelta(days=9),
    },
    "surveys.SurveyAnswer": {"marks": {}, "dimension_scores": {}, "nps": 7, "score": 3},
}


def _earlier_contact(planter) -> str:
    return json.dumps(planter.row(apps.get_model("interactions", "Contact")).editable_state())


def _begun(planter) -> str:
    """What the owner has begun to write: shown to the owner alone."""
    word = canary(planter.name, "interactions.ContactDraft", "fields")
    planter.canaries.add(word)
    return json.dumps({"note": [word]})


def _mail(planter) -> str:
    word = canary(planter.name, "interactions.InboundMail", "told")
    planter.canaries.add(word)
    return json.dumps({"sender": "client@example.test", "subject": word, "text": word})


def _tag(planter):
    return apps.get_model("clients", "Tag").objects.get_or_create(
        key="harbour", defaults={"name": "Harbour", "made_by": planter.owner}
    )[0]


def _event(planter):
    event = apps.get_model("interactions", "Event")
    values = {"place": "Hall", "organiser": planter.owner, "made_by": planter.owner}
    values["starts_at"] = timezone.now() + timedelta(days=9)
    return event.objects.get_or_create(title="Harbour seminar", defaults=values)[0]


def _judgement() -> dict:
    today = timezone.localdate()
    facts = Facts(client_since=today, known_since=today, grade="A")
    return to_json(assess(facts, RelationshipPolicy(), today))


def client_side_models() -> list[type[models.Model]]:
    """Every model of the rooms above the foundation."""
    return [model for label in APPS for model in apps.get_app_config(label).get_models()]


SEEN_THROUGH_CLIENTS = (
    "Person", "PersonFact", "PersonPair", "PersonMerge", "Link", "LegalHold", "ErasureRequest",
)  # fmt: skip


def walled_models() -> list[type[models.Model]]:
    """Those whose rows belong to a client; people, what is known of them, and links, seen through clients."""
    through = {apps.get_model("clients", name) for name in SEEN_THROUGH_CLIENTS}
    return [m for m in client_side_models() if "client" in m.wall_paths or m in through]


@cache
def canary(secret: str, label: str, field: str) -> str:
    """A word that stands for one field of one model in one secret; letters and digits, found by searching for MARK."""
    return MARK + hashlib.sha256(f"{secret}/{label}/{field}".encode()).hexdigest()[:11]


class Planter:
    """Fills one row of each model around a client, all texts canaries of the secret `name`."""

    def __init__(self, name: str, owner: User, given: dict | None = None, **fields):
        self.name, self.owner, self.rows, self.fields = name, owner, dict(given or {}), fields
        self.canaries: set[str] = set()
        self.sealed: set[str] = set()

    def plant_all(self, *labels) -> "Planter":
        for model in [apps.get_model(label) for label in labels] or walled_models():
            self.row(model)
        return self

    def client_id(self):
        return self.row(apps.get_model("clients", "Client")).pk

    def row(self, model):
        if model not in self.rows:
            self.rows[model] = None  # under way: a nullable relation back to it stays empty
            instance = model(**self._values(model))
            if model._meta.label == "clients.Client":
                refresh_search(instance)
            if model._meta.label == "clients.Person":
                refresh_person_search(instance)
            instance.save(force_insert=True)
            self.rows[model] = instance
        return self.rows[model]

    def _values(self, model) -> dict:
        label, values = model._meta.label, {}
        given = {**FILLED.get(label, {}), **self.fields.get(label, {})}
        for field in model._meta.concrete_fields:
            if field.name in given:
                value = given[field.name]
                values[field.name] = value(self) if callable(value) else value
            elif not (
                field.primary_key or getattr(field, "auto_now", 0) or getattr(field, "auto_now_add", 0)
            ):
                value = self._value(label, field)
                if value is not None:
                    values[field.name] = value
        return values

    def _value(self, label, field):
        if isinstance(field, models.ForeignKey):
            return self._related(field)
        if isinstance(field, SealedTextField):
            word = canary(self.name, label, field.name)
            self.sealed.add(word)
            return word
        if field.choices:
            return field.get_default() if field.has_default() else field.choices[0][0]
        if isinstance(field, models.CharField | models.TextField):
            return self._word(label, field)
        if isinstance(field, ArrayField):
            choices = field.base_field.choices
            return [choices[0][0]] if choices else [self._word(label, field)] if _is_text(field) else None
        return _plain_value(field)

    def _word(self, label, field) -> str | None:
        if (field.max_length or 99) < len(MARK) + 11:
            return None  # a code of some kind, no place for words
        word = canary(self.name, label, field.name)
        self.canaries.add(word)
        return f"{word}@canary.example" if isinstance(field, models.EmailField) else word

    def _related(self, field):
        if field.related_model is User:
            return self.owner
        if field.related_model in walled_models():
            return self.row(field.related_model)
        if field.null:
            return None
        if field.related_model in client_side_models():
            return self.row(field.related_model)
        raise AssertionError(f"tests/repo/world.py does not know what to put into {field}")


def _is_text(field) -> bool:
    return isinstance(field.base_field, models.CharField)


def _plain_value(field):
    if field.null or field.has_default():
        return None
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.BinaryField):
        return secrets.token_bytes(32)
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 1
    raise AssertionError(f"tests/repo/world.py does not know what to put into {field}: add it to FILLED")


def wall_off(kind: str, target, *people: User, raised_by: User) -> Wall:
    wall = Wall.objects.create(
        kind=kind, target_id=target.pk, mode=Wall.Mode.EXCLUDES, reason="walk", raised_by=raised_by
    )
    for person in people:
        WallPerson.objects.create(wall=wall, user=person)
    return wall


class World:
    """The people, an open client of `lawyer2`, and two secrets:

    "client": a client of `lawyer` with everything around it; `walled` (who sees the whole firm) stands behind a wall.
    "matter": a matter of the open client, with its own wall against `walled`.
    "confidence": a confidential contact of the open client, for those who work on that client only.
    "file": a file made from a list by the partner.
    "work", "own": a job, a session and a notice of `lawyer`.
    "import": a client list read and not yet written, for those who import.
    """

    def __init__(self):
        department = make_department()
        names = ("admin", "partner", "manager", "specialist", "lawyer", "lawyer2", "auditor")
        self.people = {name: make_person(name, department=department) for name in names}
        self.people["walled"] = make_person(
            "walled", role="partner", given_name="Wally", family_name="Walled"
        )
        self.people["disabled"] = make_person("disabled", role="partner", is_active=False)
        self.open = Planter("open", self.people["lawyer2"]).plant_all()
        self.secrets: dict[str, Planter] = {}

    def plant_secrets(self, *names) -> None:
        """All secrets, or those named."""
        client, matter = apps.get_model("clients.Client"), apps.get_model("matters.Matter")
        around = {model: self.open.rows[model] for model in (client, apps.get_model("clients.Person"))}
        of_matter = [model._meta.label for model in walled_models() if "matter" in model.wall_paths]
        contact = {"interactions.Contact": {"confidentiality": "confidential", "matter": None}}
        of_contact = ("interactions.Contact", "interactions.ContactRevision", "interactions.Promise")
        plans = {
            "client": (Planter("client", self.people["lawyer"]), ()),
            "matter": (Planter("matter", self.people["lawyer2"], around), of_matter),
            "confidence": (Planter("confidence", self.people["lawyer2"], around, **contact), of_contact),
        }
        for name in names or SECRETS:
            if name in {"work", "own", "import", "file"}:
                self.secrets[name] = getattr(self, f"_plant_{name}")(Planter(name, self.people["lawyer"]))
                continue
            planter, labels = plans[name]
            self.secrets[name] = planter.plant_all(*labels)
            if name != "confidence":
                model = {"client": client, "matter": matter}[name]
                planter.rows[Wall] = wall_off(
                    name, planter.rows[model], self.people["walled"], raised_by=self.people["partner"]
                )

    def _plant_work(self, planter):
        word = canary("work", "firm.Job", "problem")
        planter.canaries.add(word)
        planter.rows[Job] = Job.objects.create(
            kind="clients.import",
            requested_by=planter.owner,
            state=Job.State.FAILED,
            problem=word,
            params={"run": word},
        )
        return planter

    def _plant_import(self, planter):
        name, number, phone = (
            canary("import", "clients.ImportRow", what) for what in ("name", "number", "note")
        )
        planter.canaries |= {name, phone}
        planter.sealed.add(number)
        run = ImportRun.objects.create(
            made_by=planter.owner, file_name=f"{name}.csv", file_hash="0" * 64, state=ImportRun.State.PREVIEW,
            headings=["Name", "Identity number", "Note"], counts={"rows": 1, **dict.fromkeys(VERDICTS, 0), "refuse": 1},
            mapping={"columns": {"0": "name", "1": "identity_number", "2": "note"}},
        )  # fmt: skip
        values = {"name": name, "kind": "person", "identity_number": number, "note": phone}
        packed = {"run_id": run.pk, "number": 1}  # the number that every address of a row is asked with
        ImportRow.objects.create(
            run=run, number=1, verdict="refuse", cells=pack([name, number, phone], part="cells", **packed),
            values=pack(values, part="values", **packed), notes=[{"field": "note", "code": "blanks", "params": {}}],
            problems=[{"field": "identity_number", "column": 1, "code": "identity_unknown", "params": {}}],
        )  # fmt: skip
        planter.rows[ImportRun] = run
        return planter

    def _plant_own(self, planter):
        word = canary("own", "firm.UserSession", "device")
        planter.canaries.add(word)
        now = timezone.now()
        planter.rows[UserSession] = UserSession.objects.create(
            session_key=word, user=planter.owner, device=word, address=word, started_at=now, last_seen_at=now,
            expire_date=now + timedelta(hours=1),
        )  # fmt: skip
        planter.rows[Notice] = Notice.objects.create(
            person=planter.owner,
            event="follow_up.due",
            object_type="interactions.FollowUp",
            object_id=new_id(),  # one that is gone: the notice outlives what it tells of
            context={"word": word},
        )
        return planter

    def _plant_file(self, planter):
        """A file the partner made of a list."""
        word = canary("file", "firm.Export", "told")
        planter.canaries.add(word)
        now = timezone.now()
        made = planter.rows[Export] = Export.objects.create(
            made_by=self.people["partner"], listing="clients", format="csv", query=f"q={word}", columns=["name"],
            told={"label": word, "filter": [word]}, language="en", state="ready", size=len(word), file_hash="0" * 64,
            rights=rights_of(self.people["partner"]), finished_at=now, expires_at=now + timedelta(hours=1),
        )  # fmt: skip
        body = seal_bytes(word.encode(), row_id=part_key(made.pk, 1), **SEALED_AS)
        ExportPart.objects.create(export=made, number=1, body=body)
        return planter

    def is_blind(self, name: str, secret: str) -> bool:
        """Who must not see what, said here apart from the code under test."""
        if secret == "import":
            return name != "admin"
        if secret == "file":
            return name != "partner"
        if secret in {"work", "own"}:
            return name not in {"lawyer", "admin" if secret == "work" else ""}
        if name in {"anonymous", "disabled", "auditor", "walled"}:
            return True
        seers = {"admin", "partner", "manager", "specialist"} if secret != "confidence" else set()
        return name not in seers | {"lawyer" if secret == "client" else "lawyer2"}

    def forbidden_words(self, name: str) -> set[str]:
        """Canaries this person must not meet; sealed ones nobody meets without asking for them by POST."""
        words = self.open.sealed.union(*(planter.sealed for planter in self.secrets.values()))
        return words | self.hidden_words(name)

    def hidden_words(self, name: str) -> set[str]:
        """The words of all secrets this person is blind to, sealed or not."""
        hidden = [planter for secret, planter in self.secrets.items() if self.is_blind(name, secret)]
        return set().union(*(planter.canaries | planter.sealed for planter in hidden))
