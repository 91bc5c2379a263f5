"""What is held on somebody, in words; requests, holds and what stands against an erasure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.holds import WORDS
from clients.presenters.pack_words import column_words, deed_words, value_words
from clients.subjects import REASONS, model_of
from lawcrm.firm.templatetags.look import day

TABLES = {
    "clients.Client": gettext_lazy("Profile"),
    "clients.ClientTeam": gettext_lazy("Who works for them"),
    "clients.Person": gettext_lazy("Person"),
    "clients.ClientPerson": gettext_lazy("Places at clients"),
    "clients.PersonPair": gettext_lazy("Taken for one with others"),
    "clients.PersonMerge": gettext_lazy("Merges"),
    "clients.ClientFact": gettext_lazy("Addresses, phones and the like, present and past"),
    "clients.PersonFact": gettext_lazy("Addresses, phones and the like, present and past"),
    "clients.OtherCounsel": gettext_lazy("Other law firms"),
    "clients.Disclosure": gettext_lazy("Disclosures"),
    "clients.Link": gettext_lazy("Relationship network"),
    "clients.RelationshipAssessment": gettext_lazy("Relationship type, as judged"),
    "clients.RelationshipOverride": gettext_lazy("Relationship type, by hand"),
    "clients.ClientGrading": gettext_lazy("Score"),
    "clients.GradeDecision": gettext_lazy("Grades by hand"),
    "clients.GradeChange": gettext_lazy("Path of the grade"),
    "clients.GrowthPlan": gettext_lazy("Growth plans"),
    "clients.GrowthGoal": gettext_lazy("Goals of growth plans"),
    "clients.GrowthAction": gettext_lazy("Actions of growth plans"),
    "clients.Need": gettext_lazy("Needs"),
    "clients.NeedStep": gettext_lazy("Steps of needs"),
    "clients.ImportRow": gettext_lazy("Rows of imported files"),
    "clients.ClientTag": gettext_lazy("Tags"),
    "clients.RecentView": gettext_lazy("Who looked lately"),
    "clients.BulkChange": gettext_lazy("Changes made in bulk"),
    "clients.LegalHold": gettext_lazy("Legal holds"),
    "matters.Matter": gettext_lazy("Matters"),
    "matters.MatterTeam": gettext_lazy("Who works on the matters"),
    "matters.MatterProgress": gettext_lazy("Progress of matters"),
    "matters.MatterFee": gettext_lazy("Fees"),
    "matters.ServicePlan": gettext_lazy("Service plans"),
    "matters.ServicePlan.people": gettext_lazy("Who works on the service plans"),
    "matters.Receivable": gettext_lazy("Receivables"),
    "matters.Milestone": gettext_lazy("Milestones"),
    "matters.KeyDate": gettext_lazy("Key dates"),
    "matters.Party": gettext_lazy("Parties of matters"),
    "matters.ConflictCheck": gettext_lazy("Conflict checks"),
    "matters.ConflictHit": gettext_lazy("Hits of conflict checks"),
    "clients.DuplicatePair": gettext_lazy("Taken for one with others"),
    "clients.MergeRecord": gettext_lazy("Merges"),
    "interactions.CareTask": gettext_lazy("Greetings and care"),
    "interactions.CarePlan": gettext_lazy("Care plans"),
    "interactions.CareStep": gettext_lazy("Steps of care plans"),
    "interactions.EventInvitation": gettext_lazy("Invitations to events"),
    "interactions.MustKnow": gettext_lazy("What everybody must know"),
    "interactions.ContactDraft": gettext_lazy("Contacts begun"),
    "interactions.Attachment": gettext_lazy("Attachments"),
    "interactions.InboundMail": gettext_lazy("Mail received"),
    "interactions.Contact": gettext_lazy("Contacts logged"),
    "interactions.Contact.people": gettext_lazy("Who took part in contacts"),
    "interactions.ContactRevision": gettext_lazy("Earlier versions of contacts"),
    "interactions.Promise": gettext_lazy("Promises"),
    "interactions.FollowUp": gettext_lazy("Follow-ups"),
    "surveys.SurveyInvitation": gettext_lazy("Survey invitations"),
    "surveys.SurveyAnswer": gettext_lazy("Survey answers"),
    "firm.AuditEntry": gettext_lazy("Audit trail"),
}


def table_words(label: str) -> str:
    if label in TABLES:
        return str(TABLES[label])
    return capfirst(str(model_of(label)._meta.verbose_name_plural))


@dataclass(frozen=True, slots=True)
class Value:
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RecordView:
    values: list[Value]
    why: str


@dataclass(frozen=True, slots=True)
class TableView:
    title: str
    records: list[RecordView]


def pack_views(tables, *, for_review: bool) -> list[TableView]:
    views = []
    for table in tables:
        records = [
            RecordView(
                list(_values(table.label, one.values)),
                str(REASONS.get(one.review, "")),
            )
            for one in table.records
            if bool(one.review) == for_review
        ]
        if records:
            views.append(TableView(table_words(table.label), records))
    return views


def _values(label: str, values: dict) -> Iterator[Value]:
    if label == AUDIT:
        yield Value(capfirst(str(_ENTRY["verb"])), deed_words(values))
    for name, value in values.items():
        if (label, name) != (AUDIT, "verb"):
            yield Value(_column(label, name), value_words(value, name))


AUDIT = "firm.AuditEntry"
_ENTRY = {
    "at": gettext_lazy("when"),
    "by": gettext_lazy("who"),
    "verb": gettext_lazy("what"),
    "about": gettext_lazy("about"),
    "changes": gettext_lazy("changes"),
    "detail": gettext_lazy("details"),
}


def _column(label: str, name: str) -> str:
    if label == AUDIT:
        return capfirst(str(_ENTRY[name]))
    try:
        return capfirst(column_words(model_of(label)._meta.get_field(name)))
    except FieldDoesNotExist:
        return capfirst(name)


def hold_lines(holds) -> list[str]:
    """What stands against an erasure. `holds`: Hold or its stored form."""
    return [_hold(hold if isinstance(hold, dict) else hold.to_json()) for hold in holds]


def _hold(hold: dict) -> str:
    words = str(WORDS.get(hold["code"], hold["code"]))
    if not hold["until"]:
        return words
    return _("%(what)s until %(day)s") % {"what": words, "day": day(date.fromisoformat(hold["until"]))}


@dataclass(frozen=True, slots=True)
class RequestLine:
    pk: object
    label: str
    kind: str
    state: str
    state_label: str
    asked: str
    who: str
    basis: str
    holds: list[str]
    done: str
    rows: int


def request_line(request) -> RequestLine:
    return RequestLine(
        pk=request.pk,
        label=request.label or _("no longer named"),
        kind=request.get_subject_kind_display(),
        state=request.state,
        state_label=request.get_state_display(),
        asked=day(request.created_at),
        who=request.made_by.display_name if request.made_by else _("after a restore"),
        basis=request.basis,
        holds=hold_lines(request.holds),
        done=day(request.done_at) if request.done_at else "",
        rows=sum(request.counts.values()),
    )
