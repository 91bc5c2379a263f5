from matters.models.conflict import ConflictCheck, ConflictHit
from matters.models.fee import MatterFee
from matters.models.matter import Matter, MatterProgress, MatterTeam
from matters.models.party import Party

__all__ = [
    "ConflictCheck",
    "ConflictHit",
    "Matter",
    "MatterFee",
    "MatterProgress",
    "MatterTeam",
    "Party",
]
