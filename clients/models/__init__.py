from clients.models.bulk_edit import BulkChange, BulkEdit
from clients.models.client import Client, ClientTeam
from clients.models.facts import ClientFact, Disclosure, OtherCounsel, PersonFact
from clients.models.importing import ImportMapping, ImportRow, ImportRun
from clients.models.link import Link
from clients.models.person import ClientPerson, Person
from clients.models.relationship import FirmSnapshot, RelationshipAssessment, RelationshipOverride
from clients.models.saved_view import RecentView, SavedView
from clients.models.tag import ClientTag, Tag

__all__ = [
    "BulkChange",
    "BulkEdit",
    "Client",
    "ClientFact",
    "ClientPerson",
    "ClientTag",
    "ClientTeam",
    "Disclosure",
    "FirmSnapshot",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Link",
    "OtherCounsel",
    "Person",
    "PersonFact",
    "RecentView",
    "RelationshipAssessment",
    "RelationshipOverride",
    "SavedView",
    "Tag",
]
