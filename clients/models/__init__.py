from clients.models.client import Client, ClientTeam
from clients.models.facts import ClientFact, Disclosure, OtherCounsel, PersonFact
from clients.models.importing import ImportMapping, ImportRow, ImportRun
from clients.models.link import Link
from clients.models.person import ClientPerson, Person
from clients.models.relationship import FirmSnapshot, RelationshipAssessment, RelationshipOverride

__all__ = [
    "Client",
    "ClientFact",
    "ClientPerson",
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
    "RelationshipAssessment",
    "RelationshipOverride",
]
