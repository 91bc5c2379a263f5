from matters.models.agenda import KeyDate, Milestone
from matters.models.conflict import ConflictCheck, ConflictHit
from matters.models.fee import MatterFee
from matters.models.matter import Matter, MatterProgress, MatterTeam
from matters.models.party import Party
from matters.models.service import Receivable, ServicePlan

__all__ = [
    "ConflictCheck",
    "ConflictHit",
    "KeyDate",
    "Matter",
    "MatterFee",
    "MatterProgress",
    "MatterTeam",
    "Milestone",
    "Party",
    "Receivable",
    "ServicePlan",
]
