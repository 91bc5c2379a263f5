from clients.models.client import Client, ClientTeam
from clients.models.importing import ImportMapping, ImportRow, ImportRun
from clients.models.person import ClientPerson, Person
from clients.models.relationship import FirmSnapshot, RelationshipAssessment, RelationshipOverride

__all__ = [
    "Client",
    "ClientPerson",
    "ClientTeam",
    "FirmSnapshot",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Person",
    "RelationshipAssessment",
    "RelationshipOverride",
]
