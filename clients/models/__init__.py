from clients.models.bulk_edit import BulkChange, BulkEdit
from clients.models.client import Client, ClientTeam
from clients.models.facts import ClientFact, Disclosure, OtherCounsel, PersonFact
from clients.models.grading import (
    ClientGrading,
    GradeChange,
    GradeDecision,
    GrowthAction,
    GrowthGoal,
    GrowthPlan,
)
from clients.models.importing import ImportMapping, ImportRow, ImportRun
from clients.models.link import Link
from clients.models.merging import DuplicatePair, MergeRecord, PersonMerge, PersonPair
from clients.models.need import Need, NeedStep
from clients.models.person import ClientPerson, Person
from clients.models.privacy import ErasureRequest, LegalHold, Suppression
from clients.models.relationship import FirmSnapshot, RelationshipAssessment, RelationshipOverride
from clients.models.saved_view import RecentView, SavedView
from clients.models.tag import ClientTag, Tag

__all__ = [
    "BulkChange",
    "BulkEdit",
    "Client",
    "ClientFact",
    "ClientGrading",
    "ClientPerson",
    "ClientTag",
    "ClientTeam",
    "Disclosure",
    "DuplicatePair",
    "PersonMerge",
    "PersonPair",
    "ErasureRequest",
    "FirmSnapshot",
    "GradeChange",
    "GradeDecision",
    "GrowthAction",
    "GrowthGoal",
    "GrowthPlan",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "LegalHold",
    "Link",
    "OtherCounsel",
    "Need",
    "NeedStep",
    "MergeRecord",
    "Person",
    "PersonFact",
    "RecentView",
    "RelationshipAssessment",
    "RelationshipOverride",
    "SavedView",
    "Suppression",
    "Tag",
]
